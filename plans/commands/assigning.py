"""Handing out work, and handing it on when a unit has declined it."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from plans.actors import Actor, Person
from plans.base import new_id
from plans.calendar import deadline
from plans.commands.finding import check_units, find_task, found
from plans.commands.moving import (
    check_deadline,
    check_no_wish,
    check_reason,
    day_of,
    horizon_of,
    move,
    parent_of,
    set_deadline,
)
from plans.errors import NotFound
from plans.events import is_repeat, record
from plans.models import Measure, Plan, Task, TaskIndicator, TaskSupport, Unit
from plans.rights import Act, Beneath, check
from plans.states import TaskAct, TaskMove, TaskState, check_act
from plans.words import _
from plans.work_errors import SameLead, SubtaskOfSubtask, WeightOutOfRange, WordsMissing


def assign_task(
    session: Session,
    actor: Actor,
    *,
    plan_id: int,
    measure_id: int | None,
    title: str,
    details: str,
    lead_unit_id: int,
    support_unit_ids: list[int],
    indicator_codes: list[str],
    due_on: date,
    at: datetime,
    task_id: int | None = None,
    parent_id: int | None = None,
    supervising_unit_id: int | None = None,
    person: Person | None = None,
    weight: int = 1,
) -> Task:
    """Hand a piece of work to a unit with a deadline; one on a day off moves to the working day before it.

    Only the leading group or the programme office assigns; a unit may split what it leads into sub-tasks
    (``parent_id``). A form that got its ``task_id`` before it was shown makes one task however often sent.

    Raises ActNotAllowed, NotFound, DeadlineOutsidePlan, WeightOutOfRange, SubtaskOfSubtask, SubtaskTooLate.
    """
    parent = None if parent_id is None else _parent(session, actor, parent_id, plan_id)
    if parent is None:
        check(actor, Act.ASSIGN_TASK)
    if made := _existing(session, task_id):
        return made
    plan: Plan = found(session, Plan, plan_id, _("实施方案"))
    _check_place(session, plan, measure_id, [lead_unit_id, supervising_unit_id, *support_unit_ids], weight)
    check_deadline(due_on, day_of(at), plan.horizon_year, parent)
    task = Task(
        id=task_id or new_id(),
        plan_id=plan_id,
        measure_id=measure_id,
        parent_id=parent_id,
        title=title,
        details=details,
        lead_unit_id=lead_unit_id,
        supervising_unit_id=supervising_unit_id,
        weight=weight,
        stated_due_on=due_on,
        supports=supports_of(support_unit_ids, lead_unit_id),
        indicators=[TaskIndicator(code=code) for code in dict.fromkeys(indicator_codes)],
    )
    _set_person(task, person)
    return hand_over(session, actor, task, at)


def reassign_task(
    session: Session,
    actor: Actor,
    *,
    task_id: int,
    lead_unit_id: int,
    support_unit_ids: list[int],
    due_on: date | None,
    note: str,
    seen_event: int,
    at: datetime,
) -> Task:
    """Hand a task to the unit whose duty it is, which signs for it anew; ``due_on`` None keeps the deadline.

    Only the assigning side. One that was not declined goes to another unit, and with a reason.

    Raises NotFound, ActNotAllowed, ReasonMissing, SameLead, WishUnanswered, DeadlineOutsidePlan,
    SubtaskTooLate, StaleTask, MoveNotAllowed.
    """
    task = find_task(session, actor, task_id)
    parent = parent_of(session, task)
    check(actor, Act.STEER_TASK, Beneath(task, parent))
    check_units(session, [lead_unit_id, *support_unit_ids])
    if due_on is not None:
        check_deadline(due_on, day_of(at), horizon_of(task), parent)
    names = {"from": task.lead_unit.name, "to": found(session, Unit, lead_unit_id, _("单位")).name}
    if is_repeat(task.events, actor, TaskMove.REASSIGN, note, seen_event):
        return task
    if task.state is not TaskState.DECLINED:
        _check_change_of_hands(task, lead_unit_id, note)
    move(task, actor, TaskMove.REASSIGN, note, seen_event, at, names)
    task.lead_unit_id = lead_unit_id
    _set_person(task, None)
    set_supports(session, task, support_unit_ids)
    if due_on is not None:
        set_deadline(task, due_on, day_of(at))
    session.flush()
    session.expire(task, ["lead_unit"])
    return task


def name_person(
    session: Session, actor: Actor, *, task_id: int, person: Person, seen_event: int, at: datetime
) -> Task:
    """Name the person who answers for the task.

    The lead unit, or those who assign.

    Raises NotFound, ActNotAllowed, WordsMissing, StaleTask, MoveNotAllowed.
    """
    task = find_task(session, actor, task_id)
    check(actor, Act.NAME_PERSON, task)
    if not person.name.strip():
        raise WordsMissing(_("责任人姓名"))
    if is_repeat(task.events, actor, TaskAct.NAME_PERSON, person.name, seen_event):
        return task
    check_act(task.state, TaskAct.NAME_PERSON)
    _set_person(task, person)
    record(task, actor, TaskAct.NAME_PERSON, person.name, at)
    return task


def hand_over(session: Session, actor: Actor, task: Task, at: datetime) -> Task:
    """Give a new task its deadline, its first state and its first event."""
    task.due_on = task.original_due_on = deadline(task.stated_due_on, not_before=day_of(at))
    task.state, task.progress = TaskState.ASSIGNED, 0
    task.assigned_at, task.assigned_by_id = at, actor.user_id
    session.add(task)
    record(task, actor, "assign", task.details, at)
    return task


def supports_of(unit_ids: Sequence[int], lead_unit_id: int) -> list[TaskSupport]:
    """The units beside the lead, each once."""
    return [TaskSupport(unit_id=unit) for unit in dict.fromkeys(unit_ids) if unit != lead_unit_id]


def _check_change_of_hands(task: Task, lead_unit_id: int, note: str) -> None:
    check_reason(note, _("改由其他单位牵头"))
    check_no_wish(task)
    if lead_unit_id == task.lead_unit_id:
        raise SameLead(task.lead_unit.name)


def _set_person(task: Task, person: Person | None) -> None:
    task.person_id = person.account_id if person else None
    task.person_name = person.name.strip() if person else ""


def set_supports(session: Session, task: Task, unit_ids: Sequence[int]) -> None:
    """Put other units beside the lead."""
    task.supports = []
    session.flush()  # a unit that stays would otherwise meet its own old row
    task.supports = supports_of(unit_ids, task.lead_unit_id)


def _existing(session: Session, task_id: int | None) -> Task | None:
    return None if task_id is None else session.scalar(sa.select(Task).where(Task.id == task_id))


def _parent(session: Session, actor: Actor, parent_id: int, plan_id: int) -> Task:
    parent = find_task(session, actor, parent_id)
    check(actor, Act.SPLIT_TASK, parent)
    if parent.parent_id is not None:
        raise SubtaskOfSubtask()
    if parent.plan_id != plan_id:
        raise NotFound(_("上级任务"))
    return parent


def _check_place(
    session: Session, plan: Plan, measure_id: int | None, unit_ids: Sequence[int | None], weight: int
) -> None:
    if measure_id is not None and found(session, Measure, measure_id, _("措施")).plan_id != plan.id:
        raise NotFound(_("措施"))
    check_units(session, unit_ids)
    check_weight(weight)


def check_weight(weight: int) -> None:
    """Raise WeightOutOfRange outside 1 to 100."""
    if not 1 <= weight <= 100:
        raise WeightOutOfRange(weight)
