"""Changing one's own password, by choice or because somebody else knows it."""

import pytest
from flask import Flask

from app.auth.own_account import FREE_PROOFS
from tests.auth.people import GOOD, account_of, is_in, send_login, set_account
from tests.factories import PASSWORD, Factory, Member
from tests.pages import PageClient

CHANGE = {"old": PASSWORD, "new": GOOD, "again": GOOD}


@pytest.fixture
def member(make: Factory) -> Member:
    return make.member(make.county("甲县（示例）"))


def test_password_is_changed_and_other_devices_are_out(
    app: Flask, client: PageClient, member: Member
) -> None:
    other = app.test_client()
    send_login(other, member.login)
    client.sign_in(member)

    page = client.post_page("/account/password", CHANGE)

    assert "密码已更换，其他设备上的登录已退出。" in page.text
    assert (is_in(client.http), is_in(other)) == (True, False)
    assert send_login(other, member.login).status_code == 422
    assert send_login(other, member.login, GOOD).status_code == 303


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"old": "wrong"}, "密码不正确，请重新输入"),
        ({"again": GOOD + "!"}, "两次输入的新密码不一致"),
        ({"new": "short", "again": "short"}, "密码至少 12 个字符，现在是 5 个"),
        ({"new": "甲县甲县甲县2029年甲县", "again": "甲县甲县甲县2029年甲县"}, "容易被猜到"),
        ({"new": PASSWORD, "again": PASSWORD}, "新密码不能与现在的密码相同"),
        ({"old": ""}, "请填写现在的密码"),
    ],
)
def test_change_is_refused_with_words(
    client: PageClient, make: Factory, member: Member, change: dict[str, str], words: str
) -> None:
    client.sign_in(member)
    before = account_of(make, member).password_hash

    page = client.post_page("/account/password", {**CHANGE, **change}, status=422)

    assert words in page.text
    assert account_of(make, member).password_hash == before


def test_guesses_at_the_old_password_are_stopped(client: PageClient, member: Member) -> None:
    client.sign_in(member)
    for _ in range(FREE_PROOFS):
        client.post_page("/account/password", {**CHANGE, "old": "wrong"}, status=422)

    page = client.post_page("/account/password", CHANGE, status=422)

    assert "尝试次数过多，请 30 秒后再试。" in page.text


def test_password_given_by_somebody_else_is_changed_before_anything(
    client: PageClient, make: Factory, member: Member
) -> None:
    set_account(make, member, must_change=True)
    client.sign_in(member)

    page = client.get_page("/tasks")
    part = client.http.get("/tasks", headers={"HX-Request": "true"})
    act = client.http.post("/account/devices/end-all")

    assert page.h1.text == "请先换成您自己的密码"
    assert (part.status_code, part.headers["HX-Redirect"]) == (204, "/account/password")
    assert (act.status_code, act.location) == (303, "/account/password")
    assert client.post_page("/account/password", CHANGE).h1.text != page.h1.text
    assert not account_of(make, member).must_change


def test_person_who_must_change_can_leave(client: PageClient, make: Factory, member: Member) -> None:
    set_account(make, member, must_change=True)
    client.sign_in(member)

    assert client.http.post("/sign-out").location == "/sign-in"


def test_hash_of_another_cost_is_renewed_at_sign_in(
    app: Flask, client: PageClient, make: Factory, member: Member
) -> None:
    before = account_of(make, member).password_hash
    client.sign_in(member)
    assert account_of(make, member).password_hash == before

    app.config["ARGON2_TIME_COST"] = 2
    client.sign_in(member)

    after = account_of(make, member).password_hash
    assert (",t=1," in before, ",t=2," in after) == (True, True)
    client.sign_in(member)
    assert account_of(make, member).password_hash == after


def test_account_without_a_password_is_opened_by_none(
    client: PageClient, make: Factory, member: Member
) -> None:
    set_account(make, member, password_hash="!")

    assert send_login(client.http, member.login, "!").status_code == 422
