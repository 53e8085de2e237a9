"""The board as an Excel file: the counties, columns and words of the screen."""

import io
from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _

from app.ledgers.rows import Column, Figure, LedgerRow
from app.ledgers.workbook import ledger_workbook
from app.oversight.board import Board, CountyLine
from app.oversight.words import ARROWS, VERDICTS
from app.versions.words import STATES


def board_workbook(
    found: Board, lines: Sequence[CountyLine], title: str, basis: str, at: datetime
) -> io.BytesIO:
    """Write the lines as they stand on the screen."""
    columns = [
        Column(_("县（市、区）"), 22),
        Column(_("市（州）"), 18),
        Column(_("上报状态"), 12),
        Column(_("结论"), 10),
        Column(_("通过学段校"), 10, "num"),
        Column(_("学段校"), 10, "num"),
        Column(_("目标年"), 10, "num"),
        Column(_("预计达标"), 18),
        *(Column(f"{column.code} {column.label}", 12) for column in found.columns),
    ]
    return ledger_workbook(title, basis, columns, [_row(line, found) for line in lines], at)


def _row(line: CountyLine, found: Board) -> LedgerRow:
    standing = line.standing
    told = (
        (
            str(STATES[standing.state][1]),
            str(VERDICTS.get(standing.verdict, standing.verdict)),
            Figure(standing.sections_met, 0),
            Figure(standing.sections, 0),
        )
        if standing
        else (str(_("未上报")), "", None, None)
    )
    target = (Figure(line.county.horizon_year, 0), standing.forecast["words"] if standing else "")
    marks = tuple(f"{VERDICTS.get(cell.verdict, '')}{ARROWS[cell.arrow]}" for cell in line.cells)
    cells = (line.county.name, line.place, *told, *target, *(marks or ("",) * len(found.columns)))
    return LedgerRow("", "", line.county.code, "", "", cells)
