"""Every entry of the rubric's cases.yaml is a test."""

from typing import Any

import pandas as pd
import pytest

from scoring.claims import Claim, check_claim
from scoring.elements import RULEBOOKS
from scoring.rubric import hints, load_rubric
from scoring.strict_yaml import read_yaml

RUBRIC = load_rubric("xinjiang-2014-1000")
CONTENT = read_yaml(RULEBOOKS / "xinjiang-2014-1000" / "cases.yaml")
CASES, CLAIMS = CONTENT["cases"], CONTENT["claims"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['item']}-{case['label']}-{case['case']}")
def test_case_of_the_rubric(case: dict[str, Any]) -> None:
    annual = _annual(case["years"])

    found = [hint for hint in hints(RUBRIC, annual) if hint.year == max(annual.index)]
    (own,) = (hint for hint in found if (hint.item, hint.label) == (case["item"], case["label"]))

    got = {"verdict": own.verdict, "printed": own.printed, "change": own.change, "flags": list(own.flags)}
    assert {key: got[key] for key in case["expect"]} == case["expect"]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim["label"])
def test_claim_of_a_published_report(claim: dict[str, Any]) -> None:
    says_met = {"met": True, "not_met": False, "": None}[claim.get("says", "")]

    found = check_claim(
        Claim(
            claim["label"],
            claim["printed"],
            claim["formula"],
            tuple(claim["inputs"]),
            claim.get("sense", ""),
            claim.get("limit", ""),
            says_met,
        )
    )

    assert found.outcome == claim["outcome"], found.words


def test_cases_cover_every_check_and_outcome():
    covered = {(case["item"], case["label"], case["expect"]["verdict"]) for case in CASES}

    wanted = set()
    for item, _, check in RUBRIC.checks():
        judged = ("pending",) if check.kind == "ratio" and check.limit is None else ("met", "not_met")
        wanted |= {(item.code, check.label, verdict) for verdict in (*judged, "no_data")}
    assert wanted <= covered


def _annual(years: dict[str, dict[str, str]]) -> pd.DataFrame:
    rows = {int(year): {code: float(text) for code, text in row.items()} for year, row in years.items()}
    return pd.DataFrame.from_dict(rows, orient="index")
