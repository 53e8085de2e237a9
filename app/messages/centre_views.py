"""The in-app centre: the list, opening a message, marking as read."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.auth.presence import current_actor
from app.clock import now
from app.counting import counted as _n
from app.extensions import db, htmx
from app.messages.blueprint import bp
from app.messages.pages import CentrePage, centre_page
from app.messages.places import place_of
from app.messages.reading import mark_all_read, mark_read
from app.pages import go, show
from plans.reminders.rules import Family


@bp.get("/messages")
def index() -> Response:
    return show("messages/index.html", "messages/_list.html", page=_wanted(request.args))


@bp.get("/messages/<int:reminder_id>")
def open_message(reminder_id: int) -> Response:
    """Lead to what the message is about; opening it is reading it."""
    session, actor = db.session(), current_actor()
    session.rollback()  # a reading request begins a reading transaction; this one writes
    reminder = mark_read(session, actor, reminder_id=reminder_id, at=now())
    place = place_of(session, reminder)
    session.commit()
    if place is None:
        flash(_("这条消息所说的事项已不存在。"), "warning")
        return redirect(url_for("messages.index"), 303)
    endpoint, needs = place
    return redirect(url_for(endpoint, **needs), 303)


@bp.post("/messages/<int:reminder_id>/read")
def read(reminder_id: int) -> Response:
    mark_read(db.session(), current_actor(), reminder_id=reminder_id, at=now())
    db.session.commit()
    return _list_again()


@bp.post("/messages/read")
def read_all() -> Response:
    family = _family(request.form.get("family", ""))
    n = mark_all_read(db.session(), current_actor(), family=family, at=now())
    db.session.commit()
    flash(_n("已将 %(n)s 条消息标为已读。", n=n), "success")
    return _list_again()


def _list_again() -> Response:
    """The list under the filters that the act was done under."""
    if not htmx:
        kept = {name: request.form.get(name) for name in ("family", "unread", "page")}
        return go(url_for("messages.index", **kept))  # type: ignore[arg-type]
    return show("messages/index.html", "messages/_after_reading.html", page=_wanted(request.form))


def _wanted(sent: MultiDict[str, str]) -> CentrePage:
    return centre_page(
        db.session(),
        current_actor(),
        family=_family(sent.get("family", "")),
        only_unread=sent.get("unread") == "1",
        page=sent.get("page", 1, type=int),
    )


def _family(word: str) -> Family | None:
    return Family(word) if word in list(Family) else None
