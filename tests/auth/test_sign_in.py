"""Signing in."""

import pytest

from app.models import Membership
from tests.factories import PASSWORD, Factory
from tests.pages import PageClient


def test_page_without_sign_in_leads_to_sign_in(client: PageClient) -> None:
    answer = client.http.get("/tasks")

    assert (answer.status_code, answer.location) == (302, "/sign-in?next=/tasks")


def test_sign_in_with_wrong_password_is_refused(client: PageClient, make: Factory) -> None:
    member = make.member(make.county())

    answer = client.http.post("/sign-in", data={"login": member.login, "password": "wrong"})

    assert answer.status_code == 422
    assert "用户名或密码不正确" in answer.text


@pytest.mark.parametrize(
    "address",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "/\n/evil.example"],
)
def test_sign_in_with_an_address_elsewhere_leads_home(
    client: PageClient, make: Factory, address: str
) -> None:
    member = make.member(make.county())

    answer = client.http.post(
        "/sign-in", query_string={"next": address}, data={"login": member.login, "password": PASSWORD}
    )

    assert (answer.status_code, answer.location) == (303, "/")


def test_part_without_sign_in_sends_the_whole_page_to_sign_in(client: PageClient) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/tasks?state=working"}

    answer = client.http.get("/tasks", headers=headers)

    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/tasks?state%3Dworking"


def test_options_without_sign_in_leads_to_sign_in(client: PageClient) -> None:
    answer = client.http.options("/tasks")

    assert (answer.status_code, answer.location) == (302, "/sign-in")


def test_account_without_any_county_can_leave(client: PageClient, make: Factory) -> None:
    member = make.member(make.county())
    with make.session(member.actor.county_id) as session:
        session.delete(session.query(Membership).one())
    client.sign_in(member)

    answer = client.http.post("/sign-out")

    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert client.http.get("/tasks").location == "/sign-in?next=/tasks"


def test_account_without_any_county_sees_nothing(client: PageClient, make: Factory) -> None:
    member = make.member(make.county())
    with make.session(member.actor.county_id) as session:
        session.delete(session.query(Membership).one())

    client.sign_in(member)

    assert client.http.get("/tasks").status_code == 403


def test_answer_for_a_picture_never_puts_an_older_session_back(client: PageClient, make: Factory) -> None:
    client.sign_in(make.member(make.county()))

    with client.http.get("/static/img/logo.svg") as answer:
        told = answer.status_code, answer.headers.get("Set-Cookie")

    assert told == (200, None)
