"""Supervision notices (督办单): written, sent with a number, signed for, answered, closed.

Nobody commits here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from plans.actors import Actor, Role
from plans.base import new_id
from plans.calendar import deadline
from plans.commands.finding import check_units, found
from plans.commands.moving import check_reason, day_of
from plans.errors import DeadlineOutsidePlan, MoveNotAllowed, NotFound
from plans.events import is_repeat
from plans.models import Evidence, Notice, NoticeEvent, NoticeEvidence, NoticeTask, Series, Task
from plans.notice_states import NoticeMove, NoticeState, next_notice_state
from plans.numbering import next_number
from plans.rights import Act, check
from plans.visibility import SEE_ALL
from plans.words import _
from plans.work_errors import WordsMissing

THING = _("督办单")
DRAFT, REVISE = "draft", "revise"


@dataclass(frozen=True)
class NoticeTerms:
    """What a notice says; its deadline moves to a working day."""

    title: str
    order_text: str
    to_unit_id: int
    stated_due_on: date
    task_ids: Sequence[int] = ()


def draft_notice(
    session: Session, actor: Actor, *, terms: NoticeTerms, at: datetime, notice_id: int | None = None
) -> Notice:
    """Write a notice; it has no number yet. A form with its ``notice_id`` makes one however often it is sent.

    Leading group, programme office or supervisor.

    Raises ActNotAllowed, WordsMissing, DeadlineOutsidePlan, NotFound.
    """
    check(actor, Act.WRITE_NOTICE)
    made = None if notice_id is None else session.scalar(sa.select(Notice).where(Notice.id == notice_id))
    if made is not None:
        return made
    notice = Notice(id=notice_id or new_id(), state=NoticeState.DRAFTED)
    _apply(session, notice, terms, day_of(at))
    session.add(notice)
    record_act(notice, actor, DRAFT, "", at)
    session.flush()
    return notice


def revise_notice(
    session: Session, actor: Actor, *, notice_id: int, terms: NoticeTerms, seen_event: int, at: datetime
) -> Notice:
    """Change a notice that has not been sent.

    Leading group, programme office or supervisor.

    Raises ActNotAllowed, NotFound, StaleTask, MoveNotAllowed, WordsMissing, DeadlineOutsidePlan.
    """
    notice = find_notice(session, actor, notice_id)
    check(actor, Act.WRITE_NOTICE)
    if is_repeat(notice.events, actor, REVISE, terms.order_text, seen_event, THING):
        return notice
    if notice.state is not NoticeState.DRAFTED:
        raise MoveNotAllowed(notice.state, REVISE, THING)
    notice.tasks = []
    session.flush()  # a task that stays would otherwise meet its own old row
    _apply(session, notice, terms, day_of(at))
    record_act(notice, actor, REVISE, terms.order_text, at)
    return notice


def discard_notice(session: Session, actor: Actor, *, notice_id: int, seen_event: int) -> None:
    """Throw away a notice that has not been sent; it leaves no gap, as it has no number.

    Leading group, programme office or supervisor.

    Raises ActNotAllowed, NotFound, StaleTask, MoveNotAllowed.
    """
    notice = find_notice(session, actor, notice_id)
    check(actor, Act.WRITE_NOTICE)
    is_repeat(notice.events, actor, "discard", "", seen_event, THING)
    if notice.state is not NoticeState.DRAFTED:
        raise MoveNotAllowed(notice.state, "discard", THING)
    session.delete(notice)
    session.flush()


def send_notice(session: Session, actor: Actor, *, notice_id: int, seen_event: int, at: datetime) -> Notice:
    """Send a notice to its unit; it takes the next number of the county and the year.

    Leading group, programme office or supervisor.

    Raises ActNotAllowed, NotFound, StaleTask, MoveNotAllowed.
    """
    notice = find_notice(session, actor, notice_id)
    check(actor, Act.WRITE_NOTICE)
    if move_notice(notice, actor, NoticeMove.SEND, "", seen_event, at):
        notice.year = day_of(at).year
        notice.no = next_number(session, Series.NOTICE, notice.year)
    return notice


def sign_notice(session: Session, actor: Actor, *, notice_id: int, seen_event: int, at: datetime) -> Notice:
    """Take note of a notice (签收).

    Only the unit that it is for.

    Raises ActNotAllowed, NotFound, StaleTask, MoveNotAllowed.
    """
    notice = find_notice(session, actor, notice_id)
    check(actor, Act.ANSWER_NOTICE, notice.to_unit_id)
    move_notice(notice, actor, NoticeMove.SIGN, "", seen_event, at)
    return notice


def answer_notice(
    session: Session,
    actor: Actor,
    *,
    notice_id: int,
    reply: str,
    evidence: list[Evidence],
    seen_event: int,
    at: datetime,
) -> Notice:
    """Answer a notice in words, with evidence if there is any.

    Only the unit that it is for.

    Raises ActNotAllowed, NotFound, WordsMissing, StaleTask, MoveNotAllowed.
    """
    notice = find_notice(session, actor, notice_id)
    check(actor, Act.ANSWER_NOTICE, notice.to_unit_id)
    if not reply.strip():
        raise WordsMissing(_("回复内容"))
    if move_notice(notice, actor, NoticeMove.ANSWER, reply, seen_event, at):
        notice.reply = reply
        known = {link.evidence_id for link in notice.evidence}
        new = [file for file in dict.fromkeys(evidence) if file.id not in known]
        notice.evidence.extend(NoticeEvidence(evidence_id=file.id, file=file) for file in new)
    return notice


def return_notice(
    session: Session, actor: Actor, *, notice_id: int, note: str, seen_event: int, at: datetime
) -> Notice:
    """Send an answer back with the reason.

    Leading group, programme office or supervisor.

    Raises ActNotAllowed, NotFound, ReasonMissing, StaleTask, MoveNotAllowed.
    """
    notice = find_notice(session, actor, notice_id)
    check(actor, Act.WRITE_NOTICE)
    check_reason(note, _("退回"))
    move_notice(notice, actor, NoticeMove.RETURN, note, seen_event, at)
    return notice


def close_notice(
    session: Session, actor: Actor, *, notice_id: int, note: str, seen_event: int, at: datetime
) -> Notice:
    """Accept the answer and close the notice (办结).

    Leading group, programme office or supervisor.

    Raises ActNotAllowed, NotFound, StaleTask, MoveNotAllowed.
    """
    notice = find_notice(session, actor, notice_id)
    check(actor, Act.WRITE_NOTICE)
    move_notice(notice, actor, NoticeMove.CLOSE, note, seen_event, at)
    return notice


def find_notice(session: Session, actor: Actor, notice_id: int) -> Notice:
    """The notice, if the actor sees it, held until the transaction ends.

    Raises NotFound.
    """
    statement = sa.select(Notice).where(Notice.id == notice_id, notice_seen_by(actor)).with_for_update()
    notice = session.scalar(statement.execution_options(populate_existing=True))
    if notice is None:
        raise NotFound(THING)
    return notice


def notices(
    session: Session, actor: Actor, *, state: NoticeState | None = None, notice_id: int | None = None
) -> list[Notice]:
    """The notices that the actor sees, the newest first, with all that a list or a page shows."""
    statement = (
        sa.select(Notice)
        .where(notice_seen_by(actor), sa.true() if state is None else Notice.state == state)
        .where(sa.true() if notice_id is None else Notice.id == notice_id)
        .order_by(Notice.year.is_not(None), Notice.year.desc(), Notice.no.desc(), Notice.id.desc())
        .options(joinedload(Notice.to_unit), selectinload(Notice.events))
        .options(selectinload(Notice.tasks).joinedload(NoticeTask.task))
        .options(selectinload(Notice.evidence).joinedload(NoticeEvidence.file))
    )
    return list(session.scalars(statement))


def notice_seen_by(actor: Actor) -> sa.ColumnElement[bool]:
    """Whether the actor sees a notice: a unit those sent to it, a school none."""
    if actor.role in SEE_ALL:
        return sa.true()
    if actor.role is Role.UNIT and actor.unit_id is not None:
        return sa.and_(Notice.to_unit_id == actor.unit_id, Notice.state != NoticeState.DRAFTED)
    return sa.false()


def _apply(session: Session, notice: Notice, terms: NoticeTerms, today: date) -> None:
    for text, what in ((terms.title, _("标题")), (terms.order_text, _("督办要求"))):
        if not text.strip():
            raise WordsMissing(what)
    if terms.stated_due_on < today:
        raise DeadlineOutsidePlan(terms.stated_due_on, None)
    check_units(session, [terms.to_unit_id])
    for task_id in terms.task_ids:
        found(session, Task, task_id, _("任务"))
    notice.title, notice.order_text = terms.title.strip(), terms.order_text.strip()
    notice.to_unit_id, notice.stated_due_on = terms.to_unit_id, terms.stated_due_on
    notice.due_on = notice.original_due_on = deadline(terms.stated_due_on, not_before=today)
    notice.tasks = [NoticeTask(task_id=task_id) for task_id in dict.fromkeys(terms.task_ids)]


def move_notice(
    notice: Notice, actor: Actor, wanted: NoticeMove, note: str, seen_event: int, at: datetime
) -> bool:
    """Make one move with its event; False for a second click, which changes nothing.

    Raises StaleTask, MoveNotAllowed.
    """
    if is_repeat(notice.events, actor, wanted.value, note, seen_event, THING):
        return False
    notice.state = next_notice_state(notice.state, wanted)
    record_act(notice, actor, wanted.value, note, at)
    return True


def record_act(notice: Notice, actor: Actor, act: str, note: str, at: datetime) -> None:
    """Write down one act with where the notice stands after it."""
    notice.events.append(
        NoticeEvent(
            id=new_id(),
            no=len(notice.events) + 1,
            at=at,
            actor_id=actor.user_id,
            actor_name=actor.name,
            act=act,
            note=note,
            state=notice.state,
        )
    )
