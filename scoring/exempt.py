"""Which missed indicators a section may keep: the school rule lets some stay between floor and standard."""

from collections.abc import Iterator, Mapping
from math import inf
from typing import Any

import pandas as pd

from scoring.assessment import Assessment
from scoring.errors import MissingUnitCost
from scoring.gaps import section_gaps
from scoring.standard import Standard
from scoring.verdicts import Verdict
from scoring.words import _


def section_choices(assessment: Assessment, unit_costs: Mapping[str, float] | None = None) -> pd.DataFrame:
    """One row a section that misses anything and has no value missing.

    Columns: school_code, school_name, stage, leave (codes left at the floor), lift (codes to be lifted to the
    floor for that), raise (codes to be brought to the standard), effort (sum of what remains to be done),
    effort_unit, and rule (in words).

    The rule leaves those indicators where going on from the floor to the standard takes the greatest effort.
    Effort is 元 if unit costs are given (indicator code → 元 per natural unit, times what the school must
    add), else the lack in percent of the standard. A tie leaves the one named first by the standard. Each
    section is looked at alone: that its school's other stage gains too is for ``scoring.remedy``.

    Raises MissingUnitCost where costs are given but one that is needed is not.
    """
    gaps = section_gaps(assessment)
    efforts = _in_money(gaps, unit_costs) if unit_costs else _in_percent(gaps)
    rows = list(_choices(gaps.assign(**efforts), assessment.standard))
    words = (
        (_("按单价：留下补到标准最费钱的一项"), _("元"))
        if unit_costs
        else (_("按差距比例：留下离标准最远的一项"), "%")
    )
    frame = pd.DataFrame(rows, columns=pd.Index([*_KEYS, "leave", "lift", "raise", "effort"]))
    return frame.assign(effort_unit=words[1], rule=words[0])


_KEYS = ["school_code", "school_name", "stage"]


def _in_money(gaps: pd.DataFrame, unit_costs: Mapping[str, float]) -> dict[str, "pd.Series[float]"]:
    needed = gaps.loc[gaps["school_gap"] > 0, "code"].unique()
    unpriced = [code for code in needed if not 0 <= unit_costs.get(code, -1) < inf]
    if unpriced:
        raise MissingUnitCost(unpriced)
    price = gaps["code"].map(unit_costs)
    return {"whole": gaps["school_gap"] * price, "least": gaps["school_floor_gap"] * price}


def _in_percent(gaps: pd.DataFrame) -> dict[str, "pd.Series[float]"]:
    floor = 100 * gaps["floor"] / gaps["standard"]
    lacks = {"whole": 100 - gaps["percent"], "least": floor - gaps["percent"]}
    return {name: lack.clip(lower=0).where(gaps["gap"] > 0, gaps["gap"]) for name, lack in lacks.items()}


def _choices(gaps: pd.DataFrame, standard: Standard) -> Iterator[dict[str, Any]]:
    allowed = len(standard.indicators) - standard.school_rule.met_at_least
    for key, own in gaps.groupby(_KEYS, sort=False):
        missed = own[own["verdict"] == Verdict.NOT_MET]
        if missed.empty or (own["verdict"] == Verdict.NO_DATA).any():
            continue
        saved = (missed["whole"] - missed["least"]).sort_values(ascending=False, kind="stable")
        left = missed.loc[saved.index[:allowed]].sort_index()
        raised = missed.drop(left.index)
        yield dict(zip(_KEYS, key, strict=True)) | {
            "leave": left["code"].tolist(),
            "lift": left.loc[left["floor_gap"] > 0, "code"].tolist(),
            "raise": raised["code"].tolist(),
            "effort": float(left["least"].sum() + raised["whole"].sum()),
        }
