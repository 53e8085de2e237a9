"""The units and their tasks."""

from werkzeug.wrappers import Response

from app.auth.presence import current_actor
from app.clock import today
from app.extensions import db
from app.pages import show
from app.work.blueprint import bp
from app.work.units import unit_lines


@bp.get("/units")
def units() -> Response:
    return show("work/units.html", lines=unit_lines(db.session(), current_actor(), today=today()))
