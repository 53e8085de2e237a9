"""Relaxations: off unless switched on, only for the schools they cover, named in what they changed, dated."""

from datetime import date

import pytest

from scoring.engine import assess
from scoring.errors import RelaxationOutOfTime, UnknownRelaxation
from scoring.measures import Measures
from scoring.standard import SwitchedOn
from tests.scoring.make import STANDARD, assessed, school, schools_frame, section

VILLAGE = {
    "location": "乡村",
    "students_primary": 80,
    "pe_art_teachers_primary": 0,
    "visiting_pe_art_teachers_primary": 1,
}
CENTRE = {
    "location": "城区",
    "students_primary": 1000,
    "sports_field_area_m2": 6000,
    "indoor_sports_area_m2": 0,
}


def test_visiting_teachers_do_not_count_without_the_switch():
    row = section(assessed(school("1", **VILLAGE)), "1")

    assert (row["R3"], row["relaxed"]) == (0, [])


def test_visiting_teachers_count_in_a_small_rural_school_and_the_result_names_the_switch():
    result = assessed(school("1", **VILLAGE), relaxations=("R3-visiting",))

    assert (section(result, "1")["R3"], section(result, "1")["relaxed"]) == (1.25, ["R3-visiting"])
    assert "R3-visiting" in result.items.set_index("code").loc["R3", "reason"]
    assert result.to_json()["sections"][0]["relaxed"] == ["R3-visiting"]


@pytest.mark.parametrize(
    ("pupils", "location", "expected"),
    [
        (49, "乡村", []),
        (50, "乡村", ["R3-visiting"]),
        (99, "乡村", ["R3-visiting"]),
        (100, "乡村", []),
        (80, "镇区", []),
    ],
)
def test_visiting_teachers_count_only_from_50_to_99_pupils_in_rural_schools(pupils, location, expected):
    row = school("1", **(VILLAGE | {"students_primary": pupils, "location": location}))

    assert section(assessed(row, relaxations=("R3-visiting",)), "1")["relaxed"] == expected


def test_other_grounds_count_in_city_schools_that_the_county_proves_dense():
    result = assessed(
        school("1", **CENTRE, other_sports_area_m2=1500),
        school("2", **(CENTRE | {"location": "镇区"}), other_sports_area_m2=1500),
        school("3", **CENTRE, other_sports_area_m2=1500),
        relaxations=("R5-grounds:1,2",),
    )

    assert [section(result, code)["R5"] for code in ("1", "2", "3")] == [7.5, 6.0, 6.0]
    assert [section(result, code)["relaxed"] for code in ("1", "2", "3")] == [["R5-grounds"], [], []]


def test_grounds_of_a_school_that_nobody_proved_do_not_count():
    result = assessed(school("1", **CENTRE, other_sports_area_m2=1500), relaxations=("R5-grounds",))

    assert (section(result, "1")["R5"], section(result, "1")["relaxed"]) == (6.0, [])


def test_blank_claims_nothing_and_keeps_the_value():
    row = section(assessed(school("1", **CENTRE), relaxations=("R5-grounds:1",)), "1")

    assert (row["R5"], row["relaxed"]) == (6.0, [])


def test_unknown_relaxation_is_refused_with_the_known_ones():
    with pytest.raises(UnknownRelaxation, match="R3-visiting、R5-grounds"):
        assessed(school("1"), relaxations=("R9",))


@pytest.mark.parametrize("day", ["2019-09-30", "2022-11-01"])
def test_relaxation_out_of_its_dates_needs_a_reason(day):
    measures = Measures(schools_frame(school("1", **VILLAGE)))

    with pytest.raises(RelaxationOutOfTime, match="2019-10-01 至 2022-10-31"):
        assess(measures, STANDARD, ["R3-visiting"], on=date.fromisoformat(day))


def test_relaxation_out_of_its_dates_holds_with_a_reason():
    measures = Measures(schools_frame(school("1", **VILLAGE)))

    result = assess(measures, STANDARD, [SwitchedOn("R3-visiting", "上级批复延期")], on=date(2025, 9, 1))

    assert section(result, "1")["relaxed"] == ["R3-visiting"]


@pytest.mark.parametrize("day", ["2019-10-01", "2022-10-31"])
def test_relaxation_holds_on_its_first_and_last_day(day):
    measures = Measures(schools_frame(school("1", **VILLAGE)))

    result = assess(measures, STANDARD, ["R3-visiting"], on=date.fromisoformat(day))

    assert [relaxation.code for relaxation in result.relaxations] == ["R3-visiting"]
