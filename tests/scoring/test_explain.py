"""The working: what a supervisor needs to check a verdict by hand."""

import numpy as np
import pytest

from scoring.errors import UnknownSection
from scoring.explain import Input, indicator_working, section_working
from tests.scoring.make import assessed, school


def test_working_of_a_shared_resource_shows_inputs_share_and_threshold():
    figures = {
        "teaching_area_m2": 3200,
        "indoor_sports_area_m2": 100,
        "students_primary": 200,
        "students_junior": 100,
    }

    working = section_working(assessed(school("1", "九年一贯制", **figures)), "R4", "1", "junior")

    assert working.inputs == (
        Input("teaching_area_m2", "教学及辅助用房面积", 3200, "㎡", "+"),
        Input("indoor_sports_area_m2", "室内体育用房面积", 100, "㎡", "−"),
        Input("students_junior", "初中在校生数", 100, "人", ""),
    )
    assert working.share == "初中占比＝1.1×100 ÷（1×200 + 1.1×100）"
    assert working.amount == pytest.approx(3100 * 110 / 310)
    assert (working.value, working.threshold) == (pytest.approx(11.0), 5.8)
    assert working.clause == "教督〔2017〕6号 第六条第四项"


def test_working_of_a_stand_alone_school_shares_nothing():
    assert section_working(assessed(school("1")), "R7", "1", "primary").share == ""


def test_working_names_the_relaxation_and_what_it_let_count():
    row = school(
        "1",
        location="乡村",
        students_primary=80,
        visiting_pe_art_teachers_primary=2,
        pe_art_teachers_primary=0,
    )

    working = section_working(assessed(row, relaxations=("R3-visiting",)), "R3", "1", "primary")

    assert working.relaxations == ("R3-visiting",)
    assert [one.relaxation for one in working.inputs] == ["", "R3-visiting", ""]


def test_working_of_a_spread_adds_up_and_shows_other_forms():
    result = assessed(
        school("1", students_primary=100, multimedia_rooms=4),
        school("2", students_primary=300, multimedia_rooms=24),
    )

    working = indicator_working(result, "R7", "primary")

    assert working.table["value"].tolist() == [4, 8]
    assert working.mean == 7
    assert working.table["weighted_square"].tolist() == [0.25 * 9, 0.75 * 1]
    assert working.table["share_of_variance"].tolist() == [0.75, 0.25]
    assert working.cv == pytest.approx(np.sqrt(3) / 7)
    assert working.unweighted_cv == pytest.approx(2 / 6)
    assert working.sample_cv == pytest.approx(np.sqrt(8) / 6)


@pytest.mark.parametrize(("code", "stage"), [("9", "primary"), ("1", "junior")])
def test_working_of_an_unknown_section_is_refused(code, stage):
    with pytest.raises(UnknownSection, match=code):
        section_working(assessed(school("1")), "R1", code, stage)


def test_working_of_an_unknown_indicator_is_refused():
    with pytest.raises(UnknownSection, match="R8"):
        section_working(assessed(school("1")), "R8", "1", "primary")
