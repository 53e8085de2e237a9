"""Kernel arrays → the documented frames of an assessment."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.evaluation import Evaluation, Judged, StageResult
from scoring.exact import Flags, printed
from scoring.standard import Indicator, Standard
from scoring.verdicts import Words, of_flags, unjudged

_IDENTITY = ("school_code", "school_name", "school_kind", "owner_code", "location")


def sections_frame(evaluation: Evaluation, standard: Standard) -> pd.DataFrame:
    """One row a school and stage.

    Columns: county_code; school_code, school_name, school_kind, owner_code, location (empty if missing);
    stage; students; per indicator code R: ``R`` value in its unit, ``amount_R`` the numerator after the
    split, ``verdict_R`` (None if no rule judges it); lists of codes ``met``, ``missed``, ``below_floor``,
    ``missing``; ``relaxed`` list of the relaxations that changed a value; ``verdict`` of the school rule
    (None if there is none). Missing numbers are NaN.
    """
    parts = [_stage_frame(evaluation, result, standard) for result in evaluation.stages]
    return pd.concat(parts, ignore_index=True)


def indicators_frame(evaluation: Evaluation, standard: Standard) -> pd.DataFrame:
    """One row a county, indicator and stage that has sections.

    Columns: county_code, code, label, unit, stage, students, mean, sd, cv, at_least, cv_limit, cv_verdict,
    schools_met, schools, eased (number of sections a relaxation changed), clause, and
    ``rounding_flips``: a list of ``{what, school_code, value, printed, limit}`` where the
    printed number would give the other verdict; ``what`` is value (against
    the standard), floor (against the floor) or cv.
    """
    rows = [
        row
        for indicator in standard.indicators
        for result in evaluation.stages
        for row in _indicator_rows(evaluation, result, indicator, standard)
    ]
    return pd.DataFrame(rows, columns=pd.Index(_INDICATOR_COLUMNS))


_INDICATOR_COLUMNS = [
    "county_code", "code", "label", "unit", "stage", "students", "mean", "sd", "cv", "at_least", "cv_limit",
    "cv_verdict", "schools_met", "schools", "eased", "rounding_flips", "clause",
]  # fmt: skip


def _stage_frame(evaluation: Evaluation, result: StageResult, standard: Standard) -> pd.DataFrame:
    listed, rows = evaluation.roster, result.sections.rows
    counties = np.array(listed.counties, dtype=object)[listed.county[rows]]
    columns: dict[str, Any] = {"county_code": pd.Series(counties, dtype=str)}
    for name in _IDENTITY:
        column = listed.schools[name] if name in listed.schools else pd.Series("", index=listed.schools.index)
        columns[name] = column.iloc[rows].fillna("").to_numpy()
    columns |= {"stage": result.sections.stage, "students": result.students}
    for code, judged in result.judged.items():
        columns |= _indicator_columns(code, judged, result, standard.indicator(code))
    columns |= _code_lists(result, standard)
    return pd.DataFrame(columns | {"verdict": _or_none(result.verdict)})


def _or_none(verdicts: Words) -> npt.NDArray[Any]:
    given = verdicts.astype(object)
    given[verdicts == ""] = None
    return given


def _indicator_columns(
    code: str, judged: Judged, result: StageResult, indicator: Indicator
) -> dict[str, Any]:
    return {
        code: judged.values,
        f"amount_{code}": judged.values * result.students / indicator.scale,
        f"verdict_{code}": _or_none(
            of_flags(judged.ratio.known, judged.met) if indicator.at_least else unjudged(judged.ratio.known)
        ),
    }


def _code_lists(result: StageResult, standard: Standard) -> dict[str, list[list[str]]]:
    codes = list(result.judged)
    required = codes if standard.judges_schools else []
    known = {code: judged.ratio.known for code, judged in result.judged.items()}
    met = {code: judged.met for code, judged in result.judged.items()}
    above = {code: judged.above_floor for code, judged in result.judged.items()}
    eased = {code: flags for judged in result.judged.values() for code, flags in judged.eased.items()}
    n_sections = len(result.sections.rows)
    return {
        "met": _named(required, [met[code] for code in required], n_sections),
        "missed": _named(required, [known[code] & ~met[code] for code in required], n_sections),
        "below_floor": _named(required, [known[code] & ~above[code] for code in required], n_sections),
        "missing": _named(codes, [~known[code] for code in codes], n_sections),
        "relaxed": _named(list(eased), list(eased.values()), n_sections),
    }


def _named(names: Sequence[str], flags: Sequence[Flags], n_sections: int) -> list[list[str]]:
    if not flags:
        return [[] for _ in range(n_sections)]
    return [[name for name, on in zip(names, row, strict=True) if on] for row in np.column_stack(flags)]


def _indicator_rows(
    evaluation: Evaluation, result: StageResult, indicator: Indicator, standard: Standard
) -> list[dict[str, Any]]:
    present = np.unique(result.sections.county)
    return [_indicator_row(evaluation, result, indicator, standard, position) for position in present]


def _indicator_row(
    evaluation: Evaluation, result: StageResult, indicator: Indicator, standard: Standard, county: np.intp
) -> dict[str, Any]:
    stage, judged = result.sections.stage, result.judged[indicator.code]
    chosen = result.sections.county == county
    eased = np.logical_or.reduce([np.zeros_like(chosen), *judged.eased.values()])
    return {
        "county_code": evaluation.roster.counties[county],
        "code": indicator.code,
        "label": indicator.label,
        "unit": indicator.unit,
        "stage": stage,
        "students": float(result.students[chosen].sum()),
        "mean": judged.spread.mean[county],
        "sd": judged.spread.sd[county],
        "cv": judged.spread.cv[county],
        "at_least": float(indicator.at_least.get(stage, "nan")),
        "cv_limit": float(indicator.cv_at_most.get(stage, "nan")),
        "cv_verdict": str(judged.cv_verdict[county]) or None,
        "schools_met": int(judged.met[chosen].sum()) if indicator.at_least else np.nan,
        "schools": int(chosen.sum()),
        "eased": int(eased[chosen].sum()),
        "rounding_flips": _flips(evaluation, result, indicator, standard, county, chosen),
        "clause": indicator.clause,
    }


def _flips(
    evaluation: Evaluation,
    result: StageResult,
    indicator: Indicator,
    standard: Standard,
    county: np.intp,
    chosen: Flags,
) -> list[dict[str, Any]]:
    stage, judged = result.sections.stage, result.judged[indicator.code]
    if not indicator.at_least:
        return []
    threshold = Fraction(indicator.at_least[stage])
    floor = threshold * Fraction(standard.school_rule.floor_percent, 100)
    codes = evaluation.roster.schools["school_code"].to_numpy()[result.sections.rows]
    flips = _value_flips("value", np.flatnonzero(chosen & judged.flips_met), codes, judged, float(threshold))
    flips += _value_flips("floor", np.flatnonzero(chosen & judged.flips_floor), codes, judged, float(floor))
    if judged.cv_flips[county]:
        cv, limit = float(judged.spread.cv[county]), float(indicator.cv_at_most[stage])
        flips.append(
            {"what": "cv", "school_code": None, "value": cv, "printed": printed(cv, 3), "limit": limit}
        )
    return flips


def _value_flips(
    what: str, positions: npt.NDArray[np.intp], codes: npt.NDArray[Any], judged: Judged, limit: float
) -> list[dict[str, Any]]:
    values = judged.values[positions].tolist()
    return [
        {"what": what, "school_code": str(code), "value": value, "printed": printed(value), "limit": limit}
        for code, value in zip(codes[positions], values, strict=True)
    ]
