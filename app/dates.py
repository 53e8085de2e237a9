"""How dates are written in the language of the person: 2026年9月30日 or 30 Sep 2026."""

from datetime import date, datetime

from babel.dates import format_date
from flask import Flask
from flask_babel import get_locale

from app.clock import ZONE


def init_app(app: Flask) -> None:
    """Offer the filters to templates."""
    app.add_template_filter(day_words)
    app.add_template_filter(month_day_words)


def day_words(day: date) -> str:
    """The whole date.

    >>> day_words(date(2026, 9, 30))
    '2026年9月30日'
    """
    return format_date(day, "d MMM yyyy", "en") if _is_english() else f"{day.year}年{day.month}月{day.day}日"


def month_day_words(day: date) -> str:
    """A near date whose year is plain.

    >>> month_day_words(date(2026, 9, 30))
    '9月30日'
    """
    return format_date(day, "d MMM", "en") if _is_english() else f"{day.month}月{day.day}日"


def weekday_words(day: date) -> str:
    """The day of the week.

    >>> weekday_words(date(2026, 9, 30))
    '星期三'
    """
    return format_date(day, "EEEE", "en" if _is_english() else "zh")


def moment_words(at: datetime) -> str:
    """The date with the time in the county's zone.

    >>> moment_words(datetime(2026, 9, 30, 9, 5, tzinfo=ZONE))
    '2026年9月30日 09:05'
    """
    here = at.astimezone(ZONE)
    return f"{day_words(here.date())}{', ' if _is_english() else ' '}{here:%H:%M}"


def _is_english() -> bool:
    locale = get_locale()  # None outside of requests and commands
    return locale is not None and locale.language == "en"
