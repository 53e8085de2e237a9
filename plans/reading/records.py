"""The rows of a table by the meaning of their columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from plans.reading.blocks import Table
from plans.reading.folding import squeeze
from plans.reading.heads import Column, column_of, is_head

_HEAD_ROWS = 3


@dataclass(frozen=True)
class Record:
    """One row; a meaning that several columns share keeps their cells in order."""

    row: int
    paragraph: int
    cells: Mapping[Column, tuple[str, ...]]
    group: str | None

    def text(self, *columns: Column) -> str:
        """The cells of the columns, one a line."""
        return "\n".join(text for column in columns for text in self.cells.get(column, ()) if text)

    def joined(self, *columns: Column) -> str:
        """The cells of the columns without any white space."""
        return squeeze(self.text(*columns))


def read_records(table: Table) -> list[Record]:
    """The rows under the head; empty when no head is recognised."""
    columns, first = _head(table)
    return list(_records(table, columns, first))


def _head(table: Table) -> tuple[dict[int, Column], int]:
    """Column index → meaning, and the index of the first row of data; a head may have two rows."""
    for index, row in enumerate(table.rows[:_HEAD_ROWS]):
        if is_head(row.cells):
            columns = _columns(row.cells)
            below = table.rows[index + 1].cells if index + 1 < len(table.rows) else ()
            if _spans_columns(row.cells) and is_head(below):
                return columns | _columns(below), index + 2
            return columns, index + 1
    return {}, len(table.rows)


def _spans_columns(cells: Sequence[str]) -> bool:
    """Whether a head cell covers several columns, which then are told apart in the row below."""
    return any(before == after or not after for before, after in pairwise(cells))


def _columns(cells: Sequence[str]) -> dict[int, Column]:
    return {index: column for index, cell in enumerate(cells) if (column := column_of(cell))}


def _records(table: Table, columns: Mapping[int, Column], first: int) -> Iterator[Record]:
    group: str | None = None
    for number, row in enumerate(table.rows[first:], first + 1):
        if len(row.cells) > 1 and len(set(row.cells)) == 1:
            group = squeeze(row.cells[0]) or group  # one cell over the whole width heads the rows below
            continue
        cells: dict[Column, tuple[str, ...]] = {}
        for index, column in columns.items():
            cells[column] = (*cells.get(column, ()), row.cells[index] if index < len(row.cells) else "")
        group = squeeze("".join(cells.get(Column.GROUP, ()))) or group
        yield Record(number, row.number, cells, group)
