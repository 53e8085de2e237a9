"""A plan as plain text, and what differs between two such texts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from plans.models import (
    DutySupport,
    IndicatorDuty,
    IndicatorDutyUnit,
    Measure,
    MeasureUnit,
    Plan,
    PlanPart,
    RecurringDuty,
    Target,
)
from plans.part_fields import Fields, Row, fields_of, part_of, title_of
from plans.words import _

Snapshot = Mapping[str, Mapping[str, Fields]]  # part → id → field → value
NAME = "name"  # not compared
WHOLE, AROUND = 60, 12  # characters

FIELD_WORDS = {
    "title": _("名称"),
    "text": _("内容"),
    "criteria": _("验收标准"),
    "starts_on": _("开始"),
    "ends_on": _("结束"),
    "stated_due_on": _("时限"),
    "claimed_on": _("申报达成日期"),
    "achieved_on": _("达成日期"),
    "missed_reason": _("错过原因"),
    "phase": _("阶段"),
    "tasks": _("关联任务"),
    "lead": _("牵头单位"),
    "supports": _("配合单位"),
    "supervising": _("督办单位"),
    "person": _("责任人"),
    "weight": _("权重"),
    "document_no": _("发文字号"),
    "horizon_year": _("目标年份"),
    "goals": _("工作目标"),
    "steps": _("步骤"),
    "indicators": _("对应指标"),
    "indicator_code": _("对应指标"),
    "units": _("责任单位"),
    "unit_names": _("单位"),
    "details": _("工作要求"),
    "rule": _("周期"),
    "until": _("持续到（年）"),
    "measure": _("对应措施"),
    "baseline": _("基准"),
    "due": _("目标值"),
    "path": _("分步目标"),
}
_PARTS = (
    selectinload(Plan.phases),
    selectinload(Plan.measures).selectinload(Measure.units).joinedload(MeasureUnit.unit),
    selectinload(Plan.measures).selectinload(Measure.indicators),
    selectinload(Plan.measures).joinedload(Measure.supervising_unit),
    selectinload(Plan.milestones),
    selectinload(Plan.indicator_duties).selectinload(IndicatorDuty.units).joinedload(IndicatorDutyUnit.unit),
    selectinload(Plan.unit_duties),
)
_OF_DUTY = (
    joinedload(RecurringDuty.lead_unit),
    joinedload(RecurringDuty.measure),
    selectinload(RecurringDuty.supports).joinedload(DutySupport.unit),
)


@dataclass(frozen=True)
class Difference:
    """One field that is not what was approved; "" = nothing was there, or the whole row is new or gone."""

    part: PlanPart
    row_id: int
    title: str
    field: str
    before: str  # 原定
    now: str  # 现定
    is_new: bool = False  # the whole row
    is_gone: bool = False


def snapshot(session: Session, plan_id: int) -> dict[str, dict[str, Fields]]:
    """A plan of the county in scope as plain text, in a shape that JSON keeps. Up to twenty queries.

    Raises sqlalchemy.exc.NoResultFound.
    """
    statement = sa.select(Plan).where(Plan.id == plan_id).options(*_PARTS)
    plan = session.scalars(statement.execution_options(populate_existing=True)).one()
    rows: list[Row] = [
        plan,
        *plan.phases,
        *plan.measures,
        *plan.milestones,
        *plan.indicator_duties,
        *plan.unit_duties,
        *session.scalars(_of_plan(RecurringDuty, plan_id).options(*_OF_DUTY)),
        *session.scalars(_of_plan(Target, plan_id)),
    ]
    parts: dict[str, dict[str, Fields]] = {part.value: {} for part in PlanPart}
    for row in rows:
        parts[part_of(row).value][str(row.id)] = _named(row)
    return parts


def _named(row: Row) -> Fields:
    """The fields, and under NAME what the row is called where no field says it."""
    fields = fields_of(row)
    return fields if "title" in fields or "text" in fields else {NAME: title_of(row), **fields}


def _of_plan(kind: type[RecurringDuty | Target], plan_id: int) -> sa.Select[Any]:
    return sa.select(kind).where(kind.plan_id == plan_id).order_by(kind.id)


def changed_fields(before: Fields, now: Fields) -> dict[str, tuple[str, str]]:
    """Field → (before, now) where the two are not the same."""
    return {
        field: (before.get(field, ""), now.get(field, ""))
        for field in {**before, **now}
        if field != NAME and before.get(field, "") != now.get(field, "")
    }


def differences(before: Snapshot, now: Snapshot) -> list[Difference]:
    """Every field that differs, part by part; rows that are new or gone with all their fields."""
    return [difference for part in PlanPart for difference in _of_part(part, before, now)]


def _of_part(part: PlanPart, before: Snapshot, now: Snapshot) -> Iterator[Difference]:
    old, new = before.get(part.value, {}), now.get(part.value, {})
    for row_id in {**old, **new}:
        was, is_now = old.get(row_id, {}), new.get(row_id, {})
        title = _title(is_now or was)
        for field, (then, today) in changed_fields(was, is_now).items():
            yield Difference(part, int(row_id), title, field, then, today, is_new=not was, is_gone=not is_now)


def _title(fields: Fields) -> str:
    return next((fields[field] for field in (NAME, "title", "unit_names", "text") if fields.get(field)), "")


def differing_part(text: str, other: str) -> str:
    """What of a text is not in the other one, with a little of what stands around it; short texts whole.

    >>> differing_part("一" * 100 + "甲" + "二" * 100, "一" * 100 + "乙" + "二" * 100)
    '…一一一一一一一一一一一一甲二二二二二二二二二二二二…'
    """
    if len(text) <= WHOLE or not other:
        return text
    start = _shared(text, other)
    rest = min(len(text), len(other)) - start
    end = len(text) - min(rest, _shared(text[::-1], other[::-1]))
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    return ("…" if first else "") + text[first:last] + ("…" if last < len(text) else "")


def _shared(text: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(text, other, strict=False))
    return next((place for place, (one, two) in pairs if one != two), min(len(text), len(other)))
