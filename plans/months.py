"""Dates as drafts write them: a day, or a month that stands for one of its ends."""

from calendar import monthrange
from datetime import date


def first_day(written: str) -> date:
    """The day on which something starts.

    >>> first_day("2023-01"), first_day("2023-01-15")
    (datetime.date(2023, 1, 1), datetime.date(2023, 1, 15))
    """
    year, month, day = _parts(written)
    return date(year, month, day or 1)


def last_day(written: str) -> date:
    """The day by which something is done.

    >>> last_day("2028-02"), last_day("2027-09-10")
    (datetime.date(2028, 2, 29), datetime.date(2027, 9, 10))
    """
    year, month, day = _parts(written)
    return date(year, month, day or monthrange(year, month)[1])


def _parts(written: str) -> tuple[int, int, int | None]:
    year, month, *day = (int(part) for part in written.split("-"))
    return year, month, day[0] if day else None
