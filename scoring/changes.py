"""What would change a verdict, in sentences: the least to add, figures to fill in, what is left to spare."""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil
from typing import Any

import numpy as np
import pandas as pd

from scoring.assessment import Assessment
from scoring.county_parts import exactly
from scoring.drivers import spread_drivers
from scoring.elements import ELEMENTS, STAGE_LABELS
from scoring.exact import printed
from scoring.explain import section_working
from scoring.gaps import section_gaps
from scoring.items import Item, Part
from scoring.natural_units import natural_unit
from scoring.verdicts import Verdict
from scoring.words import _, listed

_SHOWN = 3


def section_changes(assessment: Assessment, code: str, school_code: str, stage: str) -> tuple[str, ...]:
    """What would change the verdict of one indicator of a section. Raises UnknownSection."""
    working = section_working(assessment, code, school_code, stage)
    if not assessment.standard.indicator(code).at_least:
        return (_("本标准不按此项逐校判定，只计入差异系数。"),)
    if working.verdict == Verdict.NO_DATA:
        blanks = listed(one.label for one in working.inputs if np.isnan(one.figure))
        return (_("补填%(blanks)s后才能判定。", blanks=blanks or _("同校其他学段的在校生数")),)
    if working.verdict == Verdict.MET:
        spare = working.amount * (1 - working.threshold / working.value)
        unit = natural_unit(assessment.standard.indicator(code), stage)
        return (
            _(
                "已达标，本学段余量 %(amount)s。",
                amount=_amount(spare * unit.per_element, unit.name, down=True),
            ),
        )
    gaps = section_gaps(assessment)
    row = gaps[(gaps["code"] == code) & (gaps["stage"] == stage) & (gaps["school_code"] == school_code)].iloc[
        0
    ]
    return tuple(_lacks(row.to_dict(), working.share != ""))


def _lacks(row: Mapping[Any, Any], is_split: bool) -> list[str]:
    whose = _("全校") if is_split else ""
    words = [
        _(
            "%(whose)s再增 %(amount)s即达到 %(standard)s。",
            whose=whose,
            amount=_amount(row["school_gap"], row["gap_unit"]),
            standard=f"{row['standard']:g}",
        )
    ]
    if row["school_floor_gap"] > 0:
        least = _amount(row["school_floor_gap"], row["gap_unit"])
        words.append(
            _(
                "%(whose)s再增 %(least)s即达到底线 %(floor)s，其余各项达标时学校判定可通过。",
                whose=whose,
                least=least,
                floor=f"{row['floor']:g}",
            )
        )
    else:
        words.append(_("已达到底线 %(floor)s，其余各项达标时学校判定可通过。", floor=f"{row['floor']:g}"))
    return words


def spread_changes(assessment: Assessment, code: str, stage: str) -> tuple[str, ...]:
    """What would change the verdict on a spread between schools. Raises UnknownSection."""
    rows = assessment.indicators
    row = rows[(rows["code"] == code) & (rows["stage"] == stage)].iloc[0]
    drivers = spread_drivers(assessment, code, stage)
    if row["cv_verdict"] is None:
        largest = listed(drivers.head(_SHOWN)["school_name"])
        return (_("此项没有单独限值，计入综合差异系数；对差异影响最大的是 %(largest)s。", largest=largest),)
    if row["cv_verdict"] == Verdict.NO_DATA:
        blank = drivers.loc[drivers["value"].isna(), "school_name"].tolist()
        return (
            _(
                "补填 %(blank)s%(words)s 的数据后才能判定。",
                blank=listed(blank[:_SHOWN]),
                words=_("等") if len(blank) > _SHOWN else "",
            ),
        )
    if row["cv_verdict"] == Verdict.MET:
        return (_("已达标，距限值还有 %(printed)s。", printed=printed(row["cv_limit"] - row["cv"], 3)),)
    alone = drivers[drivers["school_add"] > 0].sort_values("percent_of_variance", ascending=False)
    if alone.empty:
        return (_("没有一所学校单独补足就能达标，须多校同时补足或均衡配置。"),)
    return tuple(
        _(
            "%(school_name)s再增 %(amount)s（达到 %(printed)s），差异系数即不超过 %(cv_limit)s。",
            school_name=one["school_name"],
            amount=_amount(one["school_add"], one["gap_unit"]),
            printed=printed(one["reach"]),
            cv_limit=f"{row['cv_limit']:.2f}",
        )
        for one in alone.head(_SHOWN).to_dict("records")
    )


