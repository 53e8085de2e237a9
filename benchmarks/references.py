"""The same figures in two other ways: float vectors with ``bincount``, and a group at a time in pandas."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.elements import STAGES
from scoring.formulas import FORMULAS
from scoring.standard import Indicator, Standard

Floats = npt.NDArray[np.float64]
Figures = dict[tuple[str, str], "Figure"]  # (indicator code, stage) → figure


@dataclass(frozen=True)
class Figure:
    """One indicator in one stage, in floats: by section the value and its flags, by county mean and CV."""

    values: Floats
    met: npt.NDArray[np.bool_]
    above_floor: npt.NDArray[np.bool_]
    mean: Floats
    cv: Floats


def by_bincount(schools: pd.DataFrame, standard: Standard) -> Figures:
    """All indicators in float vectors. Every school must have all stages of ``STAGES`` and be covered."""
    county, counties = pd.factorize(schools["county_code"], sort=True)
    students = {stage: schools[f"students_{stage}"].to_numpy() for stage in standard.split.weights}
    weights = {stage: weight / 100 for stage, weight in standard.split.weights.items()}
    weighted = sum(weights[stage] * np.nan_to_num(students[stage]) for stage in weights)
    return {
        (indicator.code, stage): _figure(
            _value(schools, indicator, stage, students[stage], weights[stage], weighted),
            students[stage],
            county,
            len(counties),
            indicator,
            stage,
        )
        for stage in STAGES
        for indicator in standard.indicators
    }


def by_groups(schools: pd.DataFrame, standard: Standard) -> Figures:
    """All indicators with ``groupby.apply``: one call a county and stage, plain pandas inside."""
    sections = pd.concat([_sections(schools, stage, standard) for stage in STAGES], ignore_index=True)
    groups = sections.groupby(["stage", "county_code"], sort=True)
    judged = groups.apply(_judge_group, standard)
    return {
        (indicator.code, stage): _gathered(judged.loc[stage], indicator.code)
        for stage in STAGES
        for indicator in standard.indicators
    }


def _value(
    schools: pd.DataFrame,
    indicator: Indicator,
    stage: str,
    students: Floats,
    weight: float,
    weighted: Floats,
) -> Floats:
    per_stage = FORMULAS[indicator.formula].per_stage
    suffix = f"_{stage}" if per_stage else ""
    amount = sum(schools[code + suffix].to_numpy() for code in indicator.adds)
    for code in indicator.subtracts:
        amount = amount - schools[code + suffix].to_numpy()
    share = amount if per_stage else amount * (weight * students / weighted)
    return share / students * indicator.scale


def _figure(
    values: Floats,
    students: Floats,
    county: npt.NDArray[np.intp],
    n_counties: int,
    indicator: Indicator,
    stage: str,
) -> Figure:
    pupils = np.bincount(county, students, n_counties)
    mean = np.bincount(county, values * students, n_counties) / pupils
    variance = np.bincount(county, students * (values - mean[county]) ** 2, n_counties) / pupils
    threshold = float(indicator.at_least[stage])
    return Figure(values, values >= threshold, values >= threshold * 0.85, mean, np.sqrt(variance) / mean)


def _sections(schools: pd.DataFrame, stage: str, standard: Standard) -> pd.DataFrame:
    weights = {key: weight / 100 for key, weight in standard.split.weights.items()}
    weighted = sum(weights[key] * schools[f"students_{key}"].fillna(0) for key in weights)
    own = schools.rename(columns=lambda name: name.removesuffix(f"_{stage}"))
    return own.assign(stage=stage, share=weights[stage] * own["students"] / weighted)


def _judge_group(group: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    stage, _ = group.name
    columns = {}
    for one in standard.indicators:
        values, threshold = _group_value(group, one), float(one.at_least[stage])
        mean = (values * group["students"]).sum(skipna=False) / group["students"].sum()
        variance = (group["students"] * (values - mean) ** 2).sum(skipna=False) / group["students"].sum()
        columns |= {one.code: values, f"met_{one.code}": values >= threshold}
        columns |= {f"floor_{one.code}": values >= threshold * 0.85}
        columns |= {f"mean_{one.code}": mean, f"cv_{one.code}": variance**0.5 / mean}
    return pd.DataFrame(columns)


def _group_value(group: pd.DataFrame, indicator: Indicator) -> "pd.Series[float]":
    amount = sum(group[code] for code in indicator.adds)
    for code in indicator.subtracts:
        amount = amount - group[code]
    if not FORMULAS[indicator.formula].per_stage:
        amount = amount * group["share"]
    return amount / group["students"] * indicator.scale


def _gathered(judged: pd.DataFrame, code: str) -> Figure:
    counties = judged.groupby(level=0, sort=True)[[f"mean_{code}", f"cv_{code}"]].first(skipna=False)
    sections = judged.droplevel(0).sort_index()
    return Figure(
        sections[code].to_numpy(),
        sections[f"met_{code}"].to_numpy(),
        sections[f"floor_{code}"].to_numpy(),
        counties[f"mean_{code}"].to_numpy(),
        counties[f"cv_{code}"].to_numpy(),
    )
