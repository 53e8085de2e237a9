"""How far a plan and its parts are: read in a number of statements that does not grow with the work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from plans.models import Measure, MeasureIndicator, Phase, Task, TaskIndicator
from plans.phases import phase_of, phase_status
from plans.progress import TimeStatus, time_standing
from plans.rollup import Progress, RollUp, Work, roll_up
from plans.states import TaskState

WORST_FIRST = (TimeStatus.OVERDUE, TimeStatus.DUE_SOON, TimeStatus.NOT_DUE, TimeStatus.DONE)


@dataclass(frozen=True)
class PhaseStanding:
    """A phase: past, running or to come, and how far its work is; None without any task."""

    phase: Phase
    progress: Progress | None
    when: TimeStatus


def plan_progress(session: Session, plan_id: int) -> RollUp:
    """The progress of a plan, its phases, measures and tasks. Three statements."""
    phases = list(session.scalars(sa.select(Phase).where(Phase.plan_id == plan_id).order_by(Phase.no)))
    measures = sa.select(Measure.id, Measure.weight).where(Measure.plan_id == plan_id)
    return roll_up(
        _work(session, plan_id, phases),
        dict(session.execute(measures).all()),
        {phase.id: phase.weight for phase in phases},
    )


def phase_standings(session: Session, plan_id: int, today: date) -> list[PhaseStanding]:
    """The phases of a plan in their order. Four statements."""
    rolled = plan_progress(session, plan_id)
    phases = session.scalars(sa.select(Phase).where(Phase.plan_id == plan_id).order_by(Phase.no))
    return [PhaseStanding(one, rolled.phases.get(one.id), phase_status(one, today)) for one in phases]


@dataclass(frozen=True)
class MeasureWork:
    """Where the deadlines of a measure's tasks stand, at worst, and the indicators that it works for."""

    time: TimeStatus | None
    codes: tuple[str, ...]


def measure_work(session: Session, plan_id: int, today: date) -> dict[int, MeasureWork]:
    """Measure → its work; measures without tasks and indicators are left out. Three statements."""
    times: dict[int, set[TimeStatus]] = {}
    columns = (Measure.id, Task.due_on, Task.state)
    own = sa.select(*columns).join(Task, Task.measure_id == Measure.id).where(Task.plan_id == plan_id)
    for measure_id, due_on, state in session.execute(own):
        closed_on = due_on if state is TaskState.CLOSED else None  # closed is done, on whatever day
        times.setdefault(measure_id, set()).add(time_standing(due_on, today, closed_on=closed_on).status)
    codes = _codes(session, plan_id)
    return {key: MeasureWork(_worst(times.get(key)), codes.get(key, ())) for key in {**times, **codes}}


def _worst(found: set[TimeStatus] | None) -> TimeStatus | None:
    return next((status for status in WORST_FIRST if status in (found or ())), None)


def _codes(session: Session, plan_id: int) -> dict[int, tuple[str, ...]]:
    named = (
        sa.select(MeasureIndicator.measure_id, MeasureIndicator.code)
        .join(Measure, Measure.id == MeasureIndicator.measure_id)
        .where(Measure.plan_id == plan_id)
    )
    of_tasks = (
        sa.select(Measure.id, TaskIndicator.code)
        .join(Task, Task.measure_id == Measure.id)
        .join(TaskIndicator, TaskIndicator.task_id == Task.id)
        .where(Task.plan_id == plan_id)
    )
    found: dict[int, set[str]] = {}
    for measure_id, code in [*session.execute(named), *session.execute(of_tasks)]:
        found.setdefault(measure_id, set()).add(code)
    return {measure_id: tuple(sorted(codes)) for measure_id, codes in found.items()}


def _work(session: Session, plan_id: int, phases: Sequence[Phase]) -> list[Work]:
    columns = (
        Task.id,
        Task.parent_id,
        Task.measure_id,
        Task.due_on,
        Task.weight,
        Task.progress,
        Task.state,
    )
    return [
        Work(
            row.id,
            row.parent_id,
            row.measure_id,
            phase.id if (phase := phase_of(row.due_on, phases)) else None,
            row.weight,
            row.progress,
            row.state is TaskState.CLOSED,
        )
        for row in session.execute(sa.select(*columns).where(Task.plan_id == plan_id))
    ]
