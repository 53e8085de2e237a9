"""Standard (and measures) → the workbook that a county fills."""

import datetime as dt
import io
from pathlib import Path
from typing import IO, Any

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from scoring.elements import ELEMENTS, SCHOOL_KINDS, STAGE_LABELS, Element
from scoring.evidence import Evidence
from scoring.measures import COUNTY_SHEET, ROOM_KINDS, ROOM_LABELS, ROOMS_SHEET, SCHOOLS_SHEET, Measures
from scoring.standard import Standard
from scoring.workbook.evidence_sheets import write_evidence
from scoring.workbook.inert import INERT

_LAST_ROW = 2_000  # validated rows
_KIND_WORDS = {"int": "整数", "float": "数值", "text": "文字", "choice": "从列表中选"}


def write_template(
    standard: Standard,
    target: Path | IO[bytes],
    measures: Measures | None = None,
    evidence: Evidence | None = None,
) -> None:
    """Write the workbook of a standard: blank, or filled so that it reads back to the same content.

    Effect: creates or overwrites ``target`` (a path or a binary stream).
    """
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, INERT)
    # A fixed date: the same content gives the same bytes.
    book.set_properties({"title": standard.title, "created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001
    head = book.add_format(
        {"bold": True, "bg_color": "#EEF1F5", "text_wrap": True, "valign": "vcenter", "border": 1}
    )
    _write_schools(book, head, standard, measures)
    _write_county(book, head, standard, measures)
    _write_rooms(book, head, measures)
    if standard.items:
        write_evidence(book, head, standard, evidence)
    _write_guide(book, head, standard)
    book.close()
    # Written at the end and whole, so that a failure leaves no half file.
    if isinstance(target, Path):
        target.write_bytes(content.getvalue())
    else:
        target.write(content.getvalue())


def elements_for(standard: Standard, level: str) -> list[Element]:
    """Elements of a level that a county fills for a standard, in the order of elements.yaml."""
    return [
        element
        for element in ELEMENTS.values()
        if element.level == level and (not element.only or standard.id in element.only)
    ]


def _write_schools(book: Any, head: Any, standard: Standard, measures: Measures | None) -> None:
    sheet = book.add_worksheet(SCHOOLS_SHEET)
    sheet.freeze_panes(1, 2)
    sheet.set_row(0, 48)
    text = book.add_format({"num_format": "@"})
    frame = measures.schools if measures else pd.DataFrame()
    for column, element in enumerate(_school_columns(standard, frame)):
        sheet.set_column(
            column, column, 26 if element.code == "school_name" else 13, None if element.is_number else text
        )
        sheet.write_string(0, column, element.header, head)
        sheet.write_comment(0, column, _note(element), {"author": "", "x_scale": 1.6})
        sheet.data_validation(1, column, _LAST_ROW, column, _validation(element))
        for row, value in enumerate(frame.get(element.code, ()), start=1):
            _write_cell(sheet, row, column, element, value)


def _school_columns(standard: Standard, frame: pd.DataFrame) -> list[Element]:
    offered = elements_for(standard, "school")
    return [
        *offered,
        *(ELEMENTS[code] for code in frame.columns if code in ELEMENTS and ELEMENTS[code] not in offered),
    ]


def _write_cell(sheet: Any, row: int, column: int, element: Element, value: Any) -> None:
    if pd.isna(value) or value == "":
        return
    if element.is_number:
        sheet.write_number(row, column, float(value))
    else:
        sheet.write_string(row, column, _shown(element, str(value)))


def _shown(element: Element, stored: str) -> str:
    return next((form for form, kept in element.choices.items() if kept == stored), stored)


def _note(element: Element) -> str:
    lines = [f"代码：{element.code}", f"填写：{_KIND_WORDS[element.kind]}"]
    lines += [f"单位：{element.unit}"] if element.unit else []
    lines += ["该办学类型没有此学段的，留空。"] if element.stage else []
    return "\n".join([*lines, "留空表示缺数据，不等于 0。"])


def _validation(element: Element) -> dict[str, Any]:
    if element.kind == "choice":
        forms = {kept: form for form, kept in reversed(element.choices.items())}
        return {
            "validate": "list",
            "source": list(dict.fromkeys(forms[kept] for kept in element.choices.values())),
        }
    if element.is_number:
        limits = {"criteria": "between", "minimum": 0, "maximum": element.at_most}
        error = {
            "error_title": "填报有误",
            "error_message": f"{element.label}须为非负{_KIND_WORDS[element.kind]}。",
        }
        return {"validate": "integer" if element.kind == "int" else "decimal", **limits, **error}
    return {"validate": "any"}


def _write_county(book: Any, head: Any, standard: Standard, measures: Measures | None) -> None:
    sheet = book.add_worksheet(COUNTY_SHEET)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 2, 14)
    for column, header in enumerate(("数据项", "数值", "单位")):
        sheet.write_string(0, column, header, head)
    figures = measures.county if measures else {}
    offered = elements_for(standard, "county")
    others = [ELEMENTS[code] for code in figures if ELEMENTS[code] not in offered]
    for row, element in enumerate([*offered, *others], start=1):
        sheet.write_string(row, 0, element.label)
        sheet.write_string(row, 2, element.unit)
        sheet.data_validation(row, 1, row, 1, _validation(element))
        _write_cell(sheet, row, 1, element, figures.get(element.code, float("nan")))


def _write_rooms(book: Any, head: Any, measures: Measures | None) -> None:
    sheet = book.add_worksheet(ROOMS_SHEET)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 2, 16)
    for column, header in enumerate(ROOM_LABELS.values()):
        sheet.write_string(0, column, header, head)
    sheet.data_validation(1, 1, _LAST_ROW, 1, {"validate": "list", "source": list(ROOM_KINDS.values())})
    area = {"validate": "decimal", "criteria": ">", "value": 0, "error_message": "面积须大于 0。"}
    sheet.data_validation(1, 2, _LAST_ROW, 2, area)
    rooms = measures.rooms if measures else pd.DataFrame(columns=list(ROOM_LABELS))
    for row, (code, kind, size) in enumerate(
        zip(*(rooms[name] for name in ROOM_LABELS), strict=True), start=1
    ):
        sheet.write_string(row, 0, str(code))
        sheet.write_string(row, 1, ROOM_KINDS[kind])
        sheet.write_number(row, 2, float(size))


