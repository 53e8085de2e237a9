"""Looks at a file before anything parses it: a plain workbook of a sane size, without macros or tricks?"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from posixpath import join, normpath
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree  # type: ignore[import-untyped]
from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]

from scoring.errors import BadWorkbook, Problem

MOST_BYTES = 20_000_000
MOST_UNPACKED = 60_000_000
MOST_PARTS = 500
MOST_RATIO = 200  # of a part above 1 MB
MOST_ROWS = 5_000
MOST_COLUMNS = 200
MOST_TEXT = 10_000_000  # characters of all text cells, repeats counted
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def refuse_hostile(content: bytes) -> list[Problem]:
    """Raise BadWorkbook unless the bytes are a plain .xlsx; return the problems of cells with Excel errors.

    Refused: an empty or huge file, another format, the old .xls, a password, macros, a zip bomb, XML with
    document types or entities, and sheets far larger than a county's.
    """
    _refuse_other_formats(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_parts(archive)
            return list(_cell_problems(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError) as problem:
        raise _bad("文件已损坏，无法作为 Excel 工作簿打开") from problem
    except DefusedXmlException as problem:
        raise _bad("文件含有外部实体或文档类型声明，不予读取") from problem
    except (ParseError, ValueError, IndexError) as problem:
        raise _bad("工作簿内容不合规范，请用 Excel 或 WPS 另存后再上传") from problem


def _bad(message: str, sheet: str = "") -> BadWorkbook:
    return BadWorkbook([Problem(sheet, None, None, message)])


def _refuse_other_formats(content: bytes) -> None:
    if not content:
        raise _bad("文件是空的")
    if len(content) > MOST_BYTES:
        raise _bad(f"文件超过 {MOST_BYTES // 1_000_000} MB")
    if content.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise _bad(
            "工作簿设有密码，请去掉密码后再上传" if locked else "这是旧格式文件，请另存为 .xlsx 后再上传"
        )
    if not content.startswith(b"PK"):
        raise _bad("不是 Excel 工作簿（.xlsx）")


def _refuse_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _bad("文件解压后过大，不予读取")
    if any(part.file_size > 1_000_000 and part.file_size > MOST_RATIO * part.compress_size for part in parts):
        raise _bad("文件压缩比异常，不予读取")
    if any(part.flag_bits & 1 for part in parts):
        raise _bad("工作簿设有密码，请去掉密码后再上传")
    names = {part.filename for part in parts}
    if any("vbaproject" in name.lower() or "macrosheets/" in name.lower() for name in names):
        raise _bad("工作簿含有宏，请另存为不含宏的 .xlsx 后再上传")
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise _bad("不是 Excel 工作簿（.xlsx）")
    for name in names:
        if name.lower().endswith((".xml", ".rels", ".vml")):
            _refuse_entities(archive.read(name))


def _refuse_entities(text: bytes) -> None:
    # Without NULs, so that UTF-16 is seen as well.
    if b"<!DOCTYPE" in text.replace(b"\0", b"") or b"<!ENTITY" in text.replace(b"\0", b""):
        raise _bad("文件含有外部实体或文档类型声明，不予读取")


def _cell_problems(archive: zipfile.ZipFile) -> Iterator[Problem]:
    lengths = _shared_lengths(archive)
    text = 0
    for sheet, path in _sheets(archive):
        for row, column, letters, cell in _cells(archive, path):
            if row > MOST_ROWS or column > MOST_COLUMNS:
                raise _bad(f"数据超出 {MOST_ROWS} 行、{MOST_COLUMNS} 列的范围（{letters}{row}）", sheet)
            text += lengths[int(cell.findtext(f"{_MAIN}v", "0"))] if cell.get("t") == "s" else 0
            if text > MOST_TEXT:
                raise _bad("文字过多，不予读取", sheet)
            yield from _cell_fault(sheet, row, letters, cell)


def _cell_fault(sheet: str, row: int, letters: str, cell: Any) -> Iterator[Problem]:
    if cell.get("t") == "e":
        # The reader turns an error value into a blank, which would pass as missing.
        yield Problem(sheet, row, f"{letters}列", f"公式出错（{cell.findtext(f'{_MAIN}v', '')}），请改正")
    elif cell.find(f"{_MAIN}f") is not None and not cell.findtext(f"{_MAIN}v") and cell.get("t") != "str":
        yield Problem(sheet, row, f"{letters}列", "公式没有计算结果，请用 Excel 或 WPS 打开保存一次")


def _shared_lengths(archive: zipfile.ZipFile) -> list[int]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"), forbid_dtd=True)
    return [sum(len(text) for text in item.itertext()) for item in root]


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"), forbid_dtd=True)
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        yield (
            sheet.get("name", ""),
            target.lstrip("/") if target.startswith("/") else normpath(join("xl", target)),
        )


def _cells(archive: zipfile.ZipFile, path: str) -> Iterator[tuple[int, int, str, Any]]:
    """Row, column, column letters and element of each cell that holds something."""
    with archive.open(path) as part:
        for _, element in ElementTree.iterparse(part, forbid_dtd=True):
            if element.tag != f"{_MAIN}row":
                continue
            for cell in element.iter(f"{_MAIN}c"):
                if len(cell):
                    yield _placed(cell)
            element.clear()


def _placed(cell: Any) -> tuple[int, int, str, Any]:
    place = cell.get("r", "")
    letters = place.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(place[len(letters) :]), column, letters, cell
