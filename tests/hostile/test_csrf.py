"""A request that changes something needs the token of the session, on every address."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.factories import PASSWORD, Member
from tests.hostile.roads import all_rows, path_to, rules
from tests.pages import PageClient
from tests.tenancy.places import Place


def token_on(page: str) -> str:
    return BeautifulSoup(page, "html.parser").select_one("meta[name=csrf-token]")["content"]


@pytest.fixture
def guarded(app: Flask, office: Member) -> PageClient:
    """A browser of the office; CSRF is checked."""
    app.config["WTF_CSRF_ENABLED"] = True
    client = PageClient(app)
    data = {"login": office.login, "password": PASSWORD}
    answer = client.http.post(
        "/sign-in", data={**data, "csrf_token": token_on(client.http.get("/sign-in").text)}
    )
    assert answer.status_code == 303
    return client


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HX-Request": "true"},
        {"X-CSRFToken": "forged"},
        {"HX-Request": "true", "X-CSRFToken": "IjEi.aaaaaa.bbbbbbbb"},
        {"Content-Type": "application/json"},
        {"Content-Type": "text/plain"},
    ],
    ids=str,
)
def test_no_address_changes_anything_without_the_token(
    app: Flask, guarded: PageClient, place: Place, headers: dict[str, str]
) -> None:
    before = all_rows(app)
    posts = [path_to(rule, place) for rule in rules(app, "POST")]

    answers = {path: guarded.http.post(path, data=b"", headers=headers).status_code for path in posts}

    assert len(posts) > 60
    assert {path: status for path, status in answers.items() if status != 400} == {}
    assert all_rows(app) == before


def test_token_of_another_session_is_refused(app: Flask, guarded: PageClient) -> None:
    strange = token_on(app.test_client().get("/sign-in").text)

    answer = guarded.http.post("/account/devices/end-all", data={"csrf_token": strange})

    assert answer.status_code == 400
    assert "本次操作没有保存" in answer.text
    assert guarded.http.get("/account").status_code == 200


def test_token_of_before_sign_in_is_refused_afterwards(app: Flask, office: Member) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    http = app.test_client()
    early = token_on(http.get("/sign-in").text)
    http.post("/sign-in", data={"login": office.login, "password": PASSWORD, "csrf_token": early})

    assert http.post("/account/devices/end-all", data={"csrf_token": early}).status_code == 400


def test_token_in_the_header_of_htmx_is_taken(guarded: PageClient) -> None:
    token = token_on(guarded.http.get("/account").text)

    answer = guarded.http.post(
        "/account/devices/end-all", headers={"HX-Request": "true", "X-CSRFToken": token}
    )

    assert answer.status_code == 303
