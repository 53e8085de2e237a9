"""A county's rubric workbook (or CSV) → yearly figures and scores; and the blank workbook."""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from scoring.csv_table import read_rows
from scoring.elements import ELEMENTS, element_of, plain
from scoring.entry_rules import figure_faults
from scoring.errors import BadTable, BadWorkbook, Problem
from scoring.rubric.model import Rubric
from scoring.workbook.cells import NotInCell, figure, words
from scoring.workbook.guard import refuse_hostile
from scoring.workbook.inert import INERT
from scoring.workbook.reader import read_sheets
from scoring.workbook.tables import Rows, Table, read_table

ANNUAL_SHEET, SCORES_SHEET = "年度数据", "评分"
_YEAR = re.compile(r"(20\d\d)(\.0)?年?(度)?")
_ELEMENT_HEADERS = ("数据项", "element", "代码")
_IGNORED_HEADERS = ("单位", "unit", "说明", "备注", "指标", "满分", "label", "full")
_SCORE_HEADERS = {
    **dict.fromkeys(("代码", "code"), "code"),
    **dict.fromkeys(("自评", "自评得分", "self"), "self"),
    **dict.fromkeys(("复核", "复核得分", "评审得分", "reviewer"), "reviewer"),
}


@dataclass(frozen=True)
class RubricData:
    """annual : index = year, columns = element codes; scores : index = item codes, columns self, reviewer."""

    annual: pd.DataFrame
    scores: pd.DataFrame


def read_rubric_file(source: Path, rubric: Rubric) -> RubricData:
    """Read a filled workbook, or a CSV that holds one of its two sheets (its header tells which).

    Raises BadWorkbook with every problem found, and OSError if the file can't be read.
    """
    sheets, problems = _read(source)
    annual = _table(sheets, ANNUAL_SHEET, _annual_key, _annual_cell)
    scores = _table(sheets, SCORES_SHEET, _score_key, _score_cell)
    problems += [*annual.problems, *scores.problems]
    problems += [*_doubled(ANNUAL_SHEET, annual, "element"), *_doubled(SCORES_SHEET, scores, "code")]
    problems += [] if problems else [*_figure_problems(annual), *_score_problems(scores, rubric)]
    if not problems and not (annual.rows or scores.rows):
        problems = [Problem("", None, None, f"没有填写任何数据；应有工作表 {ANNUAL_SHEET} 或 {SCORES_SHEET}")]
    if any(problem.severity == "error" for problem in problems):
        raise BadWorkbook(problems)
    return RubricData(_annual_frame(annual), _scores_frame(scores))


def _read(source: Path) -> tuple[dict[str, Rows], list[Problem]]:
    if source.suffix.lower() != ".csv":
        content = source.read_bytes()
        problems = refuse_hostile(content)
        return read_sheets(content), problems
    try:
        rows = read_rows(source)
    except BadTable as problem:
        raise BadWorkbook([Problem("", None, None, str(problem))]) from problem
    headers = {plain(header) for header in rows[0]} if rows else set()
    sheet = ANNUAL_SHEET if any(map(_is_year, headers)) else SCORES_SHEET
    widest = max(map(len, rows), default=0)
    return {sheet: [row + [""] * (widest - len(row)) for row in rows]}, []


def _table(
    sheets: dict[str, Rows],
    sheet: str,
    key_of: Callable[[str], str | None],
    value_of: Callable[[Any, str], Any],
) -> Table:
    if not any(map(any, sheets.get(sheet, ()))):
        return Table([], {}, {}, [])
    table = read_table(sheet, sheets[sheet], key_of, value_of)
    first = {ANNUAL_SHEET: ("element", "数据项"), SCORES_SHEET: ("code", "代码")}[sheet]
    if table.written and first[0] not in table.written:
        table.problems.append(Problem(sheet, 1, first[1], "缺少此列"))
    return table


def _is_year(header: str) -> bool:
    return _YEAR.fullmatch(plain(header)) is not None


def _annual_key(header: str) -> str | None:
    if plain(header) in map(plain, _ELEMENT_HEADERS):
        return "element"
    if plain(header) in _IGNORED_HEADERS:
        return ""
    found = _YEAR.fullmatch(plain(header))
    return found[1] if found else None


