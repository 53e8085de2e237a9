"""Sheets 佐证 and 监测: what a county attests and what the national monitoring issued."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pandas as pd

from scoring.elements import plain
from scoring.errors import BadEvidence, Problem
from scoring.evidence import Attestation, Evidence, MonitoringResult, SchoolFinding, level_of
from scoring.items import Item, Part
from scoring.standard import Standard
from scoring.workbook.cells import NotInCell, figure, words
from scoring.workbook.tables import Rows, Table, read_table

EVIDENCE_SHEET, MONITORING_SHEET = "佐证", "监测"
EVIDENCE_LABELS = {
    "place": "项目", "requirement": "要求", "conclusion": "结论", "statement": "说明",
    "signed_by": "签署人职务", "signed_on": "签署日期", "n_evidence": "佐证材料数", "failing": "未达标学校",
}  # fmt: skip
MONITORING_LABELS = {"subject": "学科", "year": "年份", "level": "学业水平等级", "rate": "校际差异率"}
CONCLUSION_WORDS = {"达标": "met", "未达标": "not_met", "无此情形": "met", "有此情形": "not_met"}
_STATED = ("attested", "veto")


def stated_parts(standard: Standard) -> Iterator[tuple[str, Item, Part]]:
    """Parts that need a statement, each with its place on the sheet: ``G1`` or ``G2.staffing``."""
    for item in standard.items:
        for part in item.parts:
            if item.enabled and part.mode in _STATED:
                yield ".".join(filter(None, (item.code, part.key))), item, part


def read_evidence(sheets: dict[str, Rows], standard: Standard) -> tuple[Evidence, list[Problem]]:
    """Evidence of both sheets, which may be absent, and what is wrong with them."""
    stated, monitored = _table(sheets, EVIDENCE_SHEET), _table(sheets, MONITORING_SHEET)
    problems = [*stated.problems, *monitored.problems, *_doubles(stated), *_strangers(stated, standard)]
    if problems:
        return Evidence(), problems
    return Evidence(tuple(_attestations(stated)), tuple(_results(monitored))), []


def _table(sheets: dict[str, Rows], sheet: str) -> Table:
    if not any(map(any, sheets.get(sheet, ()))):
        return Table([], {}, {}, [])
    labels = EVIDENCE_LABELS if sheet == EVIDENCE_SHEET else MONITORING_LABELS
    keys = {plain(form): key for key, label in labels.items() for form in (key, label)}
    table = read_table(sheet, sheets[sheet], lambda header: keys.get(plain(header)), _CELLS[sheet])
    needed = ("place", "conclusion") if sheet == EVIDENCE_SHEET else tuple(MONITORING_LABELS)
    lacking = [labels[key] for key in needed if table.written and key not in table.written]
    table.problems.extend(Problem(sheet, 1, label, "缺少此列") for label in lacking)
    return table


def _stated_cell(cell: Any, key: str) -> Any:
    if key == "signed_on":
        return _day(cell)
    if key == "n_evidence":
        return _whole(cell)
    if key == "failing":
        return _findings(words(cell))
    if key == "conclusion" and words(cell) not in ("", *CONCLUSION_WORDS):
        raise NotInCell(f"只能填 {'、'.join(CONCLUSION_WORDS)}，填报的是“{words(cell)}”；计划整改不是结论")
    return CONCLUSION_WORDS.get(words(cell), "") if key == "conclusion" else words(cell)


def _monitored_cell(cell: Any, key: str) -> Any:
    if key == "rate":
        return figure(cell)
    if key in ("year", "subject") and not words(cell):
        raise NotInCell("不能为空")
    if key == "year":
        return _whole(cell)
    if key == "level" and words(cell):
        try:
            return level_of(words(cell))
        except BadEvidence as problem:
            raise NotInCell(str(problem)) from problem
    return None if key == "level" else words(cell)


_CELLS = {EVIDENCE_SHEET: _stated_cell, MONITORING_SHEET: _monitored_cell}


def _whole(cell: Any) -> int:
    number = figure(cell) if words(cell) else 0.0
    if number < 0 or number != int(number):
        raise NotInCell(f"须为非负整数，填报为 {number:g}")
    return int(number)


def _day(cell: Any) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if not words(cell):
        return None
    try:
        return dt.date.fromisoformat(words(cell))
    except ValueError as problem:
        raise NotInCell(f"不是日期（应为 2026-09-30 的形式），填报的是“{words(cell)}”") from problem


def _findings(text: str) -> tuple[SchoolFinding, ...]:
    """``101＝合格、102`` → schools with their figures."""
    pieces = text.replace("＝", "=").replace("；", "、").replace("，", "、").split("、")
    pairs = [piece.partition("=") for piece in pieces if piece.strip()]
    return tuple(SchoolFinding(code.strip(), figure.strip()) for code, _, figure in pairs)


def _doubles(table: Table) -> Iterator[Problem]:
    places = table.values.get("place", [])
    for row, place in zip(table.rows, places, strict=False):
        if place and places.count(place) > 1:
            yield Problem(EVIDENCE_SHEET, row, EVIDENCE_LABELS["place"], f"{place} 重复")


def _strangers(table: Table, standard: Standard) -> Iterator[Problem]:
    known = {place for place, _, _ in stated_parts(standard)} | {item.code for item in standard.items}
    for row, place in zip(table.rows, table.values.get("place", []), strict=False):
        if place not in known:
            yield Problem(EVIDENCE_SHEET, row, EVIDENCE_LABELS["place"], f"未知的项目“{place or ''}”")


def _attestations(table: Table) -> Iterator[Attestation]:
    for row in _rows(table):
        item, _, part = row["place"].partition(".")
        given = Attestation(
            item=item,
            part=part,
            conclusion=row["conclusion"],
            statement=row.get("statement", ""),
            signed_by_role=row.get("signed_by", ""),
            signed_on=row.get("signed_on"),
            n_evidence=row.get("n_evidence", 0),
            failing=row.get("failing", ()),
        )
        if given != Attestation(
            item, "", part=part
        ):  # the template lists every item; untouched rows say nothing
            yield given


def _results(table: Table) -> Iterator[MonitoringResult]:
    for row in _rows(table):
        yield MonitoringResult(row["subject"], row["year"], row["level"], row["rate"])


def _rows(table: Table) -> Iterator[dict[str, Any]]:
    for position in range(len(table.rows)):
        yield {key: values[position] for key, values in table.values.items()}


def write_evidence(book: Any, head: Any, standard: Standard, evidence: Evidence | None) -> None:
    """Add both sheets: every part that needs a statement has its row, with what was given."""
    given = evidence or Evidence()
    parts = {place: part for place, _, part in stated_parts(standard)}
    stated = {".".join(filter(None, (one.item, one.part))): one for one in given.attestations}
    sheet = _sheet(
        book, head, EVIDENCE_SHEET, list(EVIDENCE_LABELS.values()), (14, 34, 10, 30, 14, 12, 12, 24)
    )
    labels = {item.code: item.label for item in standard.items}
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for row, place in enumerate(dict.fromkeys([*parts, *stated]), start=1):
        is_veto = place in parts and parts[place].mode == "veto"
        choices = ["无此情形", "有此情形"] if is_veto else ["达标", "未达标"]
        sheet.write_string(row, 0, place)
        sheet.write_string(row, 1, parts[place].label if place in parts else labels[place])
        sheet.data_validation(row, 2, row, 2, {"validate": "list", "source": choices})
        if place in stated:
            _write_stated(sheet, row, stated[place], choices, day)
    _write_monitoring(book, head, given)


def _write_stated(sheet: Any, row: int, given: Attestation, choices: list[str], day: Any) -> None:
    word = {"met": choices[0], "not_met": choices[1], "": ""}[given.conclusion]
    for column, text in ((2, word), (3, given.statement), (4, given.signed_by_role)):
        sheet.write_string(row, column, text)
    if given.signed_on:
        sheet.write_datetime(row, 5, given.signed_on, day)
    sheet.write_number(row, 6, given.n_evidence)
    sheet.write_string(row, 7, "、".join(f"{one.school_code}＝{one.figure}" for one in given.failing))


def _write_monitoring(book: Any, head: Any, given: Evidence) -> None:
    sheet = _sheet(book, head, MONITORING_SHEET, list(MONITORING_LABELS.values()), (12, 10, 14, 12))
    for row, one in enumerate(given.monitoring, start=1):
        sheet.write_string(row, 0, one.subject)
        sheet.write_number(row, 1, one.year)
        sheet.write_string(row, 2, ("", "Ⅰ级", "Ⅱ级", "Ⅲ级", "Ⅳ级")[one.level or 0])
        if not pd.isna(one.difference_rate):
            sheet.write_number(row, 3, one.difference_rate)


def _sheet(book: Any, head: Any, name: str, headers: list[str], widths: tuple[int, ...]) -> Any:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    for column, (header, width) in enumerate(zip(headers, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, header, head)
    return sheet
