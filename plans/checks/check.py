"""All checks of one plan."""

from collections.abc import Sequence

from plans.checks.facts import NationalLimit, PlanFacts
from plans.checks.finding import Finding
from plans.checks.measures import check_duties, check_measures
from plans.checks.targets import check_conflicts, check_limits
from plans.checks.timing import check_horizon, check_milestones, check_phases, check_tasks
from plans.checks.units import check_dominance, check_idle, check_twins

DOMINANT_SHARE = 0.6


def check_plan(
    plan: PlanFacts, limits: Sequence[NationalLimit], *, dominant_share: float = DOMINANT_SHARE
) -> list[Finding]:
    """What a plan leaves open or gets wrong; empty = nothing found.

    ``limits`` are those of the national standard; ``dominant_share`` is the part of all measures above which
    one unit carries too much.
    """
    return [
        *check_measures(plan),
        *check_duties(plan),
        *check_idle(plan),
        *check_dominance(plan, dominant_share),
        *check_twins(plan),
        *check_limits(plan.targets, limits),
        *check_conflicts(plan.targets),
        *check_phases(plan),
        *check_milestones(plan),
        *check_tasks(plan),
        *check_horizon(plan),
    ]
