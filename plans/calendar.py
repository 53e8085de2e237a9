"""Working days of the Chinese calendar, with a plain rule for years not yet announced.

Announced years come from the official table (shifted working days included). Beyond it a day is a
working day when it is Monday to Friday and none of the thirteen statutory holidays; such an answer is
an estimate and says so.
"""

from datetime import date, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import chinese_calendar
from lunar_python import Lunar

ZONE = ZoneInfo("Asia/Shanghai")
OFFICIAL, ESTIMATED = "official", "estimated"


def is_working_day(day: date) -> bool:
    """Whether offices work on the day."""
    return working_day(day)[0]


def working_day(day: date) -> tuple[bool, str]:
    """Whether offices work on the day, and whether that is official or estimated.

    >>> working_day(date(2026, 2, 14))
    (True, 'official')
    >>> working_day(date(2029, 10, 1))
    (False, 'estimated')
    """
    try:
        return bool(chinese_calendar.is_workday(day)), OFFICIAL
    except NotImplementedError:
        return day.weekday() < 5 and day not in statutory_holidays(day.year), ESTIMATED


def last_working_day(day: date) -> date:
    """The day itself or the nearest working day before it, so that a deadline is never met late."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


@cache
def statutory_holidays(year: int) -> frozenset[date]:
    """The thirteen statutory days of a year, without the yearly notice on shifted working days."""
    spring = _solar(year, 1, 1)
    fixed = [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)]
    return frozenset(
        [date(year, month, day) for month, day in fixed]
        + [spring + timedelta(days=n) for n in range(-1, 3)]
        + [_clear_brightness(year), _solar(year, 5, 5), _solar(year, 8, 15)]
    )


def _solar(year: int, month: int, day: int) -> date:
    solar = Lunar.fromYmd(year, month, day).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def _clear_brightness(year: int) -> date:
    terms = chinese_calendar.get_solar_terms(date(year, 4, 1), date(year, 4, 10))
    day: date = next(day for day, name in terms if name == "清明")
    return day
