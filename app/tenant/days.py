"""Days of a county's own calendar as lines of text: one day a line, for days off with the reason."""

import re
from collections.abc import Iterator
from datetime import date

from flask_babel import gettext as _

from app.tenant.errors import BadLine

MOST_DAYS = 100
FIRST_YEAR, LAST_YEAR = 2020, 2050
_DAY = re.compile(r"([0-9]{4})[-年/.]([0-9]{1,2})[-月/.]([0-9]{1,2})日?(?:\s+|　)?(.*)\Z")


def parse_days(text: str) -> dict[date, str]:
    """The days with what stands behind each.

    Raises BadLine for a day that does not exist, is named twice, or is one too many.

    >>> parse_days("2026年12月1日 县庆")
    {datetime.date(2026, 12, 1): '县庆'}
    """
    days: dict[date, str] = {}
    for no, line in _lines(text):
        day, why = _day(no, line)
        if day in days:
            raise BadLine(no, line, _("日期重复"))
        if len(days) >= MOST_DAYS:
            raise BadLine(no, line, _("最多 %(n)s 天", n=MOST_DAYS))
        days[day] = why
    return days


def write_days(days: dict[str, str]) -> str:
    """The lines again, in the order of days."""
    return "\n".join(f"{day} {why}".strip() for day, why in sorted(days.items()))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return ((no, line.strip()) for no, line in enumerate(text.splitlines(), 1) if line.strip())


def _day(no: int, line: str) -> tuple[date, str]:
    found = _DAY.match(line)
    if found is None:
        raise BadLine(no, line, _("请写成 2026-12-01 县庆"))
    year, month, day = (int(part) for part in found.groups()[:3])
    try:
        named = date(year, month, day)
    except ValueError:
        raise BadLine(no, line, _("没有这一天")) from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadLine(no, line, _("年份须在 %(first)s 至 %(last)s 之间", first=FIRST_YEAR, last=LAST_YEAR))
    return named, found[4].strip()[:20]
