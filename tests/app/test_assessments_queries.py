"""Ready lines over assessments, with constant numbers of queries."""

from datetime import timedelta

import numpy as np
import pytest
from flask import Flask

from app.assessments.items import item_lines
from app.assessments.queries import (
    indicator_lines,
    latest,
    section_lines,
    trend,
    worst_sections,
)
from tests.app.county_data import measures, report, school
from tests.factories import Factory, Member
from tests.queries import count_queries


@pytest.fixture
def office(make: Factory) -> Member:
    return make.member(make.county())


def read(make: Factory, member: Member, query, *arguments):
    with make.session(member.actor.county_id) as session:
        return query(session, latest(session, 2026), *arguments)


def test_indicator_lines_follow_the_standard_and_carry_limits(make: Factory, office: Member) -> None:
    report(make, office, measures(school(1), school(2, multimedia_rooms=10.0)))

    lines = read(make, office, indicator_lines)

    assert [(line.code, line.stage_name) for line in lines] == [(f"R{n}", "小学") for n in range(1, 8)]
    seventh = lines[6]
    assert (seventh.name, seventh.unit, seventh.at_least, seventh.cv_limit) == (
        "网络多媒体教室数",
        "间/百生",
        2.3,
        0.5,
    )
    assert (seventh.mean, seventh.mean_is_below) == (1.7, True)
    assert (seventh.schools_met, seventh.schools, seventh.failing, seventh.verdict) == (1, 2, 1, "not_met")
    assert lines[0].verdict == "met"


def test_indicator_missed_within_the_school_rule_is_met(make: Factory, office: Member) -> None:
    report(make, office, measures(school(1, multimedia_rooms=20.0)))

    seventh = read(make, office, indicator_lines)[6]

    assert (seventh.schools_met, seventh.failing, seventh.verdict) == (0, 0, "met")


def test_indicator_with_a_missing_value_is_without_data(make: Factory, office: Member) -> None:
    report(make, office, measures(school(1), school(2, multimedia_rooms=np.nan)))

    seventh = read(make, office, indicator_lines)[6]

    assert (seventh.mean, seventh.cv, seventh.verdict) == (None, None, "no_data")


def test_marks_tell_the_floor_from_the_standard(make: Factory, office: Member) -> None:
    # 2.3 × 85 % = 1.955 per hundred pupils
    rooms = {1: 23.0, 2: 22.9, 3: 19.55, 4: 19.5, 5: np.nan}
    report(make, office, measures(*(school(n, multimedia_rooms=value) for n, value in rooms.items())))

    lines = read(make, office, section_lines)

    assert [line.marks["R7"] for line in lines] == ["met", "close", "close", "not_met", "no_data"]


def test_worst_sections_put_those_below_the_floor_first(make: Factory, office: Member) -> None:
    report(
        make,
        office,
        measures(
            school(1),
            school(2, multimedia_rooms=22.0, pe_art_teachers_primary=8.0),  # two missed, both above the floor
            school(3, multimedia_rooms=10.0),  # one below the floor
            school(4, multimedia_rooms=22.0),  # allowed
            school(5, multimedia_rooms=5.0),
        ),
    )

    worst = read(make, office, worst_sections, 2)

    assert [(line.school_name, line.worst_name) for line in worst] == [
        ("示例第5小学", "网络多媒体教室数"),
        ("示例第3小学", "网络多媒体教室数"),
    ]
    assert round(worst[0].worst_share, 2) == 21.74
    assert len(read(make, office, worst_sections, 9)) == 3


def test_item_lines_have_reason_and_clause(make: Factory, office: Member) -> None:
    report(make, office, measures(school(1)))

    items = read(make, office, item_lines)

    resources = [f"R{n}" for n in range(1, 8)]
    others = [*(f"G{n}" for n in range(1, 16)), *(f"Q{n}" for n in range(1, 10)), "S1"]
    assert [item.code for item in items] == [*resources, *others, *(f"V{n}" for n in range(1, 7))]
    assert all(item.reason and item.clause for item in items)
    assert [item.verdict for item in items if item.group == "资源配置"] == ["met"] * 7


def test_item_line_tells_what_decides_and_what_is_asked(make: Factory, office: Member) -> None:
    county = {"teachers_360h": 990.0, "teachers_total": 1000.0, "exchange_eligible": 100.0}
    county |= {"exchange_teachers": 20.0, "exchange_backbone": 3.0}
    crowded = school(1, classes_primary=20.0, largest_class_primary=52.0, students_primary=2100.0)
    report(make, office, measures(crowded, county=county))

    items = {item.code: item for item in read(make, office, item_lines)}

    shown = {code: (items[code].figure, items[code].requirement) for code in ("G4", "G5", "G9", "G11", "G1")}
    assert shown == {
        "G4": ("2,100 人", "≤ 2,000 人"),
        "G5": ("52 人", "≤ 45 人"),
        "G9": ("99%", "≥ 100%"),
        "G11": ("15%", "≥ 20%"),
        "G1": ("", "结论、佐证、签署"),
    }
    assert (items["G4"].n_failing, items["G1"].verdict) == (1, "pending")


def test_trend_takes_the_newest_assessment_of_each_year(make: Factory, office: Member) -> None:
    report(make, office, measures(school(1, multimedia_rooms=20.0)), year=2024)
    report(make, office, measures(school(1, multimedia_rooms=22.0)), year=2025)
    report(
        make,
        office,
        measures(school(1, multimedia_rooms=23.0)),
        year=2025,
        at=make.now + timedelta(days=1),
    )

    with make.session(office.actor.county_id) as session:
        points = trend(session, "R7", "primary")

    assert [(point.year, point.mean, point.schools_met) for point in points] == [
        (2024, 2.0, 0),
        (2025, 2.3, 1),
    ]


def test_nothing_of_another_county_is_read(make: Factory, office: Member) -> None:
    report(make, make.member(make.county()), measures(school(1)))

    with make.session(office.actor.county_id) as session:
        assert latest(session, 2026) is None
        assert trend(session, "R7", "primary") == []


@pytest.mark.parametrize("n_schools", [1, 3])
@pytest.mark.parametrize(
    ("query", "arguments", "expected"),
    [(indicator_lines, (), 2), (section_lines, (), 1), (worst_sections, (3,), 1), (item_lines, (), 1)],
)
def test_lines_take_a_constant_number_of_queries(
    app: Flask, make: Factory, office: Member, n_schools: int, query, arguments: tuple, expected: int
) -> None:
    report(make, office, measures(*(school(n, multimedia_rooms=10.0) for n in range(1, n_schools + 1))))

    with make.session(office.actor.county_id) as session:
        assessment = latest(session, 2026)
        with count_queries(app) as sent:
            query(session, assessment, *arguments)

    assert len(sent) == expected
