"""The school rule (6 of 7, the other at 85 % or above), the county's verdict and the four statuses."""

import pytest

from scoring.verdicts import Verdict, overall
from tests.scoring.make import assessed, indicator, school, section

# 1,000 pupils: R1 needs 42 teachers and its floor is 35.7; R2 needs 10 and its floor is 8.5.
BIG = {"students_primary": 1000}


def test_school_meeting_all_seven_passes():
    row = section(assessed(school("1", **BIG)), "1")

    assert (row["verdict"], row["met"]) == ("met", ["R1", "R2", "R3", "R4", "R5", "R6", "R7"])


def test_school_missing_one_at_or_above_85_percent_passes():
    row = section(assessed(school("1", **BIG, teachers_above_degree_primary=36)), "1")

    assert (row["verdict"], row["missed"], row["below_floor"]) == ("met", ["R1"], [])


def test_school_missing_one_below_85_percent_fails():
    row = section(assessed(school("1", **BIG, teachers_above_degree_primary=35)), "1")

    assert (row["verdict"], row["missed"], row["below_floor"]) == ("not_met", ["R1"], ["R1"])


@pytest.mark.parametrize(("wan", "verdict"), [(169.98, "not_met"), (170, "met")])
def test_84_99_percent_of_the_standard_fails_and_85_percent_passes(wan, verdict):
    # 1,000 pupils × 2,000 元 = 200 万元; 169.98 is 84.99 %.
    assert section(assessed(school("1", **BIG, equipment_value_wan=wan)), "1")["verdict"] == verdict


def test_school_missing_two_fails_though_both_are_close():
    row = section(
        assessed(school("1", **BIG, teachers_above_degree_primary=41, backbone_teachers_primary=9)), "1"
    )

    assert (row["verdict"], row["missed"], row["below_floor"]) == ("not_met", ["R1", "R2"], [])


def test_school_with_a_gap_is_undecided():
    row = section(assessed(school("1", **BIG, multimedia_rooms=None)), "1")

    assert (row["verdict"], row["missing"], row["met"]) == (
        "no_data",
        ["R7"],
        ["R1", "R2", "R3", "R4", "R5", "R6"],
    )


def test_school_with_a_gap_that_fails_anyway_fails():
    row = section(assessed(school("1", **BIG, multimedia_rooms=None, teachers_above_degree_primary=0)), "1")

    assert row["verdict"] == "not_met"


def test_mean_that_passes_does_not_help_a_school_that_fails():
    poor = school("1", students_primary=100, multimedia_rooms=1)

    result = assessed(poor, school("2", students_primary=2000, multimedia_rooms=80))

    assert indicator(result, "R7")["mean"] > 2.3
    assert (section(result, "1")["verdict"], result.county.verdict) == ("not_met", "not_met")
    assert result.items.set_index("code").loc["R7", "verdict"] == "not_met"


def test_miss_that_the_rule_allows_does_not_fail_the_item():
    result = assessed(school("1", **BIG, teachers_above_degree_primary=36))

    resources = result.items[result.items["group"] == "资源配置"]
    assert set(resources["verdict"]) == {"met"}
    assert result.items.set_index("code").loc["R1", "value"] == 0


def test_spread_beyond_the_limit_fails_the_county_though_every_school_passes():
    result = assessed(school("1", **BIG), school("2", **BIG, multimedia_rooms=400))

    assert set(result.sections["verdict"]) == {"met"}
    assert (indicator(result, "R7")["cv_verdict"], result.county.verdict) == ("not_met", "not_met")


def test_gap_of_one_school_leaves_mean_and_spread_of_the_stage_missing():
    result = assessed(school("1"), school("2", multimedia_rooms=None), school("3", "初级中学"))

    row = indicator(result, "R7")
    assert (row["cv_verdict"], row["schools_met"], row["schools"]) == ("no_data", 1, 2)
    assert row["mean"] != row["mean"]
    assert indicator(result, "R7", "junior")["cv_verdict"] == "met"
    assert result.county.verdict == "no_data"


def test_schools_passing_counts_sections_by_stage():
    result = assessed(school("1", "九年一贯制", teachers_above_degree_junior=0), school("2"))

    assert result.county.schools_passing == {"primary": (2, 2), "junior": (0, 1)}


def test_value_that_prints_as_the_standard_is_flagged():
    # 4.496 teachers… ㎡: 4496 ㎡ for 1,000 pupils prints 4.50.
    result = assessed(school("1", **BIG, teaching_area_m2=4496, indoor_sports_area_m2=0))

    flips = indicator(result, "R4")["rounding_flips"]
    assert flips == [{"what": "value", "school_code": "1", "value": 4.496, "printed": "4.50", "limit": 4.5}]
    assert section(result, "1")["missed"] == ["R4"]


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (["met", "met"], Verdict.MET),
        (["met", "pending"], Verdict.PENDING),
        (["pending", "no_data", "met"], Verdict.NO_DATA),
        (["not_met", "no_data", "pending", "met"], Verdict.NOT_MET),
        ([], Verdict.NO_DATA),
    ],
)
def test_overall_verdict_is_met_only_without_anything_else(verdicts, expected):
    assert overall(verdicts) == expected
