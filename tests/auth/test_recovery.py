"""Helping people back in: who may help whom, what changes, what the log keeps."""

import pytest
from flask import Flask

from app.models import Membership
from app.models.audit import Act
from plans.actors import Role
from tests.audit.log import entries
from tests.auth.people import account_of, is_in, send_login, set_account
from tests.auth.test_second_factor import set_up
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.queries import count_queries


@pytest.fixture
def office(make: Factory) -> Member:
    return make.member(make.county(), Role.OFFICE)


@pytest.fixture
def leader(make: Factory, office: Member) -> Member:
    return make.member(office.actor.county_id, Role.LEADER)


def place_of(make: Factory, member: Member) -> str:
    with make.session(member.actor.county_id) as session:
        row = session.query(Membership).filter(Membership.account_id == member.actor.user_id).one()
        return f"/members/{row.id}/access"


def test_password_for_once_is_shown_once_and_must_be_changed(
    app: Flask, client: PageClient, make: Factory, office: Member, leader: Member
) -> None:
    theirs = PageClient(app)
    theirs.sign_in(leader)
    client.sign_in(office)

    page = client.post_page(f"{place_of(make, leader)}/password", {})
    password = page.select_one(".factor-key").text

    assert not is_in(theirs.http)
    assert password not in client.get_page(place_of(make, leader)).text
    assert send_login(theirs.http, leader.login).status_code == 422
    assert send_login(theirs.http, leader.login, password).status_code == 303
    assert theirs.get_page("/tasks").h1.text == "请先换成您自己的密码"


def test_lost_second_factor_is_reset(
    app: Flask, client: PageClient, make: Factory, office: Member, leader: Member
) -> None:
    theirs = PageClient(app)
    theirs.sign_in(leader)
    set_up(theirs)
    client.sign_in(office)

    client.post_page(f"{place_of(make, leader)}/second-factor", {})

    assert account_of(make, leader).second_factor_at is None
    assert not is_in(theirs.http)
    assert send_login(theirs.http, leader.login).location == "/"


def test_member_is_signed_out_everywhere(
    app: Flask, client: PageClient, make: Factory, office: Member, leader: Member
) -> None:
    theirs = PageClient(app)
    theirs.sign_in(leader)
    client.sign_in(office)

    client.post_page(f"{place_of(make, leader)}/devices", {})

    assert (is_in(theirs.http), is_in(client.http)) == (False, True)


def test_help_has_entries_with_the_helper_and_without_secrets(
    client: PageClient, make: Factory, office: Member, leader: Member
) -> None:
    client.sign_in(office)
    page = client.post_page(f"{place_of(make, leader)}/password", {})
    client.post_page(f"{place_of(make, leader)}/second-factor", {})

    found = entries(make, office.actor.county_id, Act.ROLE)

    helped = [entry for entry in found if "help" in (entry.after or {})]
    assert [(entry.who, entry.title, entry.after["help"]) for entry in helped] == [
        (office.actor.name, leader.login, "password reset"),
        (office.actor.name, leader.login, "second factor reset"),
    ]
    assert page.select_one(".factor-key").text not in str([entry.after for entry in found])
    assert account_of(make, leader).password_hash not in str([entry.after for entry in found])


@pytest.mark.parametrize("what", ["", "/password", "/second-factor", "/devices"])
@pytest.mark.parametrize("whose", ["other county", "two counties", "platform", "self"])
def test_account_that_is_not_the_counties_own_is_out_of_reach(
    app: Flask, client: PageClient, make: Factory, office: Member, leader: Member, whose: str, what: str
) -> None:
    place, owner = place_of(make, leader), leader
    if whose == "other county":
        owner = make.member(make.county(), Role.LEADER)
        place = place_of(make, owner)
    elif whose == "two counties":
        with make.session(make.county()) as session:
            session.add(Membership(account_id=leader.actor.user_id, role=Role.OFFICE))
    elif whose == "platform":
        set_account(make, leader, is_platform_admin=True)
    else:
        place, owner = place_of(make, office), office
    before = account_of(make, owner)
    client.sign_in(office)

    answer = client.http.open(place + what, method="POST" if what else "GET")

    after = account_of(make, owner)
    assert answer.status_code == 404
    assert (after.password_hash, after.must_change) == (before.password_hash, before.must_change)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.OFFICE, Role.UNIT)])
def test_only_the_office_helps(
    client: PageClient, make: Factory, office: Member, leader: Member, role: Role
) -> None:
    client.sign_in(make.member(office.actor.county_id, role))

    for what in ("/password", "/second-factor", "/devices"):
        assert client.http.post(place_of(make, leader) + what).status_code == 403
    assert client.http.get(place_of(make, leader)).status_code == 403


@pytest.mark.parametrize("n_devices", [1, 30])
def test_page_of_a_member_costs_the_same_however_many_devices(
    app: Flask, client: PageClient, make: Factory, office: Member, leader: Member, n_devices: int
) -> None:
    for _ in range(n_devices):
        send_login(app.test_client(), leader.login)
    client.sign_in(office)
    place = place_of(make, leader)

    with count_queries(app) as sent:
        page = client.get_page(place)

    assert len(page.select("tbody tr")) == n_devices
    assert len(sent) == 9


def test_operator_helps_whoever_nobody_else_can(
    app: Flask, client: PageClient, make: Factory, office: Member
) -> None:
    client.sign_in(office)
    set_up(client)

    done = app.test_cli_runner().invoke(args=["accounts", "reset", office.login])

    password = done.output.split("临时密码：")[1][:19]
    assert not is_in(client.http)
    assert send_login(client.http, office.login, password).location == "/"
    assert app.test_cli_runner().invoke(args=["accounts", "reset", "nobody"]).exit_code == 1
