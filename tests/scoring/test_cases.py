"""Every entry of a rulebook's cases.yaml is a test."""

from typing import Any

import pytest

from scoring.elements import RULEBOOKS
from scoring.engine import assess
from scoring.measures import Measures
from scoring.strict_yaml import read_yaml
from tests.scoring.make import STANDARD, schools_frame, section

CASES = read_yaml(RULEBOOKS / "quality-2017" / "cases.yaml")["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['indicator']}-{case['kind']}-{case['case']}")
def test_case_of_the_rulebook(case: dict[str, Any]) -> None:
    figures = {code: float(figure) for code, figure in case["figures"].items()}
    row = {"school_code": "1", "school_name": "示例校", "school_kind": case["kind"]} | figures

    result = assess(Measures(schools_frame(row)), STANDARD)

    assert {
        stage: _found(section(result, "1", stage), case["indicator"]) for stage in case["expect"]
    } == case["expect"]


def test_cases_cover_every_indicator_stage_and_outcome() -> None:
    covered = {
        (case["indicator"], stage, outcome) for case in CASES for stage, outcome in case["expect"].items()
    }

    wanted = {
        (code, stage, outcome)
        for code in STANDARD.codes
        for stage in ("primary", "junior")
        for outcome in ("met", "missed", "below_floor", "missing")
    }
    assert wanted <= covered


def _found(row: dict[str, Any], code: str) -> str:
    if code in row["missing"]:
        return "missing"
    if code in row["below_floor"]:
        return "below_floor"
    return "missed" if code in row["missed"] else "met"
