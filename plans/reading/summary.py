"""A draft in words, for reading on a terminal."""

from collections.abc import Iterator

from plans.reading.draft import PlanDraft

_MISSING = "未写明"


def summarise(draft: PlanDraft) -> str:
    """The whole draft as Chinese text, one fact a line."""
    parts = (_head, _goals, _groups, _phases, _milestones, _indicators, _duties, _units, _gaps)
    return "\n".join(line for part in parts for line in part(draft))


def _head(draft: PlanDraft) -> Iterator[str]:
    yield f"标题：{draft.title or _MISSING}"
    yield f"发文字号：{draft.document_no or _MISSING}"
    yield f"目标年份：{f'{draft.horizon}年' if draft.horizon else _MISSING}"


def _goals(draft: PlanDraft) -> Iterator[str]:
    yield f"\n工作目标 {len(draft.goals)} 项"
    yield from (f"  {goal.text}（第{goal.paragraph}段）" for goal in draft.goals)


def _groups(draft: PlanDraft) -> Iterator[str]:
    yield f"\n工作措施 {len(draft.groups)} 组 {len(draft.measures)} 项"
    for group in draft.groups:
        yield f"  {group.title}"
        for measure in group.measures:
            number = "" if measure.no is None else f"{measure.no}."
            yield f"    {number}{measure.title}（第{measure.paragraph}段）"
            yield f"      责任单位：{_list(measure.units)}"


def _phases(draft: PlanDraft) -> Iterator[str]:
    yield f"\n实施阶段 {len(draft.phases)} 个"
    for phase in draft.phases:
        yield f"  {phase.title}：{phase.start or _MISSING} 至 {phase.end or _MISSING}，{len(phase.steps)} 步"


def _milestones(draft: PlanDraft) -> Iterator[str]:
    yield f"\n时间节点 {len(draft.milestones)} 个"
    yield from (f"  {milestone.due}：{milestone.text}" for milestone in draft.milestones)


def _indicators(draft: PlanDraft) -> Iterator[str]:
    yield f"\n指标 {len(draft.indicators)} 项"
    for indicator in draft.indicators:
        name = indicator.code or "—"
        yield f"  {name}（对应 {indicator.indicator_code or '未知'}）：{_list(indicator.units)}"


def _duties(draft: PlanDraft) -> Iterator[str]:
    yield f"\n单位职责 {len(draft.duties)} 条"
    yield from (f"  {_list(duty.units)}（第{duty.paragraph}段）" for duty in draft.duties)


def _units(draft: PlanDraft) -> Iterator[str]:
    yield f"\n责任单位 {len(draft.units)} 个"
    for unit in draft.units:
        aliases = f"（又称{_list(unit.aliases)}）" if unit.aliases else ""
        yield f"  {unit.name}{aliases}：措施 {unit.measures} 项，指标 {unit.indicators} 项"


def _gaps(draft: PlanDraft) -> Iterator[str]:
    yield f"\n待核对 {len(draft.gaps)} 处"
    yield from (f"  {gap.where}：{gap.message}" for gap in draft.gaps)


def _list(names: tuple[str, ...]) -> str:
    return "、".join(names) or _MISSING
