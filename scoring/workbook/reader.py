"""Workbook → Measures, or BadWorkbook with every problem found."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from scoring.elements import ELEMENTS, element_of, plain
from scoring.errors import BadWorkbook, Problem
from scoring.evidence import Evidence
from scoring.measures import (
    COUNTY_SHEET,
    ROOM_KINDS,
    ROOM_LABELS,
    ROOMS_SHEET,
    SCHOOLS_SHEET,
    Measures,
    check_measures,
    no_rooms,
)
from scoring.standard import Standard
from scoring.workbook.cells import NotInCell, figure, of_element, words
from scoring.workbook.evidence_sheets import read_evidence
from scoring.workbook.guard import refuse_hostile
from scoring.workbook.tables import Rows, Table, read_table

_COUNTY_HEADERS = {
    "element": ("数据项", "element", "项目", "指标", "代码"),
    "value": ("数值", "value", "值"),
    "": ("单位", "unit", "说明", "备注"),
}
_ROOM_HEADERS = {
    "school_code": ("学校标识码", "school_code"),
    "kind": ("类别", "kind", "音乐/美术", "教室类别"),
    "area_m2": ("面积(㎡)", "面积", "area_m2", "area"),
    "": ("学校名称", "school_name", "说明", "备注"),
}
_ROOM_KIND_FORMS = {
    form: code for code, label in ROOM_KINDS.items() for form in (code, label, f"{label}教室")
}


@dataclass(frozen=True)
class Filled:
    """All that a workbook holds; evidence is empty where its sheets are."""

    measures: Measures
    evidence: Evidence


def read_workbook(source: Path | bytes, standard: Standard) -> Measures:
    """The figures of a filled workbook. Raises as ``read_filled``."""
    return read_filled(source, standard).measures


def read_filled(source: Path | bytes, standard: Standard) -> Filled:
    """Read a filled workbook with its sheets 佐证 and 监测, which may be absent.

    Headers may be Chinese or element codes; blank rows are skipped; the index of the frames is the Excel row.

    Raises BadWorkbook with all problems that stop an assessment, and OSError if the path can't be read.
    Warnings don't stop it: ``check_measures`` on the result lists them.
    """
    content = source if isinstance(source, bytes) else source.read_bytes()
    problems = refuse_hostile(content)
    sheets = read_sheets(content)
    schools, county, rooms = _schools(sheets), _county(sheets), _rooms(sheets)
    evidence, unclear = read_evidence(sheets, standard)
    problems += [*schools.problems, *county.problems, *rooms.problems, *unclear]
    measures = Measures(_schools_frame(schools), _county_figures(county), _rooms_frame(rooms))
    checked = [] if _broken(schools) else check_measures(measures, standard)
    written = {ELEMENTS[code].label: header for code, header in schools.written.items()}
    problems += [_as_written(problem, written) for problem in checked if problem.severity == "error"]
    if not problems and not (len(measures.schools) or measures.county or len(measures.rooms)):
        problems = [Problem("", None, None, "工作簿没有填写任何数据")]
    if problems:
        raise BadWorkbook(_once(problems))
    return Filled(measures, evidence)


def read_sheets(content: bytes) -> dict[str, Rows]:
    """Cells of every sheet by its plain name. Raises BadWorkbook; look for hostile content first."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {
            plain(name): book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names
        }
    except CalamineError as problem:
        raise BadWorkbook(
            [Problem("", None, None, "工作簿内容不合规范，请用 Excel 或 WPS 另存后再上传")]
        ) from problem


def _schools(sheets: dict[str, Rows]) -> Table:
    if SCHOOLS_SHEET not in sheets:
        return Table([], {}, {}, [Problem(SCHOOLS_SHEET, None, None, "缺少此工作表")])

    def key_of(header: str) -> str | None:
        element = element_of(header)
        return element.code if element and element.level == "school" else None

    needed = [code for code, element in ELEMENTS.items() if element.required]
    table = read_table(
        SCHOOLS_SHEET, sheets[SCHOOLS_SHEET], key_of, lambda cell, key: of_element(cell, ELEMENTS[key])
    )
    table.problems.extend(
        _missing_columns(SCHOOLS_SHEET, table, {code: ELEMENTS[code].label for code in needed})
    )
    if not any(code.startswith("students_") for code in table.written):
        table.problems.append(Problem(SCHOOLS_SHEET, 1, "小学在校生数", "缺少各学段在校生数列"))
    return table


