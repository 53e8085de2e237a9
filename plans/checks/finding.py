"""One thing that the plan check found."""

from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """What is wrong, in the order in which a page shows it."""

    NO_LEAD = "no_lead"
    LEAD_ASSUMED = "lead_assumed"
    NO_TASK = "no_task"
    NO_DEADLINE = "no_deadline"
    NO_RESULT = "no_result"
    NO_INDICATOR = "no_indicator"
    DUTY_WITHOUT_LEAD = "duty_without_lead"
    UNIT_IDLE = "unit_idle"
    UNIT_DOMINANT = "unit_dominant"
    UNIT_TWICE = "unit_twice"
    TARGET_TOO_LOW = "target_too_low"
    TARGETS_CONFLICT = "targets_conflict"
    PHASE_UNDATED = "phase_undated"
    PHASE_REVERSED = "phase_reversed"
    PHASES_OVERLAP = "phases_overlap"
    MILESTONE_OUTSIDE = "milestone_outside"
    TASK_LATE = "task_late"
    HORIZON_SHORT = "horizon_short"


class Severity(StrEnum):
    """Whether the plan cannot be worked by as it stands, or somebody should look."""

    MUST = "must"
    LOOK = "look"


class Target(StrEnum):
    """Where a finding is put right; a page makes an address of it."""

    MEASURE = "measure"
    TASK = "task"
    NEW_TASK = "new_task"
    PHASE = "phase"
    MILESTONE = "milestone"
    DUTY = "duty"
    UNITS = "units"
    TARGETS = "targets"
    HEAD = "head"
    INDICATOR = "indicator"
    UNIT_DUTY = "unit_duty"
    ALL_MEASURES = "all_measures"


@dataclass(frozen=True)
class Fix:
    """What to do, and on which row."""

    words: str
    target: Target
    row_id: int | None = None


@dataclass(frozen=True)
class Finding:
    """A finding with its place in the plan and the way to put it right."""

    kind: FindingKind
    severity: Severity
    place: str
    message: str
    fix: Fix
