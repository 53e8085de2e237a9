"""A scorecard as Chinese text for a terminal."""

from collections.abc import Iterator
from typing import Any

from scoring.exact import printed
from scoring.printout import table_lines
from scoring.rubric.hints import FLAG_LABELS, HINT_LABELS
from scoring.rubric.scores import KINDS, Scorecard
from scoring.verdicts import Verdict

_KIND_LABELS = {"self": "自评", "hint": "数据提示", "reviewer": "复核"}


def scorecard_lines(card: Scorecard) -> Iterator[str]:
    """Totals, items, starred items that are not full, hints with their working, and what stays open."""
    rubric = card.rubric
    yield f"{rubric.title}（{rubric.id}，{rubric.version} 版），{card.year or '无'} 年数据"
    yield from ("", *table_lines(_total_rows(card)), "", *table_lines(_item_rows(card)), "")
    for kind in KINDS:
        short = "、".join(card.starred_not_full[kind]) or "无"
        yield f"星号指标{_KIND_LABELS[kind]}未得满分：{short}；未评 {len(card.starred_unscored[kind])} 项"
    yield from ("", *table_lines(_hint_rows(card)), "")
    for group, listed in rubric.miscounts():
        yield f"{group.code} 载明 {group.stated_items} 项，实列 {listed} 项"
    yield from (f"未定 {text}" for text in rubric.open.values())


def _total_rows(card: Scorecard) -> Iterator[list[str]]:
    yield ["代码", "名称", "满分", *(f"{label}（已评满分）" for label in _KIND_LABELS.values())]
    for row in card.totals.to_dict("records"):
        sums = [f"{printed(row[kind], 1)}（{row[f'{kind}_of']}）" for kind in KINDS]
        yield [row["code"], row["label"], str(row["full"]), *sums]


def _item_rows(card: Scorecard) -> Iterator[list[str]]:
    yield ["代码", "指标", "满分", *_KIND_LABELS.values(), "数据结论"]
    for row in card.items.to_dict("records"):
        points = [printed(row[kind], 1) for kind in KINDS]
        label = f"{'★' if row['starred'] else ''}{row['label']}"
        yield [row["code"], label, str(row["full"]), *points, _verdict(row)]


def _verdict(row: dict[Any, Any]) -> str:
    return HINT_LABELS[row["verdict"]] if "computed" in row["mode"] else "佐证判断"


def _hint_rows(card: Scorecard) -> Iterator[list[str]]:
    yield ["代码", "年度", "数据", "结果", "变化", "结论", "提示", "算式"]
    # Of other years only what is known is of interest.
    for hint in (hint for hint in card.hints if hint.year == card.year or hint.verdict != Verdict.NO_DATA):
        flags = "、".join(FLAG_LABELS[flag] for flag in hint.flags)
        verdict = HINT_LABELS[hint.verdict] + ("" if hint.counts else "（仅供参考）")
        yield [hint.item, str(hint.year), hint.label, hint.printed, hint.change, verdict, flags, hint.working]
