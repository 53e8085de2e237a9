"""An assessment as aligned Chinese text for a terminal."""

import unicodedata
from collections.abc import Iterator, Sequence

from scoring.assessment import Assessment, CountyResult
from scoring.csv_table import TableSpread
from scoring.elements import STAGE_LABELS, STAGES
from scoring.exact import printed
from scoring.verdicts import VERDICT_LABELS, Verdict


def assessment_lines(result: Assessment) -> Iterator[str]:
    """The county's verdict, indicators by stage, items with reasons, and the sections that don't pass."""
    standard, county = result.standard, result.county
    yield f"{standard.title}（{standard.id}，{standard.version} 版）"
    yield f"县级结论：{_label(county.verdict)}"
    for stage in STAGES:
        cv = printed(county.composite_cv[stage], 3)
        yield f"{STAGE_LABELS[stage]}：{_passing(county, stage)}综合差异系数 {cv}"
    yield from ("", *table_lines(_indicator_rows(result)), "")
    for item in result.items.to_dict("records"):
        yield f"{item['code']} {item['label']}：{_label(item['verdict'])}"
        yield f"    {item['reason']}依据：{item['clause']}"
        yield from (f"    提示：{warning}" for warning in item["warnings"])
    yield from ("", "未通过或缺数据的学校", *table_lines(_section_rows(result)))


def spread_lines(spread: TableSpread) -> Iterator[str]:
    """Mean, standard deviation and CV, printed with six decimals."""
    yield f"学校数 {spread.schools}"
    yield f"县均值 {printed(spread.mean, 6)}"
    yield f"标准差 {printed(spread.sd, 6)}"
    yield f"校际差异系数 {printed(spread.cv, 6)}"


def _passing(county: CountyResult, stage: str) -> str:
    passing, sections = county.schools_passing.get(stage, (None, 0))
    return f"{passing}/{sections} 校通过学校判定，" if passing is not None else ""


def _indicator_rows(result: Assessment) -> Iterator[list[str]]:
    yield ["代码", "学段", "标准", "均值", "标准差", "差异系数", "限值", "结论", "达标学校"]
    for row in result.indicators.to_dict("records"):
        is_judged = result.standard.judges_schools
        limit = f"{row['at_least']:g}" if is_judged else "—"
        counts = f"{row['schools_met']}/{row['schools']}" if is_judged else "—"
        numbers = [limit, printed(row["mean"]), printed(row["sd"], 3), printed(row["cv"], 3)]
        ends = [printed(row["cv_limit"]), _label(row["cv_verdict"]), counts]
        yield [row["code"], STAGE_LABELS[row["stage"]], *numbers, *ends]


def _section_rows(result: Assessment) -> Iterator[list[str]]:
    yield ["学校标识码", "学校名称", "学段", "学生数", "结论", "未达标", "低于底线", "缺数据"]
    open_verdicts = (Verdict.NOT_MET, Verdict.NO_DATA)
    for row in result.sections[result.sections["verdict"].isin(open_verdicts)].to_dict("records"):
        codes = [" ".join(row[key]) or "—" for key in ("missed", "below_floor", "missing")]
        head = [
            row["school_code"],
            row["school_name"],
            STAGE_LABELS[row["stage"]],
            printed(row["students"], 0),
        ]
        yield [*head, _label(row["verdict"]), *codes]


def _label(verdict: str | None) -> str:
    return VERDICT_LABELS[Verdict(verdict)] if isinstance(verdict, str) else "—"


def table_lines(rows: Iterator[list[str]]) -> list[str]:
    """Rows with columns aligned by the width that Chinese characters take."""
    filled = list(rows)
    widths = [max(_width(cell) for cell in column) for column in zip(*filled, strict=True)]
    return [_line(row, widths) for row in filled]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = zip(row, widths, strict=True)
    return "  ".join(cell + " " * (width - _width(cell)) for cell, width in cells).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text)
