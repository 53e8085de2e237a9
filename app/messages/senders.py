"""Counties as far as their messages ask for them, and the writing of one message. Nobody commits here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from app.messages.hours import Hours, hours_of, is_digest_time, sending_time
from app.messages.letters import Letter
from plans.base import County, new_id
from plans.calendar import ZONE
from plans.models import Message, MessageState
from plans.terms import Terms, terms_of, under

MAIL, HOOK = "mail", "hook"
DIGEST, NOW, WEEKLY = "digest", "now", "weekly"
AT_ONCE = 200  # counties looked at in one statement
_INSERT: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True)
class Sender:
    """One county with its own hours and calendar."""

    county_id: int
    name: str
    hours: Hours
    terms: Terms

    def is_digest_time(self, at: datetime) -> bool:
        """Whether today's digest may go out."""
        with under(self.terms):
            return is_digest_time(self.hours, at)

    def sending_time(self, at: datetime) -> datetime:
        """The moment itself, or the next one on a working day and outside the quiet hours."""
        with under(self.terms):
            return sending_time(self.hours, at)


Senders = Mapping[int, Sender]  # by county


def senders_in_parts(connection: sa.Connection) -> Iterator[Senders]:
    """All counties in use, some at a time."""
    wanted = sa.select(County.id, County.name, County.settings).where(County.suspended_at.is_(None))
    rows = connection.execute(wanted.order_by(County.id)).all()
    for first in range(0, len(rows), AT_ONCE):
        yield {row.id: _sender(row) for row in rows[first : first + AT_ONCE]}


def sender_of(connection: sa.Connection, county_id: int) -> Sender | None:
    """One county; None while it is suspended."""
    wanted = sa.select(County.id, County.name, County.settings)
    row = connection.execute(
        wanted.where(County.id == county_id, County.suspended_at.is_(None))
    ).one_or_none()
    return None if row is None else _sender(row)


def add_message(
    connection: sa.Connection, sender: Sender, letter: Letter, *, at: datetime, **fields: Any
) -> int:
    """Write one message unless its key is there; 1 or 0. It counts on the day on which it may go out."""
    leaves = sender.sending_time(at)
    row = {
        "id": new_id(),
        "county_id": sender.county_id,
        "account_id": None,
        "day": leaves.astimezone(ZONE).date(),
        "subject": letter.subject,
        "text": letter.text,
        "html": letter.html,
        "reminder_ids": [],
        "is_repeatable": False,
        "state": MessageState.QUEUED,
        "attempts": 0,
        "next_try_at": leaves,
        "claimed_by": "",
        "error": "",
        "created_at": at,
        **fields,
    }
    insert = _INSERT[connection.dialect.name](Message).values(row)
    kept = insert.on_conflict_do_nothing(index_elements=("county_id", "dedup_key")).returning(Message.id)
    return len(connection.execute(kept).all())


def _sender(row: Any) -> Sender:
    return Sender(row.id, row.name, hours_of(row.settings), terms_of(row.settings))
