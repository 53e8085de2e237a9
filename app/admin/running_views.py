"""How the program runs: the scheduler, its jobs and the messages of all counties."""

from flask import flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.admin.blueprint import bp
from app.admin.counties import find_county
from app.admin.running import send_again
from app.admin.running_page import running_page, written
from app.auth.presence import current_admin, for_platform
from app.clock import now
from app.extensions import db
from app.messages.outgoing_words import KINDS, STATES, TONES
from app.pages import go, show
from plans.models import MessageState


@bp.get("/running")
@for_platform
def running() -> Response:
    word = request.args.get("state", "")
    state = MessageState(word) if word in list(MessageState) and word != MessageState.SENT else None
    page = running_page(db.session(), state=state, page=request.args.get("page", 1, type=int), at=now())
    return show(
        "admin/running.html",
        page=page,
        state=state or "",
        words={one: STATES[one] for one in STATES if one is not MessageState.SENT},
        tones=TONES,
        kinds=KINDS,
        written=written,
    )


@bp.post("/running/<string:county_code>/<int:message_id>/resend")
@for_platform
def resend_message(county_code: str, message_id: int) -> Response:
    county = find_county(db.session(), county_code)
    send_again(db.session(), current_admin(), county, message_id=message_id, at=now())
    db.session.commit()
    flash(_("已重新排队，几分钟内发出。"), "success")
    return go(url_for("admin.running"))
