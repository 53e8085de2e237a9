"""The form of a supervision notice: what it offers, how it starts, and what it becomes."""

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.planning.queries import Choice, unit_choices
from app.punctuation import bracketed
from app.work.forms import NoticeForm
from plans.actors import Actor
from plans.base import new_id
from plans.models import Notice, Task, Unit
from plans.notices import NoticeTerms
from plans.states import TaskState
from plans.visibility import seen_by


def blank_notice_form(session: Session, actor: Actor, task_id: int | None) -> NoticeForm:
    """A form for a new notice; one about a task begins with its unit and its name."""
    task = session.scalar(sa.select(Task).where(Task.id == task_id, seen_by(actor)))
    start = (
        {
            "title": _("关于%(title)s的督办", title=task.title),
            "to_unit_id": str(task.lead_unit_id),
            "task_ids": [str(task.id)],
        }
        if task
        else {}
    )
    form = NoticeForm(formdata=None, notice_id=new_id(), **start)
    return offered(session, actor, form)


def form_of(session: Session, actor: Actor, notice: Notice, *, is_copy: bool = False) -> NoticeForm:
    """A form with what a notice says: to revise it, or to write another one after it."""
    form = NoticeForm(
        formdata=None,
        notice_id=new_id() if is_copy else notice.id,
        seen_event=0 if is_copy else notice.last_event_no,
        title=notice.title,
        to_unit_id=str(notice.to_unit_id),
        due_on=None if is_copy else notice.stated_due_on,
        order_text=notice.order_text,
        task_ids=[str(link.task_id) for link in notice.tasks],
    )
    return offered(session, actor, form)


def offered(session: Session, actor: Actor, form: NoticeForm) -> NoticeForm:
    """Fill the lists of the form."""
    form.offer(unit_choices(session), _task_choices(session, actor, form.task_ids.data or []))
    return form


def terms_of(form: NoticeForm) -> NoticeTerms:
    """What the form says."""
    task_ids = [int(task_id) for task_id in form.task_ids.data or []]
    return NoticeTerms(
        form.title.data, form.order_text.data, int(form.to_unit_id.data), form.due_on.data, task_ids
    )


def _task_choices(session: Session, actor: Actor, chosen: list[str]) -> list[Choice]:
    kept = [int(task_id) for task_id in chosen if task_id.isdigit()]
    wanted = sa.or_(Task.state != TaskState.CLOSED, Task.id.in_(kept))
    statement = (
        sa.select(Task.id, Task.title, Unit.name)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(seen_by(actor), wanted)
        .order_by(Task.due_on, Task.id)
    )
    return [(str(task_id), title + bracketed(unit)) for task_id, title, unit in session.execute(statement)]
