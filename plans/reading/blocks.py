"""What a document is made of once its file format is forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One line of running text; lines of one Word paragraph share its number.

    ``number`` counts the paragraphs of a Word body, or the lines of a text file, from 1, empty ones too.
    """

    number: int
    text: str


@dataclass(frozen=True)
class Row:
    """One table row; merged cells repeat their text in every column and row they cover."""

    number: int  # paragraph before the table in Word, line of the first cell in a text file
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with its place in the document, counted from 1."""

    ordinal: int
    rows: tuple[Row, ...]


Block = Line | Table


def lines_of(blocks: Sequence[Block]) -> list[Line]:
    """Only the lines, in order."""
    return [block for block in blocks if isinstance(block, Line)]


def tables_of(blocks: Sequence[Block]) -> list[Table]:
    """Only the tables, in order."""
    return [block for block in blocks if isinstance(block, Table)]
