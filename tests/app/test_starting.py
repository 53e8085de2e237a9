"""The guided start: what counts as done, what is next, and sample files that the system itself takes."""

import pytest
from flask import Flask

from app.people.inviting import invite
from app.people.membership import Part
from app.starting.steps import StepState, start_of
from plans.actors import Role
from scoring.loader import load_standard
from scoring.workbook import read_workbook
from tests.app.county_data import measures, report, school
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.queries import count_queries

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
DONE, NEXT, LATER = StepState.DONE, StepState.NEXT, StepState.LATER


@pytest.fixture
def office(make: Factory) -> Member:
    return make.member(make.county())


def states(make: Factory, member: Member) -> list[StepState]:
    with make.session(member.actor.county_id) as session:
        return [step.state for step in start_of(session).steps]


def test_empty_county_starts_with_its_schools(make: Factory, office: Member) -> None:
    stranger = make.member(make.county())  # has all of it
    report(make, stranger, measures(school(1), county={"special_students": 9.0}))
    make.task(stranger.actor.county_id, unit_id=make.unit(stranger.actor.county_id))

    assert states(make, office) == [NEXT, LATER, LATER, LATER, LATER, LATER]


def test_data_is_complete_with_every_school_and_the_county(make: Factory, office: Member) -> None:
    report(make, office, measures(school(1), school(2)), year=2025)
    without_county = states(make, office)
    report(make, office, measures(school(1), county={"special_students": 9.0}), year=2026)
    without_a_school = states(make, office)
    report(make, office, measures(school(1), school(2), county={"special_students": 9.0}), year=2026)

    assert without_county == without_a_school == [DONE, NEXT, DONE, LATER, LATER, LATER]
    assert states(make, office) == [DONE, DONE, DONE, NEXT, LATER, LATER]


def test_step_taken_out_of_order_stays_done(make: Factory, office: Member) -> None:
    make.member(office.actor.county_id, Role.LEADER)

    assert states(make, office) == [NEXT, LATER, LATER, LATER, LATER, DONE]


def test_invitation_counts_while_it_waits(make: Factory, office: Member) -> None:
    part = Part(Role.LEADER)
    with make.session(office.actor.county_id) as session:
        for told, taken in (("accepted_at", make.now), ("revoked_at", make.now)):
            one = invite(session, office.actor, name=told, part=part, at=make.now).invitation
            setattr(one, told, taken)
    without_one = states(make, office)[-1]
    with make.session(office.actor.county_id) as session:
        invite(session, office.actor, name="张组长", part=part, at=make.now)

    assert (without_one, states(make, office)[-1]) == (LATER, DONE)


def test_all_steps_done(client: PageClient, make: Factory, office: Member) -> None:
    county_id = office.actor.county_id
    report(make, office, measures(school(1), county={"special_students": 9.0}))
    make.task(county_id, unit_id=make.unit(county_id))  # by another member, in a plan
    client.sign_in(office)

    page = client.get_page("/start")

    assert states(make, office) == [DONE] * 6
    assert "6 步全部完成" in page.h1.text
    assert not page.select("[aria-current=step]")


def test_page_leads_to_the_form_of_the_next_step(client: PageClient, office: Member) -> None:
    client.sign_in(office)

    page = client.get_page("/start")

    assert "已完成 0 / 6 步，下一步是导入学校" in page.h1.text
    current = page.select_one(".start [aria-current=step]")
    assert [link["href"] for link in current.select("a")] == [
        "/returns",
        "/returns/template.xlsx",
        "/start/sample.xlsx",
    ]
    assert not page.select("a[href='/tasks/new']"), "a task needs a plan"
    for link in page.select(".start a"):
        assert client.http.get(link["href"]).status_code == 200, link


def test_leader_is_told_who_invites(client: PageClient, make: Factory, office: Member) -> None:
    client.sign_in(make.member(office.actor.county_id, Role.LEADER))

    page = client.get_page("/start")

    assert "由创建办办理" in page.text
    assert not page.select("main a[href='/members']")


@pytest.mark.parametrize("role", [Role.UNIT, Role.SCHOOL, Role.SUPERVISOR, Role.OVERSEER])
def test_others_have_no_start(client: PageClient, make: Factory, office: Member, role: Role) -> None:
    client.sign_in(make.member(office.actor.county_id, role))

    answers = [client.http.get(path).status_code for path in ("/start", "/start/sample.xlsx")]

    assert answers == [403, 403]


def test_page_asks_the_same_few_queries(app: Flask, make: Factory, office: Member) -> None:
    county_id = office.actor.county_id
    with make.session(county_id) as session, count_queries(app) as empty:
        start_of(session)
    report(make, office, measures(*(school(n) for n in range(1, 6)), county={"special_students": 9.0}))
    for _number in range(3):
        make.task(county_id, unit_id=make.unit(county_id))
    with make.session(county_id) as session, count_queries(app) as full:
        start_of(session)

    assert (len(empty), len(full)) == (9, 9)


def test_sample_workbook_is_taken_by_its_own_reader(client: PageClient, office: Member) -> None:
    client.sign_in(office)

    content = client.http.get("/start/sample.xlsx").data
    found = read_workbook(content, load_standard("quality-2017"))

    assert len(found.schools) == 28
    assert found.county["special_students"] > 0
    assert not found.rooms.empty
