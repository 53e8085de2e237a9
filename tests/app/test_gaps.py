"""The page of gaps: natural units, what may be left, who drives a spread, and a task from each gap."""

import pytest
from flask import Flask

from app.assessments.queries import latest
from app.assessments.runs import judged_again
from app.gaps.lines import GapLine, gap_lines, indicator_gaps, spread_gaps
from plans.actors import Role
from tests.app.county_data import measures, report, school
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.queries import count_queries


@pytest.fixture
def office(make: Factory) -> Member:
    return make.member(make.county())


def judged(make: Factory, member: Member):
    with make.session(member.actor.county_id) as session:
        return judged_again(latest(session, 2026))


def brief(line: GapLine) -> tuple[object, ...]:
    return line.school_name, line.code, line.gap, line.floor_gap, line.gap_unit, line.advice


def test_gaps_are_in_natural_units_and_say_what_may_be_left(make: Factory, office: Member) -> None:
    report(
        make,
        office,
        measures(
            school(1),
            school(2, multimedia_rooms=22.0),  # 2.2 of 2.3: may stay
            school(3, multimedia_rooms=10.0),  # below the floor of 1.955: to 20 rooms
            school(4, multimedia_rooms=22.0, pe_art_teachers_primary=8.0),  # R3 8 of 9, the further away
        ),
    )

    lines = gap_lines(judged(make, office))

    assert sorted(brief(line) for line in lines) == [
        ("示例第2小学", "R7", 1.0, 0.0, "间", "leave"),
        ("示例第3小学", "R7", 13.0, 10.0, "间", "lift"),
        ("示例第4小学", "R3", 1.0, 0.0, "人", "leave"),
        ("示例第4小学", "R7", 1.0, 0.0, "间", "raise"),
    ]


def test_totals_take_off_what_may_be_left(make: Factory, office: Member) -> None:
    report(make, office, measures(school(1, multimedia_rooms=22.0), school(2, multimedia_rooms=10.0)))

    totals = indicator_gaps(gap_lines(judged(make, office)))

    assert [(one.code, one.n_sections, one.n_below_floor, one.gap, one.needed) for one in totals] == [
        ("R7", 2, 1, 14.0, 10.0)
    ]


def test_spread_over_the_limit_names_its_drivers(make: Factory, office: Member) -> None:
    report(make, office, measures(school(1, multimedia_rooms=100.0), school(2, multimedia_rooms=23.0)))

    gaps = spread_gaps(judged(make, office))

    assert [(one.code, round(one.cv, 3), one.cv_limit) for one in gaps] == [("R7", 0.626, 0.5)]
    assert {(row.school_name, round(row.contribution, 1)) for row in gaps[0].drivers} == {
        ("示例第1小学", 50.0),
        ("示例第2小学", 50.0),
    }
    worst = next(row for row in gaps[0].drivers if row.school_name == "示例第2小学")
    # (100 − x) ÷ (100 + x) ≤ 0.5 from x = 33⅓ on, in whole rooms 34
    assert (worst.reach, worst.add, worst.add_unit) == (pytest.approx(3.4), 11.0, "间")


def test_task_from_a_gap_is_filled_in(client: PageClient, make: Factory, office: Member) -> None:
    make.plan(office.actor.county_id)
    report(make, office, measures(school(1, multimedia_rooms=10.0)))
    client.sign_in(office)

    link = next(a for a in client.get_page("/gaps?code=R7").select("#gap-sections a") if a.text == "交办")
    form = client.get_page(link["href"])

    assert form.select_one("#title")["value"] == "补齐示例第1小学小学网络多媒体教室数"
    assert "全校需增加 13 间" in form.select_one("#details").text
    assert form.select_one("input[name=indicator_codes][checked]")["value"] == "R7"


def test_supervisor_sees_gaps_without_handing_out_tasks(
    client: PageClient, make: Factory, office: Member
) -> None:
    report(make, office, measures(school(1, multimedia_rooms=10.0)))
    client.sign_in(make.member(office.actor.county_id, Role.SUPERVISOR))

    page = client.get_page("/gaps")

    assert not page.select("main a[href^='/tasks/new']")
    assert "示例第1小学" in page.text


def test_gaps_of_another_county_are_not_shown(client: PageClient, make: Factory, office: Member) -> None:
    other = make.member(make.county())
    report(make, other, measures(school(1, school_name="别县小学", multimedia_rooms=10.0)))
    report(make, office, measures(school(2)))
    client.sign_in(office)

    page = client.get_page("/gaps")

    assert page.h1.text == "没有低于标准的指标，差异系数都在限值内。"
    assert "别县小学" not in page.text


@pytest.mark.parametrize("n_schools", [1, 3])
def test_page_takes_a_constant_number_of_queries(
    app: Flask, client: PageClient, make: Factory, office: Member, n_schools: int
) -> None:
    report(make, office, measures(*(school(n, multimedia_rooms=10.0) for n in range(1, n_schools + 1))))
    client.sign_in(office)
    client.get_page("/gaps")

    with count_queries(app) as sent:
        client.get_page("/gaps")

    assert len(sent) == 7
