"""What the pages of supervision notices (督办单) show, and how their acts are done."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.files import keep_files
from app.work.forms import NoticeActForm
from plans.actors import Actor
from plans.calendar import ZONE
from plans.errors import NotFound
from plans.models import Notice, NoticeEvent
from plans.notice_states import NOTICE_MOVES, NoticeMove, NoticeState
from plans.notice_steering import reschedule_notice, withdraw_notice
from plans.notices import THING, answer_notice, close_notice, notices, return_notice, send_notice, sign_notice
from plans.progress import TimeStanding, TimeStatus, time_standing
from plans.rights import Act, may
from plans.words import _ as _l
from plans.work_errors import WordsMissing

STATES = {
    NoticeState.DRAFTED: _l("拟稿"),
    NoticeState.SENT: _l("已下发"),
    NoticeState.SIGNED: _l("已签收"),
    NoticeState.ANSWERED: _l("已回复"),
    NoticeState.CLOSED: _l("已办结"),
    NoticeState.WITHDRAWN: _l("已撤销"),
}
ACTS = {
    "draft": _l("拟稿"),
    "revise": _l("修改"),
    "send": _l("下发"),
    "sign": _l("签收"),
    "answer": _l("回复"),
    "return": _l("退回补充"),
    "close": _l("办结"),
    "reschedule": _l("调整时限"),
    "withdraw": _l("撤销"),
}
BY_UNIT = (NoticeMove.SIGN, NoticeMove.ANSWER)
# What the page offers first, and what stands behind a question.
MAIN = (NoticeMove.SEND, NoticeMove.SIGN, NoticeMove.ANSWER, NoticeMove.CLOSE, NoticeMove.RETURN)
ASIDE = (NoticeMove.RESCHEDULE, NoticeMove.WITHDRAW)
OVER = (NoticeState.CLOSED, NoticeState.WITHDRAWN)


@dataclass(frozen=True)
class NoticeLine:
    """A notice as lists and its page show it."""

    notice: Notice
    time: TimeStanding | None  # None of one that nobody has to answer: a draft, or withdrawn

    @property
    def number(self) -> str:
        """The number as it is cited; empty before it is sent."""
        one = self.notice
        return f"督办〔{one.year}〕{one.no}号" if one.no is not None else ""

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it by the unit or about its answer."""
        return self.notice.state not in (*OVER, NoticeState.DRAFTED)

    def last(self, act: str) -> NoticeEvent | None:
        """The newest act of a kind."""
        return next((event for event in reversed(self.notice.events) if event.act == act), None)

    def may(self, actor: Actor) -> list[NoticeMove]:
        """What the person can do now, the usual first."""
        possible = [move for move in (*MAIN, *ASIDE) if (self.notice.state, move) in NOTICE_MOVES]
        is_unit, is_watcher = (
            may(actor, Act.ANSWER_NOTICE, self.notice.to_unit_id),
            may(actor, Act.WRITE_NOTICE),
        )
        return [move for move in possible if (is_unit if move in BY_UNIT else is_watcher)]

    def may_revise(self, actor: Actor) -> bool:
        """Whether the person can still change or throw away what it says."""
        return self.notice.state is NoticeState.DRAFTED and may(actor, Act.WRITE_NOTICE)


def notice_lines(
    session: Session, actor: Actor, *, today: date, state: NoticeState | None = None
) -> list[NoticeLine]:
    """The notices that the person sees."""
    return [_line(one, today) for one in notices(session, actor, state=state)]


def notice_line(session: Session, actor: Actor, *, notice_id: int, today: date) -> NoticeLine:
    """One of them.

    Raises NotFound.
    """
    found = notices(session, actor, notice_id=notice_id)
    if not found:
        raise NotFound(THING)
    return _line(found[0], today)


def notices_headline(lines: list[NoticeLine]) -> str:
    """What waits and what is late, in one sentence."""
    running = [line for line in lines if line.is_open]
    if not running:
        return _("没有未办结的督办单。")
    late = sum(line.time is not None and line.time.status is TimeStatus.OVERDUE for line in running)
    answered = sum(line.notice.state is NoticeState.ANSWERED for line in running)
    unsigned = sum(line.notice.state is NoticeState.SENT for line in running)
    parts = [_("%(n)s 件督办单未办结", n=len(running))]
    parts += [_("%(n)s 件逾期", n=late)] if late else []
    parts += [_("%(n)s 件已回复待审", n=answered)] if answered else []
    parts += [_("%(n)s 件待签收", n=unsigned)] if unsigned else []
    return _("，").join(parts) + _("。")


def do_move(
    session: Session,
    actor: Actor,
    move: NoticeMove,
    *,
    notice_id: int,
    form: NoticeActForm,
    folder: Path,
    at: datetime,
) -> None:
    """Do one act on a notice.

    Raises what the command raises, and FileRefused.
    """
    note = (form.note.data or "").strip()
    common = {"notice_id": notice_id, "seen_event": form.seen_event.data, "at": at}
    if move is NoticeMove.SEND:
        send_notice(session, actor, **common)
    elif move is NoticeMove.SIGN:
        sign_notice(session, actor, **common)
    elif move is NoticeMove.ANSWER:
        files = keep_files(session, actor, form.files.data or [], folder=folder, at=at)
        answer_notice(session, actor, reply=note, evidence=files, **common)
    elif move is NoticeMove.RETURN:
        return_notice(session, actor, note=note, **common)
    elif move is NoticeMove.CLOSE:
        close_notice(session, actor, note=note, **common)
    elif move is NoticeMove.WITHDRAW:
        withdraw_notice(session, actor, reason=note, **common)
    elif form.due_on.data is None:
        raise WordsMissing(_("新时限"))
    else:
        reschedule_notice(session, actor, stated_due_on=form.due_on.data, reason=note, **common)


def _line(notice: Notice, today: date) -> NoticeLine:
    if notice.state in (NoticeState.DRAFTED, NoticeState.WITHDRAWN):
        return NoticeLine(notice, None)
    closed = notice.events[-1].at.astimezone(ZONE).date() if notice.state is NoticeState.CLOSED else None
    return NoticeLine(notice, time_standing(notice.due_on, today, closed_on=closed, done=_("办结")))
