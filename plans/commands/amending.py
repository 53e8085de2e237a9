"""The terms of a running task are changed by those who assign; what was first agreed stays in the history."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from plans.actors import Actor
from plans.commands.assigning import check_weight, set_supports
from plans.commands.finding import check_units, find_task
from plans.commands.moving import (
    check_deadline,
    check_no_wish,
    check_reason,
    day_of,
    horizon_of,
    parent_of,
    set_deadline,
)
from plans.events import is_repeat, record
from plans.models import Task
from plans.rights import Act, Beneath, check
from plans.states import TaskAct, check_act
from plans.words import _, listed
from plans.work_errors import SameDeadline, SubtasksLater, WordsMissing

AS_IT_IS = 0  # no unit has this key


def move_deadline(
    session: Session, actor: Actor, *, task_id: int, due_on: date, note: str, seen_event: int, at: datetime
) -> Task:
    """Set another deadline (现定), earlier or later, with the reason; the first one (原定) stays.

    Only the assigning side. It is no extension: nobody asked for it, and it counts against no limit. A wish
    that waits is answered first.

    Raises NotFound, ActNotAllowed, ReasonMissing, StaleTask, MoveNotAllowed, WishUnanswered, SameDeadline,
    DeadlineOutsidePlan, SubtaskTooLate, SubtasksLater.
    """
    task = find_task(session, actor, task_id)
    parent = parent_of(session, task)
    check(actor, Act.STEER_TASK, Beneath(task, parent))
    check_reason(note, _("调整时限"))
    if is_repeat(task.events, actor, TaskAct.MOVE_DEADLINE, note, seen_event):
        return task
    check_act(task.state, TaskAct.MOVE_DEADLINE)
    check_no_wish(task)
    check_deadline(due_on, day_of(at), horizon_of(task), parent)
    _check_other_day(task, due_on)
    days = {"due_before": task.due_on.isoformat(), "due_after": due_on.isoformat()}
    set_deadline(task, due_on, day_of(at))
    record(task, actor, TaskAct.MOVE_DEADLINE, note, at, days)
    return task


def amend_task(
    session: Session,
    actor: Actor,
    *,
    task_id: int,
    title: str,
    details: str,
    support_unit_ids: Sequence[int],
    note: str,
    seen_event: int,
    at: datetime,
    weight: int | None = None,
    supervising_unit_id: int | None = AS_IT_IS,
) -> Task:
    """Change what a task says, who helps and supervises and how much it counts, with the reason.

    ``weight`` None = as it is; ``supervising_unit_id`` None = nobody. A form without any change changes
    nothing.

    Only the assigning side. Who leads is changed by ``reassign_task``.

    Raises NotFound, ActNotAllowed, ReasonMissing, WordsMissing, WeightOutOfRange, StaleTask, MoveNotAllowed.
    """
    task = find_task(session, actor, task_id)
    check(actor, Act.STEER_TASK, Beneath(task, parent_of(session, task)))
    check_reason(note, _("调整任务"))
    check_weight(task.weight if weight is None else weight)
    if not title.strip():
        raise WordsMissing(_("任务名称"))
    supervisor = task.supervising_unit_id if supervising_unit_id == AS_IT_IS else supervising_unit_id
    check_units(session, [*support_unit_ids, supervisor])
    if is_repeat(task.events, actor, TaskAct.AMEND, note, seen_event):
        return task
    check_act(task.state, TaskAct.AMEND)
    before = _terms(task)
    task.title, task.details = title.strip(), details.strip()
    task.weight = task.weight if weight is None else weight
    task.supervising_unit_id = supervisor
    set_supports(session, task, support_unit_ids)
    session.flush()
    session.refresh(task, ["supports", "supervising_unit"])
    _record(task, actor, before, note, at)
    return task


def _check_other_day(task: Task, due_on: date) -> None:
    if due_on == task.stated_due_on:
        raise SameDeadline(due_on)
    late = sum(not part.is_closed and part.stated_due_on > due_on for part in task.subtasks)
    if late:
        raise SubtasksLater(late)


def _terms(task: Task) -> dict[str, str]:
    supports = sorted(support.unit.name for support in task.supports)
    words = {_("任务名称"): task.title, _("工作要求"): task.details, _("配合单位"): listed(supports)}
    supervisor = task.supervising_unit.name if task.supervising_unit else ""
    return words | {_("督办单位"): supervisor, _("权重"): str(task.weight)}


def _record(task: Task, actor: Actor, before: dict[str, str], note: str, at: datetime) -> None:
    now = _terms(task)
    changed = [[name, before[name], now[name]] for name in now if before[name] != now[name]]
    if changed:
        record(task, actor, TaskAct.AMEND, note, at, {"changed": changed})
