"""The plan check: what an accepted plan leaves open or gets wrong, each with its place and a way out."""

from plans.checks.check import DOMINANT_SHARE, check_plan
from plans.checks.facts import NationalLimit, PlanFacts
from plans.checks.finding import Finding, FindingKind, Fix, Severity

__all__ = [
    "DOMINANT_SHARE",
    "Finding",
    "FindingKind",
    "Fix",
    "NationalLimit",
    "PlanFacts",
    "Severity",
    "check_plan",
]
