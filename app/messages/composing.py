"""From reminders to a person's mail: the digest of the day, and what cannot wait. Nobody commits here.

Each message has a key that is unique in its county, so whoever composes again writes nothing; what a message
carries is noted on the reminders in the same transaction, so nothing is left out and nothing told twice.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.messages.hours import start_of_day
from app.messages.letters import Letter, digest_letter, urgent_letter
from app.messages.senders import DIGEST, MAIL, NOW, Sender, Senders, add_message
from app.messages.waiting import Waiting, given, mark_carried, undigested, urgent
from app.readers import reading_in
from plans.calendar import ZONE
from plans.terms import under

OVERLAP = timedelta(minutes=15)  # what was written just before midnight cannot wait either


def urgent_mails(connection: sa.Connection, senders: Senders, *, at: datetime, base_url: str) -> int:
    """One message for each reminder that cannot wait, as long as the person's day has room.

    What has none waits for the digest, which keeps one place a day.
    """
    wanted = [key for key, sender in senders.items() if sender.hours.by_mail]
    people = urgent(connection, wanted, since=start_of_day(at.astimezone(ZONE).date()) - OVERLAP)
    days = {
        key: senders[key].sending_time(at).astimezone(ZONE).date() for key in {p.county_id for p in people}
    }
    had = given(connection, [*days], [*set(days.values())]) if people else {}
    n_written = 0
    for person in people:
        sender, day = senders[person.county_id], days[person.county_id]
        room = sender.hours.cap - 1 - had.get((person.county_id, person.account_id, day), 0)
        for reminder in person.reminders[: max(room, 0)]:
            with under(sender.terms), reading_in(person.language):
                letter = urgent_letter(sender.name, reminder, on=day, base_url=base_url)
            key = f"{NOW}:{reminder.id}:{MAIL}"
            n_written += _to(connection, sender, letter, person, [reminder], kind=NOW, key=key, at=at)
    return n_written


def digest_mails(connection: sa.Connection, senders: Senders, *, at: datetime, base_url: str) -> int:
    """One digest for each person who has something new, once a day from the county's hour on."""
    ready = [key for key, sender in senders.items() if sender.hours.by_mail and sender.is_digest_time(at)]
    day = at.astimezone(ZONE).date()
    n_written = 0
    for person in undigested(connection, ready, day=day, at=at) if ready else []:
        sender = senders[person.county_id]
        with under(sender.terms), reading_in(person.language):
            letter = digest_letter(sender.name, person.reminders, on=day, base_url=base_url)
        key = f"{DIGEST}:{person.account_id}:{day}:{MAIL}"
        n_written += _to(connection, sender, letter, person, person.reminders, kind=DIGEST, key=key, at=at)
    return n_written


def _to(
    connection: sa.Connection,
    sender: Sender,
    letter: Letter,
    person: Waiting,
    reminders: Sequence[Any],
    *,
    kind: str,
    key: str,
    at: datetime,
) -> int:
    ids = [reminder.id for reminder in reminders]
    n_written = add_message(
        connection,
        sender,
        letter,
        at=at,
        channel=MAIL,
        kind=kind,
        dedup_key=key,
        account_id=person.account_id,
        address=person.email,
        reminder_ids=ids,
    )
    if n_written:
        mark_carried(connection, sender.county_id, ids, at=at)
    return n_written
