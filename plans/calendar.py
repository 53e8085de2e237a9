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


def deadline(stated: date, *, not_before: date | None = None) -> date:
    """The working day by which something must be done that is due on ``stated``.

    A day off moves to the last working day before it. ``not_before`` keeps a deadline that is set shortly
    before holidays from being over before it begins: then the stated day itself stays.

    >>> deadline(date(2027, 1, 31)), deadline(date(2026, 11, 22), not_before=date(2026, 11, 22))
    (datetime.date(2027, 1, 29), datetime.date(2026, 11, 22))
    """
    moved = last_working_day(stated)
    return stated if not_before is not None and moved < not_before <= stated else moved


def deadline_words(stated: date, due_on: date) -> str:
    """A deadline as people say it, with the stated day where it was moved.

    >>> deadline_words(date(2027, 12, 31), date(2027, 12, 31))
    '2027年底（12月31日）'
    >>> deadline_words(date(2027, 1, 31), date(2027, 1, 29))
    '2027年1月底（1月31日为非工作日，提前到1月29日，工作日为暂估）'
    """
    ends_month = (stated + timedelta(days=1)).month != stated.month
    day = f"{stated.month}月{stated.day}日"
    moved = "" if stated == due_on else f"为非工作日，提前到{_short_day(due_on, stated)}{_doubt(stated)}"
    if not ends_month:
        return f"{stated.year}年{day}" + (f"（{moved}）" if moved else "")
    period = "底" if stated.month == 12 else f"{stated.month}月底"
    return f"{stated.year}年{period}（{day}{moved}）"


def day_words(day: date) -> str:
    """A day in full.

    >>> day_words(date(2026, 9, 30))
    '2026年9月30日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def _short_day(day: date, beside: date) -> str:
    year = "" if day.year == beside.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def _doubt(day: date) -> str:
    return "，工作日为暂估" if working_day(day)[1] == ESTIMATED else ""


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
