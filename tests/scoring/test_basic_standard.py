"""basic-2012: only the mean of the eight CVs is judged; only schools run by the county count."""

from fractions import Fraction
from math import isqrt
from typing import Any

import pandas as pd
import pytest

from scoring.composite import mean_root_at_most
from scoring.elements import RULEBOOKS
from scoring.engine import assess
from scoring.exact import printed
from scoring.loader import load_standard
from scoring.measures import Measures, check_measures
from scoring.printout import assessment_lines
from scoring.strict_yaml import read_yaml
from scoring.workbook import read_workbook, write_template
from scoring.workbook.writer import elements_for
from tests.scoring.make import schools_frame

BASIC = load_standard("basic-2012")
CASES = read_yaml(RULEBOOKS / "basic-2012" / "cases.yaml")["cases"]
KINDS = {"primary": "小学", "junior": "初级中学"}
COLUMNS = (  # of E1 … E8; indoor sports rooms are none, so that E1 and E2 are apart
    "teaching_area_m2",
    "sports_field_area_m2",
    "equipment_value_wan",
    "computers",
    "books",
    "teachers_{stage}",
    "teachers_above_degree_{stage}",
    "mid_title_teachers_{stage}",
)
EVEN = ("0.3",) * 8


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_case_of_the_rulebook(case: dict[str, Any]) -> None:
    result = _assessed(*_pair(case["stage"], case["cvs"]))

    (item,) = result.to_json()["county"]["items"]
    (part,) = item["parts"]
    assert (part["key"], part["verdict"]) == (case["stage"], case["expect"])
    assert printed(result.county.composite_cv[case["stage"]], 3) == case["printed"]
    assert part["printed_otherwise"] == (case["flips"] == "yes")


def test_cases_cover_both_stages_and_every_outcome():
    covered = {(case["stage"], case["expect"]) for case in CASES}

    assert covered == {(stage, verdict) for stage in KINDS for verdict in ("met", "not_met", "no_data")}


def test_json_has_the_same_shape_and_leaves_open_what_no_rule_judges():
    result = _assessed(*_pair("primary", EVEN)).to_json()

    county = result["county"]
    assert sorted(county) == ["composite_cv", "indicators", "items", "schools_passing", "verdict"]
    assert (county["verdict"], county["schools_passing"]) == ("met", None)
    assert [row["code"] for row in county["indicators"]] == [f"E{n}" for n in range(1, 9)]
    first = {
        key: county["indicators"][0][key] for key in ("cv_limit", "cv_verdict", "schools_met", "schools")
    }
    assert first == {"cv_limit": None, "cv_verdict": None, "schools_met": None, "schools": 2}
    assert [(item["code"], item["verdict"]) for item in county["items"]] == [("E", "met")]
    section = result["sections"][0]
    assert [section[key] for key in ("verdict", "met", "missed", "below_floor")] == [None, [], [], []]


def test_one_stage_above_its_limit_fails_the_county_and_no_data_outweighs_met():
    failing = _assessed(*_pair("primary", EVEN), *_pair("junior", ("0.6",) * 8))
    unknown = _assessed(*_pair("primary", EVEN), *_pair("junior", (*EVEN[:7], "")))

    assert (failing.county.verdict, unknown.county.verdict) == ("not_met", "no_data")


def test_county_without_schools_has_no_data():
    result = _assessed()

    assert result.county.verdict == "no_data"
    assert "没有可评估的学校数据" in result.items["reason"][0]


@pytest.mark.parametrize(
    ("figures", "n_in"),
    [
        ({"owner_code": "7"}, 3),
        ({"owner_code": "8"}, 3),
        ({"owner_code": ""}, 3),
        ({"owner_code": "5"}, 2),
        ({"owner_code": "9"}, 2),
        ({"owner_code": "10"}, 2),
        ({"owner_code": "7", "school_kind": "教学点"}, 2),
        ({"owner_code": "7", "school_kind": "特殊教育"}, 2),
    ],
)
def test_only_schools_run_by_the_county_count(figures, n_in):
    third = _pair("primary", EVEN)[0] | {"school_code": "3"} | figures

    result = _assessed(*_pair("primary", EVEN), third)

    assert len(result.sections) == n_in


