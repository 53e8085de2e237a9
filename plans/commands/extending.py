"""More time: asked for before the deadline, answered by the side that assigned (延期)."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from plans.actors import Actor
from plans.base import new_id
from plans.commands.finding import find_task
from plans.commands.moving import check_deadline, check_reason, day_of, horizon_of, parent_of, set_deadline
from plans.events import is_repeat, record
from plans.models import Answer, Task, TaskExtension
from plans.rights import Act, Beneath, check
from plans.settings import extensions_allowed
from plans.states import TaskAct, check_act
from plans.words import _
from plans.work_errors import (
    DeadlinePassed,
    ExtensionsUsedUp,
    ExtensionWaiting,
    NoExtensionWaiting,
    NotLater,
)


def ask_extension(
    session: Session,
    actor: Actor,
    *,
    task_id: int,
    wanted_on: date,
    reason: str,
    seen_event: int,
    at: datetime,
) -> Task:
    """Ask for a later deadline, on the last day at the latest.

    Only the lead unit asks; one wish at a time, and no more than the county allows to be granted.

    Raises NotFound, ActNotAllowed, ReasonMissing, StaleTask, MoveNotAllowed, DeadlinePassed, NotLater,
    DeadlineOutsidePlan, SubtaskTooLate, ExtensionWaiting, ExtensionsUsedUp.
    """
    task = find_task(session, actor, task_id)
    check(actor, Act.HANDLE_TASK, task)
    check_reason(reason, _("申请延期"))
    if is_repeat(task.events, actor, TaskAct.ASK_EXTENSION, reason, seen_event):
        return task
    check_act(task.state, TaskAct.ASK_EXTENSION)
    _check_days(session, task, wanted_on, day_of(at))
    _check_number(task, extensions_allowed(session, actor.county_id))
    task.extensions.append(_wish(task, actor, wanted_on, reason, at))
    record(task, actor, TaskAct.ASK_EXTENSION, reason, at, _days(task, wanted_on))
    return task


def answer_extension(
    session: Session,
    actor: Actor,
    *,
    task_id: int,
    answer: Answer,
    note: str,
    seen_event: int,
    at: datetime,
) -> Task:
    """Grant the wish that waits, or refuse it with a reason.

    Only the assigning side. A granted day becomes the deadline (现定), the first one (原定) stays.

    Raises NotFound, ActNotAllowed, ReasonMissing, StaleTask, NoExtensionWaiting, MoveNotAllowed,
    DeadlineOutsidePlan, SubtaskTooLate.
    """
    task = find_task(session, actor, task_id)
    check(actor, Act.STEER_TASK, Beneath(task, parent_of(session, task)))
    act = TaskAct.GRANT_EXTENSION if answer is Answer.GRANTED else TaskAct.REFUSE_EXTENSION
    if answer is Answer.REFUSED:
        check_reason(note, _("不同意延期"))
    if is_repeat(task.events, actor, act, note, seen_event):
        return task
    check_act(task.state, act)
    wish = waiting_extension(task)
    if answer is Answer.GRANTED:
        check_deadline(wish.wanted_on, day_of(at), horizon_of(task), parent_of(session, task))
        set_deadline(task, wish.wanted_on, day_of(at))
    wish.answer, wish.answered_at, wish.answered_by, wish.answer_note = answer, at, actor.name, note
    record(task, actor, act, note, at, _days(task, wish.wanted_on, wish.due_before))
    return task


def waiting_extension(task: Task) -> TaskExtension:
    """The wish that has not been answered yet.

    Raises NoExtensionWaiting.
    """
    waiting = next((wish for wish in task.extensions if wish.answer is None), None)
    if waiting is None:
        raise NoExtensionWaiting()
    return waiting


def _check_days(session: Session, task: Task, wanted_on: date, today: date) -> None:
    if today > task.due_on:
        raise DeadlinePassed(task.due_on)
    if wanted_on <= task.stated_due_on:
        raise NotLater(task.stated_due_on)
    check_deadline(wanted_on, today, horizon_of(task), parent_of(session, task))


def _check_number(task: Task, limit: int) -> None:
    if any(wish.answer is None for wish in task.extensions):
        raise ExtensionWaiting()
    if sum(wish.answer is Answer.GRANTED for wish in task.extensions) >= limit:
        raise ExtensionsUsedUp(limit)


def _wish(task: Task, actor: Actor, wanted_on: date, reason: str, at: datetime) -> TaskExtension:
    return TaskExtension(
        id=new_id(),
        no=len(task.extensions) + 1,
        asked_at=at,
        asked_by_id=actor.user_id,
        asked_by=actor.name,
        reason=reason,
        due_before=task.due_on,
        wanted_on=wanted_on,
    )


def _days(task: Task, wanted_on: date, due_before: date | None = None) -> dict[str, str]:
    before = due_before or task.due_on
    return {"due_before": before.isoformat(), "due_after": wanted_on.isoformat()}
