"""What was read from a plan: every item with the paragraph it stands in, every missing thing as a gap.

``paragraph`` counts Word paragraphs (or lines of a text file) from 1; rows of a Word table carry the
paragraph before it; None = written in no document.
Dates are ``YYYY-MM`` or ``YYYY-MM-DD``; a month as an end means its last day. None = not written.
"""

from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any

from plans.reading.targets import Target


@dataclass(frozen=True)
class Goal:
    """One goal of the plan."""

    text: str
    paragraph: int | None
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True)
class Measure:
    """One measure or task; ``units`` are all its units, ``lead`` and ``support`` those named as such."""

    no: int | None
    title: str
    text: str  # what follows the title; empty when nothing does
    units: tuple[str, ...]
    paragraph: int | None
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    due: str | None = None
    recurrence: tuple[str, ...] = ()  # 每年, 每学期, 长期 as written
    targets: tuple[Target, ...] = ()
    table: int | None = None  # of a table, with the row; None = of the text
    row: int | None = None


@dataclass(frozen=True)
class Group:
    """A heading with its measures."""

    title: str
    measures: tuple[Measure, ...]
    paragraph: int | None


@dataclass(frozen=True)
class Step:
    """One step of a phase."""

    text: str
    paragraph: int | None
    recurrence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Phase:
    """A stage of the plan."""

    title: str
    start: str | None
    end: str | None
    steps: tuple[Step, ...]
    paragraph: int | None


@dataclass(frozen=True)
class Milestone:
    """A step with a day by which it must be done."""

    due: str
    text: str
    paragraph: int | None
    phase: str


@dataclass(frozen=True)
class Indicator:
    """A row of the indicator table; ``code`` as the plan writes it, ``indicator_code`` ours."""

    code: str | None
    group: str | None
    text: str
    units: tuple[str, ...]
    paragraph: int | None
    table: int | None
    row: int | None  # from 1, the head is row 1
    indicator_code: str | None = None
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True)
class Duty:
    """What one or more units answer for."""

    units: tuple[str, ...]
    text: str
    paragraph: int | None


@dataclass(frozen=True)
class Unit:
    """An office under one name, with how often it is named."""

    name: str
    aliases: tuple[str, ...]
    measures: int
    indicators: int
    has_duty: bool


class GapKind(StrEnum):
    """What was not found or not understood."""

    NO_TITLE = "no_title"
    NO_DOCUMENT_NO = "no_document_no"
    NO_HORIZON = "no_horizon"
    HORIZON_DIFFERS = "horizon_differs"
    NO_GOALS = "no_goals"
    NO_MEASURES = "no_measures"
    NO_UNITS = "no_units"
    MEASURE_WITHOUT_UNITS = "measure_without_units"
    NUMBER_MISSING = "number_missing"
    UNIT_UNCLEAR = "unit_unclear"
    NO_PHASES = "no_phases"
    PHASE_WITHOUT_START = "phase_without_start"
    PHASE_WITHOUT_END = "phase_without_end"
    PHASE_WITHOUT_STEPS = "phase_without_steps"
    PHASE_ENDS_BEFORE_START = "phase_ends_before_start"
    NO_MILESTONES = "no_milestones"
    MILESTONE_OUTSIDE_PHASE = "milestone_outside_phase"
    DUE_AFTER_HORIZON = "due_after_horizon"
    NO_INDICATORS = "no_indicators"
    INDICATOR_WITHOUT_UNITS = "indicator_without_units"
    INDICATOR_UNKNOWN = "indicator_unknown"
    NO_DUTIES = "no_duties"
    UNIT_WITHOUT_DUTY = "unit_without_duty"
    UNIT_WITHOUT_TASK = "unit_without_task"
    MEMBER_WITHOUT_DUTY = "member_without_duty"
    UNITS_PASSED_OVER = "units_passed_over"
    TABLE_UNREAD = "table_unread"


@dataclass(frozen=True)
class Gap:
    """One missing thing: where, and what it means for the user."""

    kind: GapKind
    where: str
    message: str
    paragraph: int | None = None


@dataclass(frozen=True)
class PlanDraft:
    """A whole plan as read; nothing in it is invented."""

    title: str | None
    document_no: str | None
    horizon: int | None
    overall_goal: str | None
    goals: tuple[Goal, ...]
    groups: tuple[Group, ...]
    phases: tuple[Phase, ...]
    milestones: tuple[Milestone, ...]
    indicators: tuple[Indicator, ...]
    duties: tuple[Duty, ...]
    units: tuple[Unit, ...]
    gaps: tuple[Gap, ...]

    @property
    def measures(self) -> tuple[Measure, ...]:
        """All measures of all groups, in order."""
        return tuple(measure for group in self.groups for measure in group.measures)

    def to_json(self) -> dict[str, Any]:
        """Plain lists and dicts; goals and steps as texts, their sources beside them."""
        found: dict[str, Any] = _plain(self)
        found["goal_sources"] = found["goals"]
        found["goals"] = [goal.text for goal in self.goals]
        for shown, phase in zip(found["phases"], self.phases, strict=True):
            shown["step_sources"] = shown["steps"]
            shown["steps"] = [step.text for step in phase.steps]
        return found


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, StrEnum) else value
