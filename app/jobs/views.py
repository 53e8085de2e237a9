"""What a watchman outside asks: whether the scheduler lives. It tells nothing else."""

from flask import Blueprint, Response

from app.auth.presence import open_to_all
from app.clock import now
from app.extensions import db
from app.jobs.runs import standing

bp = Blueprint("jobs", __name__)


@bp.get("/healthz")
@open_to_all
def healthz() -> Response:
    """Answer ``ok``, or ``late`` with 503 when the heartbeat is old."""
    is_late = standing(db.session(), now()).is_late
    answer = Response("late" if is_late else "ok", 503 if is_late else 200, content_type="text/plain")
    answer.headers["Cache-Control"] = "no-store"
    return answer
