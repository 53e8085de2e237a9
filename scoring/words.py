"""Texts for people: Chinese wherever they are kept, the reader's language wherever they are shown.

``_("…%(days)s…", days=3)`` is a Chinese ``str``: a row, a log or a message that takes it keeps Chinese.
Shown (``str()``, ``%s``, a template) it is translated by what ``translate_by`` was given, which is nothing
outside of the web application. ``plans`` and ``scoring`` may not know each other: both carry this file.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from html import escape
from typing import Any

_translations: list[Callable[[str], str]] = []  # none, or the application's one
_plurals: list[Callable[[str, str, int], str]] = []
_calendars: list[Callable[[date], str]] = []


def translate_by(
    translation: Callable[[str], str],
    plurals: Callable[[str, str, int], str],
    dates: Callable[[date], str],
) -> None:
    """Show texts, texts that count and dates through these from now on."""
    _translations[:], _plurals[:], _calendars[:] = [translation], [plurals], [dates]


class Text(str):
    """A text that reads in another language than it is kept in."""

    source: str
    values: Mapping[str, Any]

    def __str__(self) -> str:
        pattern = _translated(self.source)
        return pattern % self.values if self.values else pattern

    def __html__(self) -> str:
        return escape(str(self))

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __add__(self, other: str) -> str:
        return listed([self, other], "")

    def __deepcopy__(self, memo: dict[int, Any]) -> "Text":
        return self  # as any str

    def __radd__(self, other: str) -> str:
        return listed([other, self], "")


class CountedText(Text):
    """A text with a number of things: other languages say one thing otherwise than many."""

    number: int

    def __str__(self) -> str:
        pattern = _plurals[0](self.source, self.source, self.number) if _plurals else self.source
        return pattern % self.values


class TextList(Text):
    """Several texts with a mark between them."""

    parts: tuple[str, ...]

    def __str__(self) -> str:
        return _translated(self.source).join(str(part) for part in self.parts)


class SentenceText(TextList):
    """Clauses with a full stop after the last, whatever they end in themselves."""

    def __str__(self) -> str:
        clauses = (str(part).rstrip("。.") for part in self.parts)
        return _translated(self.source).join(clauses) + _translated("。")


class DayText(Text):
    """A date."""

    day: date

    def __str__(self) -> str:
        return _calendars[0](self.day) if _calendars else str.__str__(self)


def _(source: str, /, **values: Any) -> str:
    """A text with its values.

    >>> _("剩余%(days)s天", days=3)
    '剩余3天'
    """
    kept = {name: kept_words(value) for name, value in values.items()}
    text = Text(source % kept if values else source)
    text.source, text.values = source, values
    return text


def _n(source: str, /, **values: Any) -> str:
    """A text in the form that its first value asks for, which is a number of things.

    >>> _n("剩余%(days)s天", days=3)
    '剩余3天'
    """
    text = CountedText(source % {name: kept_words(value) for name, value in values.items()})
    text.source, text.values, text.number = source, values, next(iter(values.values()))
    return text


def listed(parts: Iterable[str], mark: str = "、") -> str:
    """Texts in a row that stay texts.

    >>> listed([_("数学"), "科学"])
    '数学、科学'
    """
    parts = tuple(parts)
    text = TextList(mark.join(parts))
    text.source, text.values, text.parts = mark, {}, parts
    return text


def sentence(clauses: Iterable[str]) -> str:
    """One sentence of several clauses.

    >>> sentence([_("数学"), "科学。"])
    '数学；科学。'
    """
    clauses = tuple(clauses)
    text = SentenceText("；".join(kept_words(one).rstrip("。") for one in clauses) + "。")
    text.source, text.values, text.parts = "；", {}, clauses
    return text


def day_words(day: date) -> str:
    """A whole date.

    >>> day_words(date(2026, 9, 30))
    '2026年9月30日'
    """
    text = DayText(f"{day.year}年{day.month}月{day.day}日")
    text.source, text.values, text.day = "", {}, day
    return text


def kept_words(value: Any) -> Any:
    """A value as it is kept, without the language of who reads just now."""
    return str.__str__(value) if isinstance(value, Text) else value


def _translated(source: str) -> str:
    return _translations[0](source) if source and _translations else source
