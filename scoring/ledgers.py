"""Ledgers of met and unmet findings (已达标、未达标台账), worked out from an assessment."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from scoring.assessment import Assessment
from scoring.gaps import section_gaps
from scoring.verdicts import Verdict
from scoring.words import _, listed

COLUMNS = [
    "level", "school_code", "school_name", "stage", "code", "label", "what", "verdict", "value", "standard",
    "unit", "gap", "gap_unit", "note", "clause",
]  # fmt: skip
VALUE, SPREAD, ITEM = _("学校值"), _("校际差异系数"), _("评估项目")
_SPARED, _LACKING = _("达到底线，学校判定允许"), _("数据未填")


def unmet_ledger(assessment: Assessment) -> pd.DataFrame:
    """One row a finding that is not met, waits or lacks data.

    Columns: level (school, county), school_code, school_name, stage (each empty if it does not apply), code,
    label, what (学校值, 校际差异系数, 评估项目), verdict, value and standard in ``unit``, gap (what is
    lacking, in ``gap_unit``; where stages share, what the school must add), note, clause. NaN = no number.

    Values that a school misses although it passes the school rule are in, with a note.
    """
    findings = _findings(assessment)
    return findings[findings["verdict"] != Verdict.MET].reset_index(drop=True)


def met_ledger(assessment: Assessment) -> pd.DataFrame:
    """One row a finding that is met; columns as in ``unmet_ledger``."""
    findings = _findings(assessment)
    return findings[findings["verdict"] == Verdict.MET].reset_index(drop=True)


def _findings(assessment: Assessment) -> pd.DataFrame:
    rows = [*_spread_rows(assessment), *_item_rows(assessment)]
    return pd.concat(
        [_value_rows(assessment), pd.DataFrame(rows, columns=pd.Index(COLUMNS))], ignore_index=True
    )


def _value_rows(assessment: Assessment) -> pd.DataFrame:
    gaps = section_gaps(assessment)
    passes = assessment.sections.set_index(["school_code", "stage"])["verdict"] == Verdict.MET
    keys = pd.MultiIndex.from_frame(gaps[["school_code", "stage"]])
    spared = (gaps["verdict"] == Verdict.NOT_MET) & passes.reindex(keys).to_numpy()
    note = np.select([spared, gaps["verdict"] == Verdict.NO_DATA], [_SPARED, _LACKING], "")
    return gaps.assign(level="school", what=VALUE, gap=gaps["school_gap"], note=note)[COLUMNS]


def _spread_rows(assessment: Assessment) -> Iterator[dict[str, Any]]:
    for row in assessment.indicators.to_dict("records"):
        if np.isnan(row["cv_limit"]):
            continue
        yield _county_row(row["code"], row["label"], row["cv_verdict"], row["clause"]) | {
            "stage": row["stage"],
            "what": SPREAD,
            "value": row["cv"],
            "standard": row["cv_limit"],
            "gap": max(row["cv"] - row["cv_limit"], 0.0),
        }


def _item_rows(assessment: Assessment) -> Iterator[dict[str, Any]]:
    resources = set(assessment.standard.codes)
    for item in assessment.items.to_dict("records"):
        if item["code"] in resources:
            continue
        yield _county_row(item["code"], item["label"], item["verdict"], item["clause"]) | {
            "what": ITEM,
            "value": item["value"],
            "unit": item["unit"],
            "note": item["reason"],
        }
        yield from (_failing_row(item, failing) for failing in item["failing"])


def _failing_row(item: dict[Any, Any], failing: dict[str, Any]) -> dict[str, Any]:
    figures = {key: _number(failing[key]) for key in ("figure", "limit")}
    words = [failing["part"]] if failing["part"] else []
    words += [_("填报为 %(figure)s", figure=failing["figure"])] if isinstance(failing["figure"], str) else []
    return _county_row(item["code"], item["label"], Verdict.NOT_MET.value, item["clause"]) | {
        "level": "school",
        "school_code": failing["school_code"],
        "school_name": failing["name"],
        "stage": failing["stage"],
        "what": ITEM,
        "value": figures["figure"],
        "standard": figures["limit"],
        "unit": failing["unit"],
        "gap": abs(figures["figure"] - figures["limit"]),
        "gap_unit": failing["unit"],
        "note": listed(words, "；"),
    }


def _county_row(code: str, label: str, verdict: str, clause: str) -> dict[str, Any]:
    texts = dict.fromkeys(COLUMNS, "") | {"level": "county", "code": code, "label": label}
    return (
        texts | {"verdict": verdict, "clause": clause} | dict.fromkeys(("value", "standard", "gap"), np.nan)
    )


def _number(figure: Any) -> float:
    return float(figure) if isinstance(figure, int | float) else float("nan")
