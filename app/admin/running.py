"""How the program runs for all counties: what waits to leave, what did not, sending again. No commits.

Of a message the platform sees that it is there and what became of it, never what it says or to whom.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.audit.doers import Doer
from app.audit.recording import record
from app.messages.outgoing import OPEN, PER_PAGE, queue_again
from app.models.audit import Act
from plans.base import County
from plans.models import Message, MessageState


@dataclass(frozen=True)
class Queue:
    """How many messages of one county stand in each state."""

    code: str
    name: str
    counts: dict[MessageState, int]

    def count(self, *states: MessageState) -> int:
        return sum(self.counts.get(state, 0) for state in states)


@dataclass(frozen=True)
class Stuck:
    """A message that has not left."""

    code: str
    county: str
    message_id: int
    state: MessageState
    kind: str
    channel: str
    attempts: int
    error: str
    created_at: datetime


def queues(session: Session) -> list[Queue]:
    """Every county with messages that have not left, in the order of codes. One query."""
    statement = (
        sa.select(County.code, County.name, Message.state, sa.func.count(Message.id))
        .join(County, County.id == Message.county_id)
        .where(Message.state.in_(OPEN))
        .group_by(County.code, County.name, Message.state)
        .order_by(County.code)
    )
    found: dict[str, Queue] = {}
    for code, name, state, n in session.execute(statement, execution_options={"all_counties": True}):
        found.setdefault(code, Queue(code, name, {})).counts[state] = n
    return list(found.values())


def stuck(session: Session, *, states: Sequence[MessageState], page: int) -> list[Stuck]:
    """One page of messages in these states; the newest first. One query."""
    statement = (
        sa.select(
            County.code,
            County.name,
            Message.id,
            Message.state,
            Message.kind,
            Message.channel,
            Message.attempts,
            Message.error,
            Message.created_at,
        )
        .join(County, County.id == Message.county_id)
        .where(Message.state.in_(states))
        .order_by(Message.created_at.desc(), Message.id)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    return [Stuck(*row) for row in session.execute(statement, execution_options={"all_counties": True})]


def send_again(session: Session, admin: Doer, county: County, *, message_id: int, at: datetime) -> None:
    """Queue a message of the county in scope again that failed or whose fate nobody knows.

    Raises NotFound, NotToResend.
    """
    queue_again(session, county_id=county.id, message_id=message_id, at=at)
    told = {"state": "queued"}
    thing = f"message:{message_id}"
    record(session, admin, act=Act.CHANGE, thing=thing, title=county.name, after=told, for_platform=True)
