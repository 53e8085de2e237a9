"""Tables in text files."""

from plans.reading.blocks import Line, Table, tables_of
from plans.reading.text import read_text


def _rows(text: str) -> list[list[tuple[str, ...]]]:
    return [[row.cells for row in table.rows] for table in tables_of(read_text(text.encode()))]


def test_one_cell_a_line_with_broken_cells():
    text = (
        "\t序号\n\t指标\n\t责任单位\n\n\t1\n\t班额达标\n\n全部学校\n\t县教育局、\n\n财政局\n\n"
        "\t2\n\t\n\t县教育局\n\n附件2"
    )

    assert _rows(text) == [
        [
            ("序号", "指标", "责任单位"),
            ("1", "班额达标\n全部学校", "县教育局、\n财政局"),
            ("2", "", "县教育局"),
        ]
    ]


def test_row_number_is_the_line_of_its_first_cell():
    table = read_text("名单\n\t序号\n\t任务\n\n\t1\n\t建校\n".encode())[1]

    assert [row.number for row in table.rows] == [2, 5]


def test_table_that_breaks_off_is_filled_with_blanks():
    assert _rows("\t序号\n\t任务\n\t备注\n\n\t1\n\t建校")[0][1] == ("1", "建校", "")


def test_one_row_a_line():
    assert _rows("序号\t任务\t完成时限\n1\t建校\t2025年\n\n2\t育人\t长期\n") == [
        [("序号", "任务", "完成时限"), ("1", "建校", "2025年"), ("2", "育人", "长期")]
    ]


def test_bars_between_cells():
    assert _rows("| 序号 | 任务 |\n|---|---|\n| 1 | 建校 |") == [[("序号", "任务"), ("1", "建校")]]


def test_two_tables_one_after_the_other():
    rows = _rows("\t序号\n\t任务\n\n\t1\n\t建校\n\n\t单位\n\t职责\n\n\t县教育局\n\t推进")

    assert rows == [[("序号", "任务"), ("1", "建校")], [("单位", "职责"), ("县教育局", "推进")]]


def test_indented_paragraphs_are_no_table():
    blocks = read_text("\t第一段文字。\n\t第二段文字。".encode())

    assert blocks == [Line(1, "第一段文字。"), Line(2, "第二段文字。")]


def test_text_after_a_table_is_text_again():
    blocks = read_text("\t序号\n\t任务\n\n\t1\n\t建校\n\n一、目标\n正文".encode())

    assert [type(block) for block in blocks] == [Table, Line, Line]
