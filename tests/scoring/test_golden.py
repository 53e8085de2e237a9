"""Figures that real documents print, recomputed from the totals that the same documents print."""

from decimal import Decimal

import numpy as np
import pytest

from scoring.dispersion import composite
from scoring.exact import printed
from tests.scoring.make import assessed, indicator, school

# Totals of a county's self-evaluation of 2025: stage, pupils, then the seven amounts.
TOTALS = {
    "primary": (12818, 919, 180, 163, 92032.88, 168378.39, 4507.86, 461.65),
    "junior": (7968, 577, 134, 78, 57641.28, 116434.63, 2987.27, 247.65),
}
PRINTED = {
    "primary": ["7.17", "1.40", "1.27", "7.18", "13.14", "3516.82", "3.60"],
    "junior": ["7.24", "1.68", "0.98", "7.23", "14.61", "3749.08", "3.11"],
}
# The report prints 3516.80 for R6 小学, which does not follow from its own 4507.86 万元 and 12818 pupils.

CVS_2023 = {  # the eight CVs of a basic-balance review of 2023; E2 小学 is far above the limit
    "primary": [0.3067, 0.9851, 0.4408, 0.2817, 0.1307, 0.2506, 0.3337, 0.4398],
    "junior": [0.2163, 0.3803, 0.2926, 0.2019, 0.0658, 0.1811, 0.1787, 0.3084],
}


@pytest.mark.parametrize("stage", ["primary", "junior"])
def test_county_means_follow_from_published_totals(stage):
    whole = dict(zip(_CODES, TOTALS[stage], strict=True))
    some = {code: float(amount // 3) for code, amount in whole.items()}
    parts = [some, {code: round(amount - some[code], 2) for code, amount in whole.items()}]

    result = assessed(*(_school(f"{n}", stage, part) for n, part in enumerate(parts)))

    means = [printed(indicator(result, f"R{n}", stage)["mean"]) for n in range(1, 8)]
    assert means == PRINTED[stage]


def test_multimedia_rooms_of_both_stages_add_up_to_the_published_total():
    result = assessed(
        _school("1", "primary", dict(zip(_CODES, TOTALS["primary"], strict=True))),
        _school("2", "junior", dict(zip(_CODES, TOTALS["junior"], strict=True))),
    )

    assert result.sections["amount_R7"].sum() == pytest.approx(709.30, abs=1e-9)


def test_county_mean_uses_the_pupils_covered_and_not_all_pupils():
    small_point = school("9", "教学点", students_primary=49)

    result = assessed(school("1", students_primary=12769, teachers_above_degree_primary=919), small_point)

    assert indicator(result, "R1")["students"] == 12769
    assert indicator(result, "R1")["mean"] == 919 / 12769 * 100


@pytest.mark.parametrize(("stage", "expected"), [("primary", "0.3961"), ("junior", "0.2281")])
def test_composite_is_the_plain_mean_of_the_published_cvs(stage, expected):
    assert printed(composite(np.array(CVS_2023[stage])), 4) == expected


def test_published_cv_of_0_501787_fails_though_with_two_decimals_it_prints_0_50():
    result = assessed(*_pair_with_cv("0.501787"))

    row = indicator(result, "R6")
    assert (printed(row["cv"], 2), row["cv_verdict"]) == ("0.50", "not_met")


def test_cv_of_0_5004_fails_and_is_flagged_because_it_prints_0_500():
    result = assessed(*_pair_with_cv("0.5004"))

    row = indicator(result, "R6")
    flips = [(flip["what"], flip["printed"], flip["limit"]) for flip in row["rounding_flips"]]
    assert (row["cv_verdict"], flips) == ("not_met", [("cv", "0.500", 0.5)])


def test_cv_of_exactly_0_5_passes():
    result = assessed(*_pair_with_cv("0.5"))

    row = indicator(result, "R6")
    assert (row["cv_verdict"], row["rounding_flips"]) == ("met", [])


def _pair_with_cv(cv):
    """Two schools of 300 pupils whose equipment differs from its mean by the given share."""
    away = Decimal(cv)
    amounts = [float(Decimal(300) * (1 + away)), float(Decimal(300) * (1 - away))]
    return [school(str(n), students_primary=300, equipment_value_wan=x) for n, x in enumerate(amounts)]


_CODES = (
    "students",
    "teachers_above_degree",
    "backbone_teachers",
    "pe_art_teachers",
    "teaching_area_m2",
    "sports_field_area_m2",
    "equipment_value_wan",
    "multimedia_rooms",
)


def _school(code, stage, amounts):
    staged = {f"{key}_{stage}": value for key, value in amounts.items() if key in _CODES[:4]}
    shared = {key: value for key, value in amounts.items() if key in _CODES[4:]}
    kind = {"primary": "小学", "junior": "初级中学"}[stage]
    return school(code, kind, **staged, **shared, indoor_sports_area_m2=0)
