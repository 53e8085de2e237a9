"""A fictional plan as a Word file, for users to try the reading of plans with."""

import io
from pathlib import Path
from typing import Any

import docx

_TEXT = Path(__file__).with_name("sample_plan.txt")
_CELL = "|"  # begins a row of a table and parts its cells


def sample_plan(first_year: int, horizon_year: int) -> io.BytesIO:
    """The plan from one year to the target year, which lies at least two years later in the file."""
    horizon = max(horizon_year, first_year + 3)
    years = {"first": first_year, "second": first_year + 1, "before": horizon - 1, "horizon": horizon}
    document = docx.Document()
    rows: list[list[str]] = []
    for line in [*_TEXT.read_text("utf-8").format(**years).splitlines(), ""]:
        if line.startswith(_CELL):
            rows.append(line.split(_CELL)[1:])
            continue
        _add_table(document, rows)
        rows = []
        document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    target.seek(0)
    return target


def _add_table(document: Any, rows: list[list[str]]) -> None:
    if not rows:
        return
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
