"""The scorecard as an Excel sheet: the rows of the page."""

import io
from collections.abc import Iterator, Sequence

import xlsxwriter
from flask_babel import gettext as _

from app.rubric.rows import ITEM, Row
from app.rubric.sentences import KIND_NAMES
from scoring.rubric.hints import HINT_LABELS
from scoring.workbook.inert import INERT

Cell = str | float | None


def scorecard_workbook(title: str, rows: Sequence[Row], open_questions: Sequence[str]) -> io.BytesIO:
    """One sheet of points and one of what the document leaves open."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, INERT)
    head = book.add_format({"bold": True, "bg_color": "#EEF1F5", "text_wrap": True, "border": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(_("评分"))
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 1, 26)
    sheet.set_column(11, 13, 40)
    sheet.freeze_panes(2, 2)
    sheet.write_string(0, 0, title)
    for line, cells in enumerate(table_of(rows), start=1):
        for column, cell in enumerate(cells):
            if cell is not None:
                sheet.write(line, column, cell, head if line == 1 else wrap)
    notes = book.add_worksheet(_("未载明"))
    notes.set_column(0, 0, 90)
    for line, text in enumerate(open_questions):
        notes.write_string(line, 0, text, wrap)
    book.close()
    target.seek(0)
    return target


def table_of(rows: Sequence[Row]) -> Iterator[list[Cell]]:
    """Header and rows as the sheet has them; None = an empty cell."""
    of = [_("%(name)s已评满分", name=name) for name in KIND_NAMES.values()]
    yield [
        *(_("代码"), _("指标"), _("星号"), _("满分")),
        *KIND_NAMES.values(),
        *of,
        *(_("数据结论"), _("提示"), _("算式")),
    ]
    for row in rows:
        yield [
            row.code if row.code != "all" else "",
            row.label,
            "★" if row.starred else None,
            row.full,
            *(row.points[kind] for kind in KIND_NAMES),
            *(row.of.get(kind) for kind in KIND_NAMES),
            *_data_cells(row),
        ]


def _data_cells(row: Row) -> list[Cell]:
    if row.level != ITEM:
        return [None, None, None]
    if not row.is_computed:
        return [_("佐证判断"), None, None]
    workings = "\n".join(f"{hint.label}：{hint.working}" for hint in row.hints)
    return [HINT_LABELS[row.verdict], row.flag_words or None, workings or None]
