"""Who is in, which sections a school has, and how shared resources are split."""

from fractions import Fraction

import pytest

from scoring.engine import assess
from scoring.evaluation import evaluate
from scoring.measures import Measures
from tests.scoring.make import STANDARD, assessed, school, schools_frame, section


def _sections(result):
    return list(zip(result.sections["school_code"], result.sections["stage"], strict=True))


@pytest.mark.parametrize(
    ("pupils", "expected"), [(49, []), (50, [("1", "primary")]), (51, [("1", "primary")])]
)
def test_teaching_point_is_in_from_50_pupils(pupils, expected):
    assert _sections(assessed(school("1", "教学点", students_primary=pupils))) == expected


def test_teaching_point_with_unknown_pupils_stays_in_without_data():
    result = assessed(school("1", "教学点", students_primary=None))

    assert section(result, "1")["verdict"] == "no_data"


def test_small_school_that_is_no_teaching_point_is_in():
    assert _sections(assessed(school("1", "小学", students_primary=20))) == [("1", "primary")]


def test_special_school_is_out_and_private_school_is_in():
    special = school("1", "特殊教育", students_primary=100, students_junior=100, students_senior=0)

    assert _sections(assessed(special, school("2", owner_code="10"))) == [("2", "primary")]


def test_combined_schools_have_a_section_per_compulsory_stage_and_none_for_senior():
    result = assessed(school("1", "九年一贯制"), school("2", "完全中学"), school("3", "十二年一贯制"))

    assert _sections(result) == [
        ("1", "primary"),
        ("3", "primary"),
        ("1", "junior"),
        ("2", "junior"),
        ("3", "junior"),
    ]


def test_stage_without_pupils_is_no_section_and_takes_no_share():
    result = assessed(school("1", "九年一贯制", students_primary=100, students_junior=0, multimedia_rooms=5))

    assert _sections(result) == [("1", "primary")]
    assert section(result, "1")["amount_R7"] == 5


def test_split_gives_a_junior_pupil_exactly_1_1_times_what_a_primary_pupil_gets():
    rows = schools_frame(
        school("1", "十二年一贯制", students_primary=313, students_junior=207, students_senior=99)
    )

    primary, junior = evaluate(rows, STANDARD).stages

    for code in ("R4", "R5", "R6", "R7"):
        one, other = primary.judged[code].ratio, junior.judged[code].ratio
        assert Fraction(int(other.num[0]), int(other.den[0])) / Fraction(
            int(one.num[0]), int(one.den[0])
        ) == Fraction("1.1")


def test_parts_of_a_nine_year_school_add_up_to_the_whole():
    result = assessed(
        school("1", "九年一贯制", students_primary=313, students_junior=207, multimedia_rooms=19)
    )

    assert result.sections["amount_R7"].sum() == pytest.approx(19, abs=1e-12)


def test_senior_section_takes_its_share_out():
    figures = {"students_primary": 100, "students_junior": 100, "students_senior": 100}

    result = assessed(school("1", "十二年一贯制", multimedia_rooms=342, **figures))

    shares = [section(result, "1", stage)["amount_R7"] for stage in ("primary", "junior")]
    assert shares == pytest.approx([100, 110], abs=1e-12)


def test_teachers_are_never_split():
    result = assessed(
        school("1", "九年一贯制", teachers_above_degree_primary=7, teachers_above_degree_junior=11)
    )

    assert [section(result, "1", stage)["R1"] for stage in ("primary", "junior")] == [7, 11]


def test_several_counties_in_one_frame_give_the_same_as_each_alone():
    mine = [school("1", multimedia_rooms=3), school("2", students_primary=300)]
    theirs = [school("3", multimedia_rooms=50), school("4", "九年一贯制", equipment_value_wan=1)]
    both = schools_frame(*mine, *theirs).assign(county_code=["110101", "110101", "110102", "110102"])

    stages = evaluate(both, STANDARD).stages

    for position, rows in enumerate((mine, theirs)):
        alone = evaluate(schools_frame(*rows), STANDARD).stages
        for code in STANDARD.codes:
            assert stages[0].judged[code].spread.cv[position] == alone[0].judged[code].spread.cv[0]


def test_no_school_rows_prove_nothing():
    result = assess(Measures(schools_frame(school("1")).iloc[:0], {"teachers_total": 900.0}), STANDARD)

    assert result.county.verdict == "no_data"
    assert "met" not in set(result.items["verdict"])
    assert set(result.items.loc[result.items["level"] == "school", "verdict"]) == {"no_data", "pending"}
