"""Phases and milestones of a plan on a line of years: the head of the wall chart, also by itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.work.drawing import Mark, lanes_of, mark_of
from app.work.timeline import Span, Window
from plans.models import Milestone, Phase, Plan

HEAD, LANE = 44, 24  # heights of the years with the phases, and of a lane of milestones


@dataclass(frozen=True)
class TimeLine:
    """What the line draws. ``today_x`` is None outside of the window."""

    window: Window
    phases: list[tuple[Phase, Span]]
    lanes: list[list[Mark]]
    today_x: float | None

    @property
    def height(self) -> int:
        """Of the whole drawing, with a little room below."""
        return HEAD + LANE * len(self.lanes) + 4


def time_line(plan: Plan, stones: Sequence[Milestone], today: date) -> TimeLine:
    """The whole plan from its first day to its horizon."""
    years = [day.year for day in (*plan_days(plan), *(stone.due_on for stone in stones))] or [today.year]
    window = Window(min(years), max(years))
    return TimeLine(
        window=window,
        phases=phases_of(plan, window),
        lanes=lanes_of([mark_of(stone, window, today) for stone in stones], window),
        today_x=today_of(window, today),
    )


def plan_days(plan: Plan) -> Iterable[date]:
    """Days by which a plan is bounded, its milestones aside."""
    bounds = [day for phase in plan.phases for day in (phase.starts_on, phase.ends_on) if day]
    return [*bounds, *([date(plan.horizon_year, 12, 31)] if plan.horizon_year else [])]


def phases_of(plan: Plan, window: Window) -> list[tuple[Phase, Span]]:
    """The phases seen in a window; one without a day begins or ends with it."""
    bounded = [(one, one.starts_on or window.first, one.ends_on or window.last) for one in plan.phases]
    return [(one, window.span(start, end)) for one, start, end in bounded if window.holds(start, end)]


def today_of(window: Window, today: date) -> float | None:
    """Where today's line stands; None outside of the window."""
    return window.x(today) if window.holds(today, today) else None
