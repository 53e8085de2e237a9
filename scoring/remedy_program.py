"""The additions of a county as a mixed-integer program whose curved CV limits are cut in by tangents."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import lil_array

from scoring.assessment import Assessment
from scoring.elements import ELEMENTS
from scoring.errors import NoRemedy
from scoring.evaluation import StageResult, evaluate
from scoring.exact import Floats
from scoring.gaps import natural, need, step_of
from scoring.natural_units import NaturalUnit, added_element, natural_unit
from scoring.standard import Indicator

MARGIN = 1e-4  # of a CV limit: tangents touch a curve without end, so they aim a little inside of it
_GAP = 1e-6  # relative, at which the solver calls a round optimal


@dataclass(frozen=True)
class Solution:
    """Additions of one round, as ``Remedy.additions`` with element_add (in the unit of the element)."""

    additions: pd.DataFrame
    amounts: Floats  # by variable
    cost: float
    bound: float


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


@dataclass(frozen=True)
class Row:
    """One constraint: low ≤ Σ weights · variables."""

    weights: Mapping[int, float]
    low: float


class Program:
    """Variables: natural units added to each column of each school, then one mark a missed value left."""

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
        self._rows = list(self._section_rows())
        self._n_marks = sum(len(blocks[0].values) * len(blocks) for blocks in self._stages)

    def solve(self, seconds: float) -> Solution:
        """The cheapest additions under all constraints so far. Raises NoRemedy if none is found in time."""
        n_keys, n_all = len(self._keys), len(self._keys) + self._n_marks
        matrix = lil_array((len(self._rows), n_all))
        for position, row in enumerate(self._rows):
            for variable, weight in row.weights.items():
                matrix[position, variable] = weight
        costs = np.array([*self._costs, *[0.0] * self._n_marks])
        found = milp(
            costs,
            integrality=[*(unit.step == 1 for unit in self._units), *[True] * self._n_marks],
            bounds=(0, np.array([*[np.inf] * n_keys, *[1.0] * self._n_marks])),
            constraints=LinearConstraint(matrix.tocsr(), [row.low for row in self._rows], np.inf),
            options={"time_limit": seconds, "mip_rel_gap": _GAP},
        )
        if found.x is None:
            raise NoRemedy("在限定时间内没有求出补足方案，请放宽时间或先补足差距最大的学校。")
        return self._solution(found.x[:n_keys], float(found.mip_dual_bound or 0.0))

    def cut(self, solution: Solution) -> None:
        """Add a tangent for every CV that a solution leaves over its limit."""
        for blocks in self._stages:
            self._rows += [row for block in blocks if (row := _tangent(block, solution.amounts)) is not None]

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


def _tangent(block: Block, amounts: Floats) -> Row | None:
    """The tangent of S − L·X̄ at the values reached, as a constraint; None where the CV is within its limit.

    S is a norm of the deviations, so S − L·X̄ is convex in the values and homogeneous: its tangent there is
    Σ w·((X_i − X̄)/S − L)·X_i ≤ 0 and cuts off nothing that is allowed.
    """
    values = block.values + block.per_unit * amounts[block.variable]
    weights = block.students / block.students.sum()
    mean = float((weights * values).sum())
    sd = float(np.sqrt((weights * (values - mean) ** 2).sum()))
    limit = block.cv_limit * (1 - MARGIN)
    if sd <= limit * mean:
        return None
    slope = weights * ((values - mean) / sd - limit)
    gains = np.bincount(block.variable, -slope * block.per_unit)
    return Row(
        {int(n): float(gains[n]) for n in np.unique(block.variable)}, float((slope * block.values).sum())
    )