def _write_guide(book: Any, head: Any, standard: Standard) -> None:
    sheet = book.add_worksheet("填表说明")
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, standard.title, head)
    sheet.write_string(
        0, 1, f"标准 {standard.id}，版本 {standard.version}，依据 {standard.source['title']}", head
    )
    for row, (topic, words) in enumerate(_guide(standard), start=1):
        sheet.write_string(row, 0, topic)
        sheet.write_string(row, 1, words, book.add_format({"text_wrap": True}))


def _guide(standard: Standard) -> list[tuple[str, str]]:
    kinds = "；".join(
        f"{kind.label}填{'、'.join(STAGE_LABELS[stage] for stage in kind.stages)}"
        for kind in SCHOOL_KINDS.values()
    )
    columns = _school_columns(standard, pd.DataFrame())
    last = xl_col_to_name(len(columns) - 1)
    return [
        (
            "工作表",
            f"{SCHOOLS_SHEET}：每校一行，A 至 {last} 列；{COUNTY_SHEET}：每项一行；{ROOMS_SHEET}：每间一行。",
        ),
        *_evidence_guide(standard),
        ("表头", "中文表头或数据项代码均可，不要改动；各列的单位和代码见表头批注。"),
        ("学段", f"{kinds}。没有的学段留空。"),
        ("留空", "留空表示缺数据，不按 0 计算；确实没有的填 0。"),
        ("范围", _who_is_in(standard)),
        ("单位", "金额列以万元计，面积列以平方米计，人数、班数、间数为整数。"),
        ("文件", "保存为 .xlsx，不要含宏，不要设密码。"),
    ]


def _who_is_in(standard: Standard) -> str:
    inclusion = standard.inclusion
    if inclusion.points_from_students:
        return f"在校生不足 {inclusion.points_from_students} 人的教学点不计入资源配置，但仍须填报。"
    owners = "、".join(name for name, code in _owner_names() if code in inclusion.owners)
    return f"只计入{owners}举办的{'、'.join(inclusion.kinds)}；举办者类型须逐校填写。"


def _owner_names() -> list[tuple[str, str]]:
    return [(name, code) for name, code in ELEMENTS["owner_code"].choices.items() if name != code]


def _evidence_guide(standard: Standard) -> list[tuple[str, str]]:
    if not standard.items:
        return []
    words = (
        "结论、签署人职务、签署日期和至少 1 份佐证材料齐全才判定，否则为待定；计划整改不是结论，填未达标。"
    )
    schools = "未达标学校填学校标识码＝等次，用顿号隔开。"
    return [("佐证", words + schools), ("监测", "国家监测结果公布后填写，每学科一行；没有结果留空，为待定。")]
