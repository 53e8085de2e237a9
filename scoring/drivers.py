"""Which schools drive a spread, and what one of them would have to reach for its CV to pass."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import ceil, inf
from typing import Any

import numpy as np
import pandas as pd

from scoring.assessment import Assessment
from scoring.dispersion import spread_of_one
from scoring.evaluation import StageResult, evaluate
from scoring.exact import Ratio
from scoring.explain import spread_table
from scoring.gaps import step_of
from scoring.natural_units import natural_unit
from scoring.standard import Indicator
from scoring.verdicts import Verdict, of_cvs

_REACH = 3  # whole steps tried from the root in floats on


def spread_drivers(assessment: Assessment, code: str, stage: str) -> pd.DataFrame:
    """Sections of a stage by what they contribute to S², the largest first; for one county.

    Columns: school_code, school_name, students, value, deviation (from the mean, signed),
    percent_of_variance, reach (smallest value with which this school alone brings the CV within its limit),
    school_add (what the school must add for it) and gap_unit.

    ``reach`` and ``school_add`` are NaN where the CV passes already or has no limit of its own, where no
    raising of this school alone is enough, or where its whole steps jump over the values that would pass.
    Everything is NaN where a value of the stage is missing. Raises UnknownSection.
    """
    indicator, table = assessment.standard.indicator(code), spread_table(assessment, code, stage)
    evaluation = evaluate(assessment.measures.schools, assessment.standard, assessment.relaxations)
    result = next(one for one in evaluation.stages if one.sections.stage == stage)
    stage_spread = _StageSpread(result, indicator)
    steps = [stage_spread.steps_to_pass(position) for position in range(len(table))]
    unit = natural_unit(indicator, stage)
    columns: dict[str, Any] = {
        "percent_of_variance": 100 * table["share_of_variance"],
        "reach": [_nan_or(stage_spread.value_with, place, count) for place, count in enumerate(steps)],
        "school_add": [np.nan if count is None else float(count * unit.step) for count in steps],
        "gap_unit": unit.name,
    }
    kept = table[["school_code", "school_name", "students", "value", "deviation"]].assign(**columns)
    return kept.sort_values("percent_of_variance", ascending=False, kind="stable", ignore_index=True)


def _nan_or(value_with: Callable[[int, int], float], position: int, steps: int | None) -> float:
    return np.nan if steps is None else value_with(position, steps)


class _StageSpread:
    """The spread of one indicator in one stage, tried with more in one school."""

    def __init__(self, result: StageResult, indicator: Indicator) -> None:
        self._judged, self._students = result.judged[indicator.code], result.sections.students.ints
        self._step = step_of(self._judged, result, indicator)
        self._limit = Fraction(indicator.cv_at_most.get(result.sections.stage, 0))
        self._fails = bool(indicator.cv_at_most) and self._verdict(self._judged.ratio) == Verdict.NOT_MET

    def steps_to_pass(self, position: int) -> int | None:
        """Fewest whole steps in one school by which the CV passes; None if none do or none are needed."""
        root = self._reach(position) if self._fails else inf
        if root == inf:
            return None
        around = self._steps_from(position, root)
        tried = range(max(1, around - _REACH), around + _REACH)
        return next((n for n in tried if self._verdict(self._with(position, n)) == Verdict.MET), None)

    def value_with(self, position: int, steps: int) -> float:
        """Value of the school after some steps."""
        return float(self._with(position, steps).floats()[position])

    def _with(self, position: int, steps: int) -> Ratio:
        num = self._judged.ratio.num.copy()
        num[position] += int(steps * self._step)
        return replace(self._judged.ratio, num=num)

    def _verdict(self, ratio: Ratio) -> str:
        alone = np.zeros(len(ratio.num), dtype=np.intp)
        cv = np.array([spread_of_one(ratio.floats(), self._students.astype(np.float64))[2]])
        return str(of_cvs(cv, self._limit, ratio, self._students, alone)[0])

    def _steps_from(self, position: int, value: float) -> int:
        ratio = self._judged.ratio
        more = (value - self._judged.values[position]) / float(ratio.factor) * float(ratio.den[position])
        return ceil(more / float(self._step))

    def _reach(self, position: int) -> float:
        """Smallest larger value of one school at which CV = limit; inf if there is none.

        With x the value, p its pupils, A = Σ P·X and B = Σ P·X² of the others, P the pupils of all:
        CV² ≤ L² is P·(B + p·x²) ≤ (1 + L²)·(A + p·x)², a quadratic in x.
        """
        values, pupils = self._judged.values, self._students.astype(np.float64)
        p, total, slack = pupils[position], pupils.sum(), float(1 + self._limit**2)
        others = np.delete(pupils * values, position).sum()
        squares = np.delete(pupils * values**2, position).sum()
        quadratic = [total * p - slack * p * p, -2 * slack * others * p, total * squares - slack * others**2]
        roots = np.roots(quadratic)
        above = roots.real[np.isreal(roots) & (roots.real > values[position])]
        return float(above.min(initial=inf))
