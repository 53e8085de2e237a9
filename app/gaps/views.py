"""The page of gaps."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.auth.presence import current_actor
from app.extensions import db
from app.frame import current_year
from app.gaps.lines import advice_words
from app.gaps.pages import gaps_page, spread_task_words, task_words
from app.pages import show
from app.returns.store import may_upload
from plans.rights import Act, may

bp = Blueprint("gaps", __name__)


@bp.get("/gaps")
def index() -> Response:
    chosen = {name: request.args.get(name, "") for name in ("stage", "code")}
    page = gaps_page(db.session(), current_year(), chosen)
    if page is None:
        return show("assessments/nothing_yet.html", may_upload=may_upload(current_actor()))
    return show(
        "gaps/index.html",
        "gaps/_sections.html",
        page=page,
        may_assign=may(current_actor(), Act.ASSIGN_TASK),
        advice_words=advice_words,
        task_words=task_words,
        spread_task_words=spread_task_words,
    )
