"""Dates as plans write them: months, year ends, ranges and deadlines.

A date is text, ``YYYY-MM`` or ``YYYY-MM-DD``, so that its precision is not lost; a month as a deadline means
its last day.
"""

import calendar
import re
from dataclasses import dataclass

from plans.reading.folding import fold
from plans.reading.numerals import from_chinese

_MONTH = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_DAY = r"3[01]|[12]\d|0?[1-9]"
_PART = r"年?底|年?末|上半年|下半年|第?[一二三四1-4]季度"
_DASH = r"[—–\-－~～─―至到]"
_POINT = re.compile(
    rf"(?<![\d.])(?P<year>(?:19|20)\d\d)"
    rf"(?:\s*年(?:\s*(?P<month>{_MONTH})\s*月(?:份)?(?:\s*(?P<day>{_DAY})\s*[日号])?)?"
    rf"|[./-](?P<month2>1[0-2]|0?[1-9])(?:[./-](?P<day2>{_DAY}))?(?![\d.%])"
    rf"|(?=\s*{_DASH}+\s*(?:19|20)\d\d\s*年))"
    rf"\s*(?P<part>{_PART})?"
)
_SHORT_POINT = re.compile(
    rf"\s*(?P<month>{_MONTH})\s*月(?:份)?(?:\s*(?P<day>{_DAY})\s*[日号])?\s*(?P<part>{_PART})?"
)
_CONNECTOR = re.compile(rf"\s*{_DASH}+\s*")
_UNTIL_BEFORE = re.compile(r"(?:到|至|截至|截止到?|力争|确保)\s*$")
_UNTIL_AFTER = re.compile(r"\s*(?:[之以]?前|为?止)")
# 2026年上半年完成 promises an end too; 2024年完成了 tells of the past.
_DONE_AFTER = re.compile(r"\s*(?:全[部面]|基本)?(?:完成|建成|竣工|办结|投入使用)(?!了)")
_FROM_AFTER = re.compile(r"\s*(?:起|开始|以后|之后|以来)")
_CHINESE_YEAR = re.compile(r"[二][〇○零0][〇○零一二三四五六七八九]{2}(?=\s*年)")
_YEAR_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_HALVES = {"上半年": (1, 6), "下半年": (7, 12)}
RECURRING = ("每年", "每学年", "每学期", "每半年", "每季度", "每月", "每周", "长期")


@dataclass(frozen=True)
class Span:
    """A stretch of time in a text; ``start`` is None for a deadline, ``end`` None for an open end."""

    start: str | None
    end: str | None
    begins_at: int  # where the words of the date stand in the text
    ends_at: int
    is_range: bool = False

    @property
    def is_deadline(self) -> bool:
        """Whether something must be done by ``end``."""
        return self.start is None


def find_spans(text: str) -> list[Span]:
    """Every date, deadline or range of the text, in order.

    >>> [(s.start, s.end) for s in find_spans("2022年3月至12月；2027年9月前；2028年底；到2029年")]
    [('2022-03', '2022-12'), (None, '2027-09'), (None, '2028-12-31'), (None, '2029-12')]
    """
    text = _CHINESE_YEAR.sub(lambda year: year[0].translate(_YEAR_DIGITS), fold(text))
    spans: list[Span] = []
    position = 0
    while found := _POINT.search(text, position):
        spans.append(_span_from(text, found))
        position = spans[-1].ends_at
    return spans


def find_span(text: str) -> Span | None:
    """The first range of the text, else its first date."""
    spans = find_spans(text)
    return next((span for span in spans if span.is_range), spans[0] if spans else None)


def deadline_of(text: str) -> str | None:
    """The first deadline of the text, as a table column or a sentence gives it.

    >>> deadline_of("2025年12月"), deadline_of("每年"), deadline_of("2023—2025年")
    ('2025-12', None, '2025-12')
    """
    spans = find_spans(text)
    return next((span.end for span in spans if span.is_deadline), spans[0].end if spans else None)


def recurring_words(text: str) -> tuple[str, ...]:
    """The words by which a duty comes back: 每年, 每学期, 长期 and their like.

    >>> recurring_words("每学期自查一次，每年报告")
    ('每年', '每学期')
    """
    return tuple(word for word in RECURRING if word in fold(text))


def _span_from(text: str, found: re.Match[str]) -> Span:
    first = _period(
        found["year"], found["month"] or found["month2"], found["day"] or found["day2"], found["part"]
    )
    second, end_at = _second_point(text, found)
    if second:
        return Span(first[0], second[1], found.start(), end_at, is_range=True)
    if after := _UNTIL_AFTER.match(text, found.end()):
        return Span(None, first[1], _lead_in(text, found), after.end())
    if after := _FROM_AFTER.match(text, found.end()):
        return Span(first[0], None, found.start(), after.end())
    is_due = (
        _lead_in(text, found) < found.start()
        or (found["part"] or "").endswith(("底", "末"))
        or _DONE_AFTER.match(text, found.end()) is not None
    )
    return Span(None if is_due else first[0], first[1], _lead_in(text, found), found.end())


def _second_point(text: str, found: re.Match[str]) -> tuple[tuple[str, str] | None, int]:
    connector = _CONNECTOR.match(text, found.end())
    if not connector:
        return None, found.end()
    if second := _POINT.match(text, connector.end()):
        month, day = second["month"] or second["month2"], second["day"] or second["day2"]
        return _period(second["year"], month, day, second["part"]), second.end()
    if second := _SHORT_POINT.match(text, connector.end()):
        return _period(found["year"], second["month"], second["day"], second["part"]), second.end()
    return None, found.end()


def _lead_in(text: str, found: re.Match[str]) -> int:
    before = _UNTIL_BEFORE.search(text, max(0, found.start() - 6), found.start())
    return before.start() if before else found.start()


def _period(year: str, month: str | None, day: str | None, part: str | None) -> tuple[str, str]:
    """First and last moment of a date, each no finer than it was written."""
    part = part or ""
    number = from_chinese(month) if month else None
    last_month = number or 12
    last_day = calendar.monthrange(int(year), last_month)[1]
    if part.endswith(("底", "末")):
        return (f"{year}-{last_month:02}-{last_day:02}",) * 2
    if day and int(day) <= last_day:
        return (f"{year}-{last_month:02}-{int(day):02}",) * 2
    first_month, last_month = _months(number, part)
    return f"{year}-{first_month:02}", f"{year}-{last_month:02}"


def _months(month: int | None, part: str) -> tuple[int, int]:
    if month:
        return month, month
    if part.endswith("季度"):
        quarter = from_chinese(part.removeprefix("第")[0]) or 4
        return quarter * 3 - 2, quarter * 3
    return _HALVES.get(part, (1, 12))
