"""Who is signed in and refused leaves a line of the program's log, with nothing secret in it."""

import logging

import pytest

from plans.actors import Role
from tests.factories import PASSWORD, Factory, Member
from tests.pages import PageClient

TOKEN = "k" * 43


@pytest.fixture
def unit(make: Factory) -> Member:
    return make.member(make.county(), Role.UNIT)


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.WARNING, "app.errors")
    return caplog


@pytest.mark.parametrize(
    ("path", "status", "written"),
    [
        ("/members", 403, "/members"),
        ("/tasks/99?q=words", 404, "/tasks/99"),
        ("/no/such/page", 404, "/no/such/page"),
        ("/no%0aRefused with 403", 404, "/no%0ARefused%20with%20403"),
        (f"/invitations/990001/{TOKEN}", 404, "/invitations/990001/*"),
        (f"/invitations/990001/{TOKEN}/", 404, "/invitations/990001/*/"),
    ],
)
def test_refusal_names_account_method_path_and_address(
    client: PageClient, unit: Member, lines: pytest.LogCaptureFixture, path: str, status: int, written: str
) -> None:
    client.sign_in(unit)

    answer = client.http.get(path)

    assert answer.status_code == status
    told = f"Refused with {status}: account {unit.actor.user_id}, GET {written}, from 127.0.0.1"
    assert lines.messages == [told]


def test_refused_form_writes_none_of_its_fields(
    client: PageClient, unit: Member, lines: pytest.LogCaptureFixture
) -> None:
    client.sign_in(unit)

    answer = client.http.post("/members/1/end", data={"password": PASSWORD, "note": "words"})

    assert answer.status_code in (403, 404)
    [line] = lines.messages
    assert f"account {unit.actor.user_id}, POST /members/1/end, from 127.0.0.1" in line
    assert PASSWORD not in line
    assert "words" not in line


def test_nobody_signed_in_and_nothing_refused_leave_no_line(
    client: PageClient, unit: Member, lines: pytest.LogCaptureFixture
) -> None:
    assert client.http.get("/no/such/page").status_code == 404
    client.sign_in(unit)
    assert client.http.get("/tasks").status_code == 200

    assert lines.messages == []
