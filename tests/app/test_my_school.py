"""Where a school's reporter begins: the return of the year, what it lacks, the own verdict."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from plans.actors import Role
from tests.app.county_data import measures, report, school
from tests.conftest import NOW
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.queries import count_queries

ASKED = 2026  # the year whose return is asked for on the day of the tests


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def office(make: Factory) -> Member:
    return make.member(make.county())


@pytest.fixture
def reporter(make: Factory, office: Member) -> Member:
    return make.member(office.actor.county_id, Role.SCHOOL)


def own(reporter: Member, **figures: object) -> dict[str, object]:
    return school(1, school_code=reporter.actor.school_code, school_name="示例本校小学", **figures)


def test_reporter_begins_at_the_own_school(
    client: PageClient, make: Factory, office: Member, reporter: Member
) -> None:
    report(make, office, measures(own(reporter), school(2)), year=ASKED)
    client.sign_in(reporter)

    page = client.get_page("/")

    assert page.h1.text == f"{ASKED} 年度数据已报，等待创建办核对。"
    assert "示例本校小学" in page.select_one(".basis").text
    assert "示例第2小学" not in page.text


def test_figures_against_the_rules_are_told_in_english(
    client: PageClient, make: Factory, office: Member, reporter: Member
) -> None:
    report(make, office, measures(own(reporter, students_junior=40.0)), year=ASKED)
    client.sign_in(reporter)
    client.http.set_cookie("language", "en")

    doubts = client.get_page("/my-school").select_one(".my-school-doubts").text

    assert ("leave it empty" in doubts, "该办学类型" in doubts) == (True, False)


def test_verdict_counts_indicators_and_leads_to_those_missed(
    client: PageClient, make: Factory, office: Member, reporter: Member
) -> None:
    report(make, office, measures(own(reporter, sports_field_area_m2=100.0)), year=ASKED)
    client.sign_in(reporter)

    found = client.get_page("/my-school").select_one(".my-school-verdict")

    assert found.select_one(".my-school-figure").b.text == "6"
    assert [link["href"] for link in found.select("a")] == ["/indicators/R5/primary"]


def test_what_is_missing_and_what_jumped_is_named(
    client: PageClient, make: Factory, office: Member, reporter: Member
) -> None:
    report(make, office, measures(own(reporter)), year=ASKED - 1)
    report(make, office, measures(own(reporter, multimedia_rooms=99.0)), year=ASKED)
    client.sign_in(reporter)

    page = client.get_page("/my-school")

    assert "网络多媒体教室间数 比上年变化 +312%" in page.select_one(".my-school-doubts").text
    card = page.select_one(".my-school section:nth-of-type(2)").text
    assert "小学专任教师数" in card
    assert "初中专任教师数" not in card


def test_return_not_in_says_the_days_and_shows_last_years_verdict(
    client: PageClient, make: Factory, office: Member, reporter: Member
) -> None:
    report(make, office, measures(own(reporter)), year=ASKED - 1)
    client.sign_in(reporter)

    page = client.get_page("/my-school")

    assert page.h1.text.startswith(f"{ASKED} 年度数据待报，")
    assert f"{ASKED - 1} 年度" in page.select_one(".my-school section:nth-of-type(3)").text


def test_school_that_the_county_does_not_know_yet_is_told_whom_to_ask(
    client: PageClient, make: Factory, office: Member, reporter: Member
) -> None:
    report(make, office, measures(school(2)), year=ASKED)
    client.sign_in(reporter)

    page = client.get_page("/my-school")

    assert page.h1.text == "县里的学校名单中还没有本校，请联系创建办。"
    assert page.select(".my-school") == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SCHOOL])
def test_nobody_else_has_such_a_page(client: PageClient, make: Factory, office: Member, role: Role) -> None:
    client.sign_in(make.member(office.actor.county_id, role))

    client.get_page("/my-school", 403)


def test_page_asks_the_same_number_of_queries_for_one_and_three_schools(
    client: PageClient, make: Factory, office: Member, reporter: Member, app: Flask
) -> None:
    client.sign_in(reporter)
    numbers = []
    for others in ([], [school(2), school(3)]):
        report(make, office, measures(own(reporter), *others), year=ASKED)
        with count_queries(app) as sent:
            client.get_page("/my-school")
        numbers.append(len(sent))

    assert numbers[0] == numbers[1]
