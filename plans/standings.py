"""How far a plan and its parts are: read in a number of statements that does not grow with the work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from plans.models import Measure, Phase, Task
from plans.phases import phase_of, phase_status
from plans.progress import TimeStatus
from plans.rollup import Progress, RollUp, Work, roll_up
from plans.states import TaskState


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
