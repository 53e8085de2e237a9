"""Invitations: accepted once, in time, in the county and the part they were made for."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from app.models import Account, Invitation, Membership
from app.people.inviting import LASTS, hash_of, revoke
from app.people.membership import Part
from plans.actors import Role
from plans.base import County
from tests.app.people_scene import People, people_scene
from tests.conftest import NOW
from tests.factories import PASSWORD, Factory
from tests.pages import PageClient

TAKEN = "the office's own"
WORDS = "slow otter beneath ferns"
NEWCOMER = {"login": "newcomer", "name": "新同志", "password": WORDS, "again": WORDS}


@pytest.fixture
def people(make: Factory) -> People:
    return people_scene(make)


@pytest.fixture(autouse=True)
def on_the_day():
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


def path_of(people: People, token: str, county: int | None = None) -> str:
    with people.make.session() as session:
        return f"/invitations/{session.get_one(County, county or people.county).code}/{token}"


def test_newcomer_joins_in_the_part_the_office_fixed(client: PageClient, people: People) -> None:
    path = path_of(people, people.invite())
    shown = client.get_page(path)

    client.post_page(path, {**NEWCOMER, "role": "office", "unit_id": ""})

    assert "责任单位（县教育局）" in shown.text
    assert people.members() == [(people.office.actor.name, "office"), ("新同志", "unit")]
    answer = client.http.post("/sign-in", data={"login": "newcomer", "password": WORDS})
    assert answer.status_code == 303


def test_link_works_once(client: PageClient, people: People) -> None:
    path = path_of(people, people.invite())
    client.post_page(path, NEWCOMER)

    client.get_page(path, 404)
    page = client.post_page(path, {**NEWCOMER, "login": "second"}, 404)

    assert "已使用" in page.select_one("[role=alert]").text
    assert len(people.members()) == 2


@pytest.mark.parametrize(("left", "status"), [(timedelta(seconds=1), 200), (timedelta(0), 404)])
def test_link_ends_with_its_term(client: PageClient, people: People, left: timedelta, status: int) -> None:
    path = path_of(people, people.invite())

    with time_machine.travel(NOW + LASTS - left, tick=False):
        client.get_page(path, status)


def test_link_taken_back_is_gone(client: PageClient, people: People) -> None:
    path = path_of(people, people.invite())
    with people.make.session(people.county) as session:
        key = session.scalars(sa.select(Invitation.id)).one()
        revoke(session, people.office.actor, invitation_id=key, at=NOW)

    client.post_page(path, NEWCOMER, 404)

    assert len(people.members()) == 1


def test_token_opens_no_other_county(client: PageClient, people: People, make: Factory) -> None:
    other = make.county()
    make.member(other)
    path = path_of(people, people.invite(), county=other)

    client.get_page(path, 404)
    client.post_page(path, NEWCOMER, 404)

    with make.session(other) as session:
        assert len(session.scalars(sa.select(Membership)).all()) == 1
    assert len(people.members()) == 1


@pytest.mark.parametrize("path", ["/invitations/999999/x", "/invitations/990001/x", "/invitations/'--/x"])
def test_made_up_links_say_no_more_than_that(client: PageClient, people: People, path: str) -> None:
    page = client.get_page(path, 404)

    assert page.h1.text == "这个邀请链接不能使用"


def test_same_invitation_again_ends_the_former_link(client: PageClient, people: People) -> None:
    first, second = (path_of(people, people.invite()) for _time in range(2))

    client.get_page(first, 404)
    client.get_page(second)


def test_invitation_of_another_part_leaves_the_former_link(client: PageClient, people: People) -> None:
    first = path_of(people, people.invite())
    people.invite(Part(Role.LEADER))

    client.get_page(first)


def test_database_holds_no_token(people: People) -> None:
    token = people.invite()

    with people.make.session(people.county) as session:
        row = session.scalars(sa.select(Invitation)).one()
        assert row.token_hash == hash_of(token) != token
        assert token not in repr(row.__dict__)


def test_person_with_an_account_joins_with_it(client: PageClient, people: People, make: Factory) -> None:
    elsewhere = make.member(make.county(), Role.LEADER)
    path = path_of(people, people.invite())
    client.sign_in(elsewhere)
    assert elsewhere.actor.name in client.get_page(path).text

    page = client.post_page(f"{path}/accept", {})

    assert (elsewhere.actor.name, "unit") in people.members()
    assert page.select_one(".topbar summary").text.strip()
    with make.session() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Account)) == 2


def test_accepting_signed_out_leads_to_sign_in_and_back(client: PageClient, people: People) -> None:
    path = path_of(people, people.invite())

    answer = client.http.post(f"{path}/accept")

    assert (answer.status_code, answer.location) == (303, f"/sign-in?next={path}")
    assert len(people.members()) == 1


def test_supervisor_is_not_made_a_unit_by_a_link(client: PageClient, people: People, make: Factory) -> None:
    supervisor = make.member(people.county, Role.SUPERVISOR)
    path = path_of(people, people.invite())
    client.sign_in(supervisor)

    page = client.post_page(f"{path}/accept", {}, 409)

    assert "督导人员不得兼任" in page.select_one("[role=alert]").text
    assert people.part(supervisor) == ("supervisor", None, None, True)


def test_active_member_is_told_that_he_has_the_part(
    client: PageClient, people: People, make: Factory
) -> None:
    unit = make.member(people.county, Role.UNIT, people.unit_id)
    client.sign_in(unit)

    page = client.post_page(f"{path_of(people, people.invite())}/accept", {}, 409)

    assert "已有这一角色" in page.select_one("[role=alert]").text


def test_person_who_left_comes_back_by_a_new_link(client: PageClient, people: People, make: Factory) -> None:
    unit = make.member(people.county, Role.UNIT, people.unit_id)
    with make.session(people.county) as session:
        row = session.scalars(sa.select(Membership).where(Membership.role == Role.UNIT)).one()
        row.is_active = False
    other_unit = make.unit(people.county, "县财政局")
    path = path_of(people, people.invite(Part(Role.UNIT, other_unit)))
    # Without any other county the account can still sign in and open the link.
    client.http.post("/sign-in", data={"login": unit.login, "password": PASSWORD})

    client.post_page(f"{path}/accept", {})

    assert people.part(unit) == ("unit", other_unit, None, True)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"login": TAKEN}, "已被使用"),
        ({"login": "ab"}, "用户名须为 3 至 60 个字符"),
        ({"password": "elevenchars", "again": "elevenchars"}, "密码至少 12 个字符"),
        ({"again": "another thing"}, "两次输入的密码不一致"),
    ],
)
def test_bad_account_is_refused_and_the_link_still_works(
    client: PageClient, people: People, change: dict[str, str], words: str
) -> None:
    wanted = {"login": people.office.login} if change.get("login") == TAKEN else change
    path = path_of(people, people.invite())

    page = client.post_page(path, {**NEWCOMER, **wanted}, 422)

    assert words in page.text
    assert len(people.members()) == 1
    client.get_page(path)


def test_office_sees_the_link_once(client: PageClient, people: People) -> None:
    client.sign_in(people.office)
    sent = {"name": "新同志", "role": "unit", "unit_id": people.unit_id}

    page = client.post_page("/members", sent)

    link = page.select_one(".link-to-copy")["value"]
    assert re.fullmatch(r"http://localhost/invitations/\d{6}/[\w-]{43}", link)
    assert PageClient(client.http.application).get_page(link.removeprefix("http://localhost"))
    again = client.get_page("/members")
    assert not again.select(".link-to-copy")
    assert "新同志" in again.text


def test_office_takes_a_link_back(client: PageClient, people: People) -> None:
    token = people.invite()
    with people.make.session(people.county) as session:
        key = session.scalars(sa.select(Invitation.id)).one()
    client.sign_in(people.office)

    page = client.post_page(f"/members/invitations/{key}/revoke", {})

    assert "邀请已撤回" in page.text
    PageClient(client.http.application).get_page(path_of(people, token), 404)
    assert people.events() == [("invite", "新同志"), ("revoke", "新同志")]


def test_link_of_another_county_cannot_be_taken_back(
    client: PageClient, people: People, make: Factory
) -> None:
    token = people.invite()
    with people.make.session(people.county) as session:
        key = session.scalars(sa.select(Invitation.id)).one()
    client.sign_in(make.member(make.county()))

    client.post_page(f"/members/invitations/{key}/revoke", {}, 404)

    client.http.post("/sign-out")
    client.get_page(path_of(people, token))
