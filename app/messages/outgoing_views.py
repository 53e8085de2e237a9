"""The office's page of what leaves the county."""

from datetime import datetime

from flask import flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor
from app.clock import ZONE, now
from app.extensions import db
from app.messages.blueprint import bp
from app.messages.outgoing import OPEN, count_outgoing, outgoing_page, send_again, turned_to
from app.messages.outgoing_words import KINDS, STATES, TONES
from app.pages import go, show
from plans.models import MessageState


@bp.get("/messages/outgoing")
def outgoing() -> Response:
    session, actor = db.session(), current_actor()
    counts = count_outgoing(session, actor)
    word = request.args.get("state", "")
    states = (MessageState(word),) if word in list(MessageState) else OPEN
    total = sum(counts.get(state, 0) for state in states)
    page, n_pages = turned_to(request.args.get("page", 1, type=int), total)
    return show(
        "messages/outgoing.html",
        rows=outgoing_page(session, actor, states=states, page=page),
        counts=counts,
        state=word if len(states) == 1 else "",
        total=total,
        page=page,
        pages=n_pages,
        words=STATES,
        tones=TONES,
        kinds=KINDS,
        written=_written,
    )


@bp.post("/messages/outgoing/<int:message_id>/resend")
def resend_one(message_id: int) -> Response:
    send_again(db.session(), current_actor(), message_id=message_id, at=now())
    db.session.commit()
    flash(_("已重新排队，几分钟内发出。"), "success")
    return go(url_for("messages.outgoing"))


def _written(at: datetime) -> str:
    return f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}"
