"""What Word hides from ``paragraph.text``: automatic numbers, tracked changes, controls, merged cells."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from plans.reading.blocks import Line, tables_of
from plans.reading.word import read_word
from tests.plans.reading.sample import saved, word

NS = nsdecls("w")


def _texts(content: bytes) -> list[str]:
    return [block.text for block in read_word(content) if isinstance(block, Line)]


def _body(*xml: str) -> bytes:
    document = docx.Document()
    for part in xml:
        document.element.body.insert(-1, parse_xml(part))
    return saved(document)


def _with_list(levels: list[tuple[str, str]], places: list[tuple[int, str]], extra: str = "") -> bytes:
    """A document whose list 77 has the levels (format, pattern); places are (level, text)."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    lvls = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{f}"/><w:lvlText w:val="{p}"/></w:lvl>'
        for i, (f, p) in enumerate(levels)
    )
    abstract = parse_xml(f'<w:abstractNum {NS} w:abstractNumId="77">{lvls}</w:abstractNum>')
    numbering.insert(0, abstract)
    for number, inside in ((77, ""), (78, extra)):
        xml = f'<w:num {NS} w:numId="{number}"><w:abstractNumId w:val="77"/>{inside}</w:num>'
        numbering.append(parse_xml(xml))
    for level, text in places:
        list_id = 78 if text.startswith("重") else 77
        xml = (
            f'<w:p {NS}><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
            "</w:pPr>"
            f"<w:r><w:t>{text}</w:t></w:r></w:p>"
        )
        document.element.body.insert(-1, parse_xml(xml))
    return saved(document)


def test_automatic_numbers_are_printed_by_level():
    levels = [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]
    places = [(0, "目标"), (0, "措施"), (1, "建校"), (2, "甲"), (2, "乙"), (1, "育人"), (2, "丙")]

    texts = _texts(_with_list(levels, places))

    assert texts == ["一、目标", "二、措施", "（一）建校", "1.甲", "2.乙", "（二）育人", "1.丙"]


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [
        ("chineseCountingThousand", ["十一", "十二"]),
        ("decimalEnclosedCircle", ["⑪", "⑫"]),
        ("upperLetter", ["K", "L"]),
        ("lowerRoman", ["xi", "xii"]),
        ("decimalZero", ["11", "12"]),
    ],
)
def test_automatic_number_formats(number_format, expected):
    texts = _texts(_with_list([(number_format, "%1、")], [(0, "项")] * 12))

    assert texts[-2:] == [f"{number}、项" for number in expected]


def test_list_of_its_own_restarts_where_it_says_so():
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'

    texts = _texts(
        _with_list([("decimal", "%1.")], [(0, "甲"), (0, "乙"), (0, "重甲"), (0, "重乙")], override)
    )

    assert texts == ["1.甲", "2.乙", "1.重甲", "2.重乙"]


def test_bullets_have_no_number():
    assert _texts(_with_list([("bullet", "●")], [(0, "甲")])) == ["甲"]


def test_numbers_of_several_levels_stand_apart_from_the_words():
    texts = _texts(_with_list([("decimal", "%1."), ("decimal", "%1.%2")], [(0, "甲"), (1, "2所学校")]))

    assert texts == ["1.甲", "1.1 2所学校"]


def test_number_from_the_paragraph_style():
    document = docx.Document()
    numbering = document.part.numbering_part.element
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    numbering.insert(0, parse_xml(f'<w:abstractNum {NS} w:abstractNumId="9">{level}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {NS} w:numId="9"><w:abstractNumId w:val="9"/></w:num>'))
    style = document.styles["Heading 1"]
    style.element.get_or_add_pPr().append(parse_xml(f'<w:numPr {NS}><w:numId w:val="9"/></w:numPr>'))
    document.add_paragraph("总体要求", style="Heading 1")

    assert _texts(saved(document)) == ["一、总体要求"]


def test_tracked_changes_show_the_accepted_text():
    run = "<w:r><w:t>{}</w:t></w:r>"
    paragraph = (
        f"<w:p {NS}>{run.format('建成')}<w:ins w:id='1' w:author='a'>{run.format('两所')}</w:ins>"
        "<w:del w:id='2' w:author='a'><w:r><w:delText>一所</w:delText></w:r></w:del>"
        f"<w:moveFrom w:id='3' w:author='a'>{run.format('移走')}</w:moveFrom>{run.format('学校')}</w:p>"
    )

    assert _texts(_body(paragraph)) == ["建成两所学校"]


def test_content_controls_are_read():
    inline = f"<w:p {NS}><w:sdt><w:sdtContent><w:r><w:t>行内</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    block = f"<w:sdt {NS}><w:sdtContent><w:p><w:r><w:t>整段</w:t></w:r></w:p></w:sdtContent></w:sdt>"

    assert _texts(_body(inline, block)) == ["行内", "整段"]


def test_line_breaks_part_a_paragraph_into_lines_of_one_number():
    content = word(["", "改造校舍。\n责任单位：县教育局"])

    assert read_word(content) == [Line(2, "改造校舍。"), Line(2, "责任单位：县教育局")]


def test_vertically_merged_cells_repeat_the_text_above():
    document = docx.Document()
    table = document.add_table(3, 2)
    table.cell(1, 0).merge(table.cell(2, 0)).text = "甲类"
    table.cell(2, 1).text = "乙"

    rows = [row.cells for row in tables_of(read_word(saved(document)))[0].rows]

    assert rows == [("", ""), ("甲类", ""), ("甲类", "乙")]


def test_cells_over_several_columns_fill_each_of_them():
    document = docx.Document()
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "责任单位"
    table.cell(0, 2).text = "备注"

    rows = [row.cells for row in tables_of(read_word(saved(document)))[0].rows]

    assert rows[0] == ("责任单位", "责任单位", "备注")


def test_cell_keeps_its_broken_lines():
    content = word([(("序号", "责任单位"), ("1", "县财政局、\n教育局"))])

    assert tables_of(read_word(content))[0].rows[1].cells == ("1", "县财政局、\n教育局")


def test_contents_page_is_left_out():
    document = docx.Document()
    document.styles.add_style("TOC 1", 1)
    document.add_paragraph("一、目标 1", style="TOC 1")
    document.add_paragraph("一、目标")

    assert _texts(saved(document)) == ["一、目标"]