def _county(sheets: dict[str, Rows]) -> Table:
    if not any(map(any, sheets.get(COUNTY_SHEET, ()))):
        return Table([], {}, {}, [])
    table = read_table(COUNTY_SHEET, sheets[COUNTY_SHEET], _finder(_COUNTY_HEADERS), _county_cell)
    table.problems.extend(_missing_columns(COUNTY_SHEET, table, {"element": "数据项", "value": "数值"}))
    codes = table.values.get("element", [])
    for row, code in zip(table.rows, codes, strict=False):
        if code and codes.count(code) > 1:
            table.problems.append(
                Problem(COUNTY_SHEET, row, table.written["element"], f"{ELEMENTS[code].label}重复")
            )
    return table


def _county_cell(cell: Any, key: str) -> Any:
    if key == "value":
        return figure(cell)
    element = element_of(words(cell))
    if element is None or element.level != "county":
        raise NotInCell(f"未知的数据项“{words(cell)}”")
    return element.code


def _rooms(sheets: dict[str, Rows]) -> Table:
    if not any(map(any, sheets.get(ROOMS_SHEET, ()))):
        return Table([], {}, {}, [])
    table = read_table(ROOMS_SHEET, sheets[ROOMS_SHEET], _finder(_ROOM_HEADERS), _room_cell)
    table.problems.extend(_missing_columns(ROOMS_SHEET, table, ROOM_LABELS))
    return table


def _room_cell(cell: Any, key: str) -> Any:
    if key == "area_m2":
        area = figure(cell)
        if pd.isna(area):
            raise NotInCell("不能为空")
        return area
    if key == "kind" and words(cell) not in _ROOM_KIND_FORMS:
        raise NotInCell(f"只能填 {'、'.join(ROOM_KINDS.values())}，填报的是“{words(cell)}”")
    return _ROOM_KIND_FORMS[words(cell)] if key == "kind" else words(cell)


def _finder(headers: dict[str, tuple[str, ...]]) -> Callable[[str], str | None]:
    keys = {plain(form): key for key, forms in headers.items() for form in forms}
    return lambda header: keys.get(plain(header))


def _missing_columns(sheet: str, table: Table, needed: dict[str, str]) -> Iterator[Problem]:
    if table.written:
        for key, label in needed.items():
            if key not in table.written:
                yield Problem(sheet, 1, label, "缺少此列")


def _schools_frame(table: Table) -> pd.DataFrame:
    columns = {
        code: pd.Series(values, index=table.rows, dtype=float if ELEMENTS[code].is_number else str)
        for code, values in table.values.items()
    }
    return pd.DataFrame(columns, index=pd.Index(table.rows, dtype=int))


def _county_figures(table: Table) -> dict[str, float]:
    pairs = zip(table.values.get("element", []), table.values.get("value", []), strict=False)
    return {code: value for code, value in pairs if code and value is not None and not pd.isna(value)}


def _rooms_frame(table: Table) -> pd.DataFrame:
    if not table.rows or set(table.values) != set(ROOM_LABELS):
        return no_rooms()
    frame = pd.DataFrame(table.values, index=pd.Index(table.rows, dtype=int))[list(ROOM_LABELS)].dropna()
    return frame.astype({"school_code": str, "kind": str, "area_m2": float})


def _broken(schools: Table) -> bool:
    return "school_code" not in schools.written or "school_kind" not in schools.written


def _as_written(problem: Problem, written: dict[str, str]) -> Problem:
    return replace(problem, column=written.get(problem.column or "", problem.column))


def _once(problems: list[Problem]) -> list[Problem]:
    # A refused cell is read as blank; what the checks then say about the same place would only repeat it.
    first: dict[tuple[str, int | None, str | None], Problem] = {}
    for problem in problems:
        first.setdefault((problem.sheet, problem.row, problem.column), problem)
    return sorted(
        first.values(), key=lambda problem: (problem.sheet != SCHOOLS_SHEET, problem.sheet, problem.row or 0)
    )
