"""What moves share: the state table, the event, the evidence, and a deadline set anew."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from plans.actors import Actor
from plans.calendar import ZONE, deadline
from plans.commands.finding import found
from plans.errors import DeadlineOutsidePlan, ReasonMissing
from plans.events import is_repeat, record
from plans.models import Evidence, Task, TaskEvidence
from plans.states import TaskMove, next_state
from plans.words import _
from plans.work_errors import ParentOverdue, SubtaskTooLate, WishUnanswered


def move(
    task: Task,
    actor: Actor,
    wanted: TaskMove,
    note: str,
    seen_event: int,
    at: datetime,
    details: dict[str, Any] | None = None,
) -> bool:
    """Make one move with its event; False for a second click, which changes nothing.

    Raises StaleTask, MoveNotAllowed.
    """
    if is_repeat(task.events, actor, wanted.value, note, seen_event):
        return False
    task.state = next_state(task.state, wanted)
    record(task, actor, wanted.value, note, at, details)
    return True


def check_reason(note: str, act: str) -> None:
    """Raise ReasonMissing where an act is not explained."""
    if not note.strip():
        raise ReasonMissing(act)


def set_deadline(task: Task, stated: date, today: date) -> None:
    """Give the task a new deadline (现定); the first one (原定) stays."""
    task.stated_due_on, task.due_on = stated, deadline(stated, not_before=today)


def check_deadline(stated: date, today: date, horizon_year: int | None, parent: Task | None) -> None:
    """Pass in silence where a day can be a deadline.

    Raises DeadlineOutsidePlan, SubtaskTooLate, ParentOverdue.
    """
    if parent is not None and parent.stated_due_on < today:
        raise ParentOverdue(parent.stated_due_on, parent.due_on)
    if stated < today or (horizon_year and stated.year > horizon_year):
        raise DeadlineOutsidePlan(stated, horizon_year)
    if parent is not None and stated > parent.stated_due_on:
        raise SubtaskTooLate(parent.stated_due_on)


def day_for_part(parent: Task, today: date) -> date | None:
    """The last day that a new part can be due, a working day if one is left; None = no day is left."""
    if parent.due_on >= today:
        return parent.due_on
    return parent.stated_due_on if parent.stated_due_on >= today else None


def horizon_of(task: Task) -> int | None:
    """The last year that a task can be due in; a duty that comes back goes on beyond its plan."""
    return None if task.occurrence_id is not None else task.plan.horizon_year


def check_no_wish(task: Task) -> None:
    """Pass in silence where no wish for more time waits: it has to be answered before the terms change.

    Raises WishUnanswered.
    """
    if any(wish.answer is None for wish in task.extensions):
        raise WishUnanswered()


def parent_of(session: Session, task: Task) -> Task | None:
    """The task above, for a sub-task."""
    if task.parent_id is None:
        return None
    above: Task = found(session, Task, task.parent_id, _("上级任务"))
    return above


def day_of(at: datetime) -> date:
    """The day of an instant on a Chinese calendar."""
    return at.astimezone(ZONE).date()


def attach(task: Task, files: Sequence[Evidence], actor: Actor, at: datetime) -> list[str]:
    """Hand in files for a task: each once, one of a known name as its next version. Names of the new ones."""
    known = {link.evidence_id for link in task.evidence}
    new = [file for file in dict.fromkeys(files) if file.id not in known]
    for file in new:
        version = 1 + sum(link.file.name == file.name for link in task.evidence)
        task.evidence.append(
            TaskEvidence(evidence_id=file.id, file=file, added_at=at, added_by=actor.name, version_no=version)
        )
    return [file.name for file in new]
