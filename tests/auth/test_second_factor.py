"""The second factor: set up, asked for at sign-in, codes used once, recovery codes, required by a county."""

from datetime import timedelta

import pyotp
import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from app.auth.second_factor import FREE_CODES, N_CODES
from app.models import Membership, RecoveryCode, SecondFactor
from plans.actors import Role
from plans.base import County
from tests.auth.people import account_of, is_in, send_login, set_account
from tests.conftest import NOW
from tests.factories import PASSWORD, Factory, Member
from tests.pages import PageClient

FACTOR = "/account/second-factor"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def member(clock, make: Factory) -> Member:
    return make.member(make.county())


def set_up(client: PageClient) -> tuple[pyotp.TOTP, BeautifulSoup]:
    """Set the second factor up; the telephone, and the page of recovery codes."""
    page = client.post_page(FACTOR, {"password": PASSWORD})
    phone = pyotp.TOTP(page.select_one(".factor-key").text)
    return phone, client.post_page(f"{FACTOR}/confirm", {"code": code_of(phone)})


def code_of(phone: pyotp.TOTP, steps: int = 0) -> str:
    import time

    return phone.generate_otp(int(time.time()) // 30 + steps)


@pytest.fixture
def phone(client: PageClient, clock, member: Member) -> pyotp.TOTP:
    """The telephone of somebody whose second factor is set up, half a minute later, signed out."""
    client.sign_in(member)
    phone, _page = set_up(client)
    client.http.post("/sign-out")
    clock.shift(timedelta(seconds=60))
    return phone


def test_sign_in_asks_for_the_code_after_the_password(
    client: PageClient, member: Member, phone: pyotp.TOTP
) -> None:
    first = client.http.post("/sign-in?next=/tasks", data={"login": member.login, "password": PASSWORD})
    between = is_in(client.http)
    second = client.http.post("/sign-in/code", data={"code": code_of(phone)})

    assert (first.status_code, first.location, between) == (303, "/sign-in/code", False)
    assert (second.status_code, second.location) == (303, "/tasks")
    assert is_in(client.http)


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 303), (0, 303), (1, 303), (2, 422)])
def test_code_of_a_clock_half_a_minute_off_is_taken(
    client: PageClient, clock, member: Member, phone: pyotp.TOTP, steps: int, status: int
) -> None:
    clock.shift(timedelta(minutes=5))
    send_login(client.http, member.login)

    assert client.http.post("/sign-in/code", data={"code": code_of(phone, steps)}).status_code == status


def test_code_is_good_once(app: Flask, client: PageClient, member: Member, phone: pyotp.TOTP) -> None:
    code = code_of(phone)
    send_login(client.http, member.login)
    assert client.http.post("/sign-in/code", data={"code": code}).status_code == 303

    other = app.test_client()
    send_login(other, member.login)
    for older in (code, code_of(phone, -1)):
        assert other.post("/sign-in/code", data={"code": older}).status_code == 422
    assert other.post("/sign-in/code", data={"code": code_of(phone, 1)}).status_code == 303


def test_code_of_the_setup_does_not_sign_in(client: PageClient, member: Member) -> None:
    client.sign_in(member)
    phone, _page = set_up(client)
    client.http.post("/sign-out")
    send_login(client.http, member.login)

    assert client.http.post("/sign-in/code", data={"code": code_of(phone)}).status_code == 422


@pytest.mark.parametrize("code", ["", "000000", "abc", "１２３４５６", "9" * 41, "-" * 16])
def test_wrong_code_is_refused(client: PageClient, member: Member, phone: pyotp.TOTP, code: str) -> None:
    send_login(client.http, member.login)

    assert client.http.post("/sign-in/code", data={"code": code}).status_code == 422
    assert not is_in(client.http)


def test_guesses_at_codes_are_stopped_in_every_browser(app: Flask, member: Member, phone: pyotp.TOTP) -> None:
    for _ in range(FREE_CODES):
        http = app.test_client()
        send_login(http, member.login)
        assert http.post("/sign-in/code", data={"code": "000000"}).status_code == 422

    assert http.post("/sign-in/code", data={"code": code_of(phone)}).status_code == 429


def test_code_without_or_long_after_the_password_is_refused(
    client: PageClient, clock, member: Member, phone: pyotp.TOTP
) -> None:
    assert client.http.post("/sign-in/code", data={"code": code_of(phone)}).location == "/sign-in"
    send_login(client.http, member.login)
    clock.shift(timedelta(minutes=5))

    assert client.http.post("/sign-in/code", data={"code": code_of(phone)}).location == "/sign-in"
    assert client.http.get("/sign-in/code").status_code == 303


def test_account_switched_off_between_the_steps_stays_out(
    client: PageClient, make: Factory, member: Member, phone: pyotp.TOTP
) -> None:
    send_login(client.http, member.login)
    set_account(make, member, is_enabled=False)

    client.http.post("/sign-in/code", data={"code": code_of(phone)})

    assert not is_in(client.http)


