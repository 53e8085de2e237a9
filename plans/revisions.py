"""A plan is approved, and changed afterwards: 原定 beside 现定. Nobody commits here.

Every change is recorded; once the plan is approved each needs a reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from plans.actors import Actor, Person
from plans.calendar import deadline
from plans.commands.assigning import check_weight
from plans.commands.finding import check_units, found
from plans.commands.moving import check_reason
from plans.models import Measure, MeasureUnit, Milestone, Phase, Plan, PlanBaseline, PlanChange, PlanPart
from plans.rights import Act, check
from plans.snapshots import Difference, Row, changed_fields, differences, fields_of, snapshot, title_of
from plans.work_errors import EndsBeforeStart, StalePlan, WordsMissing

R = TypeVar("R", Phase, Measure, Milestone)
_PARTS = {Phase: PlanPart.PHASE, Measure: PlanPart.MEASURE, Milestone: PlanPart.MILESTONE}


@dataclass(frozen=True)
class PhaseTerms:
    """What can be changed of a phase."""

    title: str
    starts_on: date | None
    ends_on: date | None
    weight: int = 1


@dataclass(frozen=True)
class MeasureTerms:
    """What can be changed of a measure; the deadline moves to a working day."""

    title: str
    text: str
    stated_due_on: date | None
    lead_unit_id: int | None
    support_unit_ids: Sequence[int] = ()
    supervising_unit_id: int | None = None
    person: Person | None = None
    weight: int = 1


@dataclass(frozen=True)
class MilestoneTerms:
    """What can be changed of a milestone; the deadline moves to a working day."""

    text: str
    stated_due_on: date
    criteria: str = ""


def approve_plan(session: Session, actor: Actor, *, plan_id: int, note: str, at: datetime) -> PlanBaseline:
    """Approve the plan as it stands and keep it as the baseline (原定); unchanged, it is approved once.

    Only the leading group.

    Raises ActNotAllowed, NotFound.
    """
    check(actor, Act.APPROVE_PLAN)
    plan = _held(session, plan_id)
    body, last = snapshot(plan), baseline(session, plan_id)
    if last is not None and last.body == body:
        return last
    kept = PlanBaseline(
        plan_id=plan_id,
        no=(last.no if last else 0) + 1,
        approved_at=at,
        approved_by=actor.name,
        note=note,
        body=body,
    )
    plan.approved_at, plan.approved_by = at, actor.name
    session.add(kept)
    session.flush()
    return kept


def baseline(session: Session, plan_id: int) -> PlanBaseline | None:
    """The newest approved version of a plan; None before any."""
    statement = sa.select(PlanBaseline).where(PlanBaseline.plan_id == plan_id)
    return session.scalar(statement.order_by(PlanBaseline.no.desc()).limit(1))


def plan_differences(session: Session, plan: Plan) -> list[Difference]:
    """What is not as it was approved; empty before any approval."""
    approved = baseline(session, plan.id)
    return [] if approved is None else differences(approved.body, snapshot(plan))


def plan_changes(session: Session, plan_id: int) -> list[PlanChange]:
    """Every change of a plan, the newest first."""
    statement = sa.select(PlanChange).where(PlanChange.plan_id == plan_id)
    return list(session.scalars(statement.order_by(PlanChange.at.desc(), PlanChange.id.desc())))


def change_phase(
    session: Session,
    actor: Actor,
    *,
    phase_id: int,
    terms: PhaseTerms,
    seen_version: int,
    reason: str,
    at: datetime,
) -> Phase:
    """Change a phase.

    Only the leading group or the programme office.

    Raises ActNotAllowed, NotFound, StalePlan, ReasonMissing, WordsMissing, EndsBeforeStart, WeightOutOfRange.
    """
    phase: Phase = _row(session, actor, Phase, phase_id, "阶段", seen_version, reason)
    _check_words(terms.title, "阶段名称")
    check_weight(terms.weight)
    if terms.starts_on and terms.ends_on and terms.ends_on < terms.starts_on:
        raise EndsBeforeStart("阶段")
    before = fields_of(phase)
    phase.title, phase.starts_on, phase.ends_on = terms.title.strip(), terms.starts_on, terms.ends_on
    phase.weight = terms.weight
    _record(session, actor, phase, before, reason, at)
    return phase


def change_measure(
    session: Session,
    actor: Actor,
    *,
    measure_id: int,
    terms: MeasureTerms,
    seen_version: int,
    reason: str,
    at: datetime,
) -> Measure:
    """Change a measure: its words, deadline, units, person and weight.

    Only the leading group or the programme office.

    Raises ActNotAllowed, NotFound, StalePlan, ReasonMissing, WordsMissing, WeightOutOfRange.
    """
    measure: Measure = _row(session, actor, Measure, measure_id, "措施", seen_version, reason)
    _check_words(terms.title, "措施名称")
    check_weight(terms.weight)
    check_units(session, [terms.lead_unit_id, terms.supervising_unit_id, *terms.support_unit_ids])
    before = fields_of(measure)
    _apply(measure, terms)
    _set_units(session, measure, terms)
    _record(session, actor, measure, before, reason, at)
    return measure


def change_milestone(
    session: Session,
    actor: Actor,
    *,
    milestone_id: int,
    terms: MilestoneTerms,
    seen_version: int,
    reason: str,
    at: datetime,
) -> Milestone:
    """Change a milestone: its words, its deadline, what counts as reached.

    Only the leading group or the programme office.

    Raises ActNotAllowed, NotFound, StalePlan, ReasonMissing, WordsMissing.
    """
    stone: Milestone = _row(session, actor, Milestone, milestone_id, "里程碑", seen_version, reason)
    _check_words(terms.text, "里程碑内容")
    before = fields_of(stone)
    stone.text, stone.criteria = terms.text.strip(), terms.criteria.strip()
    stone.stated_due_on, stone.due_on = terms.stated_due_on, deadline(terms.stated_due_on)
    _record(session, actor, stone, before, reason, at)
    return stone


def record_change(
    session: Session,
    actor: Actor,
    part: PlanPart,
    row: Row,
    changed: Mapping[str, tuple[str, str]],
    reason: str,
    at: datetime,
    title: str = "",
) -> None:
    """Write each changed field of a row; ``title`` is what it was called before, if it changed."""
    session.add_all(
        PlanChange(
            plan_id=row.plan_id,
            at=at,
            actor_id=actor.user_id,
            actor_name=actor.name,
            part=part,
            row_id=row.id,
            title=title or title_of(row),
            field=field,
            before=before,
            after=after,
            reason=reason,
        )
        for field, (before, after) in changed.items()
    )
    session.flush()


def _held(session: Session, plan_id: int) -> Plan:
    plan: Plan = found(session, Plan, plan_id, "实施方案")
    session.refresh(plan, with_for_update=True)
    return plan


def _row(
    session: Session, actor: Actor, kind: type[R], row_id: int, name: str, seen_version: int, reason: str
) -> R:
    check(actor, Act.EDIT_PLAN)
    row: R = found(session, kind, row_id, name)
    session.refresh(row, with_for_update=True)
    if row.version != seen_version:
        raise StalePlan(name)
    if found(session, Plan, row.plan_id, "实施方案").approved_at is not None:
        check_reason(reason, "调整已批准的方案")
    return row


def _check_words(text: str, what: str) -> None:
    if not text.strip():
        raise WordsMissing(what)


def _apply(measure: Measure, terms: MeasureTerms) -> None:
    measure.title, measure.text, measure.weight = terms.title.strip(), terms.text, terms.weight
    measure.stated_due_on = terms.stated_due_on
    measure.due_on = terms.stated_due_on and deadline(terms.stated_due_on)
    measure.supervising_unit_id = terms.supervising_unit_id
    measure.person_id = terms.person.account_id if terms.person else None
    measure.person_name = terms.person.name.strip() if terms.person else ""


def _set_units(session: Session, measure: Measure, terms: MeasureTerms) -> None:
    measure.units = []
    session.flush()  # a unit that stays would otherwise meet its own old row
    lead = [] if terms.lead_unit_id is None else [terms.lead_unit_id]
    measure.units = [
        MeasureUnit(unit_id=unit_id, no=no, is_lead=unit_id == terms.lead_unit_id)
        for no, unit_id in enumerate(dict.fromkeys([*lead, *terms.support_unit_ids]), 1)
    ]


def _record(
    session: Session, actor: Actor, row: Row, before: dict[str, str], reason: str, at: datetime
) -> None:
    flag_modified(row, "plan_id")  # a change of units alone is a new version too
    session.flush()
    session.expire(row)
    changed = changed_fields(before, fields_of(row))
    if changed:
        title = before.get("title") or before.get("text", "")
        record_change(session, actor, _PARTS[type(row)], row, changed, reason, at, title[:200])
