"""Lists of tasks: each in a number of statements that does not grow with its rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from plans.actors import Actor
from plans.calendar import ZONE
from plans.errors import NotFound
from plans.models import Phase, Task, TaskEvidence, TaskIndicator, TaskSupport
from plans.progress import TimeStanding, TimeStatus, time_standing
from plans.states import TaskState
from plans.terms import in_force
from plans.visibility import seen_by
from plans.words import _

WAITING = (TaskState.SUBMITTED, TaskState.PAUSED)  # for others than the unit
IN_HAND = (TaskState.ASSIGNED, TaskState.WORKING, *WAITING)


@dataclass(frozen=True)
class TaskFilter:
    """What a list is narrowed to; None = everything."""

    unit_id: int | None = None  # as lead
    state: TaskState | None = None
    time: TimeStatus | None = None
    indicator: str | None = None
    measure_id: int | None = None
    phase_id: int | None = None


EVERYTHING = TaskFilter()


@dataclass(frozen=True)
class TaskRow:
    """A task as lists show it."""

    task: Task
    time: TimeStanding
    n_evidence: int


@dataclass(frozen=True)
class Counts:
    """How many tasks there are, by state and by time; closed ones are neither overdue nor due soon."""

    by_state: Mapping[TaskState, int]
    overdue: int
    due_soon: int

    @property
    def total(self) -> int:
        return sum(self.by_state.values())

    def of(self, state: TaskState) -> int:
        return self.by_state.get(state, 0)


def standing_of(task: Task, today: date) -> TimeStanding:
    """The time status of a task on a day."""
    closed_on = task.closed_at.astimezone(ZONE).date() if task.is_closed and task.closed_at else None
    return time_standing(task.due_on, today, closed_on=closed_on)


def ledger(
    session: Session, actor: Actor, *, today: date, wanted: TaskFilter = EVERYTHING, limit: int | None = None
) -> list[TaskRow]:
    """The tasks that the actor sees, by deadline."""
    statement = (
        sa.select(Task)
        .where(*_conditions(actor, wanted, today))
        .order_by(Task.due_on, Task.id)
        .limit(limit)
        .options(joinedload(Task.lead_unit), joinedload(Task.measure), selectinload(Task.indicators))
        .options(selectinload(Task.supports).joinedload(TaskSupport.unit))
    )
    return _rows(session, list(session.scalars(statement)), today)


def counts(session: Session, actor: Actor, *, today: date, wanted: TaskFilter = EVERYTHING) -> Counts:
    """How the tasks that the actor sees are spread over states and time."""
    statement = (
        sa.select(
            Task.state,
            sa.func.count(),
            _number_of(in_time(TimeStatus.OVERDUE, today)),
            _number_of(in_time(TimeStatus.DUE_SOON, today)),
        )
        .where(*_conditions(actor, wanted, today))
        .group_by(Task.state)
    )
    found = session.execute(statement).all()
    return Counts(
        {state: number for state, number, _, _ in found},
        sum(overdue for *_, overdue, _ in found),
        sum(soon for *_, soon in found),
    )


def red_tasks(session: Session, actor: Actor, *, today: date, limit: int | None = None) -> list[TaskRow]:
    """Overdue tasks, the longest overdue first."""
    return ledger(session, actor, today=today, wanted=TaskFilter(time=TimeStatus.OVERDUE), limit=limit)


def waiting_for_verification(session: Session, actor: Actor, *, today: date) -> list[TaskRow]:
    """Tasks handed in for close-out."""
    return ledger(session, actor, today=today, wanted=TaskFilter(state=TaskState.SUBMITTED))


def owed_by(session: Session, actor: Actor, *, today: date) -> list[TaskRow]:
    """What the actor's unit leads and still has to do, with its history; what waits for others last."""
    mine = sa.and_(Task.lead_unit_id == actor.unit_id, Task.state.in_(IN_HAND))
    return _with_history(session, mine, today)


def supported_by(session: Session, actor: Actor, *, today: date) -> list[TaskRow]:
    """What is under way with the help of the actor's unit."""
    helps = Task.supports.any(TaskSupport.unit_id == actor.unit_id)
    statement = (
        sa.select(Task)
        .where(helps, Task.lead_unit_id != actor.unit_id, Task.state.in_(IN_HAND))
        .order_by(Task.due_on, Task.id)
        .options(joinedload(Task.lead_unit))
    )
    return _rows(session, list(session.scalars(statement)), today)


