"""Messages on their way out: claimed in a short transaction, sent outside of one, marked in the next.

Whoever claims commits before sending. A message that dies between its sending and its mark has an unknown
fate: it is shown as such and not sent again by itself, unless its channel was set to rather twice than never
(``is_repeatable``). ``connection`` may look across counties. Nobody commits here.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from plans.models import Message, MessageState
from plans.words import _

LEASE = timedelta(minutes=5)
# Minutes before the next try after a definite refusal; after the last one the message is shown as failed.
PAUSES = (1, 5, 15, 60, 240)


def claim(
    connection: sa.Connection, *, worker: str, limit: int, at: datetime, lease: timedelta = LEASE
) -> Sequence[sa.Row[Any]]:
    """Take up to ``limit`` messages whose time has come; nobody else gets them while the lease runs."""
    waiting = sa.select(Message.county_id, Message.id).where(
        Message.state == MessageState.QUEUED, Message.next_try_at <= at
    )
    chosen = waiting.order_by(Message.next_try_at, Message.id).limit(limit).with_for_update(skip_locked=True)
    taken = (
        sa.update(Message)
        .where(sa.tuple_(Message.county_id, Message.id).in_(chosen))
        .values(
            state=MessageState.SENDING,
            claimed_by=worker,
            lease_until=at + lease,
            attempts=Message.attempts + 1,
        )
        .returning(*sa.inspect(Message).c)
    )
    return connection.execute(taken).all()


def mark_sent(connection: sa.Connection, message: Any, *, at: datetime) -> bool:
    """Record that a claimed message went out; False when it is no longer the claimer's."""
    return _mark(connection, message, state=MessageState.SENT, sent_at=at, lease_until=None, error="")


def mark_refused(
    connection: sa.Connection, message: Any, *, error: str, at: datetime, is_final: bool = False
) -> bool:
    """Record a definite refusal: tried again after a growing pause, failed at the end or when final."""
    is_over = is_final or message.attempts > len(PAUSES)
    if is_over:
        return _mark(connection, message, state=MessageState.FAILED, lease_until=None, error=error)
    next_try = at + timedelta(minutes=PAUSES[message.attempts - 1])
    return _mark(
        connection,
        message,
        state=MessageState.QUEUED,
        next_try_at=next_try,
        lease_until=None,
        error=error,
    )


def mark_unknown(connection: sa.Connection, message: Any, *, error: str, at: datetime) -> bool:
    """Record that nobody can say whether a message went out: the line broke after it was handed over."""
    is_again = message.is_repeatable and message.attempts <= len(PAUSES)
    state = MessageState.QUEUED if is_again else MessageState.UNKNOWN
    pause = timedelta(minutes=PAUSES[min(message.attempts, len(PAUSES)) - 1])
    return _mark(connection, message, state=state, next_try_at=at + pause, lease_until=None, error=error)


def put_off(connection: sa.Connection, message: Any, *, until: datetime) -> bool:
    """Put a claimed message back that was not tried."""
    n = message.attempts - 1
    return _mark(
        connection, message, state=MessageState.QUEUED, next_try_at=until, lease_until=None, attempts=n
    )


def give_up_stale(connection: sa.Connection, *, at: datetime) -> int:
    """Settle messages whose claimer was never heard of again; how many there were."""
    stale = (Message.state == MessageState.SENDING) & (Message.lease_until < at)
    again = Message.is_repeatable & (Message.attempts <= len(PAUSES))
    settled = (
        sa.update(Message)
        .where(stale)
        .values(
            state=sa.case((again, MessageState.QUEUED), else_=MessageState.UNKNOWN),
            next_try_at=at,
            lease_until=None,
            error=_("发送进程中断，不能确定是否已发出。"),
        )
    )
    return connection.execute(settled).rowcount


def resend(connection: sa.Connection, *, county_id: int, message_id: int, at: datetime) -> bool:
    """Queue a failed or unknown message again, by hand; False when it is neither."""
    again = (
        sa.update(Message)
        .where(Message.county_id == county_id, Message.id == message_id)
        .where(Message.state.in_((MessageState.FAILED, MessageState.UNKNOWN)))
        .values(state=MessageState.QUEUED, attempts=0, next_try_at=at, error="")
    )
    return connection.execute(again).rowcount == 1


def _mark(connection: sa.Connection, message: Any, **values: Any) -> bool:
    own = (
        (Message.county_id == message.county_id)
        & (Message.id == message.id)
        & (Message.claimed_by == message.claimed_by)
        & (Message.state == MessageState.SENDING)
    )
    return connection.execute(sa.update(Message).where(own).values(**values)).rowcount == 1
