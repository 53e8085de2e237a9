"""What falls due over some days, of every kind: tasks, milestones, recurring duties, supervision notices.

Each kind is one statement, however many rows it has.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from plans.actors import Actor
from plans.calendar import ZONE
from plans.milestones import MilestoneStatus, stone_standing
from plans.models import DutySupport, Milestone, Notice, Occurrence, RecurringDuty, Task
from plans.notice_states import NoticeState
from plans.notices import notice_seen_by
from plans.overview import current_plan
from plans.periods import period_words
from plans.progress import TimeStanding, TimeStatus, time_standing
from plans.queries import standing_of
from plans.visibility import seen_by, sees_all
from plans.words import _


class EntryKind(StrEnum):
    """What falls due."""

    TASK = "task"
    MILESTONE = "milestone"
    DUTY = "duty"  # a period of a recurring duty that no task stands for yet
    NOTICE = "notice"


ALL_KINDS = tuple(EntryKind)
OF_MILESTONE = {
    MilestoneStatus.AHEAD: TimeStatus.NOT_DUE,
    MilestoneStatus.ACHIEVED: TimeStatus.DONE,
    MilestoneStatus.MISSED: TimeStatus.OVERDUE,
}
_NO_DEADLINE = (NoticeState.DRAFTED, NoticeState.WITHDRAWN)


@dataclass(frozen=True)
class Entry:
    """One thing on the day that it falls due."""

    kind: EntryKind
    row_id: int  # of a duty itself where one of its periods falls due
    day: date
    title: str
    unit: str  # who answers for it; "" for what is the whole county's
    time: TimeStanding


@dataclass(frozen=True)
class Wanted:
    """Which days, of whom and of what kind."""

    first: date
    last: date
    unit_id: int | None = None  # as the unit that leads or is addressed
    kinds: Collection[EntryKind] = ALL_KINDS


def agenda(session: Session, actor: Actor, *, wanted: Wanted, today: date) -> list[Entry]:
    """What the actor sees falling due, by day; a unit sees its own work, and the milestones of all."""
    found: list[Entry] = []
    if EntryKind.TASK in wanted.kinds:
        found += _tasks(session, actor, wanted, today)
    if EntryKind.NOTICE in wanted.kinds:
        found += _notices(session, actor, wanted, today)
    plan = current_plan(session)
    if plan is not None and EntryKind.DUTY in wanted.kinds:
        found += _duties(session, actor, wanted, today, plan.id)
    if plan is not None and EntryKind.MILESTONE in wanted.kinds and wanted.unit_id is None:
        found += _milestones(session, wanted, today, plan.id)
    order = list(_FIRST_ON_A_DAY)
    return sorted(found, key=lambda entry: (entry.day, order.index(entry.kind), entry.title, entry.row_id))


_FIRST_ON_A_DAY = (EntryKind.MILESTONE, EntryKind.NOTICE, EntryKind.TASK, EntryKind.DUTY)


def _tasks(session: Session, actor: Actor, wanted: Wanted, today: date) -> list[Entry]:
    of_unit = sa.true() if wanted.unit_id is None else Task.lead_unit_id == wanted.unit_id
    within = Task.due_on.between(wanted.first, wanted.last)
    statement = sa.select(Task).where(seen_by(actor), within, of_unit).options(joinedload(Task.lead_unit))
    return [
        Entry(EntryKind.TASK, task.id, task.due_on, task.title, task.lead_unit.name, standing_of(task, today))
        for task in session.scalars(statement)
    ]


def _notices(session: Session, actor: Actor, wanted: Wanted, today: date) -> list[Entry]:
    of_unit = sa.true() if wanted.unit_id is None else Notice.to_unit_id == wanted.unit_id
    within = sa.and_(Notice.due_on.between(wanted.first, wanted.last), Notice.state.not_in(_NO_DEADLINE))
    statement = sa.select(Notice).where(notice_seen_by(actor), within, of_unit)
    options = joinedload(Notice.to_unit), selectinload(Notice.events)
    return [_notice(notice, today) for notice in session.scalars(statement.options(*options))]


def _notice(notice: Notice, today: date) -> Entry:
    closed = notice.events[-1].at.astimezone(ZONE).date() if notice.state is NoticeState.CLOSED else None
    time = time_standing(notice.due_on, today, closed_on=closed, done=_("办结"))
    return Entry(EntryKind.NOTICE, notice.id, notice.due_on, notice.title, notice.to_unit.name, time)


def _duties(session: Session, actor: Actor, wanted: Wanted, today: date, plan_id: int) -> list[Entry]:
    stands = sa.select(Task.id).where(Task.occurrence_id == Occurrence.id).exists()
    of_unit = sa.true() if wanted.unit_id is None else RecurringDuty.lead_unit_id == wanted.unit_id
    statement = (
        sa.select(Occurrence)
        .join(RecurringDuty, RecurringDuty.id == Occurrence.duty_id)
        .where(RecurringDuty.plan_id == plan_id, _duty_seen_by(actor), of_unit, ~stands)
        .where(Occurrence.due_on.between(wanted.first, wanted.last))
        .options(joinedload(Occurrence.duty).joinedload(RecurringDuty.lead_unit))
    )
    return [_duty(one, today) for one in session.scalars(statement)]


def _duty_seen_by(actor: Actor) -> sa.ColumnElement[bool]:
    if sees_all(actor):
        return sa.true()
    if actor.unit_id is None:
        return sa.false()
    supports = sa.select(DutySupport.id).where(
        DutySupport.duty_id == RecurringDuty.id, DutySupport.unit_id == actor.unit_id
    )
    return sa.or_(RecurringDuty.lead_unit_id == actor.unit_id, supports.exists())


def _duty(one: Occurrence, today: date) -> Entry:
    duty, is_past = one.duty, one.due_on < today
    title = f"{duty.title}（{period_words(duty.every, one.stated_due_on)}）"
    time = (
        TimeStanding(TimeStatus.OVERDUE, _("未交办"), _("时限已过，还没有交办为任务。"))
        if is_past
        else TimeStanding(TimeStatus.NOT_DUE, _("待交办"), _("临近时限时自动交办为任务。"))
    )
    unit = duty.lead_unit.name if duty.lead_unit else ""
    return Entry(EntryKind.DUTY, duty.id, one.due_on, title, unit, time)


def _milestones(session: Session, wanted: Wanted, today: date, plan_id: int) -> list[Entry]:
    within = Milestone.due_on.between(wanted.first, wanted.last)
    statement = sa.select(Milestone).where(Milestone.plan_id == plan_id, within)
    return [_milestone(stone, today) for stone in session.scalars(statement)]


def _milestone(stone: Milestone, today: date) -> Entry:
    standing = stone_standing(stone, today)
    time = TimeStanding(OF_MILESTONE[standing.status], standing.word, standing.sentence)
    return Entry(EntryKind.MILESTONE, stone.id, stone.due_on, stone.text, "", time)
