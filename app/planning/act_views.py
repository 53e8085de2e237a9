"""Acts on tasks: signing, reporting, close-out, return."""

from collections.abc import Callable
from pathlib import Path

from flask import current_app, flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor
from app.clock import now, today
from app.extensions import db, htmx
from app.frame import current_year
from app.pages import go, show
from app.planning.act_doers import do_act
from app.planning.blueprint import bp
from app.planning.forms import ActForm, TaskActForm
from app.planning.owed import my_tasks_page
from app.planning.pages import task_page
from app.planning.reporting import ReportLine, save_report, save_reports, sent_form
from app.planning.task_acts import sent_act_form
from plans.commands import close_task, return_task, sign_task
from plans.errors import ActNotAllowed, MoveNotAllowed, NotFound, PlanError, ReasonMissing, StaleTask
from plans.models import Task
from plans.queries import task_story
from plans.rights import Act, check

TaskCommand = Callable[..., Task]


@bp.post("/tasks/<int:task_id>/sign")
def sign(task_id: int) -> Response:
    seen = request.form.get("seen_event", 0, type=int)
    return _act(task_id, sign_task, _("已签收。"), None, seen_event=seen)


@bp.post("/tasks/<int:task_id>/close")
def close(task_id: int) -> Response:
    return _verify(task_id, close_task, _("已销号。"))


@bp.post("/tasks/<int:task_id>/return")
def send_back(task_id: int) -> Response:
    return _verify(task_id, return_task, _("已退回责任单位。"))


@bp.post("/tasks/<int:task_id>/acts/<string:act>")
def act_on_task(task_id: int, act: str) -> Response:
    task_story(db.session(), current_actor(), task_id=task_id, today=today())
    form = sent_act_form(db.session(), act)
    if not form.validate():
        errors = "".join(str(error) for found in form.errors.values() for error in found)
        return _shown(task_id, 422, refused=(act, form), refusal=errors)
    try:
        do_act(db.session(), current_actor(), act, task_id=task_id, form=form, at=now())
    except (ActNotAllowed, NotFound):
        raise
    except PlanError as refusal:
        db.session.rollback()
        return _shown(task_id, 422, refused=(act, form), refusal=str(refusal))
    db.session.commit()
    return _done(task_id, _("已办理。"))


@bp.post("/tasks/<int:task_id>/progress")
def report(task_id: int) -> Response:
    row = task_story(db.session(), current_actor(), task_id=task_id, today=today())
    check(current_actor(), Act.HANDLE_TASK, row.task)
    line = save_report(db.session(), current_actor(), row, sent_form(task_id), folder=_folder(), at=now())
    db.session.commit()  # files of a refused report stay kept, so that nobody uploads them twice
    return _shown(task_id, 422, line=line) if line.refusal else _done(task_id, _("进展已保存。"))


@bp.post("/tasks/progress")
def report_all() -> Response:
    asked = request.form.getlist("task", type=int)
    outcome = save_reports(db.session(), current_actor(), asked, folder=_folder(), at=now(), today=today())
    db.session.commit()
    if outcome.is_whole and not htmx:
        flash(outcome.message, "success")
        return go(url_for("planning.tasks"))
    page = my_tasks_page(db.session(), current_actor(), today=today(), outcome=outcome)
    status = 200 if outcome.is_whole else 422
    return show("planning/my_tasks.html", "planning/_my_tasks.html", status, page=page)


def _verify(task_id: int, act: TaskCommand, said: str) -> Response:
    form = ActForm()
    if not form.validate():
        return _shown(task_id, 422, sent=form, refusal=_("核实意见没有保存，请核对后再次提交。"))
    return _act(task_id, act, said, form, note=form.note.data or "", seen_event=form.seen_event.data)


def _act(task_id: int, act: TaskCommand, said: str, form: ActForm | None, **given: object) -> Response:
    try:
        act(db.session(), current_actor(), task_id=task_id, at=now(), **given)
    except (StaleTask, MoveNotAllowed, ReasonMissing) as refusal:
        db.session.rollback()
        return _shown(task_id, 422, sent=form, refusal=str(refusal))
    db.session.commit()
    return _done(task_id, said)


def _done(task_id: int, said: str) -> Response:
    flash(said, "success")
    return _shown(task_id) if htmx else go(url_for("planning.task", task_id=task_id))


def _shown(
    task_id: int,
    status: int = 200,
    *,
    line: ReportLine | None = None,
    sent: ActForm | None = None,
    refused: tuple[str, TaskActForm] | None = None,
    refusal: str = "",
) -> Response:
    page = task_page(
        db.session(),
        current_actor(),
        task_id=task_id,
        year=current_year(),
        today=today(),
        line=line,
        sent=sent,
        refused=refused,
        refusal=refusal,
    )
    return show("planning/task.html", "planning/_task.html", status, page=page)


def _folder() -> Path:
    return Path(current_app.config["FILES"])
