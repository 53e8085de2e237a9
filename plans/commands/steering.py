"""What those who follow the work do: urge, pause, resume."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from plans.actors import Actor
from plans.calendar import last_working_day
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
from plans.events import record
from plans.models import Task
from plans.rights import Act, check
from plans.states import TaskAct, TaskMove, check_act
from plans.words import _
from plans.work_errors import UrgedAlready


def urge_task(session: Session, actor: Actor, *, task_id: int, note: str, at: datetime) -> Task:
    """Remind the unit of its task (催办); changes nothing but the history.

    Leading group, programme office or supervisor, once a working day for each task; days off belong to the
    working day before them.

    Raises NotFound, ActNotAllowed, MoveNotAllowed, UrgedAlready.
    """
    task = find_task(session, actor, task_id)
    check(actor, Act.URGE_TASK)
    check_act(task.state, TaskAct.URGE)
    urged_on = {last_working_day(day_of(event.at)) for event in task.events if event.act == TaskAct.URGE}
    if last_working_day(day_of(at)) in urged_on:
        raise UrgedAlready()
    record(task, actor, TaskAct.URGE, note, at)
    return task


def pause_task(
    session: Session, actor: Actor, *, task_id: int, note: str, seen_event: int, at: datetime
) -> Task:
    """Let a task rest, with the reason. The deadline stays.

    Only the leading group or the programme office.

    Raises NotFound, ActNotAllowed, ReasonMissing, StaleTask, MoveNotAllowed.
    """
    task = find_task(session, actor, task_id)
    check(actor, Act.PAUSE_TASK)
    check_reason(note, _("暂停"))
    move(task, actor, TaskMove.PAUSE, note, seen_event, at)
    return task


def resume_task(
    session: Session,
    actor: Actor,
    *,
    task_id: int,
    note: str,
    due_on: date | None,
    seen_event: int,
    at: datetime,
) -> Task:
    """Let a resting task go on, with the reason; ``due_on`` None keeps the deadline.

    Only the leading group or the programme office.

    Raises NotFound, ActNotAllowed, ReasonMissing, DeadlineOutsidePlan, SubtaskTooLate, StaleTask,
    MoveNotAllowed.
    """
    task = find_task(session, actor, task_id)
    check(actor, Act.PAUSE_TASK)
    check_reason(note, _("恢复"))
    if due_on is not None:
        check_deadline(due_on, day_of(at), horizon_of(task), parent_of(session, task))
    days = {"due_before": task.due_on.isoformat(), "due_after": due_on.isoformat()} if due_on else None
    if move(task, actor, TaskMove.RESUME, note, seen_event, at, days) and due_on is not None:
        set_deadline(task, due_on, day_of(at))
    return task
