"""What the pages of supervision notices (督办单) show, and how their acts are done."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.files import keep_files
from app.work.forms import NoticeActForm
from plans.actors import Actor, Role
from plans.calendar import ZONE
from plans.errors import NotFound
from plans.guards import WATCHERS
from plans.models import Notice
from plans.notice_states import NoticeMove, NoticeState
from plans.notices import answer_notice, close_notice, notices, return_notice, send_notice, sign_notice
from plans.progress import TimeStanding, time_standing

STATES = {
    NoticeState.DRAFTED: "拟稿",
    NoticeState.SENT: "已下发",
    NoticeState.SIGNED: "已签收",
    NoticeState.ANSWERED: "已回复",
    NoticeState.CLOSED: "已办结",
}
ACTS = {
    "draft": "拟稿",
    "revise": "修改",
    "send": "下发",
    "sign": "签收",
    "answer": "回复",
    "return": "退回补充",
    "close": "办结",
}


@dataclass(frozen=True)
class NoticeLine:
    """A notice as lists and its page show it."""

    notice: Notice
    time: TimeStanding

    @property
    def number(self) -> str:
        """The number as it is cited; empty before it is sent."""
        one = self.notice
        return f"督办〔{one.year}〕{one.no}号" if one.no is not None else ""

    def may(self, actor: Actor) -> list[NoticeMove]:
        """What the person can do now."""
        state, is_watcher = self.notice.state, actor.role in WATCHERS
        is_unit = actor.role is Role.UNIT and actor.unit_id == self.notice.to_unit_id
        offered = {
            NoticeState.DRAFTED: [NoticeMove.SEND] if is_watcher else [],
            NoticeState.SENT: [NoticeMove.SIGN] if is_unit else [],
            NoticeState.SIGNED: [NoticeMove.ANSWER] if is_unit else [],
            NoticeState.ANSWERED: [NoticeMove.CLOSE, NoticeMove.RETURN] if is_watcher else [],
        }
        return offered.get(state, [])


def notice_lines(session: Session, actor: Actor, *, today: date) -> list[NoticeLine]:
    """The notices that the person sees."""
    return [_line(one, today) for one in notices(session, actor)]


def notice_line(session: Session, actor: Actor, *, notice_id: int, today: date) -> NoticeLine:
    """One of them.

    Raises NotFound.
    """
    lines = notice_lines(session, actor, today=today)
    found = next((line for line in lines if line.notice.id == notice_id), None)
    if found is None:
        raise NotFound("督办单")
    return found


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
    seen, note = form.seen_event.data, (form.note.data or "").strip()
    if move is NoticeMove.SEND:
        send_notice(session, actor, notice_id=notice_id, seen_event=seen, at=at)
    elif move is NoticeMove.SIGN:
        sign_notice(session, actor, notice_id=notice_id, seen_event=seen, at=at)
    elif move is NoticeMove.ANSWER:
        files = keep_files(session, actor, form.files.data or [], folder=folder, at=at)
        answer_notice(session, actor, notice_id=notice_id, reply=note, evidence=files, seen_event=seen, at=at)
    elif move is NoticeMove.RETURN:
        return_notice(session, actor, notice_id=notice_id, note=note, seen_event=seen, at=at)
    else:
        close_notice(session, actor, notice_id=notice_id, note=note, seen_event=seen, at=at)


def _line(notice: Notice, today: date) -> NoticeLine:
    closed = notice.events[-1].at.astimezone(ZONE).date() if notice.state is NoticeState.CLOSED else None
    return NoticeLine(notice, time_standing(notice.due_on, today, closed_on=closed))
