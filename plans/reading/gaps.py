"""What a plan leaves open: everything not found, not resolved or at odds, with its place."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from plans.reading.blocks import Line
from plans.reading.draft import Gap, GapKind, Measure, Phase, PlanDraft
from plans.reading.horizon import last_year
from plans.words import _

_WHOLE = _("全文")
_SHOWN = 40  # characters of a line that is quoted
_EMPTY_PARTS = (
    ("title", GapKind.NO_TITLE, _("未找到方案标题，请补填。")),
    ("document_no", GapKind.NO_DOCUMENT_NO, _("未找到发文字号，如有请补填。")),
    ("horizon", GapKind.NO_HORIZON, _("未找到目标年份，请补填。")),
    ("goals", GapKind.NO_GOALS, _("未找到工作目标，请补填。")),
    ("groups", GapKind.NO_MEASURES, _("未找到工作措施或任务，请补填。")),
    ("phases", GapKind.NO_PHASES, _("未找到实施步骤，请补填各阶段及起止时间。")),
    ("milestones", GapKind.NO_MILESTONES, _("各阶段步骤中没有写明完成时间的节点，请补填。")),
    ("indicators", GapKind.NO_INDICATORS, _("未找到指标任务表，请对照标准补填各指标责任单位。")),
    ("duties", GapKind.NO_DUTIES, _("未找到单位职责分工，请补填。")),
)


def find_gaps(
    draft: PlanDraft,
    *,
    members: Sequence[str],
    unclear: Sequence[tuple[str, int]],
    unread_tables: Sequence[int],
    passed_over: Sequence[Line] = (),
) -> tuple[Gap, ...]:
    """All gaps of a draft, from the whole to the detail.

    ``members`` are offices of the leading group, ``passed_over`` lines with units outside of what was read.
    """
    return (
        *_missing_parts(draft),
        *_horizon(draft),
        *_measures(draft),
        *_unclear(unclear),
        *_phases(draft.phases),
        *_milestones(draft),
        *_indicators(draft),
        *_units(draft, members),
        *_tables(unread_tables),
        *_passed_over(passed_over),
    )


def place(paragraph: int | None, name: str = _WHOLE) -> str:
    """How a place in the document is named to the user; what stands in no document goes by its name."""
    return _("第%(paragraph)s段", paragraph=paragraph) if paragraph else name


def _where(measure: Measure) -> str:
    if measure.table:
        return _("表%(table)s第%(row)s行", table=measure.table, row=measure.row)
    return place(measure.paragraph, measure.title)


def _missing_parts(draft: PlanDraft) -> Iterator[Gap]:
    for part, kind, message in _EMPTY_PARTS:
        if not getattr(draft, part) and (part != "milestones" or draft.phases):
            yield Gap(kind, _WHOLE, message)


def _horizon(draft: PlanDraft) -> Iterator[Gap]:
    end = last_year(draft.phases)
    if draft.horizon and end and end != draft.horizon:
        message = _(
            "目标年份为%(horizon)s年，最后阶段止于%(end)s年，请核对。", horizon=draft.horizon, end=end
        )
        yield Gap(GapKind.HORIZON_DIFFERS, _WHOLE, message)
    for measure in draft.measures:
        if draft.horizon and measure.due and int(measure.due[:4]) > draft.horizon:
            message = _(
                "“%(title)s”的完成时限%(due)s晚于目标年份%(horizon)s年。",
                title=measure.title,
                due=measure.due,
                horizon=draft.horizon,
            )
            yield Gap(GapKind.DUE_AFTER_HORIZON, _where(measure), message, measure.paragraph)


def _measures(draft: PlanDraft) -> Iterator[Gap]:
    yield from _jumps(draft.measures)
    if draft.measures and not any(measure.units for measure in draft.measures):
        yield Gap(
            GapKind.NO_UNITS,
            _WHOLE,
            _("%(n_measures)s项措施均未写明责任单位，请逐项指定。", n_measures=len(draft.measures)),
        )
        return
    for measure in draft.measures:
        if not measure.units:
            message = _("“%(title)s”未写明责任单位，请指定。", title=measure.title)
            yield Gap(
                GapKind.MEASURE_WITHOUT_UNITS,
                _where(measure),
                message,
                measure.paragraph,
            )


def _jumps(measures: Sequence[Measure]) -> Iterator[Gap]:
    numbered = [measure for measure in measures if measure.no is not None]
    for before, after in pairwise(numbered):
        if before.no is not None and after.no is not None and after.no > before.no + 1:
            message = _("编号从%(no)s跳到%(no_2)s，请核对是否有缺漏。", no=before.no, no_2=after.no)
            yield Gap(GapKind.NUMBER_MISSING, _where(after), message, after.paragraph)


def _unclear(words: Sequence[tuple[str, int]]) -> Iterator[Gap]:
    for word, paragraph in words:
        message = _("“%(word)s”不能确认为责任单位，请核对。", word=word)
        yield Gap(GapKind.UNIT_UNCLEAR, place(paragraph), message, paragraph)


def _phases(phases: Sequence[Phase]) -> Iterator[Gap]:
    for phase in phases:
        where = place(phase.paragraph, phase.title)
        if not phase.start:
            message = _("“%(title)s”未写明开始时间，请补填。", title=phase.title)
            yield Gap(GapKind.PHASE_WITHOUT_START, where, message, phase.paragraph)
        if not phase.end:
            message = _("“%(title)s”未写明结束时间，请补填。", title=phase.title)
            yield Gap(GapKind.PHASE_WITHOUT_END, where, message, phase.paragraph)
        if not phase.steps:
            message = _("“%(title)s”未列出具体步骤。", title=phase.title)
            yield Gap(GapKind.PHASE_WITHOUT_STEPS, where, message, phase.paragraph)
        if phase.start and phase.end and phase.end[:7] < phase.start[:7]:
            message = _(
                "“%(title)s”的结束时间%(end)s早于开始时间%(start)s，请核对。",
                title=phase.title,
                end=phase.end,
                start=phase.start,
            )
            yield Gap(GapKind.PHASE_ENDS_BEFORE_START, where, message, phase.paragraph)


def _milestones(draft: PlanDraft) -> Iterator[Gap]:
    spans = {phase.title: (phase.start, phase.end) for phase in draft.phases}
    for milestone in draft.milestones:
        start, end = spans.get(milestone.phase, (None, None))
        is_early = start is not None and milestone.due[:7] < start[:7]
        is_late = end is not None and milestone.due[:7] > end[:7]
        if is_early or is_late:
            message = _(
                "节点%(due)s不在“%(phase)s”的起止时间内，请核对。", due=milestone.due, phase=milestone.phase
            )
            yield Gap(
                GapKind.MILESTONE_OUTSIDE_PHASE,
                place(milestone.paragraph, milestone.text),
                message,
                milestone.paragraph,
            )


def _indicators(draft: PlanDraft) -> Iterator[Gap]:
    for indicator in draft.indicators:
        name = indicator.code or indicator.text[:20]
        where = (
            _("表%(table)s第%(row)s行", table=indicator.table, row=indicator.row) if indicator.table else name
        )
        if not indicator.units:
            message = _("指标%(name)s未写明责任单位，请指定。", name=name)
            yield Gap(GapKind.INDICATOR_WITHOUT_UNITS, where, message, indicator.paragraph)
        if not indicator.indicator_code:
            message = _("指标%(name)s未能对应到国家标准的指标，请选择。", name=name)
            yield Gap(GapKind.INDICATOR_UNKNOWN, where, message, indicator.paragraph)


def _units(draft: PlanDraft, members: Sequence[str]) -> Iterator[Gap]:
    if not draft.duties:
        return
    known = {unit.name for unit in draft.units if unit.has_duty}
    for unit in draft.units:
        if not unit.has_duty:
            message = _("%(name)s承担措施或指标，职责分工中没有列出。", name=unit.name)
            yield Gap(GapKind.UNIT_WITHOUT_DUTY, unit.name, message)
        elif not unit.measures + unit.indicators:
            message = _("%(name)s列有职责，但没有承担任何措施或指标。", name=unit.name)
            yield Gap(GapKind.UNIT_WITHOUT_TASK, unit.name, message)
    named = known | {unit.name for unit in draft.units}
    for member in members:
        if member not in named:
            message = _("%(member)s是领导小组成员单位，但没有列出职责，也没有承担任务。", member=member)
            yield Gap(GapKind.MEMBER_WITHOUT_DUTY, member, message)


def _tables(ordinals: Sequence[int]) -> Iterator[Gap]:
    for ordinal in ordinals:
        yield Gap(
            GapKind.TABLE_UNREAD,
            _("表%(ordinal)s", ordinal=ordinal),
            _("表%(ordinal)s的表头无法识别，未读入，请核对。", ordinal=ordinal),
        )


def _passed_over(lines: Sequence[Line]) -> Iterator[Gap]:
    for line in lines:
        shown = line.text if len(line.text) <= _SHOWN else line.text[: _SHOWN - 1] + "…"
        message = _(
            "“%(shown)s”写有责任单位，但不在任务或措施部分，未读入，请核对是否需要补充为措施。", shown=shown
        )
        yield Gap(GapKind.UNITS_PASSED_OVER, place(line.number), message, line.number)
