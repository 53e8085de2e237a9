"""The working behind a verdict: inputs, formula in words, a table to check by hand, the clause."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from scoring.assessment import Assessment
from scoring.elements import ELEMENTS, STAGE_LABELS
from scoring.errors import UnknownSection
from scoring.formulas import FORMULAS
from scoring.measures import SCHOOLS_SHEET
from scoring.sections import stage_code
from scoring.standard import Indicator
from scoring.words import _


@dataclass(frozen=True)
class Input:
    """One figure that went into a value."""

    code: str
    label: str
    figure: float  # NaN = missing
    unit: str
    sign: str  # "+" or "−"; "" for pupils
    relaxation: str = ""  # code of the relaxation that let it count
    sheet: str = SCHOOLS_SHEET  # of the return that it comes from


@dataclass(frozen=True)
class SectionWorking:
    """How one indicator of one school and stage was judged."""

    code: str
    label: str
    unit: str
    school_code: str
    school_name: str
    stage: str
    inputs: tuple[Input, ...]
    formula: str  # in words
    share: str  # how shared resources were split, empty if nothing is shared
    amount: float  # after the split, in the unit of the inputs
    students: float
    value: float
    threshold: float
    percent_of_threshold: float
    verdict: str
    printed_otherwise: bool  # the printed value would give the other verdict
    relaxations: tuple[str, ...]  # that changed the value
    clause: str


@dataclass(frozen=True)
class IndicatorWorking:
    """How the spread of one indicator in one stage was judged.

    ``table``: school_code, school_name, students (P_i), amount (x_i), value (X_i), deviation (X_i − X̄),
    weighted_square (P_i/ΣP · (X_i − X̄)²), share_of_variance; the last three are NaN if any value is missing.
    """

    code: str
    label: str
    unit: str
    stage: str
    table: pd.DataFrame
    formula: str
    mean: float
    sd: float
    cv: float
    cv_limit: float
    verdict: str
    printed_otherwise: bool
    unweighted_cv: float  # what a form without weights would have said
    sample_cv: float  # … and one that divides by n − 1
    clause: str


SPREAD_WORDS = _(
    "X_i＝x_i÷P_i；X̄＝Σx_i÷ΣP_i；S＝√Σ(P_i÷ΣP)·(X_i−X̄)²；差异系数＝S÷X̄。"
    "按学生数加权，不取各校均值的平均，不减一。"
)


def section_working(assessment: Assessment, code: str, school_code: str, stage: str) -> SectionWorking:
    """Working of a school's indicator. Raises UnknownSection."""
    indicator = assessment.standard.indicator(code)
    sections = assessment.sections
    found = sections[(sections["school_code"] == school_code) & (sections["stage"] == stage)]
    if found.empty:
        raise UnknownSection(
            _(
                "没有学校 %(school)s 的%(stage)s数据，或该校不在评估范围内。",
                school=school_code,
                stage=STAGE_LABELS.get(stage, stage),
            )
        )
    row = found.iloc[0]
    schools = assessment.measures.schools
    school = schools[schools["school_code"] == school_code].iloc[0]
    threshold = float(indicator.at_least.get(stage, "nan"))
    relaxed = tuple(
        one.code for one in assessment.relaxations if one.code in row["relaxed"] and one.indicator == code
    )
    return SectionWorking(
        code=code,
        label=indicator.label,
        unit=indicator.unit,
        school_code=school_code,
        school_name=row["school_name"],
        stage=stage,
        inputs=_inputs(assessment, indicator, school, stage, relaxed),
        formula=_formula_words(indicator),
        share=_share_words(assessment, indicator, school, stage),
        amount=row[f"amount_{code}"],
        students=row["students"],
        value=row[code],
        threshold=threshold,
        percent_of_threshold=100 * row[code] / threshold,
        verdict=row[f"verdict_{code}"],
        printed_otherwise=_flipped(assessment, code, stage, school_code),
        relaxations=relaxed,
        clause=indicator.clause,
    )


