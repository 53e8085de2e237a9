"""Working days of the Chinese calendar, with a plain rule for years not yet announced.

Announced years come from the official table (shifted working days included). Beyond it a day is a
working day when it is Monday to Friday and none of the thirteen statutory holidays; such an answer is
an estimate and says so. Days off and working days of the county's own (``plans.terms``) come first.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import chinese_calendar
from lunar_python import Lunar

from plans.terms import in_force
from plans.words import _

ZONE = ZoneInfo("Asia/Shanghai")
OFFICIAL, ESTIMATED = "official", "estimated"
_FIXED = {
    (1, 1): _("元旦"),
    (5, 1): _("劳动节"),
    (5, 2): _("劳动节"),
    (10, 1): _("国庆节"),
    (10, 2): _("国庆节"),
    (10, 3): _("国庆节"),
}


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
    terms = in_force()
    if day in terms.work_days or day in terms.days_off:  # what the county has set is no estimate
        return day in terms.work_days, OFFICIAL
    try:
        return bool(chinese_calendar.is_workday(day)), OFFICIAL
    except NotImplementedError:
        return day.weekday() < 5 and day not in statutory_holidays(day.year), ESTIMATED


def announced_to() -> int:
    """The last year whose days off are announced; whatever comes after is an estimate."""
    return max(chinese_calendar.holidays).year


@dataclass(frozen=True)
class DayKind:
    """What a day is to offices."""

    is_working: bool
    is_estimated: bool  # the arrangement of the year is not announced yet
    holiday: str = ""  # the holiday that makes it a day off
    is_shifted: bool = False  # a Saturday or Sunday that is worked (调休)


def day_kind(day: date) -> DayKind:
    """Whether offices work on the day, and why not or why all the same.

    >>> day_kind(date(2026, 10, 7)).holiday, day_kind(date(2026, 10, 10)).is_shifted
    ('国庆节', True)
    >>> day_kind(date(2028, 1, 26))
    DayKind(is_working=False, is_estimated=True, holiday='春节', is_shifted=False)
    """
    is_working, source = working_day(day)
    if day in (own := in_force().days_off) and not is_working:
        return DayKind(False, False, own[day])
    if source == ESTIMATED:
        return DayKind(is_working, True, _named_holidays(day.year).get(day, ""))
    return DayKind(
        is_working, False, "" if is_working else _announced(day), is_working and day.weekday() >= 5
    )


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
    day = _("%(month)s月%(day)s日", month=stated.month, day=stated.day)
    moved = (
        ""
        if stated == due_on
        else _(
            "为非工作日，提前到%(short_day)s%(doubt)s",
            short_day=_short_day(due_on, stated),
            doubt=_doubt(stated),
        )
    )
    if not ends_month:
        return _("%(year)s年%(day)s", year=stated.year, day=day) + (f"（{moved}）" if moved else "")
    period = _("底") if stated.month == 12 else _("%(month)s月底", month=stated.month)
    return _(
        "%(year)s年%(period)s（%(day)s%(moved)s）", year=stated.year, period=period, day=day, moved=moved
    )


def _short_day(day: date, beside: date) -> str:
    year = "" if day.year == beside.year else _("%(year)s年", year=day.year)
    return _("%(year)s%(month)s月%(day)s日", year=year, month=day.month, day=day.day)


def _doubt(day: date) -> str:
    return _("，工作日为暂估") if working_day(day)[1] == ESTIMATED else ""


def statutory_holidays(year: int) -> frozenset[date]:
    """The thirteen statutory days of a year, without the yearly notice on shifted working days."""
    return frozenset(_named_holidays(year))


@cache
def _named_holidays(year: int) -> dict[date, str]:
    spring = _solar(year, 1, 1)
    moving = {
        _clear_brightness(year): _("清明"),
        _solar(year, 5, 5): _("端午"),
        _solar(year, 8, 15): _("中秋"),
    }
    fixed = {date(year, month, day): name for (month, day), name in _FIXED.items()}
    return moving | {spring + timedelta(days=n): _("春节") for n in range(-1, 3)} | fixed


def _announced(day: date) -> str:
    _is_off, name = chinese_calendar.get_holiday_detail(day)
    return next((str(one.chinese) for one in chinese_calendar.Holiday if one.value == name), "")


def _solar(year: int, month: int, day: int) -> date:
    solar = Lunar.fromYmd(year, month, day).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def _clear_brightness(year: int) -> date:
    terms = chinese_calendar.get_solar_terms(date(year, 4, 1), date(year, 4, 10))
    day: date = next(day for day, name in terms if name == "清明")
    return day
