"""Rows of plans and of the work under them."""

from plans.models.draft import KeptDraft
from plans.models.plan import (
    IndicatorDuty,
    IndicatorDutyUnit,
    Measure,
    MeasureUnit,
    Milestone,
    Phase,
    Plan,
    UnitDuty,
)
from plans.models.target import Quantity, Target
from plans.models.units import Unit
from plans.models.work import Evidence, Task, TaskEvent, TaskEvidence, TaskIndicator, TaskSupport

__all__ = [
    "Evidence",
    "IndicatorDuty",
    "IndicatorDutyUnit",
    "KeptDraft",
    "Measure",
    "MeasureUnit",
    "Milestone",
    "Phase",
    "Plan",
    "Quantity",
    "Target",
    "Task",
    "TaskEvent",
    "TaskEvidence",
    "TaskIndicator",
    "TaskSupport",
    "Unit",
    "UnitDuty",
]
