"""What the supervisor does: close, return, and open again what came back."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from plans.actors import Actor
from plans.commands.finding import find_task
from plans.commands.moving import (
    check_deadline,
    check_reason,
    day_of,
    horizon_of,
    move,
    parent_of,
    set_deadline,
)
from plans.models import Task
from plans.rights import Act, check
from plans.states import TaskMove
from plans.words import _


def close_task(
    session: Session, actor: Actor, *, task_id: int, note: str, seen_event: int, at: datetime
) -> Task:
    """Verify the evidence and close the task out (销号).

    Only a supervisor without any part in the work.

    Raises NotFound, ActNotAllowed, StaleTask, MoveNotAllowed.
    """
    task = find_task(session, actor, task_id)
    check(actor, Act.VERIFY_TASK, task)
    if move(task, actor, TaskMove.CLOSE, note, seen_event, at):
        task.progress, task.closed_at = 100, at
        task.events[-1].progress = 100
    return task


def return_task(
    session: Session, actor: Actor, *, task_id: int, note: str, seen_event: int, at: datetime
) -> Task:
    """Send a submitted task back with a reason (退回).

    Only a supervisor without any part in the work.

    Raises NotFound, ActNotAllowed, ReasonMissing, StaleTask, MoveNotAllowed.
    """
    task = find_task(session, actor, task_id)
    check(actor, Act.VERIFY_TASK, task)
    check_reason(note, _("退回"))
    move(task, actor, TaskMove.RETURN, note, seen_event, at)
    return task


def reopen_task(
    session: Session, actor: Actor, *, task_id: int, note: str, due_on: date, seen_event: int, at: datetime
) -> Task:
    """Open a closed task again because the problem came back (反弹重开), with a reason and a new deadline.

    Leading group, programme office or supervisor. Progress begins again; the first deadline and all that
    happened stay in the history.

    Raises NotFound, ActNotAllowed, ReasonMissing, DeadlineOutsidePlan, SubtaskTooLate, StaleTask,
    MoveNotAllowed.
    """
    task = find_task(session, actor, task_id)
    check(actor, Act.REOPEN_TASK)
    check_reason(note, _("重开"))
    check_deadline(due_on, day_of(at), horizon_of(task), parent_of(session, task))
    days = {"due_before": task.due_on.isoformat(), "due_after": due_on.isoformat()}
    if move(task, actor, TaskMove.REOPEN, note, seen_event, at, days):
        task.progress, task.closed_at = 0, None
        task.events[-1].progress = 0
        set_deadline(task, due_on, day_of(at))
    return task
