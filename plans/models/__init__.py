"""Rows of plans and of the work under them."""

from plans.models.bulletin import Bulletin, BulletinReading, NumberSeries, Series
from plans.models.draft import KeptDraft
from plans.models.evidence import Evidence, Strength
from plans.models.extension import Answer, Mention, TaskExtension
from plans.models.milestone import Milestone, MilestoneEvidence, MilestoneIndicator, MilestoneTask
from plans.models.notice import Notice, NoticeEvent, NoticeEvidence, NoticeTask
from plans.models.plan import (
    IndicatorDuty,
    IndicatorDutyUnit,
    Measure,
    MeasureIndicator,
    MeasureUnit,
    Phase,
    Plan,
    UnitDuty,
)
from plans.models.recurring import DutySupport, Occurrence, RecurringDuty
from plans.models.reminder import Message, MessageState, Reminder
from plans.models.revision import PlanBaseline, PlanChange, PlanPart
from plans.models.target import PlanTarget, Quantity, Target
from plans.models.units import Unit
from plans.models.work import Task, TaskEvent, TaskEvidence, TaskIndicator, TaskSupport

__all__ = [
    "Answer",
    "Bulletin",
    "BulletinReading",
    "DutySupport",
    "Evidence",
    "IndicatorDuty",
    "IndicatorDutyUnit",
    "KeptDraft",
    "Measure",
    "MeasureIndicator",
    "MeasureUnit",
    "Mention",
    "Message",
    "MessageState",
    "Milestone",
    "MilestoneEvidence",
    "MilestoneIndicator",
    "MilestoneTask",
    "Notice",
    "NoticeEvent",
    "NoticeEvidence",
    "NoticeTask",
    "NumberSeries",
    "Occurrence",
    "Phase",
    "Plan",
    "PlanBaseline",
    "PlanChange",
    "PlanPart",
    "PlanTarget",
    "Quantity",
    "RecurringDuty",
    "Reminder",
    "Series",
    "Strength",
    "Target",
    "Task",
    "TaskEvent",
    "TaskEvidence",
    "TaskExtension",
    "TaskIndicator",
    "TaskSupport",
    "Unit",
    "UnitDuty",
]
