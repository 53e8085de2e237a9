"""The demo's school data: published totals, consistency, and something to see in every colour."""

from fractions import Fraction

import pandas as pd
import pytest

from app.demo.chance import allot, draw
from app.demo.county import DemoCounty
from app.demo.jia import JIA
from app.demo.sample import sample_workbook
from app.demo.schools import county_values, measures_in, rooms_frame, school_frame
from app.demo.scores import levels
from app.demo.sizes import sites_in
from app.demo.yi import YI
from scoring.loader import load_standard
from scoring.measures import check_measures
from scoring.workbook import read_workbook

YEARS = [(JIA, year) for year in JIA.years] + [(YI, year) for year in YI.years]
FIGURES = [
    "students_primary",
    "students_senior",
    "teachers_junior",
    "backbone_teachers_junior",
    "teaching_area_m2",
    "equipment_value_wan",
    "multimedia_rooms",
    "training_funds_wan",
]
RESOURCES = {
    "R4": lambda row: row["teaching_area_m2"] - row["indoor_sports_area_m2"],
    "R5": lambda row: row["sports_field_area_m2"] + row["indoor_sports_area_m2"],
    "R6": lambda row: row["equipment_value_wan"],
    "R7": lambda row: row["multimedia_rooms"],
}


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return school_frame(2025)


def covered(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["school_kind"] != "教学点"]


def split_total(frame: pd.DataFrame, indicator: str, stage: str) -> float:
    """What a stage gets of all schools, split here anew by weighted pupils and without floats."""
    weights = {"primary": 100, "junior": 110, "senior": 132}
    total = Fraction(0)
    for row in covered(frame).fillna(0).to_dict("records"):
        parts = {name: weight * int(row[f"students_{name}"]) for name, weight in weights.items()}
        cents = round(RESOURCES[indicator](row) * 100)
        total += Fraction(cents * parts[stage], 100 * sum(parts.values()))
    return float(round(total, 2))


def test_jia_schools_are_of_the_published_kinds(frame):
    assert frame["school_kind"].value_counts().to_dict() == {
        "小学": 16,
        "九年一贯制": 5,
        "教学点": 4,
        "初级中学": 2,
        "十二年一贯制": 1,
    }


def test_jia_pupils_equal_the_published_totals(frame):
    points = frame[frame["school_kind"] == "教学点"]
    inside = covered(frame)

    assert (inside["students_primary"].sum(), inside["students_junior"].sum()) == (12_818, 7_968)
    assert (frame["students_primary"].sum(), points["students_primary"].sum()) == (12_927, 109)
    assert points["students_primary"].max() < 50


@pytest.mark.parametrize(
    ("element", "primary", "junior"),
    [("teachers_above_degree", 919, 577), ("backbone_teachers", 180, 134), ("pe_art_teachers", 163, 78)],
)
def test_jia_teachers_equal_the_published_totals(frame, element, primary, junior):
    inside = covered(frame)

    assert (inside[f"{element}_primary"].sum(), inside[f"{element}_junior"].sum()) == (primary, junior)


@pytest.mark.parametrize(
    ("indicator", "primary", "junior"),
    [
        ("R4", 92_032.88, 57_641.28),
        ("R5", 168_378.39, 116_434.63),
        ("R6", 4_507.86, 2_987.27),
        ("R7", 461.65, 247.65),
    ],
)
def test_jia_shared_resources_equal_the_published_totals_after_the_split(frame, indicator, primary, junior):
    assert split_total(frame, indicator, "primary") == primary
    assert split_total(frame, indicator, "junior") == junior


def test_jia_multimedia_rooms_are_whole(frame):
    assert (frame["multimedia_rooms"] % 1).eq(0).all()


def test_jia_sizes_are_those_published(frame):
    kinds = frame.set_index("school_kind")
    pupils = frame[["students_primary", "students_junior"]].sum(axis=1)

    assert (frame["classes_primary"].sum(), frame["classes_junior"].sum()) == (355, 172)
    assert (frame["oversize_classes_primary"].sum(), frame["oversize_classes_junior"].sum()) == (75, 33)
    assert frame["largest_class_primary"].between(0, 50).sum() == 26
    assert frame["largest_class_junior"].between(0, 55).sum() == 8
    assert kinds.loc["小学", "students_primary"].max() == 1_694
    assert kinds.loc["初级中学", "students_junior"].max() == 1_943
    assert pupils[frame["school_kind"] == "九年一贯制"].max() == 2_919
    assert (pupils < 100).sum() == 9
    assert frame[["teachers_primary", "teachers_junior"]].sum().sum() == 1_606


def test_jia_money_and_migrants_equal_the_published_totals(frame):
    small = frame[frame[["students_primary", "students_junior"]].sum(axis=1) < 100]

    assert round(small["public_funds_wan"].sum(), 4) == 79.006
    assert round(frame["training_funds_wan"].sum(), 4) == 124.98
    assert frame["migrant_students"].sum() == 2_780