def _annual_cell(cell: Any, key: str) -> Any:
    if key != "element":
        return figure(cell)
    element = element_of(words(cell))
    if element is None or element.level != "county":
        raise NotInCell(f"未知的数据项“{words(cell)}”")
    return element.code


def _score_key(header: str) -> str | None:
    return "" if plain(header) in _IGNORED_HEADERS else _SCORE_HEADERS.get(plain(header))


def _score_cell(cell: Any, key: str) -> Any:
    return words(cell).upper() if key == "code" else figure(cell)


def _doubled(sheet: str, table: Table, key: str) -> Iterator[Problem]:
    given = table.values.get(key, [])
    for row, value in zip(table.rows, given, strict=False):
        if value and given.count(value) > 1:
            label = ELEMENTS[value].label if value in ELEMENTS else value
            yield Problem(sheet, row, table.written[key], f"{label}重复")


def _figure_problems(annual: Table) -> Iterator[Problem]:
    for position, code in enumerate(annual.values.get("element", [])):
        for year in _years(annual):
            given = pd.Series([annual.values[year][position]], dtype=float)
            for _, message, severity in figure_faults(given, ELEMENTS[code]):
                row, header = annual.rows[position], annual.written[year]
                yield Problem(ANNUAL_SHEET, row, header, f"{ELEMENTS[code].label}{message}", severity)


def _score_problems(scores: Table, rubric: Rubric) -> Iterator[Problem]:
    full = {item.code: item.full for item in rubric.items}
    for position, code in enumerate(scores.values.get("code", [])):
        row = scores.rows[position]
        if code not in full:
            yield Problem(SCORES_SHEET, row, scores.written["code"], f"没有指标“{code}”")
            continue
        for kind in ("self", "reviewer"):
            points = scores.values[kind][position] if kind in scores.values else float("nan")
            if points < 0 or points > full[code]:
                message = f"{code} 须在 0 至满分 {full[code]} 之间（填报为 {points:g}）"
                yield Problem(SCORES_SHEET, row, scores.written[kind], message)


def _years(annual: Table) -> list[str]:
    return [key for key in annual.values if key != "element"]


def _annual_frame(annual: Table) -> pd.DataFrame:
    years = _years(annual)
    rows = {int(year): annual.values[year] for year in years}
    codes = pd.Index(annual.values.get("element", []))
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=codes, dtype=float)
    # The template names more years than a county may have figures for.
    return frame.dropna(how="all").sort_index()


def _scores_frame(scores: Table) -> pd.DataFrame:
    blank = [float("nan")] * len(scores.rows)
    columns = {kind: scores.values.get(kind, blank) for kind in ("self", "reviewer")}
    return pd.DataFrame(columns, index=pd.Index(scores.values.get("code", []), dtype=str), dtype=float)


def write_rubric_template(rubric: Rubric, target: Path, years: Sequence[int]) -> None:
    """Write the blank workbook of a rubric with a column for each year.

    Effect: creates or overwrites ``target``.
    """
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, INERT)
    head = book.add_format({"bold": True, "bg_color": "#EEF1F5", "text_wrap": True, "border": 1})
    annual = [["数据项", "单位", *(f"{year}年" for year in years)]]
    annual += [[element.label, element.unit] for element in rubric.elements]
    scores: list[list[str | int]] = [["代码", "指标", "满分", "自评", "复核"]]
    scores += [[item.code, f"{'★' if item.starred else ''}{item.label}", item.full] for item in rubric.items]
    guide = [["说明", "内容"], ["留空", "留空表示缺数据，不按0计算；确实没有的填0。"]]
    guide += [["未载明", text] for text in rubric.open.values()]
    for name, rows in ((ANNUAL_SHEET, annual), (SCORES_SHEET, scores), ("填表说明", guide)):
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 40 if name == ANNUAL_SHEET else 10)
        sheet.set_column(1, 1, 10 if name == ANNUAL_SHEET else 60)
        sheet.write_row(0, 0, rows[0], head)
        for number, row in enumerate(rows[1:], start=1):
            sheet.write_row(number, 0, row)
    book.close()
    # Written at the end and whole, so that a failure leaves no half file.
    target.write_bytes(content.getvalue())
