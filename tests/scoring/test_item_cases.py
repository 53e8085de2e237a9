"""Every entry of ``item_cases`` in a rulebook's cases.yaml is a test."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from scoring.elements import ELEMENTS, RULEBOOKS
from scoring.engine import assess
from scoring.evidence import Attestation, Evidence, MonitoringResult, SchoolFinding, level_of
from scoring.exact import printed
from scoring.measures import Measures, no_rooms
from scoring.strict_yaml import read_yaml
from tests.scoring.make import STANDARD, schools_frame

CASES = read_yaml(RULEBOOKS / "quality-2017" / "cases.yaml")["item_cases"]
LACKING = {
    "conclusion": {"conclusion": ""},
    "signature": {"signed_by_role": "", "signed_on": None},
    "file": {"n_evidence": 0},
    "statement": {"statement": ""},
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['item']}-{case['case']}")
def test_item_case_of_the_rulebook(case: dict[str, Any]) -> None:
    measures = Measures(_schools(case), _figures(case.get("county", {})), _rooms(case))

    result = assess(measures, STANDARD, case.get("relaxations", ()), evidence=_evidence(case))

    item = result.items.set_index("code").loc[case["item"]]
    assert item["verdict"] == case["expect"]
    if "warns" in case:
        assert item["warnings"]
    if "printed" in case:
        decimals = len(case["printed"].partition(".")[2])
        assert printed(item["value"], decimals) == case["printed"]


def test_item_cases_cover_every_item_and_outcome() -> None:
    covered = {(case["item"], case["expect"]) for case in CASES}

    wanted = {
        (item.code, outcome)
        for item in STANDARD.items
        if item.enabled
        for mode in item.mode.split("+")
        for outcome in ("met", "not_met", "no_data" if mode in ("computed", "limit") else "pending")
    }
    assert wanted <= covered


def _figures(given: dict[str, str]) -> dict[str, Any]:
    return {code: float(text) if ELEMENTS[code].is_number else text for code, text in given.items()}


def _schools(case: dict[str, Any]) -> pd.DataFrame:
    rows = [
        {"school_code": str(number), "school_name": f"示例{number}校"} | _figures(given)
        for number, given in enumerate(case.get("schools", ()), start=1)
    ]
    return schools_frame(*rows) if rows else schools_frame({"school_code": "1", "school_kind": ""}).iloc[:0]


def _rooms(case: dict[str, Any]) -> pd.DataFrame:
    rows = [("1", kind, float(area)) for kind, area in case.get("rooms", ())]
    return pd.DataFrame(rows, columns=["school_code", "kind", "area_m2"]) if rows else no_rooms()


def _evidence(case: dict[str, Any]) -> Evidence:
    stated = [_attestation(place, word, case) for place, word in case.get("stated", {}).items()]
    monitoring = [
        MonitoringResult(subject, 2026, level_of(level), float(rate or "nan"))
        for subject, level, rate in case.get("monitoring", ())
    ]
    return Evidence(tuple(stated), tuple(monitoring), case.get("settings", {}))


def _attestation(place: str, conclusion: str, case: dict[str, Any]) -> Attestation:
    item, _, part = place.partition(".")
    failing = (SchoolFinding("1", case["failing"]),) if "failing" in case else ()
    full = Attestation(item, conclusion, "经核查", "教育局局长", date(2026, 9, 1), 2, part, failing)
    return replace(full, **LACKING[case["lacking"]]) if "lacking" in case else full
