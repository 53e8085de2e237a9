"""The wall chart."""

from flask import request
from werkzeug.wrappers import Response

from app.auth.presence import current_actor
from app.clock import today
from app.extensions import db
from app.keys import read_key
from app.pages import show
from app.work.blueprint import bp
from app.work.timeline import Zoom
from app.work.wall import wall_page


@bp.get("/wall")
def wall() -> Response:
    page = wall_page(
        db.session(),
        current_actor(),
        today=today(),
        zoom=request.args.get("zoom", Zoom.YEAR, type=Zoom),
        first_year=request.args.get("from", type=int),
        unit_id=request.args.get("unit", type=read_key),
    )
    return show("work/wall.html", "work/_wall.html", page=page)
