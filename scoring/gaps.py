"""What every section lacks: to the standard and to the floor, in natural units, decided exactly."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.assessment import Assessment
from scoring.evaluation import Evaluation, Judged, StageResult, evaluate
from scoring.exact import Flags, Floats, Ints
from scoring.formulas import FORMULAS
from scoring.natural_units import natural_unit
from scoring.standard import Indicator, Standard
from scoring.verdicts import of_flags

Wholes = npt.NDArray[Any]  # Python integers: they never overflow
_PART = Fraction(1, 100)  # a section's part of something shared may be fractional


@dataclass(frozen=True)
class Need:
    """What the sections of a stage lack to reach a line, zero where they reach it or where it is unknown."""

    section: Floats  # in natural units
    school_steps: Wholes  # whole smallest additions that the school must make for it


def section_gaps(assessment: Assessment) -> pd.DataFrame:
    """One row a section and indicator that has a standard for schools.

    Columns: county_code, school_code, school_name, stage, code, label, verdict, value, standard, floor,
    percent (of the standard), unit (of these), gap and floor_gap (what the section lacks to the standard
    and to the floor), school_gap and school_floor_gap (what the school must add for it: the same for a school
    of one stage, gap ÷ share where stages share), gap_unit, clause. Missing values have NaN gaps.

    Whole things are rounded up; ㎡ and 元 to hundredths, as is a section's part of what its school shares.
    The school's gap is exact: added, it makes the flag met; one step less does not.
    """
    evaluation = evaluate(assessment.measures.schools, assessment.standard, assessment.relaxations)
    parts = [
        _gap_frame(evaluation, result, indicator, assessment.standard)
        for result in evaluation.stages
        for indicator in assessment.standard.indicators
        if indicator.at_least
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=pd.Index(_COLUMNS))


_COLUMNS = [
    "county_code", "school_code", "school_name", "stage", "code", "label", "verdict", "value", "standard",
    "floor", "percent", "unit", "gap", "floor_gap", "school_gap", "school_floor_gap", "gap_unit", "clause",
]  # fmt: skip


def need(judged: Judged, result: StageResult, indicator: Indicator, line: Fraction) -> Need:
    """What the sections of a stage lack to reach a line of an indicator.

    Parameters
    ----------
    judged, result : Judged, StageResult
        From ``evaluate``.
    line : Fraction
        Value to be reached, in the indicator's unit.
    """
    unit, step = natural_unit(indicator, result.sections.stage), step_of(judged, result, indicator)
    target = line / judged.ratio.factor
    num, den = judged.ratio.num.astype(object), judged.ratio.den.astype(object)
    # num/den ≥ target: what is short, in numerator × target's denominator.
    short = np.maximum(target.numerator * den - target.denominator * num, 0) * judged.ratio.known
    steps = _up(short * step.denominator, target.denominator * step.numerator)
    own, part = _weighted_alone(result).astype(object), step * _PART / unit.step
    parts = _up(short * own * part.denominator, den * target.denominator * part.numerator)
    section = np.where(_is_split(result, indicator), natural(parts, _PART), natural(steps, unit.step))
    return Need(section, steps)


def step_of(judged: Judged, result: StageResult, indicator: Indicator) -> Fraction:
    """By how much the smallest addition to a school raises the numerator of its ratio."""
    weight = 1 if FORMULAS[indicator.formula].per_stage else result.sections.weight
    per_unit = Fraction(indicator.scale) / judged.ratio.factor  # integers in one unit of the element
    return natural_unit(indicator, result.sections.stage).element_step * per_unit * weight


def _is_split(result: StageResult, indicator: Indicator) -> Flags:
    splits = not FORMULAS[indicator.formula].per_stage
    return splits & (_weighted_alone(result) != result.sections.weighted.ints)


def _weighted_alone(result: StageResult) -> Ints:
    return result.sections.students.ints * result.sections.weight


def _up(numerator: Wholes, denominator: Wholes | int) -> Wholes:
    return -(-numerator // denominator)


def _gap_frame(
    evaluation: Evaluation, result: StageResult, indicator: Indicator, standard: Standard
) -> pd.DataFrame:
    judged, stage = result.judged[indicator.code], result.sections.stage
    line = Fraction(indicator.at_least[stage])
    floor = line * Fraction(standard.school_rule.floor_percent, 100)
    unit = natural_unit(indicator, stage)
    whole, least = need(judged, result, indicator, line), need(judged, result, indicator, floor)
    known = judged.ratio.known
    columns: dict[str, Any] = _identity(evaluation, result) | {
        "stage": stage,
        "code": indicator.code,
        "label": indicator.label,
        "verdict": of_flags(known, judged.met),
        "value": judged.values,
        "standard": float(line),
        "floor": float(floor),
        "percent": 100 * judged.values / float(line),
        "unit": indicator.unit,
        "gap": np.where(known, whole.section, np.nan),
        "floor_gap": np.where(known, least.section, np.nan),
        "school_gap": np.where(known, natural(whole.school_steps, unit.step), np.nan),
        "school_floor_gap": np.where(known, natural(least.school_steps, unit.step), np.nan),
        "gap_unit": unit.name,
        "clause": indicator.clause,
    }
    return pd.DataFrame(columns)


def natural(steps: Wholes, step: Fraction) -> Floats:
    """Steps as an amount in natural units, the nearest float to the exact one.

    >>> natural(np.array([3, 115], dtype=object), Fraction(1, 100)).tolist()
    [0.03, 1.15]
    """
    return (steps * step.numerator / step.denominator).astype(np.float64)


def _identity(evaluation: Evaluation, result: StageResult) -> dict[str, Any]:
    listed, rows = evaluation.roster, result.sections.rows
    names = (
        listed.schools["school_name"] if "school_name" in listed.schools else listed.schools["school_code"]
    )
    return {
        "county_code": np.array(listed.counties, dtype=object)[listed.county[rows]],
        "school_code": listed.schools["school_code"].to_numpy()[rows],
        "school_name": names.to_numpy()[rows],
    }
