"""A ledger as an Excel workbook: the same rows, figures and order as on the screen."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from app.ledgers.rows import Cell, Column, Figure, LedgerRow, text_of
from scoring.exact import printed
from scoring.workbook.inert import INERT

HEAD_ROW = 2  # title and basis stand above


def ledger_workbook(
    title: str, basis: str, columns: Sequence[Column], rows: Sequence[LedgerRow], at: datetime
) -> io.BytesIO:
    """Write the sheet. Text is written as text, so that a name that looks like a formula stays a name."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, INERT)
    book.set_properties({"title": title, "created": at.replace(tzinfo=None)})
    sheet = book.add_worksheet(_("台账"))
    _write_head(book, sheet, title, basis, columns)
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    formats: dict[int | str, Any] = {"text": wrapped}
    for number, row in enumerate(rows, start=HEAD_ROW + 1):
        for position, cell in enumerate(row.cells):
            _write(book, sheet, formats, (number, position), cell)
    sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + max(len(rows), 1), len(columns) - 1)
    book.close()
    content.seek(0)
    return content


def _write_head(book: Any, sheet: Any, title: str, basis: str, columns: Sequence[Column]) -> None:
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, basis, book.add_format({"font_color": "#566577"}))
    head = book.add_format({"bold": True, "bg_color": "#EEF1F5", "border": 1, "valign": "vcenter"})
    for position, column in enumerate(columns):
        sheet.set_column(position, position, column.width)
        sheet.write_string(HEAD_ROW, position, column.label, head)
    sheet.freeze_panes(HEAD_ROW + 1, 2)
    sheet.repeat_rows(HEAD_ROW)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write(book: Any, sheet: Any, formats: dict[int | str, Any], place: tuple[int, int], cell: Cell) -> None:
    if not isinstance(cell, Figure):
        sheet.write_string(*place, text_of(cell), formats["text"])
        return
    if cell.places not in formats:
        shown = "#,##0" + ("." + "0" * cell.places if cell.places else "")
        formats[cell.places] = book.add_format({"num_format": shown, "valign": "top", "border": 1})
    sheet.write_number(*place, float(printed(cell.value, cell.places)), formats[cell.places])