def composite_changes(assessment: Assessment) -> tuple[str, ...]:
    """What would change the verdict on a composite CV: by stage the spreads that weigh most."""
    stages = assessment.indicators.sort_values("cv", ascending=False, kind="stable").groupby(
        "stage", sort=False
    )
    return tuple(_composite_words(str(stage), own) for stage, own in stages)


def _composite_words(stage: str, rows: pd.DataFrame) -> str:
    if rows["cv"].isna().any():
        return _(
            "%(stage)s补填 %(codes)s 的数据后才能判定。",
            stage=STAGE_LABELS[stage],
            codes=listed(rows.loc[rows["cv"].isna(), "code"]),
        )
    largest = listed(
        (f"{code} {printed(cv, 3)}" for code, cv in zip(rows["code"], rows["cv"].head(_SHOWN), strict=False))
    )
    head = _("%(stage)s差异最大的是 %(largest)s", stage=STAGE_LABELS[stage], largest=largest)
    return _(
        "%(head)s；综合差异系数为 %(n_rows)s 项的平均，某项每降低 0.1，综合降低 %(words)s。",
        head=head,
        n_rows=len(rows),
        words=f"{0.1 / len(rows):.4f}",
    )


def item_changes(assessment: Assessment, item: Item, row: Mapping[Any, Any]) -> tuple[str, ...]:
    """What would change the verdict of an item beside the indicators; ``row`` is its row of ``items``."""
    parts = {part.key: part for part in item.parts}
    words = [_part_change(assessment, parts[result["key"]], result) for result in row["parts"]]
    named = [one["name"] for one in row["failing"]]
    if named:
        words.append(
            _(
                "%(named)s%(words)s须逐校达到要求。",
                named=listed(named[:_SHOWN]),
                words=_("等") if len(named) > _SHOWN else "",
            )
        )
    return tuple(word for word in words if word)


def _part_change(assessment: Assessment, part: Part, result: Mapping[str, Any]) -> str:
    verdict = result["verdict"]
    if verdict == Verdict.MET:
        return ""
    if verdict == Verdict.PENDING:
        wait = _("国家监测结果公布") if part.mode == "external" else _("结论、签署和佐证材料齐全")
        return _("%(label)s：%(wait)s后判定。", label=part.label, wait=wait)
    if verdict == Verdict.NO_DATA:
        return _("%(label)s：补填数据后判定。", label=part.label)
    return _ratio_change(part, assessment.measures.county) if part.formula == "county_ratio" else ""


def _ratio_change(part: Part, figures: Mapping[str, float]) -> str:
    plus, minus, per, per_minus = (
        sum((exactly(code, figures[code]) for code in codes), Fraction(0))
        for codes in (part.adds, part.subtracts, part.per, part.per_subtracts)
    )
    whole = per - per_minus if part.per else Fraction(1)
    lack = Fraction(part.limits[""]) * whole / part.scale - (plus - minus)
    raised = ELEMENTS[part.adds[0]]
    step = Fraction(1, 10 ** min(raised.decimals, 2))
    least = float(ceil(lack / step) * step)
    return _(
        "%(label)s：%(label_2)s再增 %(least)s %(unit)s即达到 %(limits)s %(unit_2)s。",
        label=part.label,
        label_2=raised.label,
        least=f"{least:g}",
        unit=raised.unit,
        limits=part.limits[""],
        unit_2=part.unit,
    )


def _amount(figure: float, unit: str, *, down: bool = False) -> str:
    """An amount in natural units for a sentence.

    >>> _amount(4.0, "间"), _amount(1234.5, "元"), _amount(2.97, "人", down=True)
    ('4 间', '1,234.5 元', '2 人')
    """
    shown = np.floor(figure + 1e-9) if down and unit not in ("㎡", "元") else round(figure, 2)
    return f"{shown:,.10g} {_(unit)}"
