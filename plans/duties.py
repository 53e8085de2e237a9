"""Duties that come back: set by the side that plans, laid out period by period, handed out when they near.

Nobody commits here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from plans.actors import Actor
from plans.base import new_id
from plans.calendar import deadline
from plans.change_log import check_revision, held_row, record_change, write_change
from plans.commands.assigning import hand_over, supports_of
from plans.commands.finding import check_units, found
from plans.commands.moving import day_of
from plans.models import DutySupport, Measure, Occurrence, Plan, PlanPart, RecurringDuty, Task, TaskIndicator
from plans.overview import current_plan
from plans.part_fields import fields_of
from plans.periods import LEAD_DAYS, PROGRAMME_ENDS, Every, days_of, period_of, period_words
from plans.rights import Act, check
from plans.snapshots import changed_fields
from plans.words import _
from plans.work_errors import BadRecurrence, NotInPlan, WordsMissing


@dataclass(frozen=True)
class DutyTerms:
    """What a recurring duty says."""

    title: str
    details: str
    every: Every
    rule: str  # recurrence of RFC 5545; its days are the deadlines
    measure_id: int | None
    lead_unit_id: int | None
    support_unit_ids: Sequence[int] = ()
    is_assumed: bool = False  # the plan names no day, the rule is ours


def add_duty(
    session: Session,
    actor: Actor,
    *,
    plan_id: int,
    terms: DutyTerms,
    at: datetime,
    until_year: int = PROGRAMME_ENDS,
) -> RecurringDuty:
    """Write a duty and lay out its occurrences from the day on until the end of a year.

    Only the leading group or the programme office plans.

    Raises ActNotAllowed, NotFound, NotInPlan, WordsMissing, BadRecurrence.
    """
    check(actor, Act.EDIT_PLAN)
    found(session, Plan, plan_id, _("实施方案"))
    _check(session, plan_id, terms)
    taken = sa.select(sa.func.max(RecurringDuty.no)).where(RecurringDuty.plan_id == plan_id)
    duty = RecurringDuty(id=new_id(), plan_id=plan_id, no=(session.scalar(taken) or 0) + 1)
    _apply(duty, terms)
    session.add(duty)
    lay_out(duty, day_of(at), until_year)
    session.flush()
    return duty


def plan_duty(
    session: Session,
    actor: Actor,
    *,
    plan_id: int,
    terms: DutyTerms,
    reason: str,
    at: datetime,
    until_year: int = PROGRAMME_ENDS,
) -> RecurringDuty:
    """Add a duty to a plan in force and write that down; with a reason once the plan is approved.

    Raises ReasonMissing and what ``add_duty`` raises.
    """
    check_revision(session, plan_id, reason)
    duty = add_duty(session, actor, plan_id=plan_id, terms=terms, at=at, until_year=until_year)
    changed = changed_fields({}, fields_of(duty))
    record_change(session, actor, PlanPart.DUTY, duty, changed, reason, at)
    return duty


def change_duty(
    session: Session,
    actor: Actor,
    *,
    duty_id: int,
    terms: DutyTerms,
    seen_version: int,
    at: datetime,
    reason: str = "",
    until_year: int = PROGRAMME_ENDS,
) -> RecurringDuty:
    """Change a duty; occurrences to come that no task stands for yet are laid out anew.

    Only the leading group or the programme office plans.

    Raises ActNotAllowed, NotFound, NotInPlan, WordsMissing, BadRecurrence, StalePlan, ReasonMissing.
    """
    duty: RecurringDuty = held_row(
        session, actor, RecurringDuty, duty_id, _("周期任务"), seen_version, reason
    )
    _check(session, duty.plan_id, terms)
    before, ended = fields_of(duty), last_year(duty)
    opened = set(session.scalars(sa.select(Task.occurrence_id).where(Task.occurrence_id.is_not(None))))
    duty.occurrences = [one for one in duty.occurrences if one.id in opened or one.due_on < day_of(at)]
    duty.supports = []
    session.flush()  # a unit or period that stays would otherwise meet its own old row
    _apply(duty, terms)
    lay_out(duty, day_of(at), until_year)
    write_change(session, actor, duty, before, reason, at)
    if (ends := last_year(duty)) != ended:
        years = {"until": (str(ended or ""), str(ends or ""))}
        record_change(session, actor, PlanPart.DUTY, duty, years, reason, at)
    return duty


def last_year(duty: RecurringDuty) -> int | None:
    """The year of the last occurrence; None without any."""
    return max((one.stated_due_on.year for one in duty.occurrences), default=None)


def lay_out(duty: RecurringDuty, first: date, until_year: int = PROGRAMME_ENDS) -> list[Occurrence]:
    """Add the occurrences from a day to the end of a year that are not there yet; the new ones.

    A period has one occurrence however often this runs; of several days in a period the last one counts.
    """
    known = {one.period for one in duty.occurrences}
    days = days_of(duty.rule, first, date(until_year, 12, 31))
    due = {period_of(duty.every, day): day for day in days}
    new = [
        Occurrence(id=new_id(), period=period, stated_due_on=day, due_on=deadline(day, not_before=first))
        for period, day in due.items()
        if period not in known
    ]
    duty.occurrences.extend(new)
    return new


def open_occurrences(session: Session, actor: Actor, *, at: datetime) -> list[Task]:
    """Hand out, as tasks, the occurrences that are near and stand for no task yet; run as often as one likes.

    Those of the current plan: a plan that another one has followed hands out nothing any more.

    Only the leading group or the programme office; a job acts as the office. A duty without a lead unit
    waits.

    Raises ActNotAllowed.
    """
    check(actor, Act.EDIT_PLAN)
    plan = current_plan(session)
    if plan is None:
        return []
    wanted = RecurringDuty.plan_id == plan.id, RecurringDuty.lead_unit_id.is_not(None)
    held = sa.select(RecurringDuty).where(*wanted).with_for_update()
    duties = {
        duty.id: duty
        for duty in session.scalars(
            held.options(
                selectinload(RecurringDuty.supports),
                selectinload(RecurringDuty.measure).selectinload(Measure.indicators),
            )
        )
    }
    return [
        hand_over(session, actor, _task(duties[one.duty_id], one), at)
        for one in _unopened(session, duties)
        if one.due_on <= day_of(at) + timedelta(days=LEAD_DAYS[duties[one.duty_id].every])
    ]


def _unopened(session: Session, duties: dict[int, RecurringDuty]) -> list[Occurrence]:
    stands = sa.select(Task.id).where(Task.occurrence_id == Occurrence.id).exists()
    statement = sa.select(Occurrence).where(Occurrence.duty_id.in_(duties), ~stands)
    return list(session.scalars(statement.order_by(Occurrence.due_on, Occurrence.id)))


def _task(duty: RecurringDuty, occurrence: Occurrence) -> Task:
    lead = duty.lead_unit_id or 0
    codes = [link.code for link in duty.measure.indicators] if duty.measure else []
    return Task(
        id=new_id(),
        plan_id=duty.plan_id,
        measure_id=duty.measure_id,
        occurrence_id=occurrence.id,
        title=f"{duty.title[:180]}（{period_words(duty.every, occurrence.stated_due_on)}）",
        details=duty.details,
        lead_unit_id=lead,
        stated_due_on=occurrence.stated_due_on,
        supports=supports_of([link.unit_id for link in duty.supports], lead),
        indicators=[TaskIndicator(code=code) for code in codes],
    )


def _check(session: Session, plan_id: int, terms: DutyTerms) -> None:
    if not terms.title.strip():
        raise WordsMissing(_("任务名称"))
    if (
        terms.measure_id is not None
        and found(session, Measure, terms.measure_id, _("措施")).plan_id != plan_id
    ):
        raise NotInPlan(_("措施"))
    check_units(session, [terms.lead_unit_id, *terms.support_unit_ids])
    try:
        days = days_of(terms.rule, date(2026, 1, 1), date(2027, 12, 31))
    except ValueError as problem:
        raise BadRecurrence(terms.rule) from problem
    if not days:
        raise BadRecurrence(terms.rule)


def _apply(duty: RecurringDuty, terms: DutyTerms) -> None:
    duty.title, duty.details, duty.measure_id = terms.title.strip(), terms.details, terms.measure_id
    duty.every, duty.rule, duty.is_assumed = terms.every, terms.rule, terms.is_assumed
    duty.lead_unit_id = terms.lead_unit_id
    supporters = dict.fromkeys(unit for unit in terms.support_unit_ids if unit != terms.lead_unit_id)
    duty.supports = [DutySupport(unit_id=unit) for unit in supporters]
