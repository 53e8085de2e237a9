"""The character NUL is refused wherever a request can carry it, before any database is asked about it."""

import io

import pytest
from flask import Flask

from tests.factories import PASSWORD, Factory
from tests.pages import PageClient


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/sign-in", {"login": "a\x00b", "password": PASSWORD}),
        ("/sign-in", {"login": "a", "password": "\x00"}),
        ("/sign-in?next=%00", {"login": "a", "password": PASSWORD}),
        ("/members", {"na\x00me": "a"}),
    ],
    ids=["login", "password", "address", "name of a field"],
)
def test_form_with_nul_is_refused(app: Flask, make: Factory, path: str, data: dict[str, object]) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    client = PageClient(app)
    client.sign_in(make.member(make.county()))

    assert client.http.post(path, data=data).status_code == 400


@pytest.mark.parametrize("path", ["/tasks?q=%00", "/explain/R1%00", "/schools/%00", "/ledgers/met?%00=1"])
def test_address_with_nul_is_refused(app: Flask, make: Factory, path: str) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    client = PageClient(app)
    client.sign_in(make.member(make.county()))

    assert client.http.get(path).status_code == 400
    assert client.http.get(path.replace("%00", "")).status_code != 400


def test_file_whose_name_has_nul_is_refused(client: PageClient, make: Factory) -> None:
    client.sign_in(make.member(make.county()))

    answer = client.http.post("/plan/new", data={"document": (io.BytesIO("一、目标".encode()), "a\x00.txt")})

    assert answer.status_code == 400
