"""Bulletins as they are read: the list, one as a document, confirmed, published, withdrawn."""

from flask import flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.assessments.sentences import moment
from app.auth.presence import current_actor
from app.bulletins.blueprint import bp
from app.bulletins.pages import bulletin_line, bulletin_lines, bulletins_headline
from app.clock import now
from app.extensions import db
from app.pages import go, show
from plans.bulletins import publish_bulletin, read_bulletin, withdraw_bulletin
from plans.errors import ReasonMissing
from plans.rights import Act, may
from plans.visibility import sees_all

LONGEST_REASON = 2000


@bp.get("/bulletins")
def index() -> Response:
    actor = current_actor()
    lines = bulletin_lines(db.session(), actor)
    headline = bulletins_headline(lines, actor)
    rights = {"may_write": may(actor, Act.PUBLISH_BULLETIN), "may_read": may(actor, Act.READ_BULLETIN)}
    return show("bulletins/index.html", lines=lines, headline=headline, **rights)


@bp.get("/bulletins/<int:bulletin_id>")
def bulletin(bulletin_id: int) -> Response:
    return _shown(bulletin_id)


@bp.post("/bulletins/<int:bulletin_id>/publish")
def publish(bulletin_id: int) -> Response:
    seen = request.form.get("seen_version", 0, type=int)
    publish_bulletin(db.session(), current_actor(), bulletin_id=bulletin_id, seen_version=seen, at=now())
    db.session.commit()
    flash(_("通报已印发。"), "success")
    return go(url_for("bulletins.bulletin", bulletin_id=bulletin_id))


@bp.post("/bulletins/<int:bulletin_id>/read")
def confirm(bulletin_id: int) -> Response:
    read_bulletin(db.session(), current_actor(), bulletin_id=bulletin_id, at=now())
    db.session.commit()
    flash(_("已签阅。"), "success")
    return go(url_for("bulletins.bulletin", bulletin_id=bulletin_id))


@bp.post("/bulletins/<int:bulletin_id>/withdraw")
def withdraw(bulletin_id: int) -> Response:
    reason = request.form.get("reason", "").strip()[:LONGEST_REASON]
    try:
        withdraw_bulletin(db.session(), current_actor(), bulletin_id=bulletin_id, reason=reason, at=now())
    except ReasonMissing as refusal:
        return _shown(bulletin_id, 422, str(refusal))
    db.session.commit()
    flash(_("通报已撤回。"), "success")
    return go(url_for("bulletins.bulletin", bulletin_id=bulletin_id))


def _shown(bulletin_id: int, status: int = 200, refusal: str = "") -> Response:
    actor = current_actor()
    return show(
        "bulletins/bulletin.html",
        None,
        status,
        line=bulletin_line(db.session(), actor, bulletin_id),
        may_write=may(actor, Act.PUBLISH_BULLETIN),
        may_read=may(actor, Act.READ_BULLETIN),
        sees_readers=sees_all(actor),
        refusal=refusal,
        moment=moment,
    )
