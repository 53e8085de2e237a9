"""The supervisor's page, and the verdicts that are given on it."""

from flask import Blueprint, flash, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor
from app.clock import now, today
from app.extensions import db
from app.frame import current_year
from app.pages import go, show
from app.supervision.page import SHOWN, Refused, desk, verdict_form
from plans.commands import close_task, return_task
from plans.errors import MoveNotAllowed, NotFound, ReasonMissing, StaleTask
from plans.queries import task_story
from plans.rights import Act, check

bp = Blueprint("supervision", __name__)
VERDICTS = {"close": close_task, "return": return_task}


@bp.get("/supervision")
def index() -> Response:
    check(current_actor(), Act.SIGN_ITEM)
    return _shown()


@bp.post("/supervision/tasks/<int:task_id>/<string:verdict>")
def verify(task_id: int, verdict: str) -> Response:
    check(current_actor(), Act.SIGN_ITEM)
    task_story(db.session(), current_actor(), task_id=task_id, today=today())
    if verdict not in VERDICTS:
        raise NotFound(_("办理事项"))
    form = verdict_form(task_id, verdict)
    if not form.validate():
        return _shown(422, (task_id, verdict, form, _("核实意见没有保存，请核对后再次提交。")))
    note, seen = (form.note.data or "").strip(), form.seen_event.data
    try:
        VERDICTS[verdict](
            db.session(), current_actor(), task_id=task_id, note=note, seen_event=seen, at=now()
        )
    except (StaleTask, MoveNotAllowed, ReasonMissing) as refusal:
        db.session.rollback()
        return _shown(422, (task_id, verdict, form, str(refusal)))
    db.session.commit()
    flash(_("已销号。") if verdict == "close" else _("已退回牵头单位。"), "success")
    return go(url_for("supervision.index"))


def _shown(status: int = 200, refused: Refused | None = None) -> Response:
    page = desk(db.session(), current_actor(), year=current_year(), today=today(), refused=refused)
    return show("supervision/desk.html", status=status, page=page, shown=SHOWN, refused=refused)
