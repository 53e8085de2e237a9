"""Headers and cookies of every kind of answer; error pages that tell nothing; hosts and proxies."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.architecture.source import ROOT
from tests.conftest import close_database, open_app
from tests.databases import Database
from tests.factories import PASSWORD, Member
from tests.hostile.roads import all_rows
from tests.pages import PageClient
from tests.tenancy.places import Place

PATHS = [
    "/sign-in",
    "/",
    "/account",
    "/tasks",
    "/tasks.xlsx",
    "/no-such-page",
    "/sign-in/code",
    "/static/css/app.css",
    "/static/no-such-file",
    "/tasks/1/acts/comment",  # not to be opened: 405
]
WANTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}


@pytest.fixture
def secure(database: Database, tmp_path: Path) -> Iterator[Flask]:
    """The application as it stands behind a proxy with HTTPS."""
    secure = open_app(tmp_path, database, HTTPS=True, PROXIES=1, TRUSTED_HOSTS=["ledger.example"])
    yield secure
    with secure.app_context():
        close_database()


def behind_proxy(http, path: str, **options):
    forwarded = {
        "X-Forwarded-For": "192.0.2.7",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "ledger.example",
    }
    return http.open(path, headers={**forwarded, **options.pop("headers", {})}, **options)


@pytest.mark.parametrize("path", PATHS)
def test_every_kind_of_answer_has_the_headers(signed_in: PageClient, path: str) -> None:
    with signed_in.http.get(path) as answer:
        headers = answer.headers

    policy = headers["Content-Security-Policy"]
    assert {name: headers.get(name) for name in WANTED} == WANTED
    assert "camera=()" in headers["Permissions-Policy"]
    assert "unsafe" not in policy
    assert {"script-src 'self'", "object-src 'none'", "frame-ancestors 'none'"} <= set(policy.split("; "))
    assert ("no-store" in headers["Cache-Control"]) is not path.startswith("/static/css")
    assert "Server" not in headers or "Python" not in headers["Server"]


def test_broken_page_has_the_headers_and_tells_nothing(
    app: Flask, signed_in: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_values: object) -> None:
        raise RuntimeError("select password_hash from account at /srv/ledger")

    monkeypatch.setitem(app.view_functions, "auth.account", broken)

    answer = signed_in.http.get("/account")

    assert answer.status_code == 500
    assert {name: answer.headers.get(name) for name in WANTED} == WANTED
    for word in ("RuntimeError", "password_hash", "/srv", "Traceback", "Werkzeug"):
        assert word not in answer.text


def test_service_is_never_in_debug_mode(app: Flask) -> None:
    assert (app.debug, app.config["DEBUG"]) == (False, False)
    assert "debug" not in (ROOT / "wsgi.py").read_text() + (ROOT / "Makefile").read_text()


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(app: Flask, office: Member) -> None:
    answer = app.test_client().post("/sign-in", data={"login": office.login, "password": PASSWORD})

    cookies = answer.headers.getlist("Set-Cookie")
    assert sorted(cookie.split("=")[0] for cookie in cookies) == ["ledger", "ledger-device"]
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)


def test_cookies_over_https_belong_to_this_host_only(secure: Flask, office: Member) -> None:
    answer = behind_proxy(
        secure.test_client(), "/sign-in", method="POST", data={"login": office.login, "password": PASSWORD}
    )

    cookies = answer.headers.getlist("Set-Cookie")
    assert sorted(cookie.split("=")[0] for cookie in cookies) == ["__Host-ledger", "__Host-ledger-device"]
    assert all("Secure" in cookie and "Path=/" in cookie and "Domain" not in cookie for cookie in cookies)
    assert "max-age=31556926" in answer.headers["Strict-Transport-Security"]


def test_plain_http_is_led_to_https(secure: Flask) -> None:
    answer = behind_proxy(secure.test_client(), "/sign-in", headers={"X-Forwarded-Proto": "http"})

    assert (answer.status_code, answer.location) == (302, "https://ledger.example/sign-in")


@pytest.mark.parametrize(
    "host", ["evil.example", "ledger.example.evil.example", "", "a b", "ledger.example@evil"]
)
def test_strange_host_is_refused(secure: Flask, host: str) -> None:
    answer = behind_proxy(secure.test_client(), "/sign-in", headers={"X-Forwarded-Host": host, "Host": host})

    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_address_of_a_person_is_what_the_own_proxy_says(secure: Flask, office: Member) -> None:
    http, forged = secure.test_client(), "203.0.113.66, 192.0.2.7"
    behind_proxy(
        http,
        "/sign-in",
        method="POST",
        data={"login": office.login, "password": PASSWORD},
        headers={"X-Forwarded-For": forged},
    )

    assert _addresses(secure, office) == ["192.0.2.7"]


def test_address_told_by_the_sender_is_not_believed_without_proxies(app: Flask, office: Member) -> None:
    app.test_client().post(
        "/sign-in",
        data={"login": office.login, "password": PASSWORD},
        headers={"X-Forwarded-For": "203.0.113.66"},
    )

    assert _addresses(app, office) == ["127.0.0.1"]


def test_evidence_is_handed_out_as_a_file_that_nobody_runs(signed_in: PageClient, place: Place) -> None:
    with signed_in.http.get(f"/evidence/{place.keys['evidence_id']}") as answer:
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_kept_files_lie_outside_of_what_is_served(app: Flask) -> None:
    kept, served = Path(app.config["FILES"]).resolve(), Path(app.static_folder).resolve()

    assert served not in [kept, *kept.parents]
    assert [path for path in kept.rglob("*") if path.is_file() and len(path.name) != 64] == []
    assert any(path.is_file() for path in kept.rglob("*"))


def _addresses(app: Flask, member: Member) -> list[object]:
    """Where the register of sign-ins says that somebody came from."""
    return [row[3] for row in all_rows(app)["sign_in"] if row[1] == member.actor.user_id]
