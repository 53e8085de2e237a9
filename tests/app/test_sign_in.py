"""Signing in."""

from flask import Flask

from tests.factories import PASSWORD, Factory
from tests.pages import PageClient


def test_page_without_sign_in_leads_to_sign_in(client: PageClient) -> None:
    answer = client.http.get("/tasks")

    assert (answer.status_code, answer.location) == (302, "/sign-in?next=%2Ftasks")


def test_sign_in_with_wrong_password_is_refused(client: PageClient, make: Factory) -> None:
    member = make.member(make.county())

    answer = client.http.post("/sign-in", data={"login": member.login, "password": "wrong"})

    assert answer.status_code == 422
    assert "用户名或密码不正确" in answer.text


def test_sign_in_never_leads_to_another_site(client: PageClient, make: Factory) -> None:
    member = make.member(make.county())

    answer = client.http.post(
        "/sign-in?next=//evil.example", data={"login": member.login, "password": PASSWORD}
    )

    assert (answer.status_code, answer.location) == (303, "/")


def test_account_without_any_county_sees_nothing(app: Flask, client: PageClient, make: Factory) -> None:
    from app.extensions import db
    from app.models import Membership

    member = make.member(make.county())
    with make.session(member.actor.county_id) as session:
        session.delete(session.query(Membership).one())

    client.sign_in(member)

    assert db and client.http.get("/tasks").status_code == 403
