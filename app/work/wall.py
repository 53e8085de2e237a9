"""The wall chart (挂图作战): phases, milestones, measures and tasks over the years of a plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from app.planning.queries import Choice
from app.work.drawing import Bar, Mark, bar_of, lanes_of, mark_of
from app.work.line import phases_of, plan_days, today_of
from app.work.timeline import Span, Window, Zoom, window_after, window_before, window_of
from plans.actors import Actor
from plans.calendar import ZONE
from plans.models import Measure, Phase, Plan
from plans.overview import current_plan
from plans.progress import TimeStatus
from plans.queries import TaskRow, ledger

WORST_FIRST = (TimeStatus.OVERDUE, TimeStatus.DUE_SOON, TimeStatus.NOT_DUE, TimeStatus.DONE)


@dataclass(frozen=True)
class TaskLine:
    """A task with its bar."""

    row: TaskRow
    starts_on: date
    bar: Bar


@dataclass(frozen=True)
class Group:
    """A measure with its tasks; ``measure`` is None for tasks that belong to none."""

    measure: Measure | None
    status: TimeStatus | None  # the worst of its tasks; None without any
    span: Span | None  # from the first start to the last deadline; None = nothing to draw
    n_closed: int
    n_tasks: int
    lines: list[TaskLine]  # those of the window


@dataclass(frozen=True)
class WallPage:
    """The chart and its table; ``plan`` is None before any plan."""

    plan: Plan | None
    window: Window
    phases: list[tuple[Phase, Span]]
    lanes: list[list[Mark]]
    groups: list[Group]
    marks: list[Mark]
    today: date
    years: tuple[int, int]
    units: list[Choice]
    unit_id: int | None
    n_hidden: int

    @property
    def today_x(self) -> float | None:
        """Where today's line stands; None outside the window."""
        return today_of(self.window, self.today)

    @property
    def before(self) -> int | None:
        return window_before(self.window, self.years)

    @property
    def after(self) -> int | None:
        return window_after(self.window, self.years)

    @property
    def lines(self) -> list[TaskLine]:
        """All tasks shown, in the order of the chart."""
        return [line for group in self.groups for line in group.lines]


def wall_page(
    session: Session, actor: Actor, *, today: date, zoom: Zoom, first_year: int | None, unit_id: int | None
) -> WallPage:
    """The chart of the current plan, narrowed to a unit if wanted; a constant number of queries."""
    plan = _plan_with_parts(session)
    everything = [row for row in ledger(session, actor, today=today) if plan and row.task.plan_id == plan.id]
    rows = [row for row in everything if unit_id in (None, row.task.lead_unit_id)]
    years = _years(plan, everything, today)
    window = window_of(years, zoom, first_year, today.year)
    groups = _groups(plan, rows, window, today, is_narrowed=unit_id is not None)
    marks = [mark_of(stone, window, today) for stone in plan.milestones] if plan else []
    return WallPage(
        plan=plan,
        window=window,
        phases=phases_of(plan, window) if plan else [],
        lanes=lanes_of(marks, window),
        groups=groups,
        marks=[mark for mark in marks if window.holds(mark.stone.due_on, mark.stone.due_on)],
        today=today,
        years=years,
        units=_units(everything),
        unit_id=unit_id,
        n_hidden=len(rows) - sum(len(group.lines) for group in groups),
    )


def start_of(row: TaskRow) -> date:
    """The day on which a task was handed out."""
    return row.task.assigned_at.astimezone(ZONE).date()


def _plan_with_parts(session: Session) -> Plan | None:
    plan = current_plan(session)
    if plan is None:
        return None
    parts = (selectinload(Plan.phases), selectinload(Plan.measures), selectinload(Plan.milestones))
    return session.scalar(sa.select(Plan).where(Plan.id == plan.id).options(*parts))


def _years(plan: Plan | None, rows: Sequence[TaskRow], today: date) -> tuple[int, int]:
    days = [start_of(row) for row in rows] + [row.task.due_on for row in rows]
    if plan:
        days += [*plan_days(plan), *(stone.due_on for stone in plan.milestones)]
    years = [day.year for day in days] or [today.year]
    return min(years), max(years)


def _groups(
    plan: Plan | None, rows: Sequence[TaskRow], window: Window, today: date, *, is_narrowed: bool
) -> list[Group]:
    of_measure: dict[int | None, list[TaskRow]] = {}
    for row in rows:
        of_measure.setdefault(row.task.measure_id, []).append(row)
    measures: list[Measure | None] = [*plan.measures, None] if plan else []
    found = [(one, of_measure.get(one.id if one else None, [])) for one in measures]
    # A measure without work belongs on the wall, as long as nobody asked for one unit's work.
    kept = [(one, own) for one, own in found if own or (one and not is_narrowed)]
    return [_group(one, own, window, today) for one, own in kept]


def _group(measure: Measure | None, rows: list[TaskRow], window: Window, today: date) -> Group:
    seen = [row for row in rows if window.holds(start_of(row), _end(row, today))]
    statuses = {row.time.status for row in rows}
    return Group(
        measure=measure,
        status=next((status for status in WORST_FIRST if status in statuses), None),
        span=_whole(rows, window),
        n_closed=sum(row.task.is_closed for row in rows),
        n_tasks=len(rows),
        lines=[TaskLine(row, start_of(row), bar_of(row, start_of(row), window, today)) for row in seen],
    )


def _whole(rows: list[TaskRow], window: Window) -> Span | None:
    if not rows:
        return None
    first, last = min(map(start_of, rows)), max(row.task.due_on for row in rows)
    return window.span(first, last) if window.holds(first, last) else None


def _end(row: TaskRow, today: date) -> date:
    is_late = row.time.status is TimeStatus.OVERDUE
    return max(row.task.due_on, row.task.original_due_on, today if is_late else date.min)


def _units(rows: Sequence[TaskRow]) -> list[Choice]:
    names = {row.task.lead_unit_id: row.task.lead_unit.name for row in rows}
    return [(str(unit_id), name) for unit_id, name in sorted(names.items(), key=lambda pair: pair[1])]
