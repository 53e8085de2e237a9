"""The cheapest additions by which every section passes the school rule and every CV is within its limit."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from scoring.assessment import Assessment
from scoring.engine import assess
from scoring.errors import MissingUnitCost, NoRemedy
from scoring.measures import Measures
from scoring.remedy_program import Program, Solution
from scoring.standard import SwitchedOn
from scoring.verdicts import Verdict
from scoring.words import _, listed

_ROUNDS, _ROUNDS_IN_PARTS = 30, 60


@dataclass(frozen=True)
class Remedy:
    """What to add, what it costs, and the assessment once it is added.

    additions : one row a column of a school that is raised: school_code, school_name, element (code), label,
        codes (indicator), add (in ``unit``), unit, cost [元].
    """

    additions: pd.DataFrame
    cost: float  # 元
    at_least: float  # proven: no set costs less [元]; see ``cheapest_remedy``
    after: Assessment
    rounds: int


def cheapest_remedy(
    assessment: Assessment, unit_costs: Mapping[str, float], *, seconds_per_round: float = 30.0
) -> Remedy:
    """Cheapest additions for the resource indicators of one county.

    Parameters
    ----------
    assessment : Assessment
        Of one county; no value may be missing.
    unit_costs : mapping
        Indicator code → 元 per natural unit (人, 间, ㎡; 1 or more for equipment in 元).
    seconds_per_round : float
        Time for one run of the solver.

    Returns
    -------
    Remedy
        Checked by assessing anew. Tangents stand in for each CV's curved limit and cut off nothing that keeps
        a millionth inside of it, so every round is a relaxation and proves ``at_least``. The solver stops at
        a ten-thousandth of the cost or when its time is over; ``cost`` beside ``at_least`` tells how near.

    Raises
    ------
    MissingUnitCost
        For an indicator without a cost, or with one that is not a number from 0 up.
    NoRemedy
        If values are missing, if the solver finds nothing in time, if the limits are not reached within
        thirty rounds, or for a standard that doesn't judge schools.

    Notes
    -----
    Only adds: nothing is moved between schools, pupils stay as they are. Costs are linear: no fixed cost of a
    building, no room for it, no ceiling. Items beside the indicators are not touched.
    """
    _check(assessment, unit_costs)
    program = Program(assessment, unit_costs)
    program.cut_in_parts(_ROUNDS_IN_PARTS, seconds_per_round)
    solution = program.solve(seconds_per_round)
    bound = solution.bound
    for rounds in range(1, _ROUNDS + 1):
        after = _assessed_with(assessment, solution)
        if _passes(after):
            return Remedy(solution.additions, solution.cost, bound, after, rounds)
        program.cut(solution.amounts)
        solution = program.solve(seconds_per_round)
        bound = max(bound, solution.bound)
    raise NoRemedy(
        _("试算 %(rounds)s 轮仍有差异系数超过限值，请先补足差距最大的学校后再算。", rounds=_ROUNDS)
    )


def _check(assessment: Assessment, unit_costs: Mapping[str, float]) -> None:
    if not assessment.standard.judges_schools:
        raise NoRemedy(_("标准 %(id)s 不逐校判定，没有可求的补足方案。", id=assessment.standard.id))
    unpriced = [code for code in assessment.standard.codes if not 0 <= unit_costs.get(code, -1) < np.inf]
    if unpriced:
        raise MissingUnitCost(unpriced)
    sections = assessment.sections
    blank = sections.loc[sections["missing"].map(len) > 0, "school_name"].unique().tolist()
    if blank or sections.empty:
        raise NoRemedy(
            _("数据不全，无法求补足方案，请先补填：%(blank)s。", blank=listed(blank) or _("学校数据"))
        )


def _assessed_with(assessment: Assessment, solution: Solution) -> Assessment:
    schools = assessment.measures.schools.copy()
    for element, own in solution.additions.groupby("element"):
        added = own.set_index("school_code")["element_add"]
        schools[element] = (schools[element] + schools["school_code"].map(added).fillna(0)).round(6)
    measures: Measures = replace(assessment.measures, schools=schools)
    switches = [SwitchedOn(one.code, one.reason, one.schools) for one in assessment.relaxations]
    return assess(measures, assessment.standard, switches, assessment.on, assessment.evidence)


def _passes(assessment: Assessment) -> bool:
    verdicts = {*assessment.sections["verdict"], *assessment.indicators["cv_verdict"]}
    return verdicts == {Verdict.MET}
