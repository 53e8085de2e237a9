"""The workbook: the same file out and in, and every problem with its sheet, row and column."""

import io
from datetime import date

import openpyxl
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from scoring.errors import BadWorkbook
from scoring.measures import Measures
from scoring.workbook import read_workbook, write_template
from scoring.workbook.writer import elements_for
from tests.scoring.make import STANDARD, school, schools_frame

HEADERS = ["学校标识码", "学校名称", "办学类型", "小学在校生数", "网络多媒体教室间数"]
GOOD = ["1", "示例小学", "小学", 100, 5]


def workbook(*rows, headers=HEADERS, **sheets):
    """Bytes of a workbook with a sheet 学校 of some rows, and other sheets."""
    book = openpyxl.Workbook()
    book.active.title = "学校"
    for row in (headers, *rows):
        book.active.append(row)
    for name, cells in sheets.items():
        sheet = book.create_sheet(name)
        for row in cells:
            sheet.append(row)
    return saved(book)


def saved(book):
    """Bytes of an openpyxl workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def problems(content):
    """Problems of a refused workbook as tuples."""
    with pytest.raises(BadWorkbook) as refused:
        read_workbook(content, STANDARD)
    return [(one.sheet, one.row, one.column, one.message) for one in refused.value.problems]


def test_filled_workbook_reads_back_to_the_same_measures(tmp_path):
    rows = [
        school("2165000001", "九年一贯制", owner_code="7", location="城区", is_boarding="是"),
        school("2", multimedia_rooms=None),
    ]
    columns = [element.code for element in elements_for(STANDARD, "school")]
    frame = schools_frame(*rows).reindex(columns=columns)
    text = [element.code for element in elements_for(STANDARD, "school") if not element.is_number]
    frame[text] = frame[text].fillna("").astype(str)
    rooms = pd.DataFrame(
        {"school_code": ["2", "2"], "kind": ["music", "art"], "area_m2": [96.5, 90.0]},
        index=pd.RangeIndex(2, 4),
    )
    measures = Measures(frame, {"teachers_total": 30.0, "special_funds_wan": 73.5}, rooms)

    write_template(STANDARD, tmp_path / "county.xlsx", measures)
    read = read_workbook(tmp_path / "county.xlsx", STANDARD)

    assert_frame_equal(read.schools, measures.schools, check_index_type=False)
    assert_frame_equal(read.rooms, measures.rooms, check_index_type=False)
    assert read.county == measures.county


def test_template_is_blank_frozen_annotated_and_lists_its_choices():
    stream = io.BytesIO()

    write_template(STANDARD, stream)

    book = openpyxl.load_workbook(stream)
    sheet = book["学校"]
    assert book.sheetnames == ["学校", "县级", "专用教室", "佐证", "监测", "填表说明"]
    assert (sheet.freeze_panes, sheet.max_row) == ("C2", 1)
    assert "代码：students_primary" in sheet["H1"].comment.text
    assert {rule.type for rule in sheet.data_validations.dataValidation} >= {"list", "whole", "decimal"}


def test_template_offers_no_elements_of_other_standards():
    codes = [element.code for element in elements_for(STANDARD, "school")]

    assert "books" not in codes
    assert "classes_primary" in codes


def test_template_is_the_same_bytes_each_time():
    first, second = io.BytesIO(), io.BytesIO()

    write_template(STANDARD, first)
    write_template(STANDARD, second)

    assert first.getvalue() == second.getvalue()


def test_headers_may_be_codes_or_chinese_with_units_and_spaces():
    headers = ["school_code", " 学校名称 ", "办学类型", "小学 在校生数（人）", "multimedia_rooms"]

    measures = read_workbook(workbook(GOOD, headers=headers), STANDARD)

    assert measures.schools.columns.tolist() == [
        "school_code",
        "school_name",
        "school_kind",
        "students_primary",
        "multimedia_rooms",
    ]


def test_blank_cell_is_missing_and_zero_is_zero():
    measures = read_workbook(workbook(["1", "甲", "小学", 100, None], ["2", "乙", "小学", 100, 0]), STANDARD)

    rooms = measures.schools["multimedia_rooms"]
    assert (rooms.isna().tolist(), rooms[3]) == ([True, False], 0)


def test_blank_rows_are_skipped_and_rows_keep_their_number():
    blank = [None] * 5

    measures = read_workbook(workbook(GOOD, blank, ["2", "乙", "小学", 90, 4], blank, ["  "]), STANDARD)

    assert measures.schools.index.tolist() == [2, 4]


def test_codes_typed_as_numbers_and_figures_stored_as_text_are_understood():
    measures = read_workbook(workbook([2165000123, "甲", "初中", None, "１,234.5"]), STANDARD)

    assert measures.schools.loc[2].tolist()[:3] == ["2165000123", "甲", "初级中学"]
    assert measures.schools.loc[2, "multimedia_rooms"] == 1234.5


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("五间", "应为数值，填报的是文字“五间”"),
        ("5间", "应为数值，填报的是文字“5间”"),
        ("1,23", "应为数值，填报的是文字“1,23”"),
        ("1e3", "应为数值，填报的是文字“1e3”"),
        (True, "应为数值，填报的是逻辑值"),
        (date(2025, 9, 1), "应为数值，填报的是日期或时间"),
        (-5, "不能为负数（填报为 -5）"),
        ("-5", "不能为负数（填报为 -5）"),
    ],
)
def test_cell_that_is_no_amount_is_refused_at_its_place(cell, message):
    content = workbook(GOOD, ["2", "乙", "小学", 90, cell])

    assert problems(content) == [("学校", 3, "网络多媒体教室间数", message)]


def test_problem_names_the_column_as_written():
    headers = [*HEADERS[:4], "multimedia_rooms"]

    assert problems(workbook(["1", "甲", "小学", 90, -1], headers=headers))[0][2] == "multimedia_rooms"


def test_all_problems_are_reported_at_once():
    content = workbook(["1", "甲", "小学", "x", 1], ["1", "乙", "幼儿园", 9.5, -1])

    assert [(row, column) for _, row, column, _ in problems(content)] == [
        (2, "小学在校生数"),
        (2, "学校标识码"),
        (3, "办学类型"),
        (3, "学校标识码"),
        (3, "小学在校生数"),
        (3, "网络多媒体教室间数"),
    ]


def test_unknown_double_and_missing_columns_are_refused():
    headers = ["学校标识码", "school_code", "学校颜色", "小学在校生数"]

    assert problems(workbook(["1", "1", "红", 100], headers=headers)) == [
        ("学校", 1, "school_code", "与A列重复"),
        ("学校", 1, "学校颜色", "未知的列"),
        ("学校", 1, "办学类型", "缺少此列"),
    ]


def test_county_element_as_a_school_column_is_unknown():
    content = workbook([*GOOD, 9], headers=[*HEADERS, "专任教师总数"])

    assert problems(content) == [("学校", 1, "专任教师总数", "未知的列")]


def test_equipment_in_yuan_is_not_taken_for_wan():
    content = workbook([*GOOD, 300000], headers=[*HEADERS, "教学仪器设备值(元)"])

    assert problems(content) == [("学校", 1, "教学仪器设备值(元)", "未知的列")]


def test_data_under_a_blank_header_is_refused():
    assert problems(workbook([*GOOD, 7])) == [("学校", 1, "F列", "有数据但没有表头")]


def test_workbook_without_the_school_sheet_is_refused():
    book = openpyxl.Workbook()

    assert problems(saved(book)) == [("学校", None, None, "缺少此工作表")]


def test_workbook_with_an_empty_school_sheet_is_refused():
    book = openpyxl.Workbook()
    book.active.title = "学校"

    assert problems(saved(book))[0] == ("学校", 1, None, "缺少表头")


def test_blank_template_is_refused_as_empty():
    stream = io.BytesIO()
    write_template(STANDARD, stream)

    assert problems(stream.getvalue()) == [("", None, None, "工作簿没有填写任何数据")]


def test_county_figures_without_schools_are_accepted():
    measures = read_workbook(workbook(县级=[["element", "value"], ["teachers_total", 900]]), STANDARD)

    assert (len(measures.schools), measures.county) == (0, {"teachers_total": 900})


def test_county_sheet_refuses_unknown_double_and_wrong_entries():
    rows = [
        ["数据项", "数值"],
        ["专任教师总数", 9],
        ["teachers_total", 9],
        ["校车数", 1],
        ["交流轮岗教师数", "多"],
    ]

    assert problems(workbook(GOOD, 县级=rows)) == [
        ("县级", 2, "数据项", "专任教师总数重复"),
        ("县级", 3, "数据项", "专任教师总数重复"),
        ("县级", 4, "数据项", "未知的数据项“校车数”"),
        ("县级", 5, "数值", "应为数值，填报的是文字“多”"),
    ]


def test_rooms_sheet_accepts_short_headers_and_refuses_wrong_entries():
    rows = [
        ["school_code", "音乐/美术", "area"],
        ["1", "音乐", 96],
        ["9", "美术", 90],
        ["1", "舞蹈", 90],
        ["1", "art", None],
    ]

    assert problems(workbook(GOOD, 专用教室=rows)) == [
        ("专用教室", 3, "学校标识码", "学校表中没有此学校标识码（填报为 9）"),
        ("专用教室", 4, "音乐/美术", "只能填 音乐、美术，填报的是“舞蹈”"),
        ("专用教室", 5, "area", "不能为空"),
    ]


def test_formula_error_and_formula_without_result_are_not_taken_for_blanks():
    book = openpyxl.Workbook()
    book.active.title = "学校"
    for row in (HEADERS, GOOD, ["2", "乙", "小学", 100, "=1+1"]):
        book.active.append(row)
    book.active["E2"] = "#DIV/0!"
    book.active["E2"].data_type = "e"

    assert problems(saved(book)) == [
        ("学校", 2, "E列", "公式出错（#DIV/0!），请改正"),
        ("学校", 3, "E列", "公式没有计算结果，请用 Excel 或 WPS 打开保存一次"),
    ]