def indicator_working(assessment: Assessment, code: str, stage: str) -> IndicatorWorking:
    """Working of a spread between schools. Raises UnknownSection."""
    indicator = assessment.standard.indicator(code)
    row = _indicator_row(assessment, code, stage)
    table = spread_table(assessment, code, stage)
    values = table["value"].to_numpy(dtype=float)
    return IndicatorWorking(
        code=code,
        label=indicator.label,
        unit=indicator.unit,
        stage=stage,
        table=table,
        formula=SPREAD_WORDS,
        mean=row["mean"],
        sd=row["sd"],
        cv=row["cv"],
        cv_limit=row["cv_limit"],
        verdict=row["cv_verdict"],
        printed_otherwise=_flipped(assessment, code, stage, None),
        unweighted_cv=_plain_cv(values, ddof=0),
        sample_cv=_plain_cv(values, ddof=1),
        clause=indicator.clause,
    )


def _indicator_row(assessment: Assessment, code: str, stage: str) -> "pd.Series[Any]":
    rows = assessment.indicators
    found = rows[(rows["code"] == code) & (rows["stage"] == stage)]
    if found.empty:
        raise UnknownSection(_("没有%(stage)s的学校数据。", stage=STAGE_LABELS.get(stage, stage)))
    return found.iloc[0]


def _inputs(
    assessment: Assessment,
    indicator: Indicator,
    school: "pd.Series[float]",
    stage: str,
    relaxed: tuple[str, ...],
) -> tuple[Input, ...]:
    extras = [(code, one.code) for one in assessment.relaxations if one.code in relaxed for code in one.adds]
    parts = [
        *((code, "+", "") for code in indicator.adds),
        *((code, "−", "") for code in indicator.subtracts),
        *((code, "+", relaxation) for code, relaxation in extras),
    ]
    inputs = [_input(stage_code(code, stage), school, sign, relaxation) for code, sign, relaxation in parts]
    return (*inputs, _input(f"students_{stage}", school, "", ""))


def _input(code: str, school: "pd.Series[float]", sign: str, relaxation: str) -> Input:
    element = ELEMENTS[code]
    return Input(code, element.label, float(school.get(code, np.nan)), element.unit, sign, relaxation)


def _formula_words(indicator: Indicator) -> str:
    scale = {1: "", 100: " × 100", 10000: _(" × 10000（万元折元）")}[indicator.scale]
    return FORMULAS[indicator.formula].words + scale


def _share_words(assessment: Assessment, indicator: Indicator, school: "pd.Series[float]", stage: str) -> str:
    if FORMULAS[indicator.formula].per_stage:
        return ""
    weights = assessment.standard.split.weights
    pupils = {key: float(school.get(f"students_{key}", np.nan)) for key in weights}
    present = {key: n for key, n in pupils.items() if n > 0}
    if set(present) <= {stage}:
        return ""
    terms = " + ".join(f"{weights[key] / 100:g}×{n:g}" for key, n in present.items())
    own = f"{weights[stage] / 100:g}×{pupils[stage]:g}"
    return _("%(stage)s占比＝%(own)s ÷（%(terms)s）", stage=STAGE_LABELS[stage], own=own, terms=terms)


def _flipped(assessment: Assessment, code: str, stage: str, school_code: str | None) -> bool:
    rows = assessment.indicators
    flips = rows[(rows["code"] == code) & (rows["stage"] == stage)]["rounding_flips"].iloc[0]
    return any(flip["school_code"] == school_code for flip in flips)


def spread_table(assessment: Assessment, code: str, stage: str) -> pd.DataFrame:
    """One row a section of a stage, as ``IndicatorWorking.table`` describes it. Raises UnknownSection."""
    mean = _indicator_row(assessment, code, stage)["mean"]
    own = assessment.sections[assessment.sections["stage"] == stage]
    table = own[["school_code", "school_name", "students"]].reset_index(drop=True)
    table["amount"] = own[f"amount_{code}"].to_numpy()
    table["value"] = own[code].to_numpy()
    table["deviation"] = table["value"] - mean
    table["weighted_square"] = (
        table["students"] / table["students"].sum(skipna=False) * table["deviation"] ** 2
    )
    variance = table["weighted_square"].sum(skipna=False)
    table["share_of_variance"] = table["weighted_square"] / variance if variance else 0.0
    return table


def _plain_cv(values: "np.ndarray[tuple[int], np.dtype[np.float64]]", ddof: int) -> float:
    if len(values) <= ddof or not values.mean():
        return float("nan")
    return float(values.std(ddof=ddof) / values.mean())
