"""Supervision notices as they are written: new, revised, thrown away."""

from flask import flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor
from app.clock import now, today
from app.extensions import db
from app.keys import read_key
from app.pages import go, show
from app.work.blueprint import bp
from app.work.forms import NoticeForm
from app.work.notice_writing import blank_notice_form, form_of, offered, terms_of
from app.work.notices import notice_line
from plans.errors import MoveNotAllowed, PlanError
from plans.models import Notice
from plans.notices import discard_notice, draft_notice, revise_notice
from plans.rights import Act, check
from plans.words import _ as _l


@bp.get("/notices/new")
def new_notice() -> Response:
    actor = current_actor()
    check(actor, Act.WRITE_NOTICE)
    after = request.args.get("after", type=read_key)
    if after is None:
        form = blank_notice_form(db.session(), actor, request.args.get("task", type=read_key))
    else:
        form = form_of(db.session(), actor, _notice(after), is_copy=True)
    return _form(form)


@bp.post("/notices/new")
def create_notice() -> Response:
    actor = current_actor()
    check(actor, Act.WRITE_NOTICE)
    form = offered(db.session(), actor, NoticeForm())
    if not form.validate():
        return _form(form, status=422)
    key = int(form.notice_id.data)
    try:
        made = draft_notice(db.session(), actor, terms=terms_of(form), at=now(), notice_id=key)
    except PlanError as refusal:
        db.session.rollback()
        return _form(form, status=422, refusal=str(refusal))
    db.session.commit()
    return go(url_for("work.notice", notice_id=made.id))


@bp.get("/notices/<int:notice_id>/edit")
def edit_notice(notice_id: int) -> Response:
    actor, notice = current_actor(), _notice(notice_id)
    check(actor, Act.WRITE_NOTICE)
    if not notice_line(db.session(), actor, notice_id=notice_id, today=today()).may_revise(actor):
        raise MoveNotAllowed(notice.state, "revise", _l("督办单"))
    return _form(form_of(db.session(), actor, notice), notice)


@bp.post("/notices/<int:notice_id>/edit")
def save_notice(notice_id: int) -> Response:
    actor, notice = current_actor(), _notice(notice_id)
    check(actor, Act.WRITE_NOTICE)
    form = offered(db.session(), actor, NoticeForm())
    if not form.validate():
        return _form(form, notice, 422)
    seen = form.seen_event.data or 0
    try:
        revise_notice(
            db.session(), actor, notice_id=notice_id, terms=terms_of(form), seen_event=seen, at=now()
        )
    except PlanError as refusal:
        db.session.rollback()
        return _form(form, _notice(notice_id), 422, str(refusal))
    db.session.commit()
    flash(_("已保存修改。"), "success")
    return go(url_for("work.notice", notice_id=notice_id))


@bp.post("/notices/<int:notice_id>/discard")
def drop_notice(notice_id: int) -> Response:
    seen = request.form.get("seen_event", 0, type=int)
    discard_notice(db.session(), current_actor(), notice_id=notice_id, seen_event=seen)
    db.session.commit()
    flash(_("已删除拟稿。"), "success")
    return go(url_for("work.notices"))


def _notice(notice_id: int) -> Notice:
    return notice_line(db.session(), current_actor(), notice_id=notice_id, today=today()).notice


def _form(form: NoticeForm, notice: Notice | None = None, status: int = 200, refusal: str = "") -> Response:
    if notice is not None:
        # Whoever has read what is now there may save over it.
        form.seen_event.data, form.seen_event.raw_data = notice.last_event_no, None
    return show("work/notice_form.html", None, status, form=form, notice=notice, refusal=refusal)
