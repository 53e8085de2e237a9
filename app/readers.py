"""Writing for somebody other than who asks just now: a mail at night, a calendar that a program fetches."""

from contextlib import AbstractContextManager

from flask_babel import force_locale

CHINESE = "zh-CN"


def reading_in(language: str | None) -> AbstractContextManager[None]:
    """Write in the language of an account; in Chinese for one who has chosen none, and for groups."""
    locale: AbstractContextManager[None] = force_locale((language or CHINESE).replace("-", "_"))
    return locale
