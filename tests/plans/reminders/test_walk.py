"""Seven years day by day: what the rules say about a county's items, were nothing ever done."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache

import pytest

from plans.calendar import day_kind, is_working_day, statutory_holidays
from plans.reminders.rules import Family, Rule, rules_of
from plans.reminders.slots import newest_slot

FIRST, LAST = date(2026, 1, 1), date(2032, 12, 31)
N_DAYS = 2557
Spoken = tuple[Family, date, str, date]  # family, anchor, rule, slot day

# Deadlines of work to 2029 and of keeping it up to 2032, ends of months and quarters, days off among them.
DEADLINES = (
    date(2026, 3, 31),
    date(2026, 10, 3),  # National Day
    date(2026, 12, 31),
    date(2027, 1, 31),  # a Sunday
    date(2027, 6, 30),
    date(2027, 9, 30),
    date(2028, 1, 26),  # the Spring Festival
    date(2028, 12, 31),  # a Sunday
    date(2029, 8, 31),
    date(2029, 12, 31),
    date(2031, 6, 30),
    date(2032, 10, 31),
)
# Days on which something began: an act, a notice, a signature, an urging.
BEGINNINGS = (
    date(2026, 1, 5),
    date(2026, 9, 30),
    date(2027, 2, 13),
    date(2028, 5, 1),
    date(2029, 7, 7),
    date(2030, 11, 25),
)
YEARLY = tuple(date(year, 10, 31) for year in range(2026, 2033))  # returns
ENDS = {Family.DUTY, Family.DEADLINE, Family.RELAXATION}  # not live any more once the day is past
ITEMS: Mapping[Family, Sequence[date]] = {
    Family.DEADLINE: DEADLINES,
    Family.OVERDUE: DEADLINES,
    Family.ESCALATION: DEADLINES,
    Family.MILESTONE: DEADLINES,
    Family.DUTY: DEADLINES,
    Family.NOTICE_DUE: DEADLINES,
    Family.RELAXATION: (date(2027, 12, 31), date(2029, 12, 31)),
    Family.STALE: BEGINNINGS,
    Family.VERIFYING: BEGINNINGS,
    Family.EXTENSION: BEGINNINGS,
    Family.DECLINED: BEGINNINGS,
    Family.NOTICE: BEGINNINGS,
    Family.ATTESTATION: BEGINNINGS,
    Family.TARGET: BEGINNINGS,
    Family.URGE: BEGINNINGS,
    Family.MENTION: BEGINNINGS,
    Family.SCHOOL_RETURN: YEARLY,
    Family.SCHOOLS_BEHIND: YEARLY,
    Family.COUNTY_RETURN: YEARLY,
}
COUNTS: Mapping[str, int] = {
    "deadline-before-30": 12,
    "deadline-before-7": 12,
    "deadline-before-3": 12,
    "deadline-before-1": 12,
    "deadline-day": 12,
    "overdue-after-1": 12,
    "overdue-after-7": 12,
    "overdue-every-30": 637,
    "stale": 355,
    "verifying-after-3": 6,
    "verifying-after-7": 1528,
    "extension-asked": 6,
    "extension-after-2": 1534,
    "milestone-before-90": 11,
    "milestone-before-30": 12,
    "milestone-before-7": 12,
    "milestone-after-1": 12,
    "milestone-every-30": 637,
    "duty-before-30": 12,
    "duty-before-7": 12,
    "school_return-before-30": 7,
    "school_return-before-7": 7,
    "school_return-day": 7,
    "school_return-after-1": 7,
    "school_return-every-7": 1154,
    "schools_behind-before-7": 7,
    "schools_behind-after-1": 7,
    "schools_behind-every-7": 1154,
    "county_return-before-30": 7,
    "county_return-before-7": 7,
    "county_return-day": 7,
    "county_return-after-1": 7,
    "county_return-every-7": 1154,
    "notice-unsigned": 1533,
    "notice_due-before-3": 12,
    "notice_due-before-1": 12,
    "notice_due-day": 12,
    "notice_due-after-1": 12,
    "notice_due-every-7": 2740,
    "relaxation-before-90": 2,
    "relaxation-before-30": 2,
    "relaxation-before-7": 2,
    "attestation-after-335": 6,
    "attestation-after-358": 6,
    "declined-after-1": 1533,
    "urge": 6,
    "mention": 6,
    "target-off": 6,
    "escalation-1": 12,
    "escalation-2": 12,
    "escalation-3": 12,
}


@pytest.fixture(scope="module")
def spoken() -> list[Spoken]:
    """What a job that runs every day would write, each once."""
    return list(_walk())


@pytest.mark.slow
def test_every_rule_speaks_as_often_as_counted(spoken: list[Spoken]) -> None:
    assert Counter(rule for _family, _anchor, rule, _day in spoken) == COUNTS
    assert set(COUNTS) == {rule.code for rule in rules_of({})}


@pytest.mark.slow
def test_no_rule_speaks_on_a_day_off(spoken: list[Spoken]) -> None:
    days = {day for *_item, day in spoken}
    holidays = {day for year in range(2026, 2033) for day in statutory_holidays(year)}

    assert all(is_working_day(day) for day in days)
    assert not days & holidays
    assert not [day for day in days if day.weekday() >= 5 and not day_kind(day).is_shifted]


@pytest.mark.slow
def test_no_rule_speaks_twice_of_an_item_on_a_day(spoken: list[Spoken]) -> None:
    assert len(spoken) == len(set(spoken))
    # Of one item and family at most one rule a day.
    assert len(spoken) == len({(family, anchor, day) for family, anchor, _rule, day in spoken})


def test_walk_knows_every_family() -> None:
    assert set(ITEMS) == set(Family)
    assert len(list(_days())) == N_DAYS


def _walk() -> Iterator[Spoken]:
    """Each day the newest slot of each item; a slot that was told is not told again."""
    rules = _rules()
    last_told: dict[tuple[Family, date], tuple[str, date]] = {}
    for today in _days():
        for family, anchors in ITEMS.items():
            for anchor in anchors:
                if family in ENDS and anchor < today:
                    continue
                slot = newest_slot(rules[family], anchor, today, works=_works)
                # Before the walk began the slot was told by its day; the walk tells what falls into it.
                if slot is None or slot.on < FIRST:
                    continue
                told = (slot.rule.code, slot.on)
                if last_told.get((family, anchor)) != told:
                    last_told[family, anchor] = told
                    yield family, anchor, *told


def _rules() -> dict[Family, list[Rule]]:
    return {family: [rule for rule in rules_of({}) if rule.family is family] for family in Family}


def _days() -> Iterator[date]:
    return (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))


@cache
def _works(day: date) -> bool:
    return is_working_day(day)
