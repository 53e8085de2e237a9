"""Messages go out: written first, then claimed, committed, sent, marked.

Each function takes a connection that looks across counties (``lines.everywhere``) and commits by itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.jobs.runs import worker
from app.messages.composing import digest_mails, urgent_mails
from app.messages.groups import group_messages
from app.messages.hooks import send_hook
from app.messages.outcome import Fate, Outcome, refused_for_good
from app.messages.outside import Trip
from app.messages.senders import HOOK, sender_of, senders_in_parts
from app.messages.smtp import mailbox_of, send_mail
from app.messages.weekly import weekly_mails
from app.models import Channel
from plans.models import Message, MessageState
from plans.reminders import outbox
from plans.words import _

Settings = Mapping[str, Any]
SUSPENDED = timedelta(days=1)  # until a suspended county's message is looked at again


@dataclass(frozen=True)
class Counts:
    """How many messages went how."""

    by_fate: Mapping[Fate, int] = field(default_factory=dict)

    def __getitem__(self, fate: Fate) -> int:
        return self.by_fate.get(fate, 0)

    @property
    def total(self) -> int:
        return sum(self.by_fate.values())

    def plus(self, fate: Fate) -> "Counts":
        return replace(self, by_fate={**self.by_fate, fate: self[fate] + 1})


def compose(connection: sa.Connection, *, at: datetime, settings: Settings) -> int:
    """Write the messages that are to go out now; how many. Without a server that takes mail none is mail."""
    base_url, n_written = settings["BASE_URL"], 0
    for senders in senders_in_parts(connection):
        if settings["MAIL_HOST"]:
            n_written += urgent_mails(connection, senders, at=at, base_url=base_url)
            n_written += digest_mails(connection, senders, at=at, base_url=base_url)
        n_written += group_messages(connection, senders, at=at, base_url=base_url)
        connection.commit()
    return n_written


def weekly(connection: sa.Connection, *, at: datetime, settings: Settings) -> int:
    """Write the leaders' summaries of the week; how many."""
    n_written = 0
    for senders in senders_in_parts(connection) if settings["MAIL_HOST"] else ():
        n_written += weekly_mails(connection, senders, at=at, base_url=settings["BASE_URL"])
        connection.commit()
    return n_written


def deliver(connection: sa.Connection, *, clock: Callable[[], datetime], settings: Settings) -> Counts:
    """Send what waits, and settle what somebody left behind half sent.

    They are claimed one by one: two at once share the work, and whoever dies leaves at most one message with
    an unknown fate. Nothing is locked while the other side takes its time.
    """
    counts = Counts()
    outbox.give_up_stale(connection, at=clock())
    connection.commit()
    while claimed := _claim(connection, clock()):
        if not _is_put_off(connection, claimed, clock()):
            outcome = _send(connection, claimed, settings)
            _mark(connection, claimed, outcome, at=clock())
            connection.commit()
            counts = counts.plus(outcome.fate)
    return counts


def is_waiting(connection: sa.Connection, at: datetime) -> bool:
    """Whether there is anything to deliver or to settle. One query."""
    is_due = (Message.state == MessageState.QUEUED) & (Message.next_try_at <= at)
    is_stale = (Message.state == MessageState.SENDING) & (Message.lease_until < at)
    return bool(connection.scalar(sa.select(sa.exists().where(sa.or_(is_due, is_stale)))))


def _claim(connection: sa.Connection, at: datetime) -> Any:
    claimed = outbox.claim(connection, worker=worker(), limit=1, at=at)
    if not claimed:
        connection.commit()
        return None
    return claimed[0]


def _is_put_off(connection: sa.Connection, message: Any, at: datetime) -> bool:
    """Put a message back whose county sleeps, is off or is suspended now; commits the claim."""
    sender = sender_of(connection, message.county_id)
    until = at + SUSPENDED if sender is None else sender.sending_time(at)
    is_put_off = until > at
    if is_put_off:
        outbox.put_off(connection, message, until=until)
    connection.commit()
    return is_put_off


def _send(connection: sa.Connection, message: Any, settings: Settings) -> Outcome:
    if message.channel != HOOK:
        return send_mail(message, mailbox_of(settings))
    wanted = sa.select(Channel.secret).where(
        Channel.county_id == message.county_id, Channel.id == int(message.address), Channel.is_on
    )
    address = connection.scalar(wanted)
    connection.commit()
    if address is None:
        return refused_for_good(_("推送渠道已停用或删除。"))
    outside = Trip(settings["WEBHOOK_PRIVATE_HOSTS"])
    key = message.dedup_key
    return send_hook(address, subject=message.subject, text=message.text, key=key, outside=outside)


def _mark(connection: sa.Connection, message: Any, outcome: Outcome, *, at: datetime) -> None:
    if outcome.fate is Fate.SENT:
        outbox.mark_sent(connection, message, at=at)
    elif outcome.fate is Fate.UNKNOWN:
        outbox.mark_unknown(connection, message, error=outcome.error, at=at)
    else:
        is_final = outcome.fate is Fate.REFUSED_FOR_GOOD
        outbox.mark_refused(connection, message, error=outcome.error, at=at, is_final=is_final)
