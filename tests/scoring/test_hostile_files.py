"""Files that are no workbook, or would hurt whoever opens them, are refused before anything parses them."""

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter

from scoring.workbook import guard
from tests.scoring.test_workbook import GOOD, problems, saved, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _with_part(name, content, base=None):
    """A good workbook with a part added or replaced."""
    source = zipfile.ZipFile(io.BytesIO(base or workbook(GOOD)))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            if part != name:
                target.writestr(part, source.read(part))
        target.writestr(name, content)
    return stream.getvalue()


def _message(content):
    found = problems(content)
    assert len(found) == 1
    return found[0][3]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "文件是空的"),
        (b"school_code,students\n1,100\n", "不是 Excel 工作簿（.xlsx）"),
        (b"%PDF-1.7", "不是 Excel 工作簿（.xlsx）"),
        (OLE + b"\0" * 600, "这是旧格式文件，请另存为 .xlsx 后再上传"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "工作簿设有密码，请去掉密码后再上传"),
        (b"PK\x03\x04 half a file", "文件已损坏，无法作为 Excel 工作簿打开"),
    ],
)
def test_file_of_another_kind_is_refused(content, message):
    assert _message(content) == message


def test_zip_that_is_no_workbook_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")

    assert _message(stream.getvalue()) == "不是 Excel 工作簿（.xlsx）"


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"])
def test_macro_is_refused(part):
    assert _message(_with_part(part, b"x")) == "工作簿含有宏，请另存为不含宏的 .xlsx 后再上传"


def test_zip_bomb_by_ratio_is_refused():
    assert _message(_with_part("xl/media/image1.bin", b"\0" * 5_000_000)) == "文件压缩比异常，不予读取"


def test_zip_bomb_by_size_is_refused(monkeypatch):
    monkeypatch.setattr(guard, "MOST_UNPACKED", 1_000)

    assert _message(workbook(GOOD)) == "文件解压后过大，不予读取"


def test_zip_with_very_many_parts_is_refused():
    stream = io.BytesIO(workbook(GOOD))
    with zipfile.ZipFile(stream, "a") as archive:
        for n in range(guard.MOST_PARTS):
            archive.writestr(f"xl/media/{n}.bin", b"")

    assert _message(stream.getvalue()) == "文件解压后过大，不予读取"


def test_part_that_lies_about_its_size_is_refused():
    content = _with_part("xl/sharedStrings.xml", b"<sst>" + b" " * 3000 + b"</sst>")
    size, lie = (3000 + 11).to_bytes(4, "little"), (50).to_bytes(4, "little")

    assert _message(content.replace(size, lie)) == "文件已损坏，无法作为 Excel 工作簿打开"


ENTITY = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><sst>&x;</sst>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_with_entities_is_refused(encoding):
    content = _with_part("xl/sharedStrings.xml", ENTITY.encode(encoding))

    assert _message(content) == "文件含有外部实体或文档类型声明，不予读取"


def test_broken_xml_is_refused():
    assert _message(_with_part("xl/worksheets/sheet1.xml", b"<worksheet><row>")) == (
        "工作簿内容不合规范，请用 Excel 或 WPS 另存后再上传"
    )


@pytest.mark.parametrize("place", ["A5001", "GS2", "XFD1048576"])
def test_cell_far_away_is_refused_before_the_sheet_is_laid_out(place):
    book = openpyxl.Workbook()
    book.active.title = "学校"
    book.active[place] = 1

    assert _message(saved(book)).startswith("数据超出 5000 行、200 列的范围")


def test_text_repeated_beyond_measure_is_refused(monkeypatch):
    monkeypatch.setattr(guard, "MOST_TEXT", 1_000)

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("学校")
    for row in range(50):  # one text of 30 characters, kept once in the file and used 50 times
        sheet.write_string(row, 0, "甲" * 30)
    book.close()

    assert _message(stream.getvalue()) == "文字过多，不予读取"


def test_huge_file_is_refused(monkeypatch):
    monkeypatch.setattr(guard, "MOST_BYTES", 1_000)

    assert _message(workbook(GOOD)).startswith("文件超过")
