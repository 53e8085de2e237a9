"""Supervision notices: list, new, one page each."""

from pathlib import Path

from flask import abort, current_app, flash, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor
from app.clock import now, today
from app.extensions import db
from app.file_kinds import ACCEPT, FileRefused
from app.pages import go, show
from app.planning.queries import unit_choices
from app.planning.sentences import moment
from app.work.blueprint import bp
from app.work.forms import NoticeActForm, NoticeForm
from app.work.notices import ACTS, STATES, do_move, notice_line, notice_lines
from plans.base import new_id
from plans.errors import ActNotAllowed, NotFound, PlanError
from plans.guards import WATCHERS, only_watchers
from plans.notice_states import NoticeMove
from plans.notices import NoticeTerms, draft_notice


@bp.get("/notices")
def notices() -> Response:
    lines = notice_lines(db.session(), current_actor(), today=today())
    may_write = current_actor().role in WATCHERS
    return show("work/notices.html", lines=lines, states=STATES, may_write=may_write)


@bp.get("/notices/new")
def new_notice() -> Response:
    only_watchers(current_actor())
    form = NoticeForm(formdata=None, notice_id=new_id())
    form.offer(unit_choices(db.session()))
    return show("work/new_notice.html", form=form)


@bp.post("/notices/new")
def create_notice() -> Response:
    only_watchers(current_actor())
    form = NoticeForm()
    form.offer(unit_choices(db.session()))
    if not form.validate():
        return show("work/new_notice.html", None, 422, form=form)
    terms = NoticeTerms(form.title.data, form.order_text.data, int(form.to_unit_id.data), form.due_on.data)
    key = int(form.notice_id.data)
    try:
        made = draft_notice(db.session(), current_actor(), terms=terms, at=now(), notice_id=key)
    except PlanError as refusal:
        db.session.rollback()
        return show("work/new_notice.html", None, 422, form=form, refusal=str(refusal))
    db.session.commit()
    return go(url_for("work.notice", notice_id=made.id))


@bp.get("/notices/<int:notice_id>")
def notice(notice_id: int) -> Response:
    return _shown(notice_id)


@bp.post("/notices/<int:notice_id>/<string:move>")
def move_notice(notice_id: int, move: str) -> Response:
    notice_line(db.session(), current_actor(), notice_id=notice_id, today=today())
    if move not in set(NoticeMove):
        abort(404)
    form = NoticeActForm()
    if not form.validate():
        return _shown(notice_id, 422, form=form, refusal=_("没有保存，请核对后再次提交。"))
    folder = Path(current_app.config["FILES"])
    try:
        do_move(
            db.session(),
            current_actor(),
            NoticeMove(move),
            notice_id=notice_id,
            form=form,
            folder=folder,
            at=now(),
        )
    except (ActNotAllowed, NotFound):
        raise
    except (PlanError, FileRefused) as refusal:
        db.session.rollback()
        return _shown(notice_id, 422, form=form, refusal=str(refusal))
    db.session.commit()
    flash(_("已%(act)s。", act=ACTS[move]), "success")
    return go(url_for("work.notice", notice_id=notice_id))


def _shown(
    notice_id: int, status: int = 200, *, form: NoticeActForm | None = None, refusal: str = ""
) -> Response:
    line = notice_line(db.session(), current_actor(), notice_id=notice_id, today=today())
    form = form or NoticeActForm(formdata=None)
    form.seen_event.data, form.seen_event.raw_data = line.notice.last_event_no, None
    return show(
        "work/notice.html",
        None,
        status,
        line=line,
        moves=line.may(current_actor()),
        form=form,
        refusal=refusal,
        states=STATES,
        acts=ACTS,
        accept=ACCEPT,
        moment=moment,
    )
