"""The ledger as an Excel file: the rows, columns and words of the screen."""

from typing import BinaryIO

import xlsxwriter

from app.planning.ledger import LedgerPage
from scoring.workbook.inert import INERT

# A sheet program may take such a text for a formula once somebody edits the cell.
LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_ledger(page: LedgerPage, target: BinaryIO, *, title: str) -> None:
    """Write the ledger as it stands on the screen; header and the first two columns stay in place."""
    book = xlsxwriter.Workbook(target, INERT)
    sheet = book.add_worksheet(title)
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F0F3F7", "valign": "vcenter"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    quoted = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
    for column, one in enumerate(page.columns):
        sheet.set_column(column, column, one.width)
        sheet.write_string(0, column, one.label, head)
    for number, row in enumerate(page.rows, 1):
        for column, value in enumerate(page.cells(number, row)):
            if isinstance(value, int):
                sheet.write_number(number, column, value, text)
            else:
                looks_bad = value.startswith(LOOKS_LIKE_A_FORMULA)
                sheet.write_string(number, column, value, quoted if looks_bad else text)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(page.rows), 1), len(page.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
