"""The county's own figures in the browser: 0 is not missing, checks, nobody overwrites unseen."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app.models import CountyReturn, ReturnChange
from app.models.returns import ReturnState
from plans.actors import Role
from tests.app.county_data import measures, report, school
from tests.app.task_scene import fields_of
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.queries import count_queries

PATH = "/returns/2025/county"


@pytest.fixture
def office(make: Factory) -> Member:
    member = make.member(make.county())
    report(make, member, measures(school(1), county={"special_students": 100.0}), year=2024)
    report(make, member, measures(school(1), county={"special_students": 105.0}), year=2025)
    return member


def values(make: Factory, member: Member) -> dict[str, Any]:
    with make.session(member.actor.county_id) as session:
        return dict(session.query(CountyReturn).filter_by(year=2025).one().values)


def fill(client: PageClient, status: int = 200, **changed: str) -> BeautifulSoup:
    sent = fields_of(client.get_page(PATH), PATH)
    return client.post_page(PATH, {**sent, **changed}, status)


def test_zero_is_kept_and_empty_is_missing(client: PageClient, make: Factory, office: Member) -> None:
    client.sign_in(office)

    fill(client, special_students="", special_funds_wan="0")

    assert values(make, office) == {"special_funds_wan": 0}


def test_last_year_stands_beside_and_zero_looks_other_than_missing(
    client: PageClient, make: Factory, office: Member
) -> None:
    client.sign_in(office)

    page = client.get_page(PATH)

    rows = page.select("tbody tr:has(input)")
    shown = {row.select_one("input")["name"]: row.select("td")[2].text for row in rows}
    assert (shown["special_students"], shown["special_funds_wan"]) == ("100", "未填")


def test_year_without_one_before_it_shows_that_the_question_does_not_arise(
    client: PageClient, office: Member
) -> None:
    client.sign_in(office)

    page = client.get_page("/returns/2024/county")

    rows = page.select("tbody tr:has(input)")
    assert {row.select("td")[2].text.strip() for row in rows} == {"—"}


def test_saved_figure_is_assessed_again_and_logged(client: PageClient, make: Factory, office: Member) -> None:
    client.sign_in(office)

    fill(client, special_funds_wan="73.5")

    assert "＝7000 元" in client.get_page("/items/G7").select_one("#item").text
    with make.session(office.actor.county_id) as session:
        row = session.query(ReturnChange).filter_by(element="special_funds_wan").one()
        assert (row.before, row.after, row.source) == (None, "73.5", "网页填报")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("很多", "应为数值"),
        ("-1", "不能为负数"),
        ("10.5", "须为整数"),
        ("1e9", "应为数值"),
        ("９９９９９９９９９９９９", "超过允许的最大值"),
    ],
)
def test_figure_that_a_workbook_would_refuse_is_refused(
    client: PageClient, make: Factory, office: Member, text: str, message: str
) -> None:
    client.sign_in(office)

    page = fill(client, 422, special_students=text)

    assert message in page.select_one("#special_students-note").text
    assert page.select_one("#special_students")["value"] == text
    assert values(make, office) == {"special_students": 105}


def test_jump_against_last_year_is_saved_only_after_a_look(
    client: PageClient, make: Factory, office: Member
) -> None:
    client.sign_in(office)

    page = fill(client, 422, special_students="140")
    looked = {**fields_of(page, PATH), "confirmed": "1"}
    client.post_page(PATH, looked)

    assert "比上年变化 +40%，请核对" in page.select_one("#special_students-note").text
    assert values(make, office) == {"special_students": 140}


def test_form_that_somebody_overtook_is_not_saved_and_shows_both(
    client: PageClient, make: Factory, office: Member, app: Flask
) -> None:
    client.sign_in(office)
    mine = fields_of(client.get_page(PATH), PATH)
    other = PageClient(app)
    other.sign_in(make.member(office.actor.county_id, Role.LEADER))
    fill(other, special_students="110")

    page = client.post_page(PATH, {**mine, "special_students": "108"}, 422)

    assert page.select_one("#special_students")["value"] == "108"
    assert "他人已存为 110" in page.select_one("#special_students-note").text
    assert values(make, office) == {"special_students": 110}
    client.post_page(PATH, fields_of(page, PATH))
    assert values(make, office) == {"special_students": 108}


def test_checked_return_cannot_be_changed(client: PageClient, make: Factory, office: Member) -> None:
    client.sign_in(office)
    sent = fields_of(client.get_page(PATH), PATH)
    with make.session(office.actor.county_id) as session:
        session.query(CountyReturn).filter_by(year=2025).one().state = ReturnState.CHECKED
    sent["version"] = "2"

    client.post_page(PATH, {**sent, "special_students": "106"})

    assert values(make, office) == {"special_students": 105}
    assert client.get_page(PATH).select("form[action='/returns/2025/county'] button") == []


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.UNIT, Role.SCHOOL, Role.OVERSEER])
def test_others_read_and_do_not_write(make: Factory, client: PageClient, office: Member, role: Role) -> None:
    client.sign_in(make.member(office.actor.county_id, role))

    page = client.get_page(PATH)
    client.post_page(PATH, {"version": "1", "special_students": "1"}, 403)

    assert page.select("tbody input") == []
    assert values(make, office) == {"special_students": 105}


@pytest.mark.parametrize("year", [2016, 2199])
def test_year_out_of_reach_is_not_found(client: PageClient, office: Member, year: int) -> None:
    client.sign_in(office)

    client.get_page(f"/returns/{year}/county", 404)


def test_other_county_sees_its_own_figures_only(client: PageClient, make: Factory, office: Member) -> None:
    client.sign_in(make.member(make.county()))

    page = client.get_page(PATH)

    assert page.select_one("#special_students")["value"] == ""


def test_form_asks_the_same_number_of_queries_for_one_and_three_schools(
    client: PageClient, make: Factory, office: Member, app: Flask
) -> None:
    client.sign_in(office)
    numbers = []
    for n_schools in (1, 3):
        given = measures(*(school(n) for n in range(1, n_schools + 1)))
        report(make, office, given, year=2025)
        with count_queries(app) as sent:
            client.get_page(PATH)
        numbers.append(len(sent))

    assert numbers == [10, 10]
