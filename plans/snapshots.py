"""What of a plan is compared: titles, days, units and weights of its parts, as plain text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plans.models import Measure, Milestone, Phase, Plan, PlanPart

Fields = dict[str, str]
Snapshot = Mapping[str, Mapping[str, Fields]]  # part → id → field → value
Row = Phase | Measure | Milestone

FIELD_WORDS = {
    "title": "名称",
    "text": "内容",
    "criteria": "验收标准",
    "starts_on": "开始",
    "ends_on": "结束",
    "stated_due_on": "时限",
    "claimed_on": "申报达成日期",
    "achieved_on": "达成日期",
    "missed_reason": "错过原因",
    "phase": "阶段",
    "tasks": "关联任务",
    "lead": "牵头单位",
    "supports": "配合单位",
    "supervising": "督办单位",
    "person": "责任人",
    "weight": "权重",
}


@dataclass(frozen=True)
class Difference:
    """One field that is not what was approved; "" = nothing was there, or the whole row is new or gone."""

    part: PlanPart
    row_id: int
    title: str
    field: str
    before: str  # 原定
    now: str  # 现定


def snapshot(plan: Plan) -> dict[str, dict[str, Fields]]:
    """The plan as plain text, in a shape that JSON keeps."""
    parts: dict[PlanPart, Sequence[Row]] = {
        PlanPart.PHASE: plan.phases,
        PlanPart.MEASURE: plan.measures,
        PlanPart.MILESTONE: plan.milestones,
    }
    return {part.value: {str(row.id): fields_of(row) for row in rows} for part, rows in parts.items()}


def fields_of(row: Row) -> Fields:
    """The fields of one row that are compared."""
    if isinstance(row, Phase):
        return _texts(title=row.title, starts_on=row.starts_on, ends_on=row.ends_on, weight=row.weight)
    if isinstance(row, Milestone):
        return _texts(text=row.text, criteria=row.criteria, stated_due_on=row.stated_due_on)
    return _texts(
        title=row.title,
        text=row.text,
        stated_due_on=row.stated_due_on,
        lead=row.lead.name if row.lead else "",
        supports="、".join(unit.name for unit in row.supports),
        supervising=row.supervising_unit.name if row.supervising_unit else "",
        person=row.person_name,
        weight=row.weight,
    )


def title_of(row: Row) -> str:
    """What a row is called."""
    return (row.text if isinstance(row, Milestone) else row.title)[:200]


def changed_fields(before: Fields, now: Fields) -> dict[str, tuple[str, str]]:
    """Field → (before, now) where the two are not the same."""
    return {
        field: (before.get(field, ""), now.get(field, ""))
        for field in {**before, **now}
        if before.get(field, "") != now.get(field, "")
    }


def differences(before: Snapshot, now: Snapshot) -> list[Difference]:
    """Every field that differs, part by part; rows that are new or gone with all their fields."""
    return [difference for part in PlanPart for difference in _of_part(part, before, now)]


def _of_part(part: PlanPart, before: Snapshot, now: Snapshot) -> Iterator[Difference]:
    old, new = before.get(part.value, {}), now.get(part.value, {})
    for row_id in {**old, **new}:
        was, is_now = old.get(row_id, {}), new.get(row_id, {})
        title = (is_now or was).get("title") or (is_now or was).get("text", "")
        for field, (then, today) in changed_fields(was, is_now).items():
            yield Difference(part, int(row_id), title, field, then, today)


def _texts(**values: str | int | date | None) -> Fields:
    return {field: "" if value is None else str(value) for field, value in values.items()}