def test_jia_has_125_music_and_art_rooms_of_which_some_are_small():
    rooms = rooms_frame(2025)
    needed = rooms["kind"].map({"music": 96, "art": 90})

    assert len(rooms) == 125
    assert 0 < (rooms["area_m2"] < needed).sum() < 125


def test_some_schools_spend_too_little_on_training(frame):
    too_little = frame["training_funds_wan"] < 0.05 * frame["public_funds_wan"]

    assert 0 < too_little.sum() < len(frame) / 2


def test_county_values_are_those_of_the_year():
    values = county_values(2025)

    assert (values["special_students"], values["special_funds_wan"]) == (105, 73.5)
    assert (values["teacher_salary_yuan"], values["civil_servant_salary_yuan"]) == (137_422, 126_155.8)
    assert (values["disabled_children"], values["disabled_enrolled"]) == (179, 152)
    assert county_values(2022)["special_students"] == 96


@pytest.mark.parametrize(("county", "year"), YEARS)
def test_demo_data_breaks_no_rule_of_entry(county: DemoCounty, year: int):
    assert check_measures(measures_in(year, county), load_standard("quality-2017")) == []


@pytest.mark.parametrize(("county", "year"), YEARS)
def test_room_counts_agree_with_the_rooms_listed(county: DemoCounty, year: int):
    frame, rooms = school_frame(year, county), rooms_frame(year, county)

    listed = rooms.groupby(["school_code", "kind"]).size().unstack(fill_value=0)
    counted = frame.set_index("school_code")[["music_rooms", "art_rooms"]].astype(int)

    assert listed.loc[counted.index, ["music", "art"]].to_numpy().tolist() == counted.to_numpy().tolist()


@pytest.mark.parametrize(("county", "year"), YEARS)
def test_county_values_agree_with_the_schools(county: DemoCounty, year: int):
    frame, values = school_frame(year, county), county_values(year, county)

    assert values["teachers_total"] == frame[["teachers_primary", "teachers_junior"]].sum().sum()
    assert values["migrant_public"] == frame["migrant_students"].sum()


@pytest.mark.parametrize(("county", "year"), YEARS)
def test_two_calls_give_the_same_frames(county: DemoCounty, year: int):
    pd.testing.assert_frame_equal(school_frame(year, county), school_frame(year, county))
    pd.testing.assert_frame_equal(rooms_frame(year, county), rooms_frame(year, county))


def test_an_earlier_year_is_the_same_on_every_machine():
    school = school_frame(2022).set_index("school_name").loc["甲县明德实验学校"]

    assert school[FIGURES].to_list() == [961, 793, 76, 11, 14524.05, 625.99, 58, 8.2712]


def test_a_school_is_absent_before_it_opened():
    assert "甲县滨河小学" not in school_frame(2022)["school_name"].tolist()
    assert "甲县滨河小学" in school_frame(2023)["school_name"].tolist()


def test_a_school_keeps_its_code_from_year_to_year():
    before, after = (school_frame(year).set_index("school_name")["school_code"] for year in (2022, 2025))

    assert before.to_dict() == after[before.index].to_dict()


@pytest.mark.parametrize(("county", "year"), YEARS)
def test_pupils_add_up_in_every_year(county: DemoCounty, year: int):
    sites = sites_in(county, year)

    pupils = {
        stage: sum(site.sections[stage].pupils for site in sites if stage in site.sections)
        for stage in ("primary", "junior")
    }

    assert pupils == county.years[year].pupils


def test_sample_workbook_reads_back_to_the_same_figures(tmp_path):
    path = tmp_path / "样表.xlsx"

    sample_workbook(path)
    measures = read_workbook(path, load_standard("quality-2017"))

    expected = measures_in(2025)
    pd.testing.assert_frame_equal(measures.schools[expected.schools.columns], expected.schools)
    assert measures.county == expected.county
    assert len(measures.rooms) == 125


def test_draw_is_fixed_by_its_purpose():
    draws = [draw(1, 6, "dice", number) for number in range(12)]

    assert draws == [draw(1, 6, "dice", number) for number in range(12)]
    assert set(draws) <= set(range(1, 7))
    assert len(set(draws)) > 1


def test_levels_have_the_mean_and_spread_asked_for():
    assert levels([3.0, 5.0], [100, 100], 0.4) == [0.6, 1.4]


def test_no_level_falls_below_a_fifth_of_the_mean():
    assert levels([3.0, 5.0], [100, 100], 0.9) == [0.2, 1.9]


def test_allot_adds_up_to_the_total():
    assert allot(7, [0.0, 1.0, 1.0, 1.0]) == [0, 3, 2, 2]
