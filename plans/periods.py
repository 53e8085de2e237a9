"""Periods in which a duty comes back, the rule of each, and how a period is named."""

from datetime import UTC, date, datetime, time
from enum import StrEnum

from dateutil.rrule import rrulestr

from plans.words import _

PROGRAMME_ENDS = 2032  # the last year of the longest plans


class Every(StrEnum):
    """How often a duty comes back."""

    YEAR = "year"  # 每年
    SCHOOL_YEAR = "school_year"  # 每学年
    HALF_YEAR = "half_year"  # 每半年
    TERM = "term"  # 每学期
    QUARTER = "quarter"  # 每季度
    MONTH = "month"  # 每月


WORDS = {
    Every.YEAR: _("每年"),
    Every.SCHOOL_YEAR: _("每学年"),
    Every.HALF_YEAR: _("每半年"),
    Every.TERM: _("每学期"),
    Every.QUARTER: _("每季度"),
    Every.MONTH: _("每月"),
}
# The end of the period, where a plan names no day; terms end before the holidays begin.
RULES = {
    Every.YEAR: "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31",
    Every.SCHOOL_YEAR: "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=10",
    Every.HALF_YEAR: "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1",
    Every.TERM: "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=10",
    Every.QUARTER: "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
    Every.MONTH: "FREQ=MONTHLY;BYMONTHDAY=-1",
}
# How long before its deadline an occurrence becomes a task; longer would bury the work at hand.
LEAD_DAYS = {
    Every.YEAR: 90,
    Every.SCHOOL_YEAR: 90,
    Every.HALF_YEAR: 90,
    Every.TERM: 90,
    Every.QUARTER: 60,
    Every.MONTH: 31,
}
_SPRING, _AUTUMN = 2, 8  # months in which terms begin; January still belongs to the autumn term


def every_of(word: str) -> Every | None:
    """The period behind a word of a plan; None for 每周, 长期 and what is no period.

    >>> every_of("每学期"), every_of("长期")
    (<Every.TERM: 'term'>, None)
    """
    return next((every for every, known in WORDS.items() if known == word), None)


def period_of(every: Every, day: date) -> str:
    """The name of the period that a day lies in.

    >>> [period_of(every, date(2027, 1, 10)) for every in Every]
    ['2027', '2026-2027', '2027H1', '2026秋', '2027Q1', '2027-01']
    """
    year, month = day.year, day.month
    school_year = year if month >= _AUTUMN else year - 1
    return {
        Every.YEAR: f"{year}",
        Every.SCHOOL_YEAR: f"{school_year}-{school_year + 1}",
        Every.HALF_YEAR: f"{year}H{1 if month <= 6 else 2}",
        Every.TERM: f"{year}春" if _SPRING <= month < _AUTUMN else f"{school_year}秋",
        Every.QUARTER: f"{year}Q{(month + 2) // 3}",
        Every.MONTH: f"{year}-{month:02}",
    }[every]


def period_words(every: Every, day: date) -> str:
    """The period that a day lies in, as people say it.

    >>> [period_words(every, date(2027, 1, 10)) for every in Every]
    ['2027年', '2026—2027学年', '2027年上半年', '2026年秋季学期', '2027年第1季度', '2027年1月']
    """
    year, month = day.year, day.month
    school_year = year if month >= _AUTUMN else year - 1
    is_spring = _SPRING <= month < _AUTUMN
    return {
        Every.YEAR: _("%(year)s年", year=year),
        Every.SCHOOL_YEAR: _(
            "%(school_year)s—%(school_year_2)s学年", school_year=school_year, school_year_2=school_year + 1
        ),
        Every.HALF_YEAR: _("%(year)s年%(words)s半年", year=year, words=_("上") if month <= 6 else _("下")),
        Every.TERM: _("%(year)s年春季学期", year=year)
        if is_spring
        else _("%(school_year)s年秋季学期", school_year=school_year),
        Every.QUARTER: _("%(year)s年第%(month)s季度", year=year, month=(month + 2) // 3),
        Every.MONTH: _("%(year)s年%(month)s月", year=year, month=month),
    }[every]


def days_of(rule: str, first: date, last: date) -> list[date]:
    """The days of a recurrence from ``first`` to ``last``, both included.

    Raises ValueError for a rule that is none.
    """
    start, end = (datetime.combine(day, time(), UTC) for day in (first, last))
    return [moment.date() for moment in rrulestr(rule, dtstart=start).between(start, end, inc=True)]
