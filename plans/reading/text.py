"""A text file → blocks. Tables come as cells behind tabs, or as one row a line."""

import codecs
import re
from collections.abc import Iterator

from plans.errors import UnknownTextEncoding
from plans.reading.blocks import Block, Line, Row, Table
from plans.reading.folding import clean_line
from plans.reading.heads import is_head
from plans.reading.outline import mark_of

_LINE_END = re.compile(r"\r\n|[\n\r\f\v\u2028\u2029]")
_COLUMN = re.compile(r"[\t|｜│┃]")
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")
_COMMON = frozenset("的一年学教工作和、。，：")
_MARKED = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def read_text(content: bytes) -> list[Block]:
    """Lines and tables of a text file, UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030.

    Raises UnknownTextEncoding.
    """
    return _Reader(_LINE_END.split(decode(content))).blocks()


def decode(content: bytes) -> str:
    """The text of the bytes.

    Raises UnknownTextEncoding; GB18030 takes nearly any bytes, so there a common character must appear.
    """
    for mark, encoding in _MARKED.items():
        if content.startswith(mark):
            return _decoded(content, encoding)
    try:
        return _refuse_binary(content.decode("utf-8"))
    except UnicodeDecodeError:
        text = _decoded(content, "gb18030")
    if not _COMMON & set(text):
        raise UnknownTextEncoding
    return text


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return _refuse_binary(content.decode(encoding))
    except UnicodeDecodeError as error:
        raise UnknownTextEncoding from error


def _refuse_binary(text: str) -> str:
    if _BINARY.search(text):
        raise UnknownTextEncoding
    return text


class _Reader:
    """Goes through the lines once; ``at`` is the index of the next one."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0
        self.n_tables = 0

    def blocks(self) -> list[Block]:
        found: list[Block] = []
        while self.at < len(self.lines):
            rows = self._cell_lines() or self._row_lines()
            if rows:
                self.n_tables += 1
                found.append(Table(self.n_tables, tuple(rows)))
            else:
                found.extend(self._line())
        return found

    def _line(self) -> Iterator[Line]:
        self.at += 1
        if text := clean_line(self.lines[self.at - 1]):
            yield Line(self.at, text)

    def _cell_lines(self) -> list[Row]:
        """A table with one cell a line, each behind a tab; a cell may run over several, even blank, lines."""
        width = self._head_width()
        if not width:
            return []
        cells: list[tuple[int, str]] = []
        while self.at < len(self.lines) and not self._table_ends(cells, width):
            text = self.lines[self.at]
            self.at += 1
            if text.startswith("\t"):
                cells.append((self.at, clean_line(text)))
            elif clean_line(text):
                cells[-1] = (cells[-1][0], f"{cells[-1][1]}\n{clean_line(text)}".strip())
        starts = range(0, len(cells), width)
        return [_row(cells[start : start + width], width) for start in starts]

    def _head_width(self) -> int:
        """Number of adjoining tabbed lines from here, if they are the head of a table."""
        end = self.at
        while end < len(self.lines) and self.lines[end].startswith("\t") and self.lines[end].strip():
            end += 1
        cells = [clean_line(line) for line in self.lines[self.at : end]]
        is_single = all("\t" not in cell for cell in cells)
        return len(cells) if len(cells) > 1 and is_single and is_head(cells) else 0

    def _table_ends(self, cells: list[tuple[int, str]], width: int) -> bool:
        line = self.lines[self.at]
        if line.startswith("\t"):
            return bool(cells) and len(cells) % width == 0 and self._head_width() > 0
        if line.strip():
            return mark_of(clean_line(line)) is not None or (len(cells) % width == 0 and not self._resumes())
        return False

    def _resumes(self) -> bool:
        """Whether the broken text in a last column is soon followed by another cell."""
        ahead = [line for line in self.lines[self.at : self.at + 6] if line.strip()]
        first_cell = next((index for index, line in enumerate(ahead) if line.startswith("\t")), None)
        return (
            first_cell is not None and first_cell <= 2 and all(len(line) < 30 for line in ahead[:first_cell])
        )

    def _row_lines(self) -> list[Row]:
        """A table with one row a line, its cells between tabs or bars."""
        rows: list[Row] = []
        while self.at < len(self.lines):
            cells = _split_row(self.lines[self.at])
            if len(cells) < 2 or (not rows and not is_head(cells)):
                break
            self.at += 1
            rows.append(Row(self.at, tuple(cells)))
            self._skip_blank_between_rows()
        return rows

    def _skip_blank_between_rows(self) -> None:
        ahead = self.at
        while ahead < len(self.lines) and not self.lines[ahead].strip(" |-+—:\t"):
            ahead += 1
        if ahead < len(self.lines) and len(_split_row(self.lines[ahead])) > 1:
            self.at = ahead


def _split_row(line: str) -> list[str]:
    if "\t" not in line and not re.search(r"[|｜│┃]", line):
        return []
    return [clean_line(cell) for cell in _COLUMN.split(line.strip(" |｜│┃"))]


def _row(cells: list[tuple[int, str]], width: int) -> Row:
    texts = [text for _, text in cells]
    return Row(cells[0][0], tuple(texts + [""] * (width - len(texts))))
