"""What tests of signing in do over and over."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.models import Account
from tests.factories import PASSWORD, Factory, Member

STRANGER = {"REMOTE_ADDR": "203.0.113.9"}
GOOD = "seven quiet otters paddle"


def send_login(http: FlaskClient, login: str, password: str = PASSWORD, **options: Any) -> TestResponse:
    """Send the sign-in form."""
    return http.post("/sign-in", data={"login": login, "password": password}, **options)


def fail(app: Flask, login: str, times: int, environ: dict[str, str] = STRANGER) -> TestResponse:
    """Try a wrong password from elsewhere; the last answer."""
    for _ in range(times):
        answer = send_login(app.test_client(), login, "wrong", environ_overrides=environ)
    return answer


def is_in(http: FlaskClient) -> bool:
    """Whether the browser is signed in."""
    return http.get("/account").status_code == 200


def account_of(make: Factory, member: Member) -> Account:
    """The account as it is now."""
    with make.session() as session:
        account = session.get(Account, member.actor.user_id)
        session.expunge(account)
        return account


def set_account(make: Factory, member: Member, **values: Any) -> None:
    """Change columns of the account."""
    with make.session() as session:
        account = session.get(Account, member.actor.user_id)
        for name, value in values.items():
            setattr(account, name, value)
