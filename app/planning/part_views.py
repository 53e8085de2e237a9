"""Splitting a task into sub-tasks."""

from flask import flash, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor
from app.clock import now, today
from app.extensions import db
from app.pages import go, show
from app.planning.blueprint import bp
from app.planning.forms import PartForm
from app.planning.parts_of_tasks import blank_part, sent_part, split_from
from plans.commands import find_task
from plans.commands.moving import day_for_part
from plans.errors import DeadlineOutsidePlan
from plans.models import Task
from plans.queries import task_story
from plans.rights import Act, check
from plans.work_errors import ParentOverdue, SubtaskTooLate


@bp.get("/tasks/<int:task_id>/parts/new")
def new_part(task_id: int) -> Response:
    task = task_story(db.session(), current_actor(), task_id=task_id, today=today()).task
    check(current_actor(), Act.SPLIT_TASK, task)
    if day_for_part(task, today()) is None:
        hindrance = str(ParentOverdue(task.stated_due_on, task.due_on))
        return show("planning/new_part.html", task=task, hindrance=hindrance)
    return show("planning/new_part.html", form=blank_part(db.session(), task, today()), task=task)


@bp.post("/tasks/<int:task_id>/parts/new")
def create_part(task_id: int) -> Response:
    task = find_task(db.session(), current_actor(), task_id)
    check(current_actor(), Act.SPLIT_TASK, task)
    form = sent_part(db.session(), task, today())
    if not form.validate():
        return _refused(form, task)
    try:
        made = split_from(db.session(), current_actor(), form, task, at=now())
    except (DeadlineOutsidePlan, SubtaskTooLate) as refusal:
        form.due_on.errors = [str(refusal)]
        return _refused(form, task)
    db.session.commit()
    flash(_("已交办给%(unit)s，等待签收。", unit=made.lead_unit.name), "success")
    return go(url_for("planning.task", task_id=task_id))


def _refused(form: PartForm, task: Task) -> Response:
    return show("planning/new_part.html", "planning/_part_form.html", 422, form=form, task=task)
