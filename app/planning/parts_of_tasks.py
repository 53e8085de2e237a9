"""Sub-tasks on the page of a task: who may split it, the form of a new one, and how it is made."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from app.keys import read_key
from app.planning.forms import PartForm
from app.planning.queries import unit_choices
from plans.actors import Actor
from plans.base import new_id
from plans.commands import assign_task
from plans.commands.moving import day_for_part
from plans.models import Task
from plans.progress import TimeStanding
from plans.queries import standing_of
from plans.rights import Act, may
from plans.states import TaskState
from plans.visibility import seen_by

Part = tuple[Task, TimeStanding]


def may_split(actor: Actor, task: Task) -> bool:
    """Whether the actor may split a task: one level only, and not what is handed in or closed."""
    is_open = task.state in (TaskState.ASSIGNED, TaskState.WORKING, TaskState.PAUSED)
    return is_open and task.parent_id is None and may(actor, Act.SPLIT_TASK, task)


def parts_of(session: Session, actor: Actor, task: Task, today: date) -> list[Part]:
    """The sub-tasks that the actor sees, by their deadlines, each with its time status. One statement."""
    own = sa.select(Task).where(Task.parent_id == task.id, seen_by(actor))
    statement = own.options(joinedload(Task.lead_unit))
    parts = session.scalars(statement.order_by(Task.due_on, Task.id))
    return [(part, standing_of(part, today)) for part in parts]


def above(session: Session, actor: Actor, task: Task) -> Task | None:
    """The task that this one is a part of; None also where the actor does not see it."""
    if task.parent_id is None:
        return None
    return session.scalar(sa.select(Task).where(Task.id == task.parent_id, seen_by(actor)))


def blank_part(session: Session, task: Task, today: date) -> PartForm:
    """A form that starts from the unit above and the last day that its part can be due."""
    start = {"lead_unit_id": str(task.lead_unit_id), "due_on": day_for_part(task, today)}
    return _offered(session, PartForm(formdata=None, task_id=new_id(), **start), task, today)


def sent_part(session: Session, task: Task, today: date) -> PartForm:
    """The form as it was sent."""
    return _offered(session, PartForm(), task, today)


def split_from(session: Session, actor: Actor, form: PartForm, task: Task, *, at: datetime) -> Task:
    """Make the sub-task.

    Raises what ``assign_task`` raises.
    """
    return assign_task(
        session,
        actor,
        plan_id=task.plan_id,
        measure_id=task.measure_id,
        parent_id=task.id,
        title=form.title.data.strip(),
        details=(form.details.data or "").strip(),
        lead_unit_id=int(form.lead_unit_id.data),
        support_unit_ids=[int(unit_id) for unit_id in form.support_unit_ids.data],
        indicator_codes=[],
        due_on=form.due_on.data,
        at=at,
        task_id=int(form.task_id.data),
        weight=form.weight.data,
        supervising_unit_id=read_key(form.supervising_unit_id.data),
    )


def _offered(session: Session, form: PartForm, task: Task, today: date) -> PartForm:
    form.offer_units(unit_choices(session), today, task.stated_due_on)
    return form
