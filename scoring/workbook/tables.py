"""A sheet → columns by key, with the problems of its headers and cells."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from scoring.elements import ELEMENTS
from scoring.errors import Problem
from scoring.workbook.cells import NotInCell

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Table:
    """A sheet read: values by key, each list as long as ``rows`` (Excel row numbers)."""

    rows: list[int]
    values: dict[str, list[Any]]
    written: dict[str, str]  # key → header as written
    problems: list[Problem]


def read_table(
    sheet: str, rows: Rows, key_of: Callable[[str], str | None], value_of: Callable[[Any, str], Any]
) -> Table:
    """The sheet as columns: its first row names them, and rows without any content are left out."""
    if not rows or not any(_is_filled(cell) for cell in rows[0]):
        return Table([], {}, {}, [Problem(sheet, 1, None, "缺少表头")])
    problems: list[Problem] = []
    positions = _positions(sheet, rows, key_of, problems)
    filled = [number for number, row in enumerate(rows[1:], start=2) if any(map(_is_filled, row))]
    written = {key: str(rows[0][position]).strip() for key, position in positions.items()}
    values: dict[str, list[Any]] = {key: [] for key in positions}
    for number in filled:
        for key, position in positions.items():
            values[key].append(
                _value(rows[number - 1][position], key, value_of, problems, (sheet, number, written[key]))
            )
    return Table(filled, values, written, problems)


def _positions(
    sheet: str, rows: Rows, key_of: Callable[[str], str | None], problems: list[Problem]
) -> dict[str, int]:
    positions: dict[str, int] = {}
    for position, header in enumerate(rows[0]):
        letter = xl_col_to_name(position)
        key = key_of(str(header)) if _is_filled(header) else None
        if not _is_filled(header):
            if any(_is_filled(row[position]) for row in rows[1:]):
                problems.append(Problem(sheet, 1, f"{letter}列", "有数据但没有表头"))
        elif key is None:
            problems.append(Problem(sheet, 1, str(header).strip(), "未知的列"))
        elif key in positions:
            problems.append(
                Problem(sheet, 1, str(header).strip(), f"与{xl_col_to_name(positions[key])}列重复")
            )
        elif key:
            positions[key] = position
    return positions


def _value(
    cell: Any,
    key: str,
    value_of: Callable[[Any, str], Any],
    problems: list[Problem],
    place: tuple[str, int, str],
) -> Any:
    try:
        return value_of(cell, key)
    except NotInCell as problem:
        problems.append(Problem(*place, str(problem)))
        return value_of(None, key) if key in ELEMENTS else None


def _is_filled(cell: Any) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))
