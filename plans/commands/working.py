"""What the unit on duty does: sign, report, ask for close-out, decline."""

from datetime import datetime

from sqlalchemy.orm import Session

from plans.actors import Actor
from plans.commands.finding import find_task
from plans.commands.moving import attach, check_reason, move
from plans.errors import EvidenceMissing, ProgressOutOfRange
from plans.events import check_fresh, record
from plans.models import Evidence, Task
from plans.rights import Act, check
from plans.states import TaskAct, TaskMove, TaskState, check_act
from plans.words import _
from plans.work_errors import SubtasksOpen


def sign_task(session: Session, actor: Actor, *, task_id: int, seen_event: int, at: datetime) -> Task:
    """Take note of a task (签收) and start work on it.

    Only the lead unit signs.

    Raises NotFound, ActNotAllowed, StaleTask, MoveNotAllowed.
    """
    task = find_task(session, actor, task_id)
    check(actor, Act.HANDLE_TASK, task)
    move(task, actor, TaskMove.SIGN, "", seen_event, at)
    return task


def report_progress(
    session: Session,
    actor: Actor,
    *,
    task_id: int,
    percent: int,
    note: str,
    evidence: list[Evidence],
    seen_event: int,
    at: datetime,
) -> Task:
    """Record how far the work is, in percent and words, with evidence if there is any.

    Only the lead unit reports; a report on a task not yet signed for signs for it first.

    Raises NotFound, ActNotAllowed, ProgressOutOfRange, StaleTask, MoveNotAllowed.
    """
    task = find_task(session, actor, task_id)
    check(actor, Act.HANDLE_TASK, task)
    if not 0 <= percent <= 100:
        raise ProgressOutOfRange(percent)
    if _is_reported(task, actor, note, seen_event, percent):
        return task
    if task.state is TaskState.ASSIGNED:
        move(task, actor, TaskMove.SIGN, "", seen_event, at)
    check_act(task.state, TaskAct.PROGRESS)
    files = attach(task, evidence, actor, at)
    task.progress, task.latest_note = percent, note or task.latest_note
    record(task, actor, TaskAct.PROGRESS, note, at, {"files": files} if files else None)
    return task


def submit_task(
    session: Session, actor: Actor, *, task_id: int, note: str, seen_event: int, at: datetime
) -> Task:
    """Ask for close-out (申请销号).

    Only the lead unit asks, with at least one piece of evidence on the task and no sub-task open.

    Raises NotFound, ActNotAllowed, EvidenceMissing, SubtasksOpen, StaleTask, MoveNotAllowed.
    """
    task = find_task(session, actor, task_id)
    check(actor, Act.HANDLE_TASK, task)
    if not task.evidence:
        raise EvidenceMissing()
    if n_open := sum(not part.is_closed for part in task.subtasks):
        raise SubtasksOpen(n_open)
    move(task, actor, TaskMove.SUBMIT, note, seen_event, at)
    task.submitted_by_id = actor.user_id
    return task


def decline_task(
    session: Session, actor: Actor, *, task_id: int, note: str, seen_event: int, at: datetime
) -> Task:
    """Give a task back because it is not the unit's duty (退办), with the reason.

    Only the lead unit declines; the office then reassigns.

    Raises NotFound, ActNotAllowed, ReasonMissing, StaleTask, MoveNotAllowed.
    """
    task = find_task(session, actor, task_id)
    check(actor, Act.HANDLE_TASK, task)
    check_reason(note, _("退办"))
    move(task, actor, TaskMove.DECLINE, note, seen_event, at)
    return task


def _is_reported(task: Task, actor: Actor, note: str, seen_event: int, percent: int) -> bool:
    """Whether this very report is there already; the same words with another percentage are a new one."""
    news = [event for event in task.events if event.no > seen_event and event.act == TaskAct.PROGRESS]
    if any((e.actor_id, e.note, e.progress) == (actor.user_id, note, percent) for e in news):
        return True
    check_fresh(task.events, TaskAct.PROGRESS, seen_event)
    return False
