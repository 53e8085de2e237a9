"""On which days the rules speak."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plans.calendar import announced_to, day_kind, is_working_day, statutory_holidays
from plans.reminders.rules import RULES, Audience, Days, Family, Level, Rule, rules_of
from plans.reminders.slots import newest_slot, slot_day, slots_between

ANCHORS = st.dates(date(2026, 1, 1), date(2032, 12, 31))
FAMILIES = st.sampled_from(sorted({rule.family for rule in RULES}))


def _rule(offset: int, counted: Days = Days.WORKING, every: int = 0) -> Rule:
    return Rule("one", Family.DEADLINE, offset, counted, Level.BLUE, Audience.RESPONSIBLE, every)


@pytest.mark.parametrize(
    ("rule", "anchor", "day"),
    [
        (_rule(-1), date(2026, 10, 8), date(2026, 9, 30)),  # over National Day
        (_rule(-1), date(2026, 2, 24), date(2026, 2, 14)),  # the Saturday before the Spring Festival works
        (_rule(-3), date(2026, 11, 25), date(2026, 11, 20)),
        (_rule(0), date(2026, 11, 28), date(2026, 11, 27)),  # a Saturday: told on the Friday before
        (_rule(0), date(2026, 11, 27), date(2026, 11, 27)),
        (_rule(1), date(2026, 11, 27), date(2026, 11, 30)),
        (_rule(-30, Days.CALENDAR), date(2026, 12, 31), date(2026, 12, 1)),
        (
            _rule(-7, Days.CALENDAR),
            date(2026, 10, 10),
            date(2026, 9, 30),
        ),  # a day off
        (
            _rule(1, Days.CALENDAR),
            date(2026, 9, 30),
            date(2026, 10, 8),
        ),  # over National Day
        (_rule(-1), date(2029, 10, 4), date(2029, 9, 28)),  # a year whose calendar is estimated
    ],
)
def test_slot_day_counts_working_days(rule: Rule, anchor: date, day: date) -> None:
    assert slot_day(rule, anchor) == day


@pytest.mark.parametrize("year", [announced_to() + 1, 2032])
def test_beyond_the_announced_years_slots_stand_on_monday_to_friday_but_statutory_holidays(year: int) -> None:
    first, last = date(year, 1, 1), date(year, 12, 31)
    every_day = [first + timedelta(days=n) for n in range((last - first).days + 1)]

    rules = [rule for rule in rules_of({}) if rule.family in (Family.DEADLINE, Family.MILESTONE)]
    days = {slot_day(rule, anchor) for rule in rules for anchor in every_day}

    within = sorted(day for day in days if day.year == year)
    plain = [day for day in every_day if day.weekday() < 5 and day not in statutory_holidays(year)]
    assert within == plain
    assert {day_kind(day).is_estimated for day in within} == {True}
    assert not day_kind(date(announced_to(), 12, 31)).is_estimated


@settings(deadline=None)
@given(ANCHORS, FAMILIES)
def test_every_slot_is_a_working_day_and_comes_once(anchor: date, family: Family) -> None:
    rules = [rule for rule in rules_of({}) if rule.family is family]

    slots = slots_between(rules, anchor, anchor - timedelta(days=200), anchor + timedelta(days=400))

    assert slots
    assert all(is_working_day(slot.on) for slot in slots)
    assert [slot.on for slot in slots] == sorted({slot.on for slot in slots})


@settings(deadline=None)
@given(ANCHORS, FAMILIES, st.integers(-150, 400))
def test_newest_slot_is_the_last_that_has_come(anchor: date, family: Family, days: int) -> None:
    rules = [rule for rule in rules_of({}) if rule.family is family]
    today = anchor + timedelta(days=days)

    come = slots_between(rules, anchor, anchor - timedelta(days=200), today)

    assert newest_slot(rules, anchor, today) == (come[-1] if come else None)


@settings(deadline=None)
@example(date(2026, 2, 14), 1, 11)  # the nine days of Spring Festival, and two working days after them
@given(ANCHORS, st.integers(1, 9), st.integers(0, 300))
def test_newest_slot_of_a_short_round_survives_long_holidays(anchor: date, every: int, days: int) -> None:
    rule, today = _rule(1, Days.CALENDAR, every), anchor + timedelta(days=days)

    come = slots_between([rule], anchor, anchor, today)

    assert newest_slot([rule], anchor, today) == (come[-1] if come else None)


def test_own_calendar_moves_a_slot() -> None:
    closed = date(2026, 11, 24)

    day = slot_day(_rule(-1), date(2026, 11, 25), works=lambda d: d != closed and is_working_day(d))

    assert day == date(2026, 11, 23)


def test_own_settings_change_days_levels_and_silence() -> None:
    own = {"stale": {"offset": 14, "every": 7, "level": "red"}, "mention": {"on": False}}

    rules = {rule.code: rule for rule in rules_of({"reminders": own, "escalation_grace": [1, 1, 1]})}

    assert (rules["stale"].offset, rules["stale"].every, rules["stale"].level) == (14, 7, Level.RED)
    assert "mention" not in rules
    assert [rules[f"escalation-{n}"].offset for n in (1, 2, 3)] == [1, 2, 3]


def test_ladder_climbs_after_its_graces() -> None:
    rules = [rule for rule in rules_of({}) if rule.family is Family.ESCALATION]

    slots = slots_between(rules, date(2026, 11, 25), date(2026, 11, 25), date(2026, 12, 31))

    assert [(slot.rule.to, slot.on) for slot in slots] == [
        (Audience.UNIT_HEAD, date(2026, 11, 30)),
        (Audience.OFFICE, date(2026, 12, 7)),
        (Audience.DEPUTY, date(2026, 12, 14)),
    ]


def test_rules_have_one_code_each() -> None:
    codes = [rule.code for rule in rules_of({})]

    assert sorted(codes) == sorted(set(codes))
    assert all(len(code) <= 40 for code in codes)
