"""Explanations and gaps as aligned Chinese text for a terminal."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from scoring.elements import STAGE_LABELS
from scoring.exact import printed
from scoring.explain import Input
from scoring.explanations import Explanation
from scoring.gap_report import GapReport
from scoring.printout import table_lines
from scoring.verdicts import VERDICT_LABELS, Verdict

_HEADERS = {
    "school_code": "学校标识码",
    "school_name": "学校名称",
    "name": "学校名称",
    "stage": "学段",
    "students": "P_i",
    "amount": "x_i",
    "value": "X_i",
    "deviation": "X_i−X̄",
    "weighted_square": "(P_i÷ΣP)(X_i−X̄)²",
    "share_of_variance": "占S²",
    "figure": "数值",
    "limit": "限值",
    "unit": "单位",
    "part": "事项",
}
_DIGITS = {"students": 0, "amount": 2}
_DRIVERS_SHOWN = 3


def explanation_lines(shown: Explanation) -> Iterator[str]:
    """One explanation from the verdict down to what would change it."""
    verdict = "不单独判定" if shown.verdict is None else VERDICT_LABELS[Verdict(shown.verdict)]
    yield f"{shown.code} {shown.label}　{shown.place}：{verdict}"
    if not np.isnan(shown.figure):
        limit = "" if np.isnan(shown.limit) else f"（{shown.sense} {shown.limit:g}）"
        yield f"数值：{shown.figure:.10g} {shown.unit}{limit}".replace(" （", "（")
    if shown.printed_otherwise:
        yield "注意：按四舍五入后的数值会得出相反结论，此处按未舍入的数值判定。"
    yield f"依据：{shown.clause}"
    yield from (f"数据：{_input_words(one)}" for one in shown.inputs)
    if shown.formula:
        yield f"算法：{shown.formula}"
    yield from (f"计算：{line}" for line in shown.working)
    yield from (f"若用{form}的算法：{printed(cv, 6)}（不采用）" for form, cv in shown.other_forms.items())
    for title, lines in (("放宽", shown.relaxations), ("口径", shown.settings), ("提示", shown.warnings)):
        yield from (f"{title}：{line}" for line in lines)
    yield from (f"改变条件：{line}" for line in shown.changes)
    if shown.table is not None:
        yield from table_lines(_table_rows(shown.table))


def gap_lines(report: GapReport) -> Iterator[str]:
    """Gaps by section, the choice of each section, drivers of the spreads, counts of the ledgers."""
    yield "各校段缺口（全校须补：各学段共用的资源按占比折回全校）"
    yield from table_lines(_gap_rows(report.gaps))
    yield from ("", "保留哪一项")
    yield from (_choice_words(row) for row in report.choices.to_dict("records"))
    yield from ("", "拉大差异的学校")
    yield from _driver_lines(report.drivers)
    yield from ("", f"未达标台账 {len(report.unmet)} 条，已达标台账 {len(report.met)} 条（--json 列出全部）")


def _input_words(one: Input) -> str:
    figure = "未填" if np.isnan(one.figure) else f"{one.figure:,.10g} {one.unit}"
    relaxed = f"［{one.relaxation}］" if one.relaxation else ""
    return f"{one.sign or '　'} {one.label}（{one.code}，{one.sheet}表）{figure}{relaxed}"


def _table_rows(table: pd.DataFrame) -> Iterator[list[str]]:
    yield [_HEADERS[str(name)] for name in table.columns]
    for row in table.to_dict("records"):
        yield [_cell(str(name), value) for name, value in row.items()]


def _cell(name: str, value: Any) -> str:
    if name == "stage":
        return STAGE_LABELS.get(value, "全校")
    if name == "share_of_variance":
        return f"{printed(100 * value, 1)}%"
    if name in ("figure", "limit") and isinstance(value, float):
        return "—" if np.isnan(value) else f"{value:,.10g}"
    if isinstance(value, float):
        return printed(value, _DIGITS.get(name, 6))
    return "—" if value is None else str(value)


def _gap_rows(gaps: pd.DataFrame) -> Iterator[list[str]]:
    yield ["学校名称", "学段", "指标", "现值", "标准", "本学段缺", "到底线缺", "全校须补", "单位"]
    for row in gaps.to_dict("records"):
        lacks = [f"{row[key]:,.10g}" for key in ("gap", "floor_gap", "school_gap")]
        values = [printed(row["value"]), f"{row['standard']:g}"]
        yield [row["school_name"], STAGE_LABELS[row["stage"]], row["code"], *values, *lacks, row["gap_unit"]]


def _choice_words(row: dict[Any, Any]) -> str:
    lifted = f"（须补到底线：{'、'.join(row['lift'])}）" if row["lift"] else ""
    raised = "、".join(row["raise"]) or "无"
    place = f"{row['school_name']} {STAGE_LABELS[row['stage']]}"
    effort = f"{row['effort']:,.2f} {row['effort_unit']}"
    return f"{place}：留 {'、'.join(row['leave'])}{lifted}，补到标准 {raised}，合计 {effort}。{row['rule']}"


def _driver_lines(drivers: pd.DataFrame) -> Iterator[str]:
    if drivers.empty:
        yield "没有超过限值的差异系数，或数据不全。"
        return
    for (code, stage), own in drivers.groupby(["code", "stage"], sort=False):
        yield f"{code} {STAGE_LABELS[str(stage)]}"
        yield from (f"    {_driver_words(row)}" for row in own.head(_DRIVERS_SHOWN).to_dict("records"))


def _driver_words(row: dict[Any, Any]) -> str:
    side = "高于" if row["deviation"] > 0 else "低于"
    alone = "单独补足不够"
    if row["school_add"] > 0:
        alone = f"单独增 {row['school_add']:,.10g} {row['gap_unit']}（达到 {printed(row['reach'])}）即可"
    share = printed(row["percent_of_variance"], 1)
    return f"{row['school_name']}：{side}均值 {printed(abs(row['deviation']))}，占 S² 的 {share}%，{alone}"
