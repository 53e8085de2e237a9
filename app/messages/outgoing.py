"""What leaves a county: what waits, failed or has an unknown fate; sending again by hand. No commits."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.audit.recording import record
from app.messages.errors import NotToResend
from app.models import Account
from app.models.audit import Act as Entry
from plans.actors import Actor
from plans.errors import NotFound
from plans.models import Message, MessageState
from plans.reminders.outbox import resend
from plans.rights import Act, check

PER_PAGE = 50
OPEN = (MessageState.FAILED, MessageState.UNKNOWN, MessageState.QUEUED, MessageState.SENDING)


def count_outgoing(session: Session, actor: Actor) -> dict[MessageState, int]:
    """How many messages of the county stand in each state. One query.

    Raises ActNotAllowed.
    """
    check(actor, Act.SET_COUNTY)
    found = session.execute(sa.select(Message.state, sa.func.count(Message.id)).group_by(Message.state))
    return {row[0]: row[1] for row in found}


def outgoing_page(
    session: Session, actor: Actor, *, states: Sequence[MessageState], page: int
) -> list[tuple[Message, str | None]]:
    """One page of messages in these states with the name of whom they go to; the newest first. One query.

    Raises ActNotAllowed.
    """
    check(actor, Act.SET_COUNTY)
    found = session.execute(
        sa.select(Message, Account.name)
        .outerjoin(Account, Account.id == Message.account_id)
        .where(Message.state.in_(states))
        .order_by(Message.created_at.desc(), Message.id)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    return [(row[0], row[1]) for row in found]


def turned_to(page: int, total: int) -> tuple[int, int]:
    """The page nearest to the one asked for, and how many pages so many messages take."""
    pages = max(1, -(-total // PER_PAGE))
    return min(max(1, page), pages), pages


def queue_again(session: Session, *, county_id: int, message_id: int, at: datetime) -> Message:
    """The message of the county in scope, queued again where it failed or nobody knows its fate.

    Raises NotFound, NotToResend.
    """
    message = session.scalar(sa.select(Message).where(Message.id == message_id))
    if message is None:
        raise NotFound(_("消息"))
    if not resend(session.connection(), county_id=county_id, message_id=message_id, at=at):
        raise NotToResend()
    return message


def send_again(session: Session, actor: Actor, *, message_id: int, at: datetime) -> None:
    """Queue a message again that failed or whose fate nobody knows.

    Raises ActNotAllowed, NotFound, NotToResend.
    """
    check(actor, Act.SET_COUNTY)
    message = queue_again(session, county_id=actor.county_id, message_id=message_id, at=at)
    record(
        session,
        actor,
        act=Entry.CHANGE,
        thing=f"message:{message_id}",
        title=message.subject,
        after={"state": "queued"},
        at=at,
    )