def test_reason_names_who_is_in_and_every_cv():
    reason = _assessed(*_pair("primary", EVEN)).items["reason"][0]

    assert reason == (
        "小学 8 项差异系数平均 0.300≤0.65"
        "（E1 0.300、E2 0.300、E3 0.300、E4 0.300、E5 0.300、E6 0.300、E7 0.300、E8 0.300）；"
        "只计入县级教育部门、县级其他部门举办的学校，未填举办者的学校也计入。"
    )


def test_blank_owner_is_a_warning_in_its_row():
    first, second = _pair("primary", EVEN)
    measures = Measures(schools_frame(first, second | {"owner_code": ""}))

    found = [(one.row, one.column, one.severity) for one in check_measures(measures, BASIC)]

    assert (3, "举办者类型", "warning") in found
    assert (2, "举办者类型", "warning") not in found


def test_shared_resources_of_a_combined_school_are_split_by_weight():
    rows = [row | {"school_kind": "九年一贯制"} for row in _pair("primary", EVEN)]
    junior = {f"{stem}_junior": 5 for stem in ("teachers", "teachers_above_degree", "mid_title_teachers")}

    result = _assessed(*(row | {"students_junior": 10_000} | junior for row in rows))

    values = result.sections.set_index(["school_code", "stage"])["E5"]
    assert values["1", "junior"] / values["1", "primary"] == pytest.approx(1.1)


def test_template_offers_only_what_the_standard_needs_and_reads_back(tmp_path):
    file = tmp_path / "basic.xlsx"
    frame = schools_frame(*_pair("primary", EVEN))

    write_template(BASIC, file, Measures(frame))

    columns = {element.stem for element in elements_for(BASIC, "school")}
    assert {"books", "computers", "mid_title_teachers"} <= columns
    assert {"multimedia_rooms", "backbone_teachers"}.isdisjoint(columns)
    assert elements_for(BASIC, "county") == []
    read = read_workbook(file, BASIC).schools
    pd.testing.assert_frame_equal(read[list(frame.columns)], frame, check_index_type=False)


def test_printout_names_the_composite_and_no_school_rule():
    text = "\n".join(assessment_lines(_assessed(*_pair("primary", EVEN))))

    assert "小学：综合差异系数 0.300" in text
    assert "通过学校判定" not in text


@pytest.mark.parametrize(("step", "expected"), [(0, False), (1, True)])
def test_irrational_root_is_decided_beyond_50_digits(step, expected):
    below = Fraction(isqrt(2 * 10**120), 10**60)

    assert mean_root_at_most([Fraction(2)], below + Fraction(step, 10**60)) is expected


def _assessed(*rows: dict[str, Any]):
    frame = schools_frame(*rows) if rows else pd.DataFrame({"school_code": [], "school_kind": []}, dtype=str)
    return assess(Measures(frame), BASIC)


def _pair(stage: str, cvs: tuple[str, ...] | list[str]) -> list[dict[str, Any]]:
    """Two schools, nine pupils to one, whose spread is exactly as given for each indicator."""
    codes = {"primary": ("1", "2"), "junior": ("3", "4")}[stage]
    sizes = ((90_000, Fraction(-1, 3)), (10_000, Fraction(3)))
    return [_school(code, stage, cvs, *size) for code, size in zip(codes, sizes, strict=True)]


def _school(
    code: str, stage: str, cvs: tuple[str, ...] | list[str], students: int, away: Fraction
) -> dict[str, Any]:
    row: dict[str, Any] = {"school_code": code, "school_name": f"示例{code}校", "school_kind": KINDS[stage]}
    row |= {"owner_code": "7", f"students_{stage}": students, "indoor_sports_area_m2": 0}
    for column, cv in zip(COLUMNS, cvs, strict=True):
        row[column.format(stage=stage)] = float(students * (1 + away * Fraction(cv))) if cv else None
    return row
