"""Explanations: inputs with their sheet, working, other forms, and what would change the verdict."""

import json

import pytest

from scoring.engine import assess
from scoring.errors import UnknownSection
from scoring.explain import Input
from scoring.explanations import explain
from scoring.loader import load_standard
from scoring.measures import Measures
from tests.scoring.make import STANDARD, assessed, school, schools_frame

COMBINED = {"students_primary": 200, "students_junior": 100, "equipment_value_wan": 62}


def _one(result, code, school_code=None):
    (found,) = explain(result, code, school_code)
    return found


def test_missed_value_says_what_the_school_must_add():
    primary, junior = explain(assessed(school("1", "九年一贯制", **COMBINED)), "R6", "1")

    assert (primary.verdict, primary.changes) == ("met", ("已达标，本学段余量 0 元。",))
    assert (junior.verdict, junior.place) == ("not_met", "示例1校 初中")
    assert junior.changes == (
        "全校再增 84,545.46 元即达到 2500。",
        "已达到底线 2125，其余各项达标时学校判定可通过。",
    )
    assert junior.working[:2] == (
        "初中占比＝1.1×100 ÷（1×200 + 1.1×100）",
        "22 万元 ÷ 100 人 × 10000＝2200 元/生",
    )


def test_missing_input_is_named():
    found = _one(assessed(school("1", indoor_sports_area_m2=None)), "R4", "1")

    assert (found.verdict, found.changes) == ("no_data", ("补填室内体育用房面积后才能判定。",))


def test_missing_pupils_of_another_stage_are_named():
    row = school("1", "完全中学") | {"students_senior": None}

    assert _one(assessed(row), "R7", "1").changes == ("补填同校其他学段的在校生数后才能判定。",)


def test_spread_names_who_alone_could_mend_it_and_what_other_forms_say():
    rows = [school(str(n), students_primary=100, multimedia_rooms=n * 5 + 1) for n in range(3)]

    found = _one(assessed(*rows), "R7")

    assert (found.verdict, found.place) == ("not_met", "全县 小学")
    assert found.changes == ("示例0校再增 2 间（达到 3.00），差异系数即不超过 0.50。",)
    assert list(found.other_forms) == ["不加权", "不加权且除以 n−1"]
    assert found.table["value"].tolist() == [1, 6, 11]


def test_spread_that_no_school_can_mend_says_so():
    rows = [
        school(str(n), students_primary=100, multimedia_rooms=rooms)
        for n, rooms in enumerate([0, 0, 0, 0, 9])
    ]

    assert _one(assessed(*rows), "R7").changes == (
        "没有一所学校单独补足就能达标，须多校同时补足或均衡配置。",
    )


def test_relaxation_that_changed_a_value_is_named():
    row = school("1", location="乡村", students_primary=80, visiting_pe_art_teachers_primary=2)

    found = _one(assessed(row, relaxations=("R3-visiting",)), "R3", "1")

    assert len(found.relaxations) == 1
    assert found.relaxations[0].startswith("启用放宽条款 R3-visiting")


def _of_county(code, **county):
    return _one(assess(Measures(schools_frame(school("1")), county), STANDARD), code)


def test_county_ratio_shows_its_inputs_and_how_many_are_still_needed():
    found = _of_county("Q2", disabled_children=179.0, disabled_enrolled=152.0)

    assert (found.verdict, found.limit, found.sense) == ("not_met", 95, "应不少于")
    assert found.inputs == (
        Input("disabled_children", "适龄残疾儿童少年数", 179, "人", "", sheet="县级"),
        Input("disabled_enrolled", "残疾儿童少年入学数", 152, "人", "", sheet="县级"),
    )
    assert found.changes[0].endswith("残疾儿童少年入学数再增 19 人即达到 95 %。")


@pytest.mark.parametrize(("enrolled", "verdict"), [(170.0, "not_met"), (171.0, "met")])
def test_as_many_as_it_asks_for_are_enough(enrolled, verdict):
    assert _of_county("Q2", disabled_children=179.0, disabled_enrolled=enrolled).verdict == verdict


def test_open_question_is_shown_with_its_choice():
    assert _of_county("G3").settings == ("G3：音乐、美术教室分别达到",)


def test_item_of_schools_lists_those_that_fail_and_shows_the_inputs_of_one():
    result = assessed(school("1", students_primary=2400), school("2"))

    county, failing, other = _one(result, "G4"), _one(result, "G4", "1"), _one(result, "G4", "2")

    assert county.table["school_code"].tolist() == ["1"]
    assert [one.code for one in failing.inputs] == ["students_primary"]
    assert (failing.working[-1], other.working[-1]) == ("示例1校未达标，见下表", "示例2校不在未达标之列")
    assert other.table is None


@pytest.mark.parametrize("code", [*STANDARD.codes, *(item.code for item in STANDARD.items if item.enabled)])
def test_every_verdict_has_a_clause_a_working_and_plain_json(code):
    result = assessed(school("1", "九年一贯制", multimedia_rooms=1), school("2", multimedia_rooms=None))

    for found in explain(result, code):
        assert found.clause
        assert found.working
        assert found.changes or found.verdict == "met"
        assert json.loads(json.dumps(found.to_json(), allow_nan=False))["code"] == code


@pytest.mark.parametrize(("code", "school_code"), [("R9", None), ("R1", "9"), ("G4", "9")])
def test_unknown_code_or_school_is_refused(code, school_code):
    with pytest.raises(UnknownSection, match="没有"):
        explain(assessed(school("1")), code, school_code)


def test_indicator_of_a_composite_is_explained_without_a_verdict_of_its_own():
    rows = [
        school(str(n), owner_code="7", computers=n * 20 + 2, books=5, teachers_primary=4) for n in range(2)
    ]
    rows = [row | {"mid_title_teachers_primary": 3} for row in rows]
    result = assess(Measures(schools_frame(*rows)), load_standard("basic-2012"))

    section, spread, item = _one(result, "E4", "1"), _one(result, "E4"), _one(result, "E")

    assert (section.verdict, section.changes) == (None, ("本标准不按此项逐校判定，只计入差异系数。",))
    assert spread.changes == ("此项没有单独限值，计入综合差异系数；对差异影响最大的是 示例0校、示例1校。",)
    assert item.changes[0].startswith("小学差异最大的是 E4 0.833")
