"""What becomes of a notice that is out: its deadline is moved, or it is taken back; both with a reason.

Nobody commits here.
"""

from datetime import date, datetime

from sqlalchemy.orm import Session

from plans.actors import Actor
from plans.calendar import deadline
from plans.commands.moving import check_reason, day_of
from plans.errors import DeadlineOutsidePlan
from plans.events import is_repeat
from plans.models import Notice
from plans.notice_states import NoticeMove
from plans.notices import THING, find_notice, move_notice
from plans.rights import Act, check
from plans.words import _, day_words
from plans.work_errors import SameDeadline


def reschedule_notice(
    session: Session,
    actor: Actor,
    *,
    notice_id: int,
    stated_due_on: date,
    reason: str,
    seen_event: int,
    at: datetime,
) -> Notice:
    """Give a notice that is not answered yet another deadline (现定); the first one (原定) stays.

    Leading group, programme office or supervisor.

    Raises ActNotAllowed, NotFound, ReasonMissing, DeadlineOutsidePlan, SameDeadline, StaleTask,
    MoveNotAllowed.
    """
    notice = find_notice(session, actor, notice_id)
    check(actor, Act.WRITE_NOTICE)
    check_reason(reason, _("调整时限"))
    if stated_due_on < day_of(at):
        raise DeadlineOutsidePlan(stated_due_on, None)
    due_on = deadline(stated_due_on, not_before=day_of(at))
    note = _("时限调整为%(due_on)s。%(strip)s", due_on=day_words(due_on), strip=reason.strip())
    if is_repeat(notice.events, actor, NoticeMove.RESCHEDULE, note, seen_event, THING):
        return notice
    if due_on == notice.due_on:
        raise SameDeadline(due_on)
    move_notice(notice, actor, NoticeMove.RESCHEDULE, note, seen_event, at)
    notice.stated_due_on, notice.due_on = stated_due_on, due_on
    return notice


def withdraw_notice(
    session: Session, actor: Actor, *, notice_id: int, reason: str, seen_event: int, at: datetime
) -> Notice:
    """Take back a notice that is out and not closed; it keeps its number, and the unit sees why.

    Leading group, programme office or supervisor.

    Raises ActNotAllowed, NotFound, ReasonMissing, StaleTask, MoveNotAllowed.
    """
    notice = find_notice(session, actor, notice_id)
    check(actor, Act.WRITE_NOTICE)
    check_reason(reason, _("撤销"))
    move_notice(notice, actor, NoticeMove.WITHDRAW, reason.strip(), seen_event, at)
    return notice
