"""The additions of a county as a mixed-integer program whose curved CV limits are met by tangents.

S ≤ L·X̄ is a cone: with d_i = √w_i·(X_i − X̄) it holds if there are t_i ≥ d_i² ÷ (L·X̄) with Σ t_i ≤ L·X̄, and
only then. The tangents of each t_i, for a slope a = d_i ÷ (L·X̄), are t_i ≥ 2·a·d_i − a²·L·X̄: they cut off
nothing that is allowed and close in on it quickly.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import LinearConstraint, OptimizeResult, milp
from scipy.sparse import lil_array

from scoring.assessment import Assessment
from scoring.dispersion import spread_of_one
from scoring.elements import ELEMENTS
from scoring.errors import NoRemedy
from scoring.evaluation import StageResult, evaluate
from scoring.exact import Floats
from scoring.gaps import natural, need, step_of
from scoring.natural_units import NaturalUnit, added_element, natural_unit
from scoring.standard import Indicator
from scoring.words import _

_NEAR = 1e-5  # of a CV limit, within which tangents in parts stop
_INSIDE = 1e-6  # of a CV limit, by which all aim inside of it, so that rounding to a hundredth does no harm
_GAP = 1e-4  # relative, at which the solver calls a round optimal


@dataclass(frozen=True)
class Solution:
    """Additions of one round, as ``Remedy.additions`` with element_add (in the unit of the element)."""

    additions: pd.DataFrame
    amounts: Floats  # by variable
    cost: float
    bound: float


@dataclass(frozen=True)
class Row:
    """One constraint: low ≤ Σ weights · variables."""

    weights: Mapping[int, float]
    low: float


@dataclass(frozen=True)
class Block:
    """The sections of one stage and indicator, each with the variable that raises it."""

    variable: npt.NDArray[np.intp]
    values: Floats
    per_unit: Floats  # value gained from one natural unit added to the school
    students: Floats
    whole: Floats  # natural units that the school lacks to the standard
    least: Floats  # … to the floor
    cv_limit: float

    @property
    def weights(self) -> Floats:
        """Share of each section in the pupils."""
        return self.students / self.students.sum()

    def spread(self, amounts: Floats) -> tuple[Floats, float, float]:
        """Values, mean and CV once something is added, by variable."""
        values = self.values + self.per_unit * amounts[self.variable]
        mean, _, cv = spread_of_one(values, self.students)
        return values, mean, cv

    def mean_rows(self, mean: int, first: int) -> Iterator[Row]:
        """What ties the variable of the mean, and limits the sum of the t_i (from variable ``first`` on)."""
        gains = np.bincount(self.variable, self.weights * self.per_unit)
        start = float((self.weights * self.values).sum())
        for sign in (1.0, -1.0):
            yield Row(
                {mean: sign, **{int(n): -sign * float(gains[n]) for n in np.unique(self.variable)}},
                sign * start,
            )
        parts = dict.fromkeys(range(first, first + len(self.values)), -1.0)
        yield Row({mean: self.cv_limit * (1 - _INSIDE), **parts}, 0.0)

    def tangents(self, amounts: Floats, mean: int, first: int) -> Iterator[Row]:
        """The tangent of each section at what some additions reach."""
        values, reached, _ = self.spread(amounts)
        limit, roots = self.cv_limit * (1 - _INSIDE), np.sqrt(self.weights)
        slopes = roots * (values - reached) / (limit * reached)
        for section, (slope, root) in enumerate(zip(slopes.tolist(), roots.tolist(), strict=True)):
            gain = -2 * slope * root * float(self.per_unit[section])
            weights = {
                first + section: 1.0,
                int(self.variable[section]): gain,
                mean: 2 * slope * root + slope**2 * limit,
            }
            yield Row(weights, 2 * slope * root * float(self.values[section]))


class Program:
    """Variables: natural units added to each column of a school, marks of what is left, means and t_i."""

    def __init__(self, assessment: Assessment, unit_costs: Mapping[str, float]) -> None:
        self._assessment = assessment
        self._keys: list[tuple[str, str, str]] = []  # school_code, element, indicator
        self._units: list[NaturalUnit] = []
        evaluation = evaluate(assessment.measures.schools, assessment.standard, assessment.relaxations)
        codes = evaluation.roster.schools["school_code"].to_numpy()
        self._stages = [
            [self._block(result, indicator, codes) for indicator in assessment.standard.indicators]
            for result in evaluation.stages
        ]
        self._costs = [float(unit_costs[code]) for _, _, code in self._keys]
        self._n_marks = sum(len(block.values) for block in self._blocks())
        self._rows = [*self._section_rows(), *self._mean_rows()]

    def solve(self, seconds: float) -> Solution:
        """The cheapest additions under all constraints so far. Raises NoRemedy if none is found in time."""
        wholes = [*(unit.step == 1 for unit in self._units), *[True] * self._n_marks]
        found = self._run(wholes, seconds)
        return self._solution(found.x[: len(self._keys)], float(found.mip_dual_bound or 0.0))

    def cut(self, amounts: Floats) -> None:
        """Add tangents for every CV that some additions leave over its limit."""
        for block, (mean, first) in zip(self._blocks(), self._places(), strict=True):
            if block.spread(amounts)[2] > block.cv_limit:
                self._rows += block.tangents(amounts, mean, first)

    def cut_in_parts(self, rounds: int, seconds: float) -> None:
        """Add tangents as if everything could be had in parts: the same curves are met, and quickly."""
        parts = [False] * (len(self._keys) + self._n_marks)
        for _round in range(rounds):
            amounts = self._run(parts, seconds).x[: len(self._keys)]
            if all(block.spread(amounts)[2] <= block.cv_limit * (1 + _NEAR) for block in self._blocks()):
                return
            self.cut(amounts)

    def _blocks(self) -> Iterator[Block]:
        return (block for blocks in self._stages for block in blocks)

    def _places(self) -> Iterator[tuple[int, int]]:
        """Variables of the mean and of the first t_i of each block."""
        mean = len(self._keys) + self._n_marks
        for block in self._blocks():
            yield mean, mean + 1
            mean += 1 + len(block.values)

    def _run(self, wholes: list[bool], seconds: float) -> OptimizeResult:
        n_marked = len(self._keys) + self._n_marks
        n_all = n_marked + sum(1 + len(block.values) for block in self._blocks())
        matrix = lil_array((len(self._rows), n_all))
        for position, row in enumerate(self._rows):
            for variable, weight in row.weights.items():
                matrix[position, variable] = weight
        highest = np.full(n_all, np.inf)
        highest[len(self._keys) : n_marked] = 1.0
        found = milp(
            np.array([*self._costs, *[0.0] * (n_all - len(self._costs))]),
            integrality=np.array([*wholes, *[False] * (n_all - n_marked)], dtype=np.int64),
            bounds=(0, highest),
            constraints=LinearConstraint(matrix.tocsr(), [row.low for row in self._rows], np.inf),
            options={"time_limit": seconds, "mip_rel_gap": _GAP},
        )
        if found.x is None:
            raise NoRemedy(_("在限定时间内没有求出补足方案，请放宽时间或先补足差距最大的学校。"))
        return found

    def _mean_rows(self) -> Iterator[Row]:
        for block, (mean, first) in zip(self._blocks(), self._places(), strict=True):
            yield from block.mean_rows(mean, first)

    def _block(self, result: StageResult, indicator: Indicator, codes: npt.NDArray[np.object_]) -> Block:
        judged, stage = result.judged[indicator.code], result.sections.stage
        unit, line = natural_unit(indicator, stage), Fraction(indicator.at_least[stage])
        floor = line * Fraction(self._assessment.standard.school_rule.floor_percent, 100)
        gained = float(step_of(judged, result, indicator) * judged.ratio.factor / unit.step)
        element = added_element(indicator, stage).code
        whole, least = (
            natural(need(judged, result, indicator, value).school_steps, unit.step) for value in (line, floor)
        )
        schools = codes[result.sections.rows]
        variables = [self._variable(str(school), element, indicator.code, unit) for school in schools]
        return Block(
            variable=np.array(variables, dtype=np.intp),
            values=judged.values,
            per_unit=gained / judged.ratio.den,
            students=result.students,
            whole=whole,
            least=least,
            cv_limit=float(indicator.cv_at_most[stage]),
        )

    def _variable(self, school_code: str, element: str, code: str, unit: NaturalUnit) -> int:
        key = (school_code, element, code)
        if key not in self._keys:
            self._keys.append(key)
            self._units.append(unit)
        return self._keys.index(key)

    def _section_rows(self) -> Iterator[Row]:
        allowed = len(self._assessment.standard.codes) - self._assessment.standard.school_rule.met_at_least
        mark = len(self._keys)
        for blocks in self._stages:
            for section in range(len(blocks[0].values)):
                marks = range(mark, mark + len(blocks))
                for block, own in zip(blocks, marks, strict=True):
                    whole, least = float(block.whole[section]), float(block.least[section])
                    yield Row({int(block.variable[section]): 1.0, own: whole - least}, whole)
                yield Row(dict.fromkeys(marks, -1.0), -float(allowed))
                mark += len(blocks)

    def _solution(self, amounts: Floats, bound: float) -> Solution:
        steps = np.array([float(unit.step) for unit in self._units])
        # The solver's tolerance must not buy another teacher; ㎡ and 元 may be a hundredth more.
        rounded = np.where(steps == 1, np.rint(amounts), np.ceil(amounts / steps - 1e-6) * steps)
        rows = [
            self._addition(position, float(rounded[position])) for position in np.flatnonzero(rounded > 0)
        ]
        columns = [
            "school_code",
            "school_name",
            "element",
            "label",
            "code",
            "add",
            "unit",
            "element_add",
            "cost",
        ]
        frame = pd.DataFrame(rows, columns=pd.Index(columns))
        return Solution(frame, rounded, float(frame["cost"].sum()), bound)

    def _addition(
        self, position: np.intp, amount: float
    ) -> tuple[str, str, str, str, str, float, str, float, float]:
        school_code, element, code = self._keys[position]
        unit, sections = self._units[position], self._assessment.sections
        name = sections.loc[sections["school_code"] == school_code, "school_name"].iloc[0]
        added, cost = amount / unit.per_element, amount * self._costs[position]
        return (
            school_code,
            name,
            element,
            ELEMENTS[element].label,
            code,
            round(amount, 2),
            unit.name,
            added,
            cost,
        )
