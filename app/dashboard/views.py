"""Where each role begins, the leader's page, and what waits for a decision."""

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor, current_presence
from app.clock import now, today
from app.dashboard.decisions import decisions
from app.dashboard.page import leader_page
from app.extensions import db
from app.frame import current_year
from app.pages import go, show
from app.targets.lines import outlook_words
from plans.actors import Role
from plans.commands import answer_extension
from plans.errors import ActNotAllowed, NotFound, PlanError
from plans.models import Answer
from plans.rights import Act, check, might

bp = Blueprint("dashboard", __name__)


@bp.get("/")
def home() -> Response:
    if current_actor().role is Role.SCHOOL:
        return redirect(url_for("my_school.index"))
    if current_actor().role is Role.UNIT:
        return redirect(url_for("planning.tasks"))
    if might(current_actor(), Act.VERIFY_TASK):
        return redirect(url_for("supervision.index"))
    return overview()


@bp.get("/overview")
def overview() -> Response:
    page = leader_page(db.session(), current_actor(), current_presence().county, current_year(), today())
    return show("dashboard/home.html", page=page, outlook_words=outlook_words)


@bp.get("/decisions")
def decide() -> Response:
    check(current_actor(), Act.ASSIGN_TASK)
    return show("dashboard/decisions.html", found=decisions(db.session(), current_actor()))


@bp.post("/decisions/extensions/<int:task_id>")
def grant(task_id: int) -> Response:
    seen = request.form.get("seen_event", 0, type=int)
    try:
        task = answer_extension(
            db.session(),
            current_actor(),
            task_id=task_id,
            answer=Answer.GRANTED,
            note="",
            seen_event=seen,
            at=now(),
        )
    except (ActNotAllowed, NotFound):
        raise
    except PlanError as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    else:
        db.session.commit()
        day = task.due_on.isoformat()
        flash(_("已同意延期，“%(task)s”现定时限 %(day)s。", task=task.title, day=day), "success")
    return go(url_for("dashboard.home"))
