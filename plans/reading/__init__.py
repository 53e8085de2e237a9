"""Reading a plan from a Word or text file: ``read_plan(path)`` gives a ``PlanDraft``."""

from plans.reading.draft import PlanDraft
from plans.reading.reader import read_plan

__all__ = ["PlanDraft", "read_plan"]
