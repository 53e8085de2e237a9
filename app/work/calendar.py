"""The calendar (工作日历): a month of weeks from Monday, each day with what it is and what falls due."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.planning.queries import Choice, unit_choices
from plans.actors import Actor
from plans.agenda import ALL_KINDS, Entry, EntryKind, Wanted, agenda
from plans.calendar import DayKind, day_kind
from plans.progress import TimeStatus
from plans.visibility import sees_all
from plans.words import _ as _l

KINDS = {
    EntryKind.TASK: _l("任务"),
    EntryKind.MILESTONE: _l("里程碑"),
    EntryKind.DUTY: _l("周期任务"),
    EntryKind.NOTICE: _l("督办单"),
}
FIRST_YEAR, LAST_YEAR = 2020, 2040
SHOWN_IN_A_CELL = 3


@dataclass(frozen=True)
class Day:
    """One day of the month; ``entries`` are what falls due on it."""

    day: date
    kind: DayKind
    entries: list[Entry]
    is_in_month: bool

    @property
    def shown(self) -> list[Entry]:
        """What fits into the cell."""
        return self.entries if len(self.entries) <= SHOWN_IN_A_CELL else self.entries[: SHOWN_IN_A_CELL - 1]

    @property
    def n_more(self) -> int:
        return len(self.entries) - len(self.shown)


@dataclass(frozen=True)
class Group:
    """What the list by day tells together: a day, or the days of one holiday on which nothing falls due."""

    days: list[Day]

    @property
    def first(self) -> Day:
        return self.days[0]

    @property
    def last(self) -> Day:
        return self.days[-1]

    @property
    def entries(self) -> list[Entry]:
        return self.first.entries

    def takes(self, day: Day) -> bool:
        """Whether the day goes on with the same holiday."""
        follows = self.last.day + timedelta(days=1) == day.day
        is_quiet = not self.entries and not day.entries
        return follows and is_quiet and bool(day.kind.holiday) and day.kind.holiday == self.last.kind.holiday


@dataclass(frozen=True)
class CalendarPage:
    """A month with its filters and the ways to other months; a way is None at the end of the years."""

    first: date
    weeks: list[list[Day]]
    today: date
    kind: EntryKind | None
    unit_id: int | None
    units: list[Choice]  # empty for those who see their own work only

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week if day.is_in_month]

    @property
    def entries(self) -> list[Entry]:
        return [entry for day in self.days for entry in day.entries]

    @property
    def groups(self) -> list[Group]:
        """The list by day: what falls due, days off, shifted days."""
        groups: list[Group] = []
        for day in self.days:
            if groups and groups[-1].takes(day):
                groups[-1].days.append(day)
            elif day.entries or day.kind.holiday or day.kind.is_shifted:
                groups.append(Group([day]))
        return groups

    @property
    def headline(self) -> str:
        n, late = len(self.entries), sum(e.time.status is TimeStatus.OVERDUE for e in self.entries)
        month = {"year": self.first.year, "month": self.first.month}
        if not n:
            return _("%(year)s年%(month)s月没有到期事项。", **month)
        told = _("%(year)s年%(month)s月到期 %(n)s 项", n=n, **month)
        return told + (_("，逾期 %(n)s 项。", n=late) if late else _("。"))

    @property
    def is_estimated(self) -> bool:
        """Whether the working days of the month are not announced yet."""
        return any(day.kind.is_estimated for day in self.days)

    def moved(self, months: int) -> str | None:
        """The month so many months away, as the address writes it."""
        count = self.first.year * 12 + self.first.month - 1 + months
        year, month = divmod(count, 12)
        return f"{year}-{month + 1:02}" if FIRST_YEAR <= year <= LAST_YEAR else None


def calendar_page(
    session: Session,
    actor: Actor,
    *,
    today: date,
    month: str | None,
    kind: EntryKind | None,
    unit_id: int | None,
) -> CalendarPage:
    """The month asked for, or the present one. A constant number of queries."""
    first = month_of(month, today)
    last = _next(first) - timedelta(days=1)
    sees_units = sees_all(actor)
    unit_id = unit_id if sees_units else None
    wanted = Wanted(first, last, unit_id, (kind,) if kind else ALL_KINDS)
    entries = agenda(session, actor, wanted=wanted, today=today)
    return CalendarPage(
        first=first,
        weeks=weeks_of(first, entries),
        today=today,
        kind=kind,
        unit_id=unit_id,
        units=unit_choices(session) if sees_units else [],
    )


def month_of(text: str | None, today: date) -> date:
    """The first day of a month written 2026-11; of the present month for anything else.

    >>> month_of("2028-02", date(2026, 11, 22)), month_of("nonsense", date(2026, 11, 22))
    (datetime.date(2028, 2, 1), datetime.date(2026, 11, 1))
    """
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return first if FIRST_YEAR <= first.year <= LAST_YEAR else today.replace(day=1)


def weeks_of(first: date, entries: list[Entry]) -> list[list[Day]]:
    """The weeks that the month touches, from Monday; days of other months stand empty."""
    of_day: dict[date, list[Entry]] = {}
    for entry in entries:
        of_day.setdefault(entry.day, []).append(entry)
    start, end = first - timedelta(days=first.weekday()), _next(first)
    n_weeks = ((end - start).days + 6) // 7
    days = [start + timedelta(days=n) for n in range(7 * n_weeks)]
    drawn = [Day(day, day_kind(day), of_day.get(day, []), first <= day < end) for day in days]
    return [drawn[n : n + 7] for n in range(0, len(drawn), 7)]


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
