"""The calendar."""

from flask import request
from werkzeug.wrappers import Response

from app.auth.presence import current_actor
from app.clock import today
from app.extensions import db
from app.keys import read_key
from app.pages import show
from app.work.blueprint import bp
from app.work.calendar import KINDS, calendar_page
from plans.agenda import EntryKind


@bp.get("/calendar")
def calendar() -> Response:
    page = calendar_page(
        db.session(),
        current_actor(),
        today=today(),
        month=request.args.get("month"),
        kind=request.args.get("kind", type=EntryKind),
        unit_id=request.args.get("unit", type=read_key),
    )
    return show("work/calendar.html", "work/_calendar.html", page=page, kinds=KINDS)
