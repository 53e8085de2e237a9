"""Bulletins as they are written: new, revised, thrown away."""

from flask import flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor
from app.bulletins.blueprint import bp
from app.bulletins.forms import BulletinForm
from app.bulletins.writing import blank_bulletin_form, form_of, rewritten, terms_of
from app.clock import now, today
from app.extensions import db
from app.pages import go, show
from plans.bulletins import discard_bulletin, draft_bulletin, find_bulletin, revise_bulletin
from plans.errors import PlanError
from plans.models import Bulletin
from plans.rights import Act, check
from plans.work_errors import AlreadyPublished

REWRITE = "rewrite"


@bp.get("/bulletins/new")
def new() -> Response:
    actor = current_actor()
    check(actor, Act.PUBLISH_BULLETIN)
    return _form(blank_bulletin_form(db.session(), actor, today()))


@bp.post("/bulletins/new")
def create() -> Response:
    actor, form = current_actor(), BulletinForm()
    check(actor, Act.PUBLISH_BULLETIN)
    if REWRITE in request.form:
        return _form(rewritten(db.session(), actor, form, today()))
    if not form.validate():
        return _form(form, status=422)
    key = int(form.bulletin_id.data)
    try:
        made = draft_bulletin(db.session(), actor, terms=terms_of(form), at=now(), bulletin_id=key)
    except PlanError as refusal:
        db.session.rollback()
        return _form(form, status=422, refusal=str(refusal))
    db.session.commit()
    return go(url_for("bulletins.bulletin", bulletin_id=made.id))


@bp.get("/bulletins/<int:bulletin_id>/edit")
def edit(bulletin_id: int) -> Response:
    draft = _draft(bulletin_id)
    return _form(form_of(draft), draft)


@bp.post("/bulletins/<int:bulletin_id>/edit")
def save(bulletin_id: int) -> Response:
    actor, draft, form = current_actor(), _draft(bulletin_id), BulletinForm()
    if REWRITE in request.form:
        return _form(rewritten(db.session(), actor, form, today()), draft)
    if not form.validate():
        return _form(form, draft, 422)
    seen, terms = form.seen_version.data or 0, terms_of(form)
    try:
        revise_bulletin(
            db.session(), actor, bulletin_id=bulletin_id, terms=terms, seen_version=seen, at=now()
        )
    except PlanError as refusal:
        db.session.rollback()
        return _form(_seen(form, _draft(bulletin_id)), _draft(bulletin_id), 422, str(refusal))
    db.session.commit()
    flash(_("已保存修改。"), "success")
    return go(url_for("bulletins.bulletin", bulletin_id=bulletin_id))


@bp.post("/bulletins/<int:bulletin_id>/discard")
def discard(bulletin_id: int) -> Response:
    seen = request.form.get("seen_version", 0, type=int)
    discard_bulletin(db.session(), current_actor(), bulletin_id=bulletin_id, seen_version=seen)
    db.session.commit()
    flash(_("已删除拟稿。"), "success")
    return go(url_for("bulletins.index"))


def _draft(bulletin_id: int) -> Bulletin:
    actor = current_actor()
    found = find_bulletin(db.session(), actor, bulletin_id)
    check(actor, Act.PUBLISH_BULLETIN)
    if found.is_published:
        raise AlreadyPublished()
    return found


def _seen(form: BulletinForm, draft: Bulletin) -> BulletinForm:
    """Whoever has read what is now there may save over it."""
    form.seen_version.data, form.seen_version.raw_data = draft.version, None
    return form


def _form(
    form: BulletinForm, draft: Bulletin | None = None, status: int = 200, refusal: str = ""
) -> Response:
    return show("bulletins/form.html", None, status, form=form, draft=draft, refusal=refusal)
