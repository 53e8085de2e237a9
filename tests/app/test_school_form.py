"""A school reports its own figures: its own alone, nothing typed is lost, what is checked is locked."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from bs4 import BeautifulSoup

from app.messages.places import place_of
from app.models import ReturnChange, School, SchoolReturn
from app.models.returns import ReturnState
from app.returns.store import save_own
from app.returns.values import YearValues
from plans.actors import Role
from plans.errors import ActNotAllowed
from plans.models import Reminder
from plans.reminders.rules import Family
from tests.app.county_data import measures, report, school
from tests.app.task_scene import fields_of
from tests.conftest import NOW
from tests.factories import Factory, Member
from tests.pages import PageClient

PATH, ASKED = "/my-school/return", 2026


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def office(make: Factory) -> Member:
    return make.member(make.county())


@pytest.fixture
def reporter(make: Factory, office: Member) -> Member:
    """Of a school that reported last year beside another one."""
    member = make.member(office.actor.county_id, Role.SCHOOL)
    own = school(1, school_code=member.actor.school_code, school_name="示例本校小学")
    report(make, office, measures(own, school(2)), year=ASKED - 1)
    return member


def returns(make: Factory, member: Member, year: int = ASKED) -> dict[str, dict[str, Any]]:
    with make.session(member.actor.county_id) as session:
        rows = session.scalars(sa.select(SchoolReturn).where(SchoolReturn.year == year))
        return {row.school.code: dict(row.values) for row in rows}


def fill(client: PageClient, status: int = 200, **changed: str) -> BeautifulSoup:
    sent = fields_of(client.get_page(PATH), PATH)
    return client.post_page(PATH, {**sent, **changed}, status)


def test_form_asks_for_the_stages_of_the_own_kind_and_shows_last_year(
    client: PageClient, reporter: Member
) -> None:
    client.sign_in(reporter)

    page = client.get_page(PATH)

    asked = {field["name"] for field in page.select("tbody [name]")}
    assert {"students_primary", "owner_code", "multimedia_rooms"} <= asked
    assert not any(name.endswith(("_junior", "_senior")) for name in asked)
    row = page.select_one("tr:has(#students_primary)")
    assert row.select("td")[2].text == "1000"
    assert page.select_one("#students_primary")["value"] == ""


def test_report_is_saved_logged_and_leads_back(client: PageClient, make: Factory, reporter: Member) -> None:
    client.sign_in(reporter)

    page = fill(client, students_primary="1010", visiting_pe_art_teachers_primary="0", confirmed="1")

    code = reporter.actor.school_code
    assert returns(make, reporter) == {
        code: {
            "school_name": "示例本校小学",
            "school_kind": "小学",
            "students_primary": 1010,
            "visiting_pe_art_teachers_primary": 0,
        }
    }
    assert page.h1.text == "2026 年度数据已报，等待创建办核对。"
    with make.session(reporter.actor.county_id) as session:
        line = session.query(ReturnChange).filter_by(year=ASKED, element="students_primary").one()
        assert (line.school_code, line.after, line.source) == (code, "1010", "学校网页填报")


def test_blank_and_jumping_figures_are_saved_only_after_a_look(
    client: PageClient, make: Factory, reporter: Member
) -> None:
    client.sign_in(reporter)

    page = fill(client, 422, students_primary="2000")

    assert "比上年变化 +100%" in page.select_one("#students_primary-note").text
    assert "小学专任教师数" in page.select_one("#school-return > p:not(.basis)").text
    assert returns(make, reporter) == {}
    client.post_page(PATH, {**fields_of(page, PATH), "confirmed": "1"})
    assert returns(make, reporter)[reporter.actor.school_code]["students_primary"] == 2000


@pytest.mark.parametrize(
    ("text", "message"), [("很多", "应为数值"), ("-1", "不能为负数"), ("10.5", "须为整数")]
)
def test_refused_figure_stays_in_the_form(
    client: PageClient, make: Factory, reporter: Member, text: str, message: str
) -> None:
    client.sign_in(reporter)

    page = fill(client, 422, students_primary=text, confirmed="1")

    assert message in page.select_one("#students_primary-note").text
    assert page.select_one("#students_primary")["value"] == text
    assert returns(make, reporter) == {}


def test_code_of_another_school_in_the_form_changes_the_own_one_alone(
    client: PageClient, make: Factory, office: Member, reporter: Member
) -> None:
    report(make, office, measures(school(2)), year=ASKED)
    before = returns(make, reporter)["9900000002"]
    client.sign_in(reporter)

    fill(client, students_primary="1000", school_code="9900000002", confirmed="1")

    found = returns(make, reporter)
    assert set(found) == {"9900000002", reporter.actor.school_code}
    assert found["9900000002"] == before


def test_another_school_is_refused_where_it_is_saved(make: Factory, reporter: Member) -> None:
    theirs = YearValues({"9900000002": {"school_kind": "小学", "students_primary": 1}}, {}, {})
    with make.session(reporter.actor.county_id) as session, pytest.raises(ActNotAllowed):
        save_own(session, reporter.actor, year=ASKED, own=theirs, source="测试", at=make.now)

    assert returns(make, reporter) == {}


def test_school_of_the_same_code_in_another_county_stays_as_it_is(
    client: PageClient, make: Factory, reporter: Member
) -> None:
    other = make.member(make.county())
    twin = school(1, school_code=reporter.actor.school_code)
    report(make, other, measures(twin), year=ASKED)
    before = returns(make, other)
    client.sign_in(reporter)

    fill(client, students_primary="999", confirmed="1")

    assert returns(make, other) == before


def test_checked_return_is_shown_and_not_changed(
    client: PageClient, make: Factory, office: Member, reporter: Member
) -> None:
    own = school(1, school_code=reporter.actor.school_code)
    report(make, office, measures(own), year=ASKED)
    client.sign_in(reporter)
    sent = fields_of(client.get_page(PATH), PATH)
    _set_state(make, reporter, ReturnState.CHECKED)

    client.post_page(PATH, {**sent, "version": "2", "students_primary": "990", "confirmed": "1"})

    assert returns(make, reporter)[reporter.actor.school_code]["students_primary"] == 1000
    assert client.get_page(PATH).select("tbody input, tbody select") == []


def test_returned_report_counts_as_reported_again(
    client: PageClient, make: Factory, office: Member, reporter: Member
) -> None:
    own = school(1, school_code=reporter.actor.school_code)
    report(make, office, measures(own), year=ASKED)
    _set_state(make, reporter, ReturnState.RETURNED)
    client.sign_in(reporter)

    before = client.get_page("/my-school").h1.text
    page = fill(client, confirmed="1")

    assert before.startswith("2026 年度数据已退回，请改正后再报")
    assert page.h1.text == "2026 年度数据已报，等待创建办核对。"


def test_form_that_was_overtaken_is_not_saved(
    client: PageClient, make: Factory, office: Member, reporter: Member
) -> None:
    client.sign_in(reporter)
    sent = fields_of(client.get_page(PATH), PATH)
    own = school(1, school_code=reporter.actor.school_code)
    report(make, office, measures(own), year=ASKED)

    page = client.post_page(PATH, {**sent, "students_primary": "990", "confirmed": "1"}, 422)

    assert page.select_one("#students_primary")["value"] == "990"
    assert returns(make, reporter)[reporter.actor.school_code]["students_primary"] == 1000


def test_first_school_of_a_year_does_not_take_the_county_to_a_year_without_a_result(
    client: PageClient, make: Factory, office: Member, reporter: Member
) -> None:
    client.sign_in(reporter)
    fill(client, students_primary="1000", confirmed="1")

    page = client.get_page("/indicators")

    assert "2025 年度" in page.select_one(".basis").text


def test_school_that_the_county_does_not_know_has_no_form(client: PageClient, make: Factory) -> None:
    client.sign_in(make.member(make.county(), Role.SCHOOL))

    client.get_page(PATH, 404)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SCHOOL])
def test_nobody_else_has_the_form(client: PageClient, make: Factory, office: Member, role: Role) -> None:
    client.sign_in(make.member(office.actor.county_id, role))

    client.get_page(PATH, 403)
    client.post_page(PATH, {}, 403)


def test_reminder_of_the_return_leads_to_the_own_school(make: Factory, reporter: Member) -> None:
    with make.session(reporter.actor.county_id) as session:
        school_id = session.scalar(sa.select(School.id).where(School.code == reporter.actor.school_code))
        reminder = Reminder(family=Family.SCHOOL_RETURN, item_id=school_id)

        assert place_of(session, reminder) == ("my_school.index", {})


def _set_state(make: Factory, member: Member, state: ReturnState) -> None:
    with make.session(member.actor.county_id) as session:
        own = session.query(SchoolReturn).join(SchoolReturn.school)
        own.filter(School.code == member.actor.school_code, SchoolReturn.year == ASKED).one().state = state
