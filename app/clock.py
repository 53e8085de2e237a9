"""The one place where the edge of the program reads the time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This moment on a Chinese clock."""
    return datetime.now(ZONE)


def today() -> date:
    """The calendar day in China."""
    return now().date()
