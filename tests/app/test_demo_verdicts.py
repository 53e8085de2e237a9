"""What the demo's data come to: red, yellow and green, means as published, trends."""

import pytest

from app.demo.jia import JIA
from app.demo.schools import measures_in
from app.demo.yi import YI
from scoring.engine import Assessment, assess
from scoring.loader import load_standard

YEARS = [(JIA, year) for year in JIA.years] + [(YI, year) for year in YI.years]


@pytest.fixture(scope="module")
def assessments() -> dict[tuple[str, int], Assessment]:
    standard = load_standard("quality-2017")
    return {(county.code, year): assess(measures_in(year, county), standard) for county, year in YEARS}


def test_jia_means_print_as_published(assessments):
    indicators = assessments["990101", 2025].indicators

    means = {
        (row["code"], row["stage"]): f"{row['mean']:.2f}"
        for row in indicators[["code", "stage", "mean"]].to_dict("records")
    }

    assert {code: (means[code, "primary"], means[code, "junior"]) for code in load_codes()} == {
        "R1": ("7.17", "7.24"),
        "R2": ("1.40", "1.68"),
        "R3": ("1.27", "0.98"),
        "R4": ("7.18", "7.23"),
        "R5": ("13.14", "14.61"),
        "R6": ("3516.82", "3749.08"),
        "R7": ("3.60", "3.11"),
    }


def load_codes() -> tuple[str, ...]:
    return tuple(load_standard("quality-2017").codes)


def test_jia_shows_red_yellow_and_green(assessments):
    sections = assessments["990101", 2025].sections
    failing = sections[sections["verdict"] == "not_met"]
    yellow = sections[(sections["verdict"] == "met") & (sections["missed"].map(len) == 1)]

    assert failing[["school_name", "stage"]].to_numpy().tolist() == [
        ["甲县第一小学", "primary"],
        ["甲县城北九年一贯制学校", "primary"],
        ["甲县东湖镇九年一贯制学校", "primary"],
        ["甲县城北九年一贯制学校", "junior"],
    ]
    assert failing.iloc[0]["below_floor"] == ["R5"]
    assert len(yellow) == 3
    assert len(sections) == 30


def test_two_cvs_of_jia_are_just_over_their_limit(assessments):
    indicators = assessments["990101", 2025].indicators

    over = indicators[indicators["cv_verdict"] == "not_met"]

    assert {(row["code"], row["stage"]): f"{row['cv']:.3f}" for row in over.to_dict("records")} == {
        ("R5", "primary"): "0.512",
        ("R2", "junior"): "0.469",
    }


def test_one_section_of_jia_stands_exactly_on_a_threshold(assessments):
    sections = assessments["990101", 2025].sections

    exact = sections[
        (sections["stage"] == "junior") & (sections["amount_R3"] * 100 == sections["students"] * 0.9)
    ]

    assert exact[["school_name", "students", "verdict_R3"]].to_numpy().tolist() == [
        ["甲县东湖镇九年一贯制学校", 1000.0, "met"]
    ]


def test_spread_of_backbone_teachers_hardly_falls_any_more(assessments):
    cvs = [cv_of(assessments["990101", year], "R2", "junior") for year in (2022, 2023, 2024, 2025)]

    assert [f"{cv:.4f}" for cv in cvs] == ["0.4741", "0.4694", "0.4692", "0.4692"]


def cv_of(assessment: Assessment, code: str, stage: str) -> float:
    rows = assessment.indicators.set_index(["code", "stage"])
    return float(rows.loc[(code, stage), "cv"])


def test_more_sections_of_jia_pass_every_year(assessments):
    passing = [assessments["990101", year].county.schools_passing for year in (2022, 2023, 2024, 2025)]

    shares = [sum(n for n, _ in by_stage.values()) for by_stage in passing]

    assert shares == sorted(shares)
    assert shares[0] < shares[-1]


def test_yi_is_mostly_yellow_and_red(assessments):
    sections = assessments["990202", 2025].sections

    green = sections["missed"].map(len) == 0

    assert (len(sections), green.sum()) == (15, 1)
    assert "乙县大洼教学点" in sections["school_name"].tolist()  # 56 pupils: in
    assert "乙县小岭教学点" not in sections["school_name"].tolist()  # 31 pupils: out
