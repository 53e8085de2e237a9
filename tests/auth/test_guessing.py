"""Guessing passwords: slow for who guesses, without harm for the owner, and telling nothing."""

import re

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from app.auth import views
from app.auth.devices import FREE_BY_ADDRESS, FREE_BY_LOGIN
from app.extensions import db
from tests.auth.people import STRANGER, fail, is_in, send_login
from tests.conftest import NOW
from tests.factories import PASSWORD, Factory
from tests.pages import PageClient


def test_guesses_at_a_login_are_stopped_and_even_the_right_password_waits(app: Flask, make: Factory) -> None:
    member = make.member(make.county())
    assert fail(app, member.login, FREE_BY_LOGIN).status_code == 422

    answer = send_login(app.test_client(), member.login, PASSWORD, environ_overrides=STRANGER)

    assert answer.status_code == 429
    assert "尝试次数过多，请 30 秒后再试。" in answer.text


def test_guesses_from_other_addresses_count_for_the_same_login(app: Flask, make: Factory) -> None:
    member = make.member(make.county())
    for number in range(FREE_BY_LOGIN):
        fail(app, member.login, 1, {"REMOTE_ADDR": f"198.51.100.{number}"})

    assert fail(app, member.login.upper(), 1).status_code == 429


def test_one_address_that_tries_many_logins_is_stopped(app: Flask) -> None:
    for number in range(FREE_BY_ADDRESS):
        assert fail(app, f"nobody{number}", 1).status_code == 422

    assert fail(app, "nobody else", 1).status_code == 429
    assert fail(app, "nobody else", 1, {"REMOTE_ADDR": "198.51.100.7"}).status_code == 422


def test_owner_in_a_known_browser_is_not_kept_out_by_others(app: Flask, make: Factory) -> None:
    member = make.member(make.county())
    browser = app.test_client()
    send_login(browser, member.login)
    browser.post("/sign-out")
    fail(app, member.login, FREE_BY_LOGIN + 1)

    answer = send_login(browser, member.login, environ_overrides={"REMOTE_ADDR": "198.51.100.3"})

    assert answer.status_code == 303


def test_owner_at_a_known_address_is_not_kept_out_by_others(app: Flask, make: Factory) -> None:
    member = make.member(make.county())
    send_login(app.test_client(), member.login)
    fail(app, member.login, FREE_BY_LOGIN + 1)

    assert send_login(app.test_client(), member.login).status_code == 303


def test_known_browser_is_stopped_by_its_own_failures(app: Flask, make: Factory) -> None:
    member = make.member(make.county())
    browser = app.test_client()
    send_login(browser, member.login)

    codes = [send_login(browser, member.login, "wrong").status_code for _ in range(FREE_BY_LOGIN + 1)]

    assert codes == [422] * FREE_BY_LOGIN + [429]


def test_cookie_of_a_known_browser_helps_no_other_account(app: Flask, make: Factory) -> None:
    county_id = make.county()
    mine, other = make.member(county_id), make.member(county_id)
    browser = app.test_client()
    send_login(browser, mine.login, environ_overrides=STRANGER)
    fail(app, other.login, FREE_BY_LOGIN)

    answer = send_login(browser, other.login, environ_overrides=STRANGER)

    assert answer.status_code == 429


@pytest.mark.parametrize("value", ["", "[1]", "WzFd.forged", "\x00", "W" * 3000])
def test_forged_cookie_of_a_known_browser_is_worth_nothing(app: Flask, make: Factory, value: str) -> None:
    member = make.member(make.county())
    fail(app, member.login, FREE_BY_LOGIN)
    browser = app.test_client()
    browser.set_cookie("ledger-device", value)

    assert send_login(browser, member.login, environ_overrides=STRANGER).status_code == 429


@time_machine.travel(NOW, tick=False)
def test_answers_for_unknown_login_and_wrong_password_are_the_same(app: Flask, make: Factory) -> None:
    member = make.member(make.county())
    http = app.test_client()

    known = [send_login(http, member.login, "wrong", environ_overrides=STRANGER) for _ in range(7)]
    unknown = [
        send_login(http, "x" * len(member.login), "wrong", environ_overrides=STRANGER) for _ in range(7)
    ]

    def told(answer):
        text = re.sub(r'(content|value)="Ij[^"]*"|"Ij[^"]*"', "", answer.text)  # tokens of CSRF
        return answer.status_code, text.replace(member.login, "").replace("x" * len(member.login), "")

    assert [told(answer) for answer in known] == [told(answer) for answer in unknown]


def test_unknown_login_costs_a_hash_too_and_no_transaction_is_open_meanwhile(
    app: Flask, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = make.member(make.county())
    seen = []

    def look(kept_hash: str | None, password: str) -> bool:
        seen.append((kept_hash is not None, _can_write(app)))
        return fits(kept_hash, password)

    fits = views.password_fits
    monkeypatch.setattr(views, "password_fits", look)
    send_login(app.test_client(), member.login)
    send_login(app.test_client(), "nobody")

    assert seen == [(True, True), (False, True)]


def test_right_password_after_few_wrong_ones_begins_anew(
    app: Flask, client: PageClient, make: Factory
) -> None:
    member = make.member(make.county())

    for _ in range(3):
        fail(app, member.login, FREE_BY_LOGIN - 1)
        answer = send_login(client.http, member.login, environ_overrides=STRANGER)
        assert answer.status_code == 303

    assert is_in(client.http)


def _can_write(app: Flask) -> bool:
    """Whether another connection gets the lock of writers at once."""
    with app.app_context(), db.engine.connect() as other:
        other.exec_driver_sql("select 1")
        assert other.scalar(sa.select(1)) == 1
    return True
