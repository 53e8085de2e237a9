"""What the pages of the in-app centre show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import ceil

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.counting import counted as _n
from app.messages.queries import PER_PAGE, count_reminders, n_unread, preference_of, reminders_page
from app.models import Account, Preference
from plans.actors import Actor
from plans.calendar import ZONE
from plans.models import Reminder
from plans.reminders.rules import Family, Level
from plans.reminders.words import LEVEL_NAMES, WORDS, sentence
from plans.words import day_words

TONES = {Level.BLUE: "grey", Level.YELLOW: "amber", Level.RED: "red"}


@dataclass(frozen=True)
class Line:
    """One reminder as the list tells it."""

    reminder_id: int
    words: str
    kind: str
    tone: str
    level: str
    time: str
    is_unread: bool


@dataclass(frozen=True)
class Day:
    """The reminders of one day; unread ones stand in days of their own, before the others."""

    title: str
    lines: list[Line]


@dataclass(frozen=True)
class CentrePage:
    """One page of the centre."""

    headline: str
    days: list[Day]
    unread: int
    total: int
    page: int
    pages: int
    family: Family | None
    only_unread: bool
    families: list[tuple[str, str]]
    muted: list[str]  # names


def centre_page(
    session: Session, actor: Actor, *, family: Family | None, only_unread: bool, page: int
) -> CentrePage:
    """One page of a person's reminders under the filters. Four queries."""
    own = preference_of(session, actor.user_id)
    muted = [Family(name) for name in own.muted] if own else []
    total = count_reminders(session, actor, family=family, unread=only_unread, muted=muted)
    pages = max(ceil(total / PER_PAGE), 1)
    page = min(max(page, 1), pages)
    rows = reminders_page(session, actor, family=family, unread=only_unread, muted=muted, page=page)
    unread = n_unread(session, actor.user_id)
    return CentrePage(
        headline=_headline(unread, total),
        days=_days(rows),
        unread=unread,
        total=total,
        page=page,
        pages=pages,
        family=family,
        only_unread=only_unread,
        families=[(one.value, words.name) for one, words in WORDS.items()],
        muted=[WORDS[one].name for one in muted],
    )


@dataclass(frozen=True)
class SettingsPage:
    """A person's own choices."""

    email: str
    by_mail: bool
    muted: set[str]
    families: list[tuple[str, str]]
    feed_since: str  # empty: no link


def settings_page(session: Session, actor: Actor, account: Account) -> SettingsPage:
    """What the person has chosen. One query."""
    own = preference_of(session, actor.user_id)
    return SettingsPage(
        email=account.email or "",
        by_mail=bool(account.email) and (own is None or own.by_mail),
        muted=set(own.muted) if own else set(),
        families=[(one.value, words.name) for one, words in WORDS.items()],
        feed_since=_since(own),
    )


def _since(own: Preference | None) -> str:
    if own is None or own.feed_token_hash is None or own.feed_made_at is None:
        return ""
    return day_words(own.feed_made_at.astimezone(ZONE).date())


def _headline(unread: int, total: int) -> str:
    if unread:
        return _n("有 %(n)s 条消息未读。", n=unread)
    return _("消息都已读过。") if total else _("还没有消息。")


def _days(rows: Sequence[Reminder]) -> list[Day]:
    return [
        Day(_day_title(on, is_unread), [_line(row, on) for row in group])
        for (is_unread, on), group in groupby(rows, key=lambda row: (row.read_at is None, _day(row)))
    ]


def _day(row: Reminder) -> date:
    return row.created_at.astimezone(ZONE).date()


def _day_title(on: date, is_unread: bool) -> str:
    return day_words(on) if is_unread else _("%(day)s（已读）", day=day_words(on))


def _line(row: Reminder, on: date) -> Line:
    return Line(
        reminder_id=row.id,
        words=sentence(row.family, row.title, row.anchor_on, on),
        kind=WORDS[row.family].name,
        tone=TONES[row.level],
        level=LEVEL_NAMES[row.level],
        time=f"{row.created_at.astimezone(ZONE):%H:%M}",
        is_unread=row.read_at is None,
    )
