"""Checks on entry, shared by the web form and the workbook: each rule with its boundary."""

import pandas as pd
import pytest

from scoring.measures import Measures, check_measures
from tests.scoring.make import STANDARD, school, schools_frame


def _found(*rows, severity="error", **parts):
    problems = check_measures(Measures(schools_frame(*rows), **parts), STANDARD)
    return [(p.row, p.column, p.message) for p in problems if p.severity == severity]


def test_good_schools_have_no_errors():
    assert _found(school("1"), school("2", "九年一贯制"), school("3", "完全中学")) == []


@pytest.mark.parametrize(
    ("figures", "column", "words"),
    [
        ({"students_primary": -1}, "小学在校生数", "不能为负数（填报为 -1）"),
        ({"students_primary": 100.5}, "小学在校生数", "须为整数（填报为 100.5）"),
        ({"equipment_value_wan": 2e9}, "教学仪器设备值(万元)", "超过允许的最大值"),
        ({"equipment_value_wan": float("inf")}, "教学仪器设备值(万元)", "不是数值"),
        ({"students_junior": 30}, "初中在校生数", "该办学类型没有初中学段"),
        ({"students_senior": 30}, "高中在校生数", "该办学类型没有高中学段"),
        (
            {"teachers_primary": 5, "teachers_above_degree_primary": 6},
            "小学高于规定学历教师数",
            "不能大于小学专任教师数",
        ),
        (
            {"teaching_area_m2": 5, "indoor_sports_area_m2": 6},
            "室内体育用房面积",
            "不能大于教学及辅助用房面积",
        ),
        ({"classes_primary": 3, "largest_class_primary": 33}, "小学最大班额", "小于平均班额"),
        ({"migrant_students": 101}, "随迁子女数", "不能大于在校生数"),
        ({"school_kind": "幼儿园"}, "办学类型", "只能填"),
        ({"school_kind": ""}, "办学类型", "不能为空"),
        ({"school_code": ""}, "学校标识码", "不能为空"),
        ({"location": "山区"}, "城乡", "只能填"),
        ({"owner_code": "11"}, "举办者类型", "只能填"),
    ],
)
def test_wrong_figure_is_an_error_at_its_place(figures, column, words):
    found = [problem for problem in _found(school("1") | figures, school("2")) if problem[1] == column]

    assert len(found) == 1
    assert found[0][0] == 2
    assert words in found[0][2]


@pytest.mark.parametrize(
    "figures",
    [
        {"teachers_primary": 10, "teachers_above_degree_primary": 10},
        {"classes_primary": 3, "largest_class_primary": 34},
        {"migrant_students": 100},
        {"students_junior": 0},
        {"teaching_area_m2": 900.25, "indoor_sports_area_m2": 900.25},
    ],
)
def test_figure_just_at_its_limit_is_no_error(figures):
    assert _found(school("1") | figures) == []


@pytest.mark.parametrize("pupils", [{"students_primary": 0}, {"students_primary": 50}])
def test_stage_without_figure_is_not_taken_for_no_pupils(pupils):
    combined = school("1", school_kind="九年一贯制") | pupils | {"students_junior": float("nan")}

    found = _found(combined | {"migrant_students": 90})

    assert [words for _, column, words in found if column in ("随迁子女数", "网络多媒体教室间数")] == []


def test_pupils_of_zero_with_resources_are_an_error():
    found = _found(school("1") | {"students_primary": 0})

    assert (2, "小学高于规定学历教师数", "小学在校生数为 0，却填有数量") in found
    assert (2, "网络多媒体教室间数", "全校在校生数为 0，却填有数量") in found


def test_same_code_twice_is_an_error_in_both_rows():
    found = _found(school("7"), school("7"), school("8"))

    assert [(row, column) for row, column, _ in found] == [(2, "学校标识码"), (3, "学校标识码")]


def test_missing_pupils_and_columns_are_warnings():
    found = _found(school("1", students_primary=None) | {"multimedia_rooms": None}, severity="warning")

    assert (2, "小学在校生数", "未填，该学段各项指标按缺数据处理") in found


@pytest.mark.parametrize(("wan", "expected"), [(2000, 0), (2000.01, 1)])
def test_equipment_over_20_wan_a_pupil_is_doubted(wan, expected):
    found = _found(school("1", equipment_value_wan=wan), severity="warning")

    assert len([column for _, column, _ in found if column == "教学仪器设备值(万元)"]) == expected


def test_more_digits_than_are_judged_is_a_warning():
    found = _found(school("1", equipment_value_wan=30.1234567), severity="warning")

    assert [(column, message[:8]) for _, column, message in found if column.startswith("教学仪器")] == [
        ("教学仪器设备值(万元)", "小数位数超过 6")
    ]


def test_county_figures_are_checked_by_their_elements():
    found = _found(school("1"), county={"teachers_total": 10.5, "special_funds_wan": -1.0, "no_such": 1.0})

    assert [(column, message[:4]) for _, column, message in found] == [
        ("专任教师总数", "须为整数"),
        ("特殊教育公用经费(万元)", "不能为负"),
        ("no_such", "未知的数"),
    ]


def test_rooms_need_a_known_school_a_kind_and_a_positive_area():
    rooms = pd.DataFrame(
        {
            "school_code": ["1", "9", "1", "1"],
            "kind": ["music", "art", "dance", "art"],
            "area_m2": [96.0, 90, 90, 0],
        },
        index=pd.RangeIndex(2, 6),
    )

    found = _found(school("1"), rooms=rooms)

    assert [(row, column) for row, column, _ in found] == [(3, "学校标识码"), (4, "类别"), (5, "面积(㎡)")]
