"""What a watchman outside asks: whether the scheduler lives; and for the office, what will go out."""

from flask import Blueprint, Response
from werkzeug.wrappers import Response as WerkzeugResponse

from app.auth.presence import current_actor, current_presence, open_to_all
from app.clock import now
from app.extensions import db
from app.jobs.looking import looking
from app.jobs.pages import ahead_page
from app.jobs.runs import standing
from app.pages import show
from plans.rights import Act, check

bp = Blueprint("jobs", __name__)


@bp.get("/healthz")
@open_to_all
def healthz() -> Response:
    """Answer ``ok``, or ``late`` with 503 when the heartbeat is old."""
    is_late = standing(db.session(), now()).is_late
    answer = Response("late" if is_late else "ok", 503 if is_late else 200, content_type="text/plain")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/reminders/ahead")
def ahead() -> WerkzeugResponse:
    """What will go out in thirty days, were nothing done meanwhile."""
    check(current_actor(), Act.SET_COUNTY)
    with looking() as connection:
        page = ahead_page(connection, current_presence().county.code, at=now())
    return show("jobs/ahead.html", page=page)
