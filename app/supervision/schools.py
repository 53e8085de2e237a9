"""Schools to follow up: data sent back, failing sections, figures that jumped; and the task for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session, joinedload, selectinload

from app.assessments.queries import SectionLine, worst_sections
from app.models import Assessment, SchoolReturn
from app.models.returns import ReturnState
from plans.actors import Actor
from plans.models import Task
from plans.progress import TimeStanding
from plans.queries import standing_of
from plans.states import TaskState
from plans.terms import in_force
from plans.visibility import seen_by
from scoring.elements import ELEMENTS

# Counts of persons and rooms move by ones in small schools; these do not double without a reason.
WATCHED = (
    "students_primary",
    "students_junior",
    "teaching_area_m2",
    "sports_field_area_m2",
    "equipment_value_wan",
    "books",
)
ALL_SCHOOLS = 100_000


@dataclass
class SchoolLine:
    """A school with what is the matter, the worst first."""

    code: str
    name: str
    is_returned: bool = False
    failing: list[SectionLine] = field(default_factory=list)
    jumps: list[str] = field(default_factory=list)
    task: Task | None = None
    time: TimeStanding | None = None

    @property
    def rank(self) -> tuple[bool, int, int]:
        """Data sent back first, then what fails by the most, then mere jumps."""
        worst = max((len(one.below_floor) * 100 + len(one.missed) for one in self.failing), default=-1)
        return (not self.is_returned, -worst, -len(self.jumps))


def followed_schools(session: Session, actor: Actor, assessment: Assessment, today: date) -> list[SchoolLine]:
    """The schools of a year that need a look. Five statements."""
    lines: dict[str, SchoolLine] = {}
    failing = worst_sections(session, assessment, ALL_SCHOOLS)
    for section in failing:
        _of(lines, section.school_code, section.school_name).failing.append(section)
    for code, name, state, jumps in _returns(session, assessment.year):
        if state is ReturnState.RETURNED or jumps:
            line = _of(lines, code, name)
            line.is_returned, line.jumps = state is ReturnState.RETURNED, jumps
    _put_tasks(session, actor, list(lines.values()), today)
    return sorted(lines.values(), key=lambda line: (line.rank, line.code))


def jump_words(values: Mapping[str, object], last: Mapping[str, object]) -> list[str]:
    """Figures of a school that changed by more than the county's limit against last year."""
    pairs = [(code, values.get(code), last.get(code)) for code in WATCHED]
    return [
        _("%(name)s比上年%(change)s%%", name=ELEMENTS[code].label, change=f"{100 * (now / then - 1):+.0f}")
        for code, now, then in pairs
        if isinstance(now, int | float) and isinstance(then, int | float) and then
        if abs(now - then) * 100 > in_force().jump_percent * then
    ]


def _of(lines: dict[str, SchoolLine], code: str, name: str) -> SchoolLine:
    return lines.setdefault(code, SchoolLine(code, name))


def _returns(session: Session, year: int) -> list[tuple[str, str, ReturnState, list[str]]]:
    statement = (
        sa.select(SchoolReturn)
        .where(SchoolReturn.year.in_((year, year - 1)))
        .options(joinedload(SchoolReturn.school))
    )
    rows = list(session.scalars(statement))
    last = {row.school_id: row.values for row in rows if row.year == year - 1}
    return [
        (row.school.code, row.school.name, row.state, jump_words(row.values, last.get(row.school_id, {})))
        for row in rows
        if row.year == year
    ]


def _put_tasks(session: Session, actor: Actor, lines: Sequence[SchoolLine], today: date) -> None:
    """The task that names the school, else one for the indicator that it fails by most; none is None."""
    statement = (
        sa.select(Task)
        .where(Task.state != TaskState.CLOSED, seen_by(actor))
        .order_by(Task.due_on, Task.id)
        .options(selectinload(Task.indicators))
    )
    tasks = list(session.scalars(statement)) if lines else []
    codes = {task.id: {link.code for link in task.indicators} for task in tasks}
    for line in lines:
        worst = {section.worst_code for section in line.failing}
        named = (task for task in tasks if line.name in task.title or line.name in task.details)
        meant = (task for task in tasks if codes[task.id] & worst)
        line.task = next(named, None) or next(meant, None)
        line.time = standing_of(line.task, today) if line.task else None
