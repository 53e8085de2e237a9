"""How the work stands unit by unit, in the order of the plan: no score and no ranking."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from plans.actors import Actor
from plans.models import Unit
from plans.progress import TimeStatus
from plans.queries import TaskRow, ledger
from plans.states import TaskState
from plans.units import plan_order


@dataclass(frozen=True)
class UnitLine:
    """The tasks that a unit leads."""

    unit: Unit
    n_tasks: int
    by_time: dict[TimeStatus, int]
    n_waiting: int  # handed in and not yet verified
    n_unsigned: int


def unit_lines(session: Session, actor: Actor, *, today: date) -> list[UnitLine]:
    """The units that lead tasks; those that the plan names first stand first."""
    of_unit: dict[int, list[TaskRow]] = {}
    for row in ledger(session, actor, today=today):
        of_unit.setdefault(row.task.lead_unit_id, []).append(row)
    place = plan_order(session)
    lines = [_line(rows) for rows in of_unit.values()]
    return sorted(lines, key=lambda line: (place.get(line.unit.id, len(place)), line.unit.name))


def _line(rows: list[TaskRow]) -> UnitLine:
    states = [row.task.state for row in rows]
    times = [row.time.status for row in rows]
    return UnitLine(
        unit=rows[0].task.lead_unit,
        n_tasks=len(rows),
        by_time={status: times.count(status) for status in TimeStatus},
        n_waiting=states.count(TaskState.SUBMITTED),
        n_unsigned=states.count(TaskState.ASSIGNED),
    )
