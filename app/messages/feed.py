"""One person's deadlines, milestones and notices as a calendar that other programs subscribe to."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa
from icalendar import Calendar, Event
from sqlalchemy.orm import Session

from app.auth.accounts import as_actor
from app.models import Account, Membership
from app.punctuation import bracketed, labelled
from plans.agenda import Entry, EntryKind, Wanted, agenda
from plans.words import _

BACK, AHEAD = timedelta(days=90), timedelta(days=400)
KINDS: Mapping[EntryKind, str] = {
    EntryKind.TASK: _("任务"),
    EntryKind.MILESTONE: _("里程碑"),
    EntryKind.NOTICE: _("督办单"),
    EntryKind.DUTY: _("周期任务"),
}


def entries_of(session: Session, account_id: int, *, today: date) -> list[Entry] | None:
    """What the person sees falling due in the county in scope; None for one who is not here any more."""
    account = session.get(Account, account_id)
    if account is None or not account.is_enabled:
        return None
    parts = sa.select(Membership).where(Membership.account_id == account_id, Membership.is_active)
    members = session.scalars(parts.order_by(Membership.id)).all()
    if not members:
        return None
    wanted = Wanted(today - BACK, today + AHEAD)
    found = [
        entry
        for member in members
        for entry in agenda(session, as_actor(account, member), wanted=wanted, today=today)
    ]
    once = {(entry.kind, entry.row_id): entry for entry in found}
    return sorted(once.values(), key=lambda entry: (entry.day, entry.kind, entry.row_id))


def calendar_of(
    county: str, entries: Sequence[Entry], *, link_of: Callable[[Entry], str], today: date
) -> bytes:
    """The entries as iCalendar; the same entries on the same day give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//youjun-ledger//CN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", str(_("%(county)s 优均台账", county=county)))
    stamp = datetime.combine(today, time(), UTC)
    for entry in entries:
        calendar.add_component(_event(entry, link_of(entry), stamp))
    return calendar.to_ical()


def _event(entry: Entry, link: str, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.kind}-{entry.row_id}@youjun-ledger")
    event.add("dtstamp", stamp)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", labelled(KINDS[entry.kind], f"{entry.title}{bracketed(entry.time.word)}"))
    told = [entry.unit, entry.time.sentence]
    event.add("description", "\n".join(str(part) for part in told if part))
    event.add("url", link)
    return event
