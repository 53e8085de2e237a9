"""Lists of tasks and new tasks."""

from flask import flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor
from app.clock import now, today
from app.extensions import db
from app.frame import current_year
from app.keys import read_key
from app.pages import go, show
from app.planning.assigning import assign_from, blank_form, sent_task_form
from app.planning.blueprint import bp
from app.planning.forms import TaskForm
from app.planning.handed_down import handed_down
from app.planning.ledger_views import show_ledger
from app.planning.owed import my_tasks_page
from app.planning.pages import task_page
from app.planning.queries import data_status, plan_for_tasks
from plans.actors import Role
from plans.errors import DeadlineOutsidePlan
from plans.rights import Act, check


@bp.get("/tasks")
def tasks() -> Response:
    is_unit = current_actor().role is Role.UNIT
    return _my_tasks() if is_unit and "list" not in request.args else show_ledger()


@bp.get("/tasks/<int:task_id>")
def task(task_id: int) -> Response:
    page = task_page(db.session(), current_actor(), task_id=task_id, year=current_year(), today=today())
    return show("planning/task.html", "planning/_task.html", page=page)


@bp.get("/tasks/new")
def new_task() -> Response:
    check(current_actor(), Act.ASSIGN_TASK)
    plan = plan_for_tasks(db.session())
    if plan is None:
        return show("planning/no_plan.html", may_assign=True, handed=handed_down(db.session()))
    form = blank_form(
        db.session(),
        plan,
        data_status(db.session(), current_year()),
        measure_id=request.args.get("measure", type=read_key),
        code=request.args.get("indicator"),
        words={name: request.args.get(name, "")[:4000] for name in ("title", "details")},
        today=today(),
    )
    return show("planning/new_task.html", form=form, plan=plan)


@bp.post("/tasks/new")
def create_task() -> Response:
    check(current_actor(), Act.ASSIGN_TASK)
    plan = plan_for_tasks(db.session())
    if plan is None:
        return show("planning/no_plan.html", may_assign=True, handed=handed_down(db.session()))
    form = sent_task_form(db.session(), plan, data_status(db.session(), current_year()), today=today())
    if not form.validate():
        return _refused_task(form)
    try:
        made = assign_from(db.session(), current_actor(), form, plan, at=now())
    except DeadlineOutsidePlan as refusal:
        form.due_on.errors = [str(refusal)]
        return _refused_task(form)
    db.session.commit()
    flash(_("已交办给%(unit)s，等待签收。", unit=made.lead_unit.name), "success")
    return go(url_for("planning.task", task_id=made.id))


def _my_tasks() -> Response:
    page = my_tasks_page(db.session(), current_actor(), today=today())
    return show("planning/my_tasks.html", "planning/_my_tasks.html", page=page)


def _refused_task(form: TaskForm) -> Response:
    db.session.rollback()  # a unit added for a task that was not made
    return show("planning/new_task.html", "planning/_task_form.html", 422, form=form)