def chosen_tasks(session: Session, actor: Actor, task_ids: list[int], *, today: date) -> list[TaskRow]:
    """Those of the tasks that the actor sees, with their history."""
    return _with_history(session, sa.and_(Task.id.in_(task_ids), seen_by(actor)), today)


def task_story(session: Session, actor: Actor, *, task_id: int, today: date) -> TaskRow:
    """One task with everything that its page tells.

    Raises NotFound, also for a task that the actor does not see.
    """
    statement = (
        sa.select(Task)
        .where(Task.id == task_id, seen_by(actor))
        .options(joinedload(Task.lead_unit), joinedload(Task.measure), joinedload(Task.plan))
        .options(selectinload(Task.supports).joinedload(TaskSupport.unit), selectinload(Task.indicators))
        .options(selectinload(Task.events), selectinload(Task.evidence).joinedload(TaskEvidence.file))
        .execution_options(populate_existing=True)
    )
    task = session.scalar(statement)
    if task is None:
        raise NotFound(_("任务"))
    return TaskRow(task, standing_of(task, today), len(task.evidence))


def indicators_in_use(session: Session, actor: Actor) -> list[str]:
    """The codes of indicators that tasks work for."""
    statement = (
        sa.select(TaskIndicator.code).join(Task, Task.id == TaskIndicator.task_id).where(seen_by(actor))
    )
    return list(session.scalars(statement.distinct().order_by(TaskIndicator.code)))


def _with_history(session: Session, condition: sa.ColumnElement[bool], today: date) -> list[TaskRow]:
    statement = (
        sa.select(Task)
        .where(condition)
        .order_by(Task.state.in_(WAITING), Task.due_on, Task.id)
        .options(joinedload(Task.lead_unit), selectinload(Task.events))
        .options(selectinload(Task.evidence).joinedload(TaskEvidence.file))
    )
    tasks = session.scalars(statement.execution_options(populate_existing=True))
    return [TaskRow(task, standing_of(task, today), len(task.evidence)) for task in tasks]


def _conditions(actor: Actor, wanted: TaskFilter, today: date) -> list[sa.ColumnElement[bool]]:
    found = [seen_by(actor)]
    if wanted.unit_id is not None:
        found.append(Task.lead_unit_id == wanted.unit_id)
    if wanted.state is not None:
        found.append(Task.state == wanted.state)
    if wanted.time is not None:
        found.append(in_time(wanted.time, today))
    if wanted.indicator is not None:
        found.append(Task.indicators.any(TaskIndicator.code == wanted.indicator))
    if wanted.measure_id is not None:
        found.append(Task.measure_id == wanted.measure_id)
    if wanted.phase_id is not None:
        found.append(_due_in_phase(wanted.phase_id))
    return found


def in_time(status: TimeStatus, today: date) -> sa.ColumnElement[bool]:
    """The same borders as ``time_standing``."""
    soon = today + timedelta(days=in_force().soon_days)
    is_closed = Task.state == TaskState.CLOSED
    return {
        TimeStatus.DONE: is_closed,
        TimeStatus.OVERDUE: sa.and_(~is_closed, Task.due_on < today),
        TimeStatus.DUE_SOON: sa.and_(~is_closed, Task.due_on.between(today, soon)),
        TimeStatus.NOT_DUE: sa.and_(~is_closed, Task.due_on > soon),
    }[status]


def _due_in_phase(phase_id: int) -> sa.ColumnElement[bool]:
    within = sa.and_(
        sa.or_(Phase.starts_on.is_(None), Phase.starts_on <= Task.due_on),
        sa.or_(Phase.ends_on.is_(None), Phase.ends_on >= Task.due_on),
    )
    return sa.select(Phase.id).where(Phase.id == phase_id, Phase.plan_id == Task.plan_id, within).exists()


def _number_of(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0))


def _rows(session: Session, tasks: list[Task], today: date) -> list[TaskRow]:
    numbers = _evidence_numbers(session, [task.id for task in tasks])
    return [TaskRow(task, standing_of(task, today), numbers.get(task.id, 0)) for task in tasks]


def _evidence_numbers(session: Session, task_ids: list[int]) -> dict[int, int]:
    statement = (
        sa.select(TaskEvidence.task_id, sa.func.count())
        .where(TaskEvidence.task_id.in_(task_ids))
        .group_by(TaskEvidence.task_id)
    )
    return dict(session.execute(statement).all())