def test_recovery_codes_are_shown_once_and_each_works_once(
    client: PageClient, make: Factory, member: Member
) -> None:
    client.sign_in(member)
    _phone, page = set_up(client)
    codes = [code.text for code in page.select(".codes code")]
    client.http.post("/sign-out")

    statuses = []
    for code in (codes[0], codes[0], codes[1].upper().replace("-", " ")):
        send_login(client.http, member.login)
        statuses.append(client.http.post("/sign-in/code", data={"code": code}).status_code)

    assert len(set(codes)) == N_CODES
    assert statuses == [303, 422, 303]
    assert codes[2] not in client.get_page(FACTOR).text
    assert f"还有 {N_CODES - 2} 个恢复码可用" in client.get_page(FACTOR).text


def test_recovery_codes_of_another_person_are_worth_nothing(
    app: Flask, client: PageClient, make: Factory, member: Member, phone: pyotp.TOTP
) -> None:
    other = make.member(member.actor.county_id)
    theirs = PageClient(app)
    theirs.sign_in(other)
    _phone, page = set_up(theirs)
    send_login(client.http, member.login)

    answer = client.http.post("/sign-in/code", data={"code": page.select_one(".codes code").text})

    assert answer.status_code == 422


def test_new_recovery_codes_replace_the_old(client: PageClient, make: Factory, member: Member) -> None:
    client.sign_in(member)
    _phone, page = set_up(client)

    renewed = client.post_page(f"{FACTOR}/codes", {"password": PASSWORD})

    old, new = ({code.text for code in shown.select(".codes code")} for shown in (page, renewed))
    assert len(new) == N_CODES
    assert old & new == set()
    with make.session() as session:
        assert session.query(RecoveryCode).count() == N_CODES


def test_database_holds_neither_secret_nor_codes(client: PageClient, make: Factory, member: Member) -> None:
    client.sign_in(member)
    phone, page = set_up(client)

    with make.session() as session:
        kept = session.query(SecondFactor.totp_secret).scalar()
        hashes = {row.code_hash for row in session.query(RecoveryCode)}
    assert phone.secret not in kept
    assert hashes & {code.text for code in page.select(".codes code")} == set()


@pytest.mark.parametrize("path", ["", "/codes", "/drop"])
def test_change_of_the_second_factor_needs_the_password(
    client: PageClient, make: Factory, member: Member, path: str
) -> None:
    client.sign_in(member)
    if path:
        set_up(client)
    before = account_of(make, member).second_factor_at

    page = client.post_page(FACTOR + path, {"password": "wrong"}, status=422)

    assert "密码不正确，请重新输入。" in page.text
    assert account_of(make, member).second_factor_at == before


def test_second_factor_in_use_cannot_be_replaced_unseen(client: PageClient, member: Member) -> None:
    client.sign_in(member)
    set_up(client)

    assert client.http.post(FACTOR, data={"password": PASSWORD}).status_code == 409
    assert client.http.get(f"{FACTOR}/picture.svg").status_code == 404


def test_picture_holds_the_address_and_is_kept_by_nobody(client: PageClient, member: Member) -> None:
    client.sign_in(member)
    client.post_page(FACTOR, {"password": PASSWORD})

    answer = client.http.get(f"{FACTOR}/picture.svg")

    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("image/svg+xml", "no-store")
    assert answer.text.startswith("<svg")


def test_switched_off_second_factor_is_asked_for_no_more(
    client: PageClient, make: Factory, member: Member
) -> None:
    client.sign_in(member)
    set_up(client)

    client.post_page(f"{FACTOR}/drop", {"password": PASSWORD})
    client.http.post("/sign-out")
    client.sign_in(member)

    assert is_in(client.http)
    with make.session() as session:
        assert (session.query(SecondFactor).count(), session.query(RecoveryCode).count()) == (0, 0)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("is_asked", [True, False])
def test_county_asks_those_who_decide_for_a_second_factor(
    client: PageClient, make: Factory, role: Role, is_asked: bool
) -> None:
    county_id = make.county()
    with make.session() as session:
        session.get(County, county_id).settings = {"second_factor_required": is_asked}
    unit_id = make.unit(county_id) if role is Role.UNIT else None
    client.sign_in(make.member(county_id, role, unit_id))

    page = client.get_page("/versions")

    asked = page.h1.text == "请先设置二次验证"
    assert asked is (is_asked and role in (Role.LEADER, Role.OVERSEER, Role.OFFICE))


def test_person_who_must_set_it_up_can_and_then_goes_on(
    client: PageClient, make: Factory, member: Member
) -> None:
    with make.session() as session:
        session.get(County, member.actor.county_id).settings = {"second_factor_required": True}
    client.sign_in(member)

    set_up(client)

    assert client.get_page("/versions").h1.text != "请先设置二次验证"


@pytest.mark.parametrize("is_asked", [True, False])
def test_operator_asks_platform_admins_for_a_second_factor(
    app: Flask, client: PageClient, make: Factory, member: Member, is_asked: bool
) -> None:
    app.config["ADMIN_SECOND_FACTOR"] = is_asked
    with make.session(member.actor.county_id) as session:
        session.query(Membership).one().role = Role.SUPERVISOR
    set_account(make, member, is_platform_admin=True)
    client.sign_in(member)

    assert (client.get_page("/versions").h1.text == "请先设置二次验证") is is_asked
