"""What waits for a supervisor: tasks handed in for close-out, the longest waiting first."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from plans.actors import Actor
from plans.calendar import ZONE
from plans.models import Task, TaskEvent, TaskEvidence
from plans.progress import TimeStanding
from plans.queries import standing_of
from plans.states import TaskMove, TaskState
from plans.visibility import seen_by


@dataclass(frozen=True)
class HandedIn:
    """A task that waits for close-out, with its files and its history."""

    task: Task
    since: date
    days: int  # how long it has been waiting
    time: TimeStanding


def handed_in(session: Session, actor: Actor, *, today: date, limit: int | None = None) -> list[HandedIn]:
    """The tasks that wait, as far as the actor sees them. Eight statements, or one where nothing waits."""
    submitted = (
        sa.select(TaskEvent.task_id, sa.func.max(TaskEvent.at).label("at"))
        .where(TaskEvent.act == TaskMove.SUBMIT.value)
        .group_by(TaskEvent.task_id)
        .subquery()
    )
    statement = (
        sa.select(Task, submitted.c.at)
        .join(submitted, submitted.c.task_id == Task.id)
        .where(Task.state == TaskState.SUBMITTED, seen_by(actor))
        .order_by(submitted.c.at, Task.id)
        .limit(limit)
        .options(*_PARTS)
        .execution_options(populate_existing=True)
    )
    return [_row(task, at.astimezone(ZONE).date(), today) for task, at in session.execute(statement)]


# Files to look at, and all that tells whether the actor had a hand in the work.
_PARTS = (
    joinedload(Task.lead_unit),
    selectinload(Task.events),
    selectinload(Task.supports),
    selectinload(Task.evidence).joinedload(TaskEvidence.file),
    selectinload(Task.subtasks).options(selectinload(Task.events), selectinload(Task.supports)),
)


def _row(task: Task, since: date, today: date) -> HandedIn:
    return HandedIn(task, since, (today - since).days, standing_of(task, today))
