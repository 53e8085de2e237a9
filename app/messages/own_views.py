"""A person's own page of messages: address, what is wanted, the link of the calendar."""

from flask import flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.auth.presence import current_actor, current_presence
from app.clock import now
from app.extensions import db
from app.messages.blueprint import bp
from app.messages.errors import AddressUnreadable, NoAddress
from app.messages.pages import settings_page
from app.messages.preferences import choose, end_feed, renew_feed
from app.pages import go, show
from plans.reminders.rules import Family


@bp.get("/messages/settings")
def settings() -> Response:
    return _page()


@bp.post("/messages/settings")
def keep_settings() -> Response:
    wanted = set(request.form.getlist("wanted"))
    try:
        choose(
            db.session(),
            current_actor(),
            email=request.form.get("email", ""),
            by_mail="by_mail" in request.form,
            muted=[family for family in Family if family not in wanted],
        )
    except (AddressUnreadable, NoAddress) as refusal:
        db.session.rollback()
        return _page(status=422, refusal=str(refusal), typed=request.form.get("email", ""))
    db.session.commit()
    flash(_("消息设置已保存。"), "success")
    return go(url_for("messages.settings"))


@bp.post("/messages/feed")
def make_feed() -> Response:
    token = renew_feed(db.session(), current_actor(), at=now())
    db.session.commit()
    code = current_presence().county.code
    link = url_for("messages.feed", county_code=code, token=f"{token}.ics", _external=True)
    return _page(link=link)


@bp.post("/messages/feed/end")
def end_own_feed() -> Response:
    end_feed(db.session(), current_actor())
    db.session.commit()
    flash(_("日历订阅链接已作废。"), "success")
    return go(url_for("messages.settings"))


def _page(status: int = 200, *, refusal: str = "", typed: str | None = None, link: str = "") -> Response:
    page = settings_page(db.session(), current_actor(), current_user)
    return show("messages/settings.html", status=status, page=page, refusal=refusal, typed=typed, link=link)
