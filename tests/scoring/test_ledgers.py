"""Ledgers hold every finding once, with its gap."""

import numpy as np

from scoring.ledgers import ITEM, SPREAD, VALUE, met_ledger, unmet_ledger
from tests.scoring.make import assessed, school


def _rows(ledger, what):
    return ledger[ledger["what"] == what]


def test_both_ledgers_together_hold_every_finding():
    result = assessed(
        school("1"), school("2", "九年一贯制", multimedia_rooms=1), school("3", multimedia_rooms=None)
    )

    findings = len(unmet_ledger(result)) + len(met_ledger(result))

    failing = sum(
        len(one) for one in result.items.loc[~result.items["code"].isin(result.standard.codes), "failing"]
    )
    others = len(result.items) - len(result.standard.codes)
    assert findings == 7 * len(result.sections) + len(result.indicators) + others + failing


def test_unmet_value_has_its_gap_and_clause():
    result = assessed(school("1", students_primary=1000, multimedia_rooms=19))

    row = _rows(unmet_ledger(result), VALUE).iloc[0]

    assert row[["school_code", "stage", "code", "verdict"]].tolist() == ["1", "primary", "R7", "not_met"]
    assert row[["value", "standard", "gap", "gap_unit", "note"]].tolist() == [1.9, 2.3, 4, "间", ""]
    assert row["clause"] == "教督〔2017〕6号 第六条第七项"


def test_miss_that_the_school_rule_allows_says_so():
    result = assessed(school("1", students_primary=1000, multimedia_rooms=22))

    assert _rows(unmet_ledger(result), VALUE)["note"].tolist() == ["达到底线，学校判定允许"]


def test_missing_value_is_unmet_without_a_gap():
    row = _rows(unmet_ledger(assessed(school("1", multimedia_rooms=None))), VALUE).iloc[0]

    assert (row["code"], row["verdict"], row["note"], np.isnan(row["gap"])) == (
        "R7",
        "no_data",
        "数据未填",
        True,
    )


def test_spread_over_its_limit_is_a_finding_of_the_county():
    result = assessed(
        school("1", students_primary=100, multimedia_rooms=3),
        school("2", students_primary=100, multimedia_rooms=30),
    )

    row = _rows(unmet_ledger(result), SPREAD).iloc[0]

    assert row[["level", "code", "stage", "standard"]].tolist() == ["county", "R7", "primary", 0.5]
    assert row["gap"] == row["value"] - 0.5


def test_item_lists_every_school_that_fails_it():
    result = assessed(school("1", students_primary=2400), school("2"))

    rows = _rows(unmet_ledger(result), ITEM)

    size = rows[rows["code"] == "G4"]
    assert size["school_code"].tolist() == ["", "1"]
    assert size[["value", "standard", "gap", "gap_unit"]].iloc[1].tolist() == [2400, 2000, 400, "人"]


def test_waiting_items_are_not_called_met():
    result = assessed(school("1"))

    assert "G1" in unmet_ledger(result)["code"].tolist()
    assert "G1" not in met_ledger(result)["code"].tolist()
