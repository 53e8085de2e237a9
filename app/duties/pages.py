"""What the pages of recurring duties show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session, joinedload, selectinload

from app.counting import counted as _n
from plans.actors import Actor
from plans.commands.finding import found
from plans.errors import NotFound
from plans.models import DutySupport, Occurrence, Plan, RecurringDuty, Task
from plans.overview import current_plan
from plans.periods import period_words
from plans.rule_words import rule_words
from plans.visibility import seen_by

SOON_DAYS = 90


@dataclass(frozen=True)
class OccurrenceLine:
    """One period of a duty."""

    period: str
    occurrence: Occurrence
    is_handed_out: bool
    task: Task | None  # only one that the person sees


@dataclass(frozen=True)
class DutyLine:
    """A duty in the list."""

    duty: RecurringDuty
    rule: str
    occurrences: list[OccurrenceLine]
    next: OccurrenceLine | None  # the first that is not over

    @property
    def n_handed_out(self) -> int:
        return sum(one.is_handed_out for one in self.occurrences)


@dataclass(frozen=True)
class DutiesPage:
    """The duties of a plan."""

    plan: Plan
    lines: list[DutyLine]
    is_current: bool  # whether its duties are handed out
    headline: str


@dataclass(frozen=True)
class DutyPage:
    """One duty with all its periods."""

    plan: Plan
    line: DutyLine


def duties_page(session: Session, actor: Actor, plan_id: int, *, today: date) -> DutiesPage:
    """The duties of a plan. Raises NotFound."""
    plan: Plan = found(session, Plan, plan_id, _("实施方案"))
    duties = session.scalars(_duties().where(RecurringDuty.plan_id == plan_id)).all()
    lines = _lines(session, actor, duties, today)
    newest = current_plan(session)
    return DutiesPage(plan, lines, newest is not None and newest.id == plan.id, _headline(lines, today))


def duty_page(session: Session, actor: Actor, duty_id: int, *, today: date) -> DutyPage:
    """One duty. Raises NotFound."""
    duties = session.scalars(_duties().where(RecurringDuty.id == duty_id)).all()
    if not duties:
        raise NotFound(_("周期任务"))
    [line] = _lines(session, actor, duties, today)
    plan: Plan = found(session, Plan, line.duty.plan_id, _("实施方案"))
    return DutyPage(plan, line)


def _duties() -> sa.Select[Any]:
    options = (
        joinedload(RecurringDuty.lead_unit),
        joinedload(RecurringDuty.measure),
        selectinload(RecurringDuty.supports).joinedload(DutySupport.unit),
        selectinload(RecurringDuty.occurrences),
    )
    return sa.select(RecurringDuty).order_by(RecurringDuty.no).options(*options)


def _lines(session: Session, actor: Actor, duties: Sequence[RecurringDuty], today: date) -> list[DutyLine]:
    ids = [duty.id for duty in duties]
    within = Task.occurrence_id.in_(sa.select(Occurrence.id).where(Occurrence.duty_id.in_(ids)))
    handed_out = set(session.scalars(sa.select(Task.occurrence_id).where(within)))
    tasks = {
        task.occurrence_id: task for task in session.scalars(sa.select(Task).where(within, seen_by(actor)))
    }
    return [_line(duty, handed_out, tasks, today) for duty in duties]


def _line(
    duty: RecurringDuty, handed_out: set[int | None], tasks: Mapping[int | None, Task], today: date
) -> DutyLine:
    lines = [
        OccurrenceLine(
            period_words(duty.every, one.stated_due_on), one, one.id in handed_out, tasks.get(one.id)
        )
        for one in sorted(duty.occurrences, key=lambda one: one.due_on)
    ]
    coming = next((line for line in lines if line.occurrence.due_on >= today), None)
    return DutyLine(duty, rule_words(duty.every, duty.rule), lines, coming)


def _headline(lines: Sequence[DutyLine], today: date) -> str:
    if not lines:
        return _("方案还没有周期性工作。")
    until = today + timedelta(days=SOON_DAYS)
    soon = sum(today <= one.occurrence.due_on <= until for line in lines for one in line.occurrences)
    words = _n("%(n)s 项周期性工作，未来 %(d)s 天有 %(m)s 期到期", n=len(lines), d=SOON_DAYS, m=soon)
    idle = sum(line.duty.lead_unit is None for line in lines)
    return words + (_("；%(n)s 项没有牵头单位，到期不会交办。", n=idle) if idle else _("。"))
