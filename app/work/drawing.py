"""What the wall chart draws: bars of tasks with their light, milestones in lanes that do not collide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.work.timeline import WIDTH, Span, Window
from plans.milestones import MilestoneStanding, stone_standing
from plans.models import Milestone
from plans.progress import TimeStatus
from plans.queries import TaskRow

WORD_ROOM = 92.0  # shape and the longest word
LETTER = 11.5
LABEL_LETTERS = 18


@dataclass(frozen=True)
class Bar:
    """A task's bar: until its deadline (现定), what is done, the first deadline (原定), days over."""

    span: Span
    done: Span
    original: Span | None  # None = never moved
    late: Span | None  # from the deadline to today
    word_x: float
    word_is_inside: bool


@dataclass(frozen=True)
class Mark:
    """A milestone: its diamond at ``x``, its label beside it."""

    stone: Milestone
    standing: MilestoneStanding
    x: float
    label: str
    label_is_left: bool

    @property
    def room(self) -> Span:
        """What the diamond and its label take."""
        length = 24 + LETTER * len(self.label)
        return Span(self.x - length if self.label_is_left else self.x - 8, length)


def bar_of(row: TaskRow, starts_on: date, window: Window, today: date) -> Bar:
    """The bar of a task."""
    task = row.task
    span = window.span(starts_on, task.due_on)
    is_late = row.time.status is TimeStatus.OVERDUE
    late = window.span(task.due_on + timedelta(days=1), today) if is_late else None
    original = window.span(starts_on, task.original_due_on) if task.original_due_on != task.due_on else None
    end = max(part.end for part in (span, late, original) if part)
    fits = end + WORD_ROOM <= WIDTH
    return Bar(
        span=span,
        done=_done(span, starts_on, task.due_on, task.progress, window),
        original=original,
        late=late,
        word_x=end + 6 if fits else WIDTH - WORD_ROOM,
        word_is_inside=not fits,
    )


def _done(span: Span, start: date, end: date, progress: int, window: Window) -> Span:
    # Of the whole bar, also where the window cuts it off: half done is half of the days.
    days = ((end - start).days + 1) * progress // 100
    if days <= 0:
        return Span(span.x, 0.0)
    return window.span(start, start + timedelta(days=days - 1))


def mark_of(stone: Milestone, window: Window, today: date) -> Mark:
    """A milestone with a label that stays inside of the drawing."""
    x = window.x(stone.due_on)
    text = stone.text
    label = text if len(text) <= LABEL_LETTERS else text[: LABEL_LETTERS - 1] + "…"
    return Mark(
        stone, stone_standing(stone, today), x, label, label_is_left=x + 24 + LETTER * len(label) > WIDTH
    )


def lanes_of(marks: Sequence[Mark], window: Window) -> list[list[Mark]]:
    """The milestones of the window, in as few lanes as keep their labels apart."""
    lanes: list[list[Mark]] = []
    seen = [mark for mark in marks if window.holds(mark.stone.due_on, mark.stone.due_on)]
    for mark in sorted(seen, key=lambda one: one.room.x):
        lane = next((lane for lane in lanes if lane[-1].room.end <= mark.room.x), None)
        if lane is None:
            lanes.append([mark])
        else:
            lane.append(mark)
    return lanes
