"""A .docx file → blocks, straight from its XML.

python-docx's ``paragraph.text`` leaves out tracked insertions, content controls and automatic numbers, so the
words are gathered here; deleted and moved-away text is left out.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from plans.errors import BrokenWordFile
from plans.reading.blocks import Block, Line, Row, Table
from plans.reading.folding import clean_line
from plans.reading.numbering import Numbering, W

_SKIPPED = {
    W + name
    for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "rt", "sdtPr", "tbl", "txbxContent")
} | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_SPACES = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_CONTENTS_STYLES = ("toc", "目录")


def read_word(content: bytes) -> list[Block]:
    """Paragraphs and tables of the body in order.

    Raises BrokenWordFile when the package or its XML cannot be followed.
    """
    body, numbering = _open(content)
    blocks: list[Block] = []
    paragraph_number = table_ordinal = 0
    for element in _block_elements(body):
        if element.tag == W + "p":
            paragraph_number += 1
            blocks.extend(_lines(element, paragraph_number, numbering))
        else:
            table_ordinal += 1
            blocks.append(_table(element, table_ordinal, paragraph_number, numbering))
    return blocks


def _open(content: bytes) -> tuple[Any, Numbering]:
    import docx  # noqa: PLC0415 -- slow import, only Word files need it
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415 -- slow import

    broken = (PackageNotFoundError, SyntaxError, zipfile.BadZipFile, zlib.error)  # lxml's is a SyntaxError
    # python-docx walks the package unguarded: a wrong part or relation surfaces as one of these.
    inconsistent = (KeyError, ValueError, AttributeError, TypeError, IndexError, AssertionError, EOFError)
    try:
        document = docx.Document(io.BytesIO(content))
        parts = {str(part.partname): part for part in document.part.package.iter_parts()}
        numbering, styles = (_root(parts.get(f"/word/{name}.xml")) for name in ("numbering", "styles"))
        return document.element.body, Numbering(numbering, styles)
    except (*broken, *inconsistent) as error:
        raise BrokenWordFile from error


def _root(part: Any | None) -> Any | None:
    return getattr(part, "element", None)


def _block_elements(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables, also those inside content controls, tracked changes and text boxes."""
    for element in parent:
        if element.tag == W + "p":
            yield element
            for box in element.iter(W + "txbxContent"):
                if not any(_is_fallback(ancestor) for ancestor in box.iterancestors()):
                    yield from _block_elements(box)
        elif element.tag == W + "tbl":
            yield element
        elif isinstance(element.tag, str) and element.tag not in _SKIPPED:
            yield from _block_elements(element)


def _is_fallback(element: Any) -> bool:
    return str(element.tag).endswith("}Fallback")


def _lines(paragraph: Any, number: int, numbering: Numbering) -> list[Line]:
    if _style(paragraph).lower().startswith(_CONTENTS_STYLES):
        return []
    texts = (numbering.label(paragraph) + "".join(_words(paragraph))).split("\n")
    return [Line(number, cleaned) for text in texts if (cleaned := clean_line(text))]


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(W + "val") or ""


def _words(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag in _SPACES:
            yield _SPACES[child.tag]
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _words(child)


def _table(table: Any, ordinal: int, paragraph_number: int, numbering: Numbering) -> Table:
    rows: list[Row] = []
    above: dict[int, str] = {}
    for row in table.iter(W + "tr"):
        if next(row.iterancestors(W + "tbl")) is table:
            above = _row_cells(row, above, numbering)
            rows.append(Row(paragraph_number, tuple(above[column] for column in sorted(above))))
    return Table(ordinal, tuple(rows))


def _row_cells(row: Any, above: dict[int, str], numbering: Numbering) -> dict[int, str]:
    """Column → text; a cell that continues a vertical merge takes the text above it."""
    cells: dict[int, str] = {}
    column = _number(row.find(f"{W}trPr/{W}gridBefore"))
    for _ in range(column):
        cells[len(cells)] = ""
    for cell in row.iter(W + "tc"):
        if next(cell.iterancestors(W + "tr")) is not row:
            continue
        text = above.get(column, "") if _continues(cell) else _cell_text(cell, numbering)
        width = max(1, _number(cell.find(f"{W}tcPr/{W}gridSpan")))
        cells.update(dict.fromkeys(range(column, column + width), text))
        column += width
    return cells


def _cell_text(cell: Any, numbering: Numbering) -> str:
    paragraphs = (numbering.label(paragraph) + "".join(_words(paragraph)) for paragraph in cell.iter(W + "p"))
    return "\n".join(
        cleaned for text in paragraphs for part in text.split("\n") if (cleaned := clean_line(part))
    )


def _continues(cell: Any) -> bool:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(W + "val", "continue") == "continue"


def _number(element: Any | None) -> int:
    text = "" if element is None else element.get(W + "val") or ""
    return min(int(text), 63) if text.isdecimal() else 0  # Word allows 63 columns
