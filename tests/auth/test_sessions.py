"""Sign-ins as entries of a register: renewed, timed out, ended from elsewhere."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.models import SignIn
from tests.auth.people import is_in, send_login, set_account
from tests.conftest import NOW
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.queries import count_queries

COOKIE = "ledger"


@pytest.fixture
def member(make: Factory) -> Member:
    return make.member(make.county())


def test_sign_in_renews_the_session(client: PageClient, member: Member) -> None:
    client.sign_in(member)
    first = client.http.get_cookie(COOKIE).value
    client.sign_in(member)
    second = client.http.get_cookie(COOKIE).value

    client.http.set_cookie(COOKIE, first)
    assert not is_in(client.http)
    client.http.set_cookie(COOKIE, second)
    assert is_in(client.http)


def test_cookie_of_before_sign_out_opens_nothing(client: PageClient, member: Member) -> None:
    client.sign_in(member)
    kept = client.http.get_cookie(COOKIE).value

    client.http.post("/sign-out")
    client.http.set_cookie(COOKIE, kept)

    assert not is_in(client.http)
    assert "登录已超时或已在别处退出" in client.get_page("/sign-in").text


@pytest.mark.parametrize(("minutes", "open_"), [(119, True), (120, False)])
def test_sign_in_ends_after_two_idle_hours(
    client: PageClient, member: Member, minutes: int, open_: bool
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client.sign_in(member)
        clock.shift(timedelta(minutes=minutes))

        assert is_in(client.http) is open_


def test_sign_in_in_use_ends_after_twelve_hours(client: PageClient, member: Member) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client.sign_in(member)
        for _ in range(11):
            clock.shift(timedelta(hours=1))
            assert is_in(client.http)
        clock.shift(timedelta(minutes=59))
        assert is_in(client.http)

        clock.shift(timedelta(minutes=1))

        assert not is_in(client.http)


def test_use_is_written_down_every_few_minutes_only(app: Flask, client: PageClient, member: Member) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client.sign_in(member)
        clock.shift(timedelta(minutes=5))
        with count_queries(app) as within:
            is_in(client.http)
        clock.shift(timedelta(seconds=1))
        with count_queries(app) as after:
            is_in(client.http)

    assert [sql.split()[0] for sql in within if not sql.startswith("SELECT")] == []
    assert [sql.split()[0] for sql in after if not sql.startswith("SELECT")] == ["UPDATE"]


def test_disabled_account_is_out_at_once(client: PageClient, make: Factory, member: Member) -> None:
    client.sign_in(member)

    set_account(make, member, is_enabled=False)

    assert not is_in(client.http)
    assert "该账号已停用" in send_login(client.http, member.login).text


def test_devices_are_listed_with_this_one_first(app: Flask, client: PageClient, member: Member) -> None:
    agent = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
    client.sign_in(member)
    send_login(app.test_client(), member.login, headers={"User-Agent": agent})

    rows = client.get_page("/account").select("tbody tr")

    assert [row.th.text for row in rows] == ["其他浏览器", "Edge（Windows）"]
    assert ["本机" in row.text for row in rows] == [True, False]


def test_devices_of_others_are_neither_shown_nor_ended(
    app: Flask, client: PageClient, make: Factory, member: Member
) -> None:
    other, theirs = make.member(member.actor.county_id), app.test_client()
    send_login(theirs, other.login)
    client.sign_in(member)
    with make.session() as session:
        theirs_id = session.query(SignIn.id).filter(SignIn.account_id == other.actor.user_id).scalar()

    client.http.post(f"/account/devices/{theirs_id}/end")

    assert len(client.get_page("/account").select("tbody tr")) == 1
    assert is_in(theirs)


def test_one_device_is_ended(app: Flask, client: PageClient, member: Member) -> None:
    other = app.test_client()
    send_login(other, member.login)
    client.sign_in(member)
    action = client.get_page("/account").select("tbody form")[0]["action"]

    client.post_page(action, {})

    assert is_in(client.http)
    assert not is_in(other)


def test_sign_out_everywhere_ends_every_device(app: Flask, client: PageClient, member: Member) -> None:
    other = app.test_client()
    send_login(other, member.login)
    client.sign_in(member)

    page = client.post_page("/account/devices/end-all", {})

    assert "已在所有设备上退出登录" in page.text
    assert (is_in(client.http), is_in(other)) == (False, False)


@pytest.mark.parametrize("n_devices", [1, 30])
def test_list_of_devices_costs_the_same_however_many(
    app: Flask, client: PageClient, member: Member, n_devices: int
) -> None:
    for _ in range(n_devices - 1):
        send_login(app.test_client(), member.login)
    client.sign_in(member)

    with count_queries(app) as sent:
        page = client.get_page("/account")

    assert len(page.select("tbody tr")) == n_devices
    assert len(sent) == 6


def test_database_holds_no_token(client: PageClient, make: Factory, member: Member) -> None:
    client.sign_in(member)
    with client.http.session_transaction() as session:
        token = session["sign_in"]

    with make.session() as session:
        assert token not in session.query(SignIn.token_hash).scalar()
