"""Which reminders wait to be carried to a person by mail: reading for ``composing``.

``connection`` looks across counties; every statement serves a handful of counties at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.messages.senders import DIGEST, MAIL
from app.models import Account, Membership, Preference
from plans.models import Message, Reminder

LONGEST_GAP = timedelta(days=7)  # what nobody was told within a week is old: the centre still has it
Reader = tuple[int, int]  # county and account


@dataclass(frozen=True)
class Waiting:
    """What waits for one person of one county."""

    county_id: int
    account_id: int
    email: str
    language: str | None  # of the account
    reminders: list[Any]


def urgent(connection: sa.Connection, county_ids: Sequence[int], *, since: datetime) -> list[Waiting]:
    """Unread reminders that cannot wait and that no message carries yet."""
    return _by_person(connection, _unread(county_ids, since).where(Reminder.is_immediate))


def undigested(
    connection: sa.Connection, county_ids: Sequence[int], *, day: date, at: datetime
) -> list[Waiting]:
    """Unread reminders that no message carries yet, of those who have had no digest today."""
    has_had = sa.exists().where(
        Message.county_id == Reminder.county_id,
        Message.account_id == Reminder.account_id,
        Message.day == day,
        Message.kind == DIGEST,
        Message.channel == MAIL,
    )
    return _by_person(connection, _unread(county_ids, at - LONGEST_GAP).where(~has_had))


def given(connection: sa.Connection, county_ids: Sequence[int], days: Sequence[date]) -> Mapping[Any, int]:
    """(county, account, day) → how many messages besides the digest; who has none is not in it."""
    rows = connection.execute(
        sa.select(Message.county_id, Message.account_id, Message.day, sa.func.count())
        .where(Message.county_id.in_(county_ids), Message.day.in_(days))
        .where(Message.channel == MAIL, Message.kind != DIGEST)
        .group_by(Message.county_id, Message.account_id, Message.day)
    )
    return {(county_id, account_id, day): n for county_id, account_id, day, n in rows}


def mark_carried(
    connection: sa.Connection, county_id: int, reminder_ids: Sequence[int], *, at: datetime
) -> None:
    """Note that a message carries these reminders."""
    ours = (Reminder.county_id == county_id) & Reminder.id.in_(reminder_ids)
    connection.execute(sa.update(Reminder).where(ours).values(carried_at=at))


def is_mailed(county_id: Any) -> sa.ColumnElement[bool]:
    """Whether a joined account is here and wants mail; needs ``Preference`` joined to it."""
    member = sa.orm.aliased(Membership)
    is_here = sa.exists().where(
        member.county_id == county_id, member.account_id == Account.id, member.is_active
    )
    wants = sa.or_(Preference.by_mail.is_(None), Preference.by_mail)
    return sa.and_(is_here, Account.is_enabled, Account.email.is_not(None), wants)


def _unread(county_ids: Sequence[int], since: datetime) -> sa.Select[Any]:
    own = (Preference.county_id == Reminder.county_id) & (Preference.account_id == Reminder.account_id)
    return (
        sa.select(*sa.inspect(Reminder).c, Account.email, Account.language, Preference.muted)
        .select_from(Reminder)
        .join(Account, Account.id == Reminder.account_id)
        .outerjoin(Preference, own)
        .where(Reminder.county_id.in_(county_ids), Reminder.created_at >= since)
        .where(Reminder.read_at.is_(None), Reminder.carried_at.is_(None), is_mailed(Reminder.county_id))
        .order_by(Reminder.county_id, Reminder.account_id, Reminder.id)
    )


def _by_person(connection: sa.Connection, wanted: sa.Select[Any]) -> list[Waiting]:
    found: dict[Reader, Waiting] = {}
    for row in connection.execute(wanted):
        if row.family in (row.muted or ()):
            continue
        person = Waiting(row.county_id, row.account_id, row.email, row.language, [])
        found.setdefault((row.county_id, row.account_id), person).reminders.append(row)
    return list(found.values())
