"""One ledger as rows of cells: what the screen draws is what the workbook holds."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _

from app.assessments.workings import short_name
from scoring.assessment import Assessment
from scoring.elements import STAGE_LABELS
from scoring.exact import printed
from scoring.ledgers import SPREAD, met_ledger, unmet_ledger
from scoring.words import _ as marked

WHOLE = ("人", "间", "台", "册", "班")  # what cannot be had in part


class Kind(StrEnum):
    """Which ledger."""

    UNMET = "unmet"
    MET = "met"


@dataclass(frozen=True)
class Column:
    """One column on the screen and in the workbook."""

    label: str
    width: int  # in Excel
    kind: str = ""  # "num" = figures


@dataclass(frozen=True)
class Figure:
    """A printed figure: rounded for the eye, with the digits that it keeps."""

    value: float
    places: int


Cell = str | Figure | None  # None = no number


@dataclass(frozen=True)
class LedgerRow:
    """One finding. ``cells`` follow ``columns()``."""

    level: str
    stage: str
    code: str
    verdict: str
    school_code: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class LedgerFilter:
    """What a ledger is narrowed to; "" = everything."""

    level: str = ""
    stage: str = ""
    code: str = ""
    verdict: str = ""

    def keeps(self, row: LedgerRow) -> bool:
        """Whether a row stays."""
        wanted = (self.level, self.stage, self.code, self.verdict)
        held = (row.level, row.stage, row.code, row.verdict)
        return all(one in ("", other) for one, other in zip(wanted, held, strict=True))


def columns() -> list[Column]:
    """The columns, in their order."""
    return [
        Column(_("序号"), 6, "num"),
        Column(_("学校或范围"), 26),
        Column(_("学段"), 8),
        Column(_("指标"), 30),
        Column(_("类别"), 14),
        Column(_("状态"), 10),
        Column(_("数值"), 12, "num"),
        Column(_("标准"), 12, "num"),
        Column(_("单位"), 10),
        Column(_("还差"), 12, "num"),
        Column(_("还差单位"), 10),
        Column(_("说明"), 60),
        Column(_("依据"), 34),
    ]


def verdict_words() -> dict[str, str]:
    """Verdicts as the ledger writes them."""
    return {"met": _("达标"), "not_met": _("未达标"), "pending": _("待定"), "no_data": _("缺数据")}


def ledger_rows(assessment: Assessment, kind: Kind) -> list[LedgerRow]:
    """The findings of one kind, not yet numbered."""
    frame = unmet_ledger(assessment) if kind is Kind.UNMET else met_ledger(assessment)
    return [_row(record, verdict_words()) for record in frame.to_dict("records")]


def narrowed(rows: Sequence[LedgerRow], wanted: LedgerFilter) -> list[LedgerRow]:
    """The rows that stay, numbered."""
    kept = (row for row in rows if wanted.keeps(row))
    return [replace(row, cells=(Figure(number, 0), *row.cells[1:])) for number, row in enumerate(kept, 1)]


def text_of(cell: Cell) -> str:
    """A cell as it is read; no number is a dash."""
    if isinstance(cell, Figure):
        return f"{float(printed(cell.value, cell.places)):,.{cell.places}f}"
    return cell or "—"


def _row(record: Mapping[Any, Any], words: Mapping[str, str]) -> LedgerRow:
    places = 3 if record["what"] == SPREAD else 2
    gap_places = 0 if record["gap_unit"] in WHOLE else places
    cells: tuple[Cell, ...] = (
        None,
        record["school_name"] or record["school_code"] or str(_("全县")),
        STAGE_LABELS.get(record["stage"], ""),
        f"{record['code']} {short_name(record['label'])}",
        marked(record["what"]),
        words[record["verdict"]],
        _figure(record["value"], 0 if record["unit"] in WHOLE else places),
        _figure(record["standard"], 0 if record["unit"] in WHOLE else places),
        marked(record["unit"]),
        _figure(record["gap"], gap_places),
        marked(record["gap_unit"]),
        record["note"],
        marked(record["clause"]),
    )
    keys = ("level", "stage", "code", "verdict", "school_code")
    return LedgerRow(**{key: str(record[key]) for key in keys}, cells=cells)


def _figure(value: Any, places: int) -> Figure | None:
    known = isinstance(value, int | float) and not math.isnan(value)
    return Figure(float(value), places) if known else None


def indicator_choices(rows: Sequence[LedgerRow]) -> list[tuple[str, str]]:
    """Codes that occur, with their names, for the filter."""
    names = {row.code: str(row.cells[3]) for row in rows}
    return sorted(names.items(), key=lambda pair: (pair[0][0], len(pair[0]), pair[0]))
