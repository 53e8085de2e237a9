"""The office's page of reminders to come."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

import sqlalchemy as sa
from flask_babel import gettext as _

from app.dates import day_words, weekday_words
from app.jobs.rehearsal import Told, doubt, rehearse
from app.punctuation import bracketed, listed
from plans.reminders.rules import Level
from plans.reminders.words import LEVEL_NAMES

DAYS = 30
OPEN_DAYS = 5  # shown at once; the others unfold
TONES = {Level.BLUE: "grey", Level.YELLOW: "amber", Level.RED: "red"}


@dataclass(frozen=True)
class AheadLine:
    """One reminder and all who will get it on a day."""

    tone: str
    level: str
    sentence: str
    rule: str
    names: str
    audience: str


@dataclass(frozen=True)
class AheadDay:
    """Everything that goes out on a day."""

    title: str
    lines: list[AheadLine]


@dataclass(frozen=True)
class AheadPage:
    """What goes out within thirty days, were nothing done meanwhile."""

    headline: str
    days: list[AheadDay]
    doubt: str  # told where the window leaves the announced years

    @property
    def near(self) -> list[AheadDay]:
        return self.days[:OPEN_DAYS]

    @property
    def later(self) -> list[AheadDay]:
        return self.days[OPEN_DAYS:]


def ahead_page(connection: sa.Connection, code: str, *, at: datetime) -> AheadPage:
    """Look thirty days ahead for one county. ``connection`` looks across counties."""
    told = list(rehearse(connection, at=at, days=DAYS, code=code))
    people = len({one.name for one in told})
    words = _("未来 %(days)s 天将发出提醒 %(n)s 条，涉及 %(m)s 人。", days=DAYS, n=len(told), m=people)
    none = _("未来 %(days)s 天没有要发出的提醒。", days=DAYS)
    days = [AheadDay(_title(day), list(_lines(ones))) for day, ones in groupby(told, key=lambda one: one.on)]
    return AheadPage(words if told else none, days, doubt(at, DAYS))


def _lines(told: Iterator[Told]) -> Iterator[AheadLine]:
    alike: dict[Told, list[str]] = {}
    for one in told:
        alike.setdefault(replace(one, name=""), []).append(one.name)
    for one, names in alike.items():
        yield AheadLine(
            TONES[one.level], LEVEL_NAMES[one.level], one.sentence, one.rule, _counted(names), one.audience
        )


def _counted(names: Sequence[str]) -> str:
    """Everybody once: 甲、乙（3 条）, as one person may owe several things of one name."""
    return listed(
        name if n == 1 else _("%(name)s（%(n)s 条）", name=name, n=n) for name, n in Counter(names).items()
    )


def _title(day: date) -> str:
    return f"{day_words(day)}{bracketed(weekday_words(day))}"
