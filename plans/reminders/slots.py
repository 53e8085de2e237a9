"""On which day a rule speaks: a pure function of the anchor day, the rule and the calendar.

The clock never makes a slot; it only tells which slots have come. Every slot is a working day.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plans.calendar import is_working_day
from plans.reminders.rules import Days, Rule

Works = Callable[[date], bool]


@dataclass(frozen=True)
class Slot:
    """A rule on its day."""

    rule: Rule
    on: date


def slot_day(rule: Rule, anchor: date, *, round_no: int = 0, works: Works = is_working_day) -> date:
    """The working day on which a rule speaks about an item with this anchor; ``round_no`` counts repeats.

    Before the anchor and on it, a day off moves to the working day before, so that nobody is told too late;
    after the anchor it moves to the next one.

    >>> from plans.reminders.rules import RULES
    >>> slot_day(RULES[3], date(2026, 10, 9))  # one working day before; 1–7 October are off
    datetime.date(2026, 10, 8)
    """
    if rule.counted is Days.CALENDAR:
        day = anchor + timedelta(days=rule.offset + round_no * rule.every)
        return _back(day, 0, works) if rule.offset < 0 else _on(day, works)
    if rule.offset <= 0:
        return _back(anchor, -rule.offset, works)
    return _on(_forth(anchor, rule.offset, works) + timedelta(days=round_no * rule.every), works)


def newest_slot(
    rules: Sequence[Rule], anchor: date, today: date, *, works: Works = is_working_day
) -> Slot | None:
    """The slot that came last; of several on one day the later rule. None before the first.

    >>> from plans.reminders.rules import RULES
    >>> newest_slot(RULES[:5], date(2026, 12, 31), date(2026, 12, 24)).rule.code
    'deadline-before-7'
    """
    slots = [
        Slot(rule, day) for rule in rules if (day := _newest_day(rule, anchor, today, works)) is not None
    ]
    return max(enumerate(slots), key=lambda pair: (pair[1].on, pair[0]))[1] if slots else None


def slots_between(
    rules: Iterable[Rule], anchor: date, first: date, last: date, *, works: Works = is_working_day
) -> list[Slot]:
    """Every slot of an item from ``first`` to ``last``, in order; of several on one day the later rule."""
    found: dict[date, Slot] = {}
    for rule in rules:
        for day in _days(rule, anchor, last, works):
            if day >= first:
                found[day] = Slot(rule, day)
    return [found[day] for day in sorted(found)]


def _newest_day(rule: Rule, anchor: date, today: date, works: Works) -> date | None:
    day = slot_day(rule, anchor, works=works)
    if day > today:
        return None
    if not rule.every:
        return day
    # No slot lies before the day that its round falls on, so the search starts from a round that is to come.
    round_no = (today - anchor).days // rule.every + 1
    while (day := slot_day(rule, anchor, round_no=round_no, works=works)) > today:
        round_no -= 1
    return day


def _days(rule: Rule, anchor: date, last: date, works: Works) -> list[date]:
    days, round_no = [], 0
    while (day := slot_day(rule, anchor, round_no=round_no, works=works)) <= last:
        days.append(day)
        round_no += 1
        if not rule.every:
            break
    return days


def _back(day: date, n: int, works: Works) -> date:
    while not works(day):
        day -= timedelta(days=1)
    for _step in range(n):
        day = _back(day - timedelta(days=1), 0, works)
    return day


def _forth(day: date, n: int, works: Works) -> date:
    for _step in range(n):
        day = _on(day + timedelta(days=1), works)
    return day


def _on(day: date, works: Works) -> date:
    while not works(day):
        day += timedelta(days=1)
    return day
