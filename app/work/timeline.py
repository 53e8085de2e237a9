"""A stretch of days laid out over the width of a drawing. Lengths are in units of the drawing."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WIDTH = 960.0


class Zoom(StrEnum):
    """The unit that the axis counts in; the finer it is, the fewer years fit."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"


YEARS_SHOWN = {Zoom.QUARTER: 3, Zoom.MONTH: 1}  # by year: the whole plan
MONTHS_OF_TICK = {Zoom.YEAR: 12, Zoom.QUARTER: 3, Zoom.MONTH: 1}


@dataclass(frozen=True)
class Tick:
    """A unit of the axis: where it begins, how wide it is, its first day."""

    x: float
    width: float
    day: date


@dataclass(frozen=True)
class Span:
    """A piece of the drawing from left to right."""

    x: float
    width: float

    @property
    def end(self) -> float:
        return self.x + self.width


@dataclass(frozen=True)
class Window:
    """Whole years from ``first_year`` to ``last_year``, both included."""

    first_year: int
    last_year: int
    zoom: Zoom = Zoom.YEAR

    @property
    def first(self) -> date:
        return date(self.first_year, 1, 1)

    @property
    def last(self) -> date:
        return date(self.last_year, 12, 31)

    def x(self, day: date) -> float:
        """Where a day begins; days outside stand at the edge.

        >>> Window(2026, 2026).x(date(2026, 1, 1)), Window(2026, 2026).x(date(2030, 1, 1))
        (0.0, 960.0)
        """
        days = (self.last - self.first).days + 1
        share = (day - self.first).days / days
        return round(WIDTH * min(max(share, 0.0), 1.0), 1)

    def holds(self, start: date, end: date) -> bool:
        """Whether anything of a stretch can be seen."""
        return start <= self.last and end >= self.first

    def span(self, start: date, end: date) -> Span:
        """The seen part of a stretch of days, both included."""
        left = self.x(start)
        return Span(left, round(max(self.x(end + timedelta(days=1)) - left, 0.0), 1))

    @property
    def ticks(self) -> list[Tick]:
        """The units of the axis."""
        months = range(1, 13, MONTHS_OF_TICK[self.zoom])
        days = [date(y, m, 1) for y in range(self.first_year, self.last_year + 1) for m in months]
        ends = [*days[1:], self.last + timedelta(days=1)]
        spans = [self.span(day, end - timedelta(days=1)) for day, end in zip(days, ends, strict=True)]
        return [Tick(span.x, span.width, day) for span, day in zip(spans, days, strict=True)]


def window_of(years: tuple[int, int], zoom: Zoom, wanted: int | None, this_year: int) -> Window:
    """The stretch that a zoom shows of a plan, from a wanted year or round the present one.

    >>> window_of((2022, 2032), Zoom.QUARTER, None, 2026)
    Window(first_year=2026, last_year=2028, zoom=<Zoom.QUARTER: 'quarter'>)
    >>> window_of((2022, 2032), Zoom.MONTH, 2040, 2026).first_year
    2032
    """
    first, last = years
    shown = YEARS_SHOWN.get(zoom, last - first + 1)
    start = first if zoom is Zoom.YEAR else wanted or this_year
    start = max(first, min(start, last - shown + 1))
    return Window(start, min(start + shown - 1, last), zoom)


def window_before(window: Window, years: tuple[int, int]) -> int | None:
    """The first year of the stretch before this one; None at the beginning."""
    shown = window.last_year - window.first_year + 1
    return max(years[0], window.first_year - shown) if window.first_year > years[0] else None


def window_after(window: Window, years: tuple[int, int]) -> int | None:
    """The first year of the stretch after this one; None at the end."""
    return window.last_year + 1 if window.last_year < years[1] else None
