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

_SHOWN = 3


def section_changes(assessment: Assessment, code: str, school_code: str, stage: str) -> tuple[str, ...]:
    """What would change the verdict of one indicator of a section. Raises UnknownSection."""
    working = section_working(assessment, code, school_code, stage)
    if not assessment.standard.indicator(code).at_least:
        return ("本标准不按此项逐校判定，只计入差异系数。",)
    if working.verdict == Verdict.NO_DATA:
        blanks = "、".join(one.label for one in working.inputs if np.isnan(one.figure))
        return (f"补填{blanks or '同校其他学段的在校生数'}后才能判定。",)
    if working.verdict == Verdict.MET:
        spare = working.amount * (1 - working.threshold / working.value)
        unit = natural_unit(assessment.standard.indicator(code), stage)
        return (f"已达标，本学段余量 {_amount(spare * unit.per_element, unit.name, down=True)}。",)
    gaps = section_gaps(assessment)
    row = gaps[(gaps["code"] == code) & (gaps["stage"] == stage) & (gaps["school_code"] == school_code)].iloc[
        0
    ]
    return tuple(_lacks(row.to_dict(), working.share != ""))


def _lacks(row: Mapping[Any, Any], is_split: bool) -> list[str]:
    whose = "全校" if is_split else ""
    words = [f"{whose}再增 {_amount(row['school_gap'], row['gap_unit'])}即达到 {row['standard']:g}。"]
    if row["school_floor_gap"] > 0:
        least = _amount(row["school_floor_gap"], row["gap_unit"])
        words.append(f"{whose}再增 {least}即达到底线 {row['floor']:g}，其余各项达标时学校判定可通过。")
    else:
        words.append(f"已达到底线 {row['floor']:g}，其余各项达标时学校判定可通过。")
    return words


def spread_changes(assessment: Assessment, code: str, stage: str) -> tuple[str, ...]:
    """What would change the verdict on a spread between schools. Raises UnknownSection."""
    rows = assessment.indicators
    row = rows[(rows["code"] == code) & (rows["stage"] == stage)].iloc[0]
    drivers = spread_drivers(assessment, code, stage)
    if row["cv_verdict"] is None:
        largest = "、".join(drivers.head(_SHOWN)["school_name"])
        return (f"此项没有单独限值，计入综合差异系数；对差异影响最大的是 {largest}。",)
    if row["cv_verdict"] == Verdict.NO_DATA:
        blank = drivers.loc[drivers["value"].isna(), "school_name"].tolist()
        return (f"补填 {'、'.join(blank[:_SHOWN])}{'等' if len(blank) > _SHOWN else ''} 的数据后才能判定。",)
    if row["cv_verdict"] == Verdict.MET:
        return (f"已达标，距限值还有 {printed(row['cv_limit'] - row['cv'], 3)}。",)
    alone = drivers[drivers["school_add"] > 0].sort_values("percent_of_variance", ascending=False)
    if alone.empty:
        return ("没有一所学校单独补足就能达标，须多校同时补足或均衡配置。",)
    return tuple(
        f"{one['school_name']}再增 {_amount(one['school_add'], one['gap_unit'])}"
        f"（达到 {printed(one['reach'])}），差异系数即不超过 {row['cv_limit']:.2f}。"
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
        return (
            f"{STAGE_LABELS[stage]}补填 {'、'.join(rows.loc[rows['cv'].isna(), 'code'])} 的数据后才能判定。"
        )
    largest = "、".join(
        f"{code} {printed(cv, 3)}" for code, cv in zip(rows["code"], rows["cv"].head(_SHOWN), strict=False)
    )
    head = f"{STAGE_LABELS[stage]}差异最大的是 {largest}"
    return f"{head}；综合差异系数为 {len(rows)} 项的平均，某项每降低 0.1，综合降低 {0.1 / len(rows):.4f}。"


def item_changes(assessment: Assessment, item: Item, row: Mapping[Any, Any]) -> tuple[str, ...]:
    """What would change the verdict of an item beside the indicators; ``row`` is its row of ``items``."""
    parts = {part.key: part for part in item.parts}
    words = [_part_change(assessment, parts[result["key"]], result) for result in row["parts"]]
    named = [one["name"] for one in row["failing"]]
    if named:
        words.append(f"{'、'.join(named[:_SHOWN])}{'等' if len(named) > _SHOWN else ''}须逐校达到要求。")
    return tuple(word for word in words if word)


def _part_change(assessment: Assessment, part: Part, result: Mapping[str, Any]) -> str:
    verdict = result["verdict"]
    if verdict == Verdict.MET:
        return ""
    if verdict == Verdict.PENDING:
        wait = "国家监测结果公布" if part.mode == "external" else "结论、签署和佐证材料齐全"
        return f"{part.label}：{wait}后判定。"
    if verdict == Verdict.NO_DATA:
        return f"{part.label}：补填数据后判定。"
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
    return f"{part.label}：{raised.label}再增 {least:g} {raised.unit}即达到 {part.limits['']} {part.unit}。"


def _amount(figure: float, unit: str, *, down: bool = False) -> str:
    """An amount in natural units for a sentence.

    >>> _amount(4.0, "间"), _amount(1234.5, "元"), _amount(2.97, "人", down=True)
    ('4 间', '1,234.5 元', '2 人')
    """
    shown = np.floor(figure + 1e-9) if down and unit not in ("㎡", "元") else round(figure, 2)
    return f"{shown:,.10g} {unit}"
