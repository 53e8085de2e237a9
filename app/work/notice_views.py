"""Supervision notices: the list, one page each, and the acts on one."""

from pathlib import Path

from flask import abort, current_app, flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor
from app.clock import now, today
from app.extensions import db
from app.file_kinds import ACCEPT, FileRefused
from app.pages import go, show
from app.planning.sentences import moment, size_word
from app.work.blueprint import bp
from app.work.forms import NoticeActForm
from app.work.notices import ACTS, MAIN, STATES, do_move, notice_line, notice_lines, notices_headline
from plans.errors import ActNotAllowed, NotFound, PlanError
from plans.notice_states import NoticeMove, NoticeState
from plans.rights import Act, may


@bp.get("/notices")
def notices() -> Response:
    state = request.args.get("state", type=NoticeState)
    lines = notice_lines(db.session(), current_actor(), today=today(), state=state)
    return show(
        "work/notices.html",
        lines=lines,
        headline=notices_headline(lines),
        state=state,
        states=STATES,
        may_write=may(current_actor(), Act.WRITE_NOTICE),
    )


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
        words = _("没有保存，请核对后再次提交。")
        return _shown(notice_id, 422, form=form, refused=move, refusal=words)
    folder = Path(current_app.config["FILES"])
    actor, wanted = current_actor(), NoticeMove(move)
    try:
        do_move(db.session(), actor, wanted, notice_id=notice_id, form=form, folder=folder, at=now())
    except (ActNotAllowed, NotFound):
        raise
    except (PlanError, FileRefused) as refusal:
        db.session.rollback()
        return _shown(notice_id, 422, form=form, refused=move, refusal=str(refusal))
    db.session.commit()
    flash(_("已%(act)s。", act=ACTS[move]), "success")
    return go(url_for("work.notice", notice_id=notice_id))


def _shown(
    notice_id: int,
    status: int = 200,
    *,
    form: NoticeActForm | None = None,
    refused: str = "",
    refusal: str = "",
) -> Response:
    actor = current_actor()
    line = notice_line(db.session(), actor, notice_id=notice_id, today=today())
    form = form or NoticeActForm(formdata=None)
    form.seen_event.data, form.seen_event.raw_data = line.notice.last_event_no, None
    moves = line.may(actor)
    form.note.label.text = _("回复内容") if NoticeMove.ANSWER in moves else _("审核意见")
    return show(
        "work/notice.html",
        None,
        status,
        line=line,
        main=[move for move in moves if move in MAIN],
        aside=[move for move in moves if move not in MAIN],
        may_revise=line.may_revise(actor),
        may_write_again=may(actor, Act.WRITE_NOTICE),
        form=form,
        refused=refused,
        refusal=refusal,
        states=STATES,
        acts=ACTS,
        accept=ACCEPT,
        moment=moment,
        size_word=size_word,
    )
