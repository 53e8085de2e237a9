"""A county's news for its groups' chat robots: the day's digest, what cannot wait. Nobody commits here.

A group is told of an item once, however many people were reminded of it. What a group was told stands in the
messages themselves, by the ids of the reminders behind them.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from app.messages.composing import OVERLAP
from app.messages.hours import start_of_day
from app.messages.letters import Letter, group_letter, group_urgent_letter
from app.messages.senders import DIGEST, HOOK, NOW, Sender, Senders, add_message
from app.messages.waiting import LONGEST_GAP
from app.models import Channel
from app.readers import reading_in
from plans.calendar import ZONE
from plans.models import Message, Reminder
from plans.reminders.rules import Family
from plans.terms import under

PERSONAL = (Family.MENTION, Family.ESCALATION)  # for one person, or for those above somebody
Item = list[Any]  # the reminders about one item on one day


def group_messages(connection: sa.Connection, senders: Senders, *, at: datetime, base_url: str) -> int:
    """Write what the groups of these counties are to be told now; how many messages."""
    n_written = 0
    for channel in _channels(connection, [*senders]):
        sender = senders[channel.county_id]
        told = _told(connection, channel, at)
        if n_urgent := _urgent(connection, sender, channel, told, at, base_url):
            n_written, told = n_written + n_urgent, _told(connection, channel, at)
        if sender.is_digest_time(at) and not _has_digest(told, at.astimezone(ZONE).date()):
            n_written += _digest(connection, sender, channel, told, at, base_url)
    return n_written


def _channels(connection: sa.Connection, county_ids: Sequence[int]) -> Sequence[Any]:
    columns = (Channel.county_id, Channel.id, Channel.is_repeatable, Channel.made_at)
    return connection.execute(
        sa.select(*columns).where(Channel.county_id.in_(county_ids), Channel.is_on).order_by(Channel.id)
    ).all()


def _told(connection: sa.Connection, channel: Any, at: datetime) -> Sequence[Any]:
    """What a group was told of late."""
    return connection.execute(
        sa.select(Message.kind, Message.day, Message.reminder_ids).where(
            Message.county_id == channel.county_id,
            Message.channel == HOOK,
            Message.address == str(channel.id),
            Message.created_at >= at - 2 * LONGEST_GAP,
        )
    ).all()


def _has_digest(told: Sequence[Any], day: date) -> bool:
    return any(message.kind == DIGEST and message.day == day for message in told)


def _news(
    connection: sa.Connection, channel: Any, told: Sequence[Any], since: datetime, *, only_urgent: bool
) -> list[Item]:
    """Items that the group has not been told of."""
    # What was reminded of on the day on which the group was added is news to it.
    since = max(since, start_of_day(channel.made_at.astimezone(ZONE).date()))
    wanted = (
        sa.select(*sa.inspect(Reminder).c)
        .where(Reminder.county_id == channel.county_id, Reminder.created_at >= since)
        .where(Reminder.family.not_in(PERSONAL))
        .order_by(Reminder.family, Reminder.item_id, Reminder.slot_on, Reminder.id)
    )
    if only_urgent:
        wanted = wanted.where(Reminder.is_immediate)
    known = {reminder_id for message in told for reminder_id in message.reminder_ids}
    items = [list(rows) for _key, rows in groupby(connection.execute(wanted), _item_key)]
    return [rows for rows in items if known.isdisjoint(row.id for row in rows)]


def _item_key(row: Any) -> tuple[str, int, date]:
    return row.family, row.item_id, row.slot_on


def _urgent(
    connection: sa.Connection, sender: Sender, channel: Any, told: Sequence[Any], at: datetime, base_url: str
) -> int:
    since = start_of_day(at.astimezone(ZONE).date()) - OVERLAP
    items = _news(connection, channel, told, since, only_urgent=True)
    day = sender.sending_time(at).astimezone(ZONE).date()
    room = sender.hours.cap - 1 - sum(message.kind != DIGEST and message.day == day for message in told)
    n_written = 0
    for rows in items[: max(room, 0)]:
        with under(sender.terms), reading_in(None):
            letter = group_urgent_letter(sender.name, rows[0], on=day, base_url=base_url)
        key = f"{NOW}:{':'.join(map(str, _item_key(rows[0])))}:{channel.id}"
        n_written += _to(connection, sender, channel, letter, [rows], kind=NOW, key=key, at=at)
    return n_written


def _digest(
    connection: sa.Connection, sender: Sender, channel: Any, told: Sequence[Any], at: datetime, base_url: str
) -> int:
    items = _news(connection, channel, told, at - LONGEST_GAP, only_urgent=False)
    if not items:
        return 0
    day = at.astimezone(ZONE).date()
    with under(sender.terms), reading_in(None):
        letter = group_letter(sender.name, [rows[0] for rows in items], on=day, base_url=base_url)
    key = f"{DIGEST}:{channel.id}:{day}:{HOOK}"
    return _to(connection, sender, channel, letter, items, kind=DIGEST, key=key, at=at)


def _to(
    connection: sa.Connection,
    sender: Sender,
    channel: Any,
    letter: Letter,
    items: Sequence[Item],
    **fields: Any,
) -> int:
    details: Mapping[str, Any] = {
        "kind": fields["kind"],
        "dedup_key": fields["key"],
        "channel": HOOK,
        "address": str(channel.id),
        "is_repeatable": channel.is_repeatable,
        "reminder_ids": [row.id for rows in items for row in rows],
    }
    return add_message(connection, sender, letter, at=fields["at"], **details)
