"""Signing in by an identity provider: a real one on this machine, honest and otherwise."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask
from werkzeug.test import TestResponse

from app.auth.duties import SETTING
from app.models.audit import Act
from plans.actors import Role
from plans.base import County
from tests.audit.log import platform_entries
from tests.auth.identity_provider import CLIENT, LIES, SECRET, Provider, serving
from tests.auth.people import account_of, is_in, set_account
from tests.conftest import close_database, open_app
from tests.databases import Database
from tests.factories import PASSWORD, Factory, Member
from tests.hostile.roads import all_rows
from tests.pages import PageClient

BEGIN, OWN = "/sign-in/provider", "/account/provider"
NAME = "示例统一认证"
REFUSED = f"{NAME}没有确认您的身份"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with serving(Provider()) as provider:
        yield provider


@pytest.fixture
def app(database: Database, tmp_path: Path, provider: Provider) -> Iterator[Flask]:
    settings = {"OIDC_ISSUER": provider.issuer, "OIDC_CLIENT_ID": CLIENT, "OIDC_CLIENT_SECRET": SECRET}
    app = open_app(tmp_path, database, OIDC_NAME=NAME, PROPAGATE_EXCEPTIONS=False, **settings)
    yield app
    with app.app_context():
        close_database()


@pytest.fixture
def member(make: Factory) -> Member:
    return make.member(make.county())


@pytest.fixture
def linked(make: Factory, member: Member, provider: Provider) -> Member:
    """Somebody whose account the provider's person-1 opens."""
    set_account(make, member, oidc_issuer=provider.issuer, oidc_subject="person-1")
    return member


def go_there(client: PageClient, path: str = BEGIN) -> str:
    """Begin, and let the provider sign the person in; the address that it sends her back to."""
    there = client.http.get(path)
    assert there.status_code == 303
    back = requests.get(there.location, allow_redirects=False, timeout=5).headers["Location"]
    return urlsplit(back)._replace(scheme="", netloc="").geturl()


def go_and_return(client: PageClient, path: str = BEGIN) -> TestResponse:
    return client.http.get(go_there(client, path))


def words_after(client: PageClient) -> str:
    return client.http.get("/sign-in").text


def entries(app: Flask, act: str) -> list[object]:
    rows = all_rows(app)
    return [row for table in ("audit_entry", "platform_entry") for row in rows[table] if act in map(str, row)]


def test_linked_person_is_signed_in(app: Flask, client: PageClient, linked: Member) -> None:
    answer = go_and_return(client, f"{BEGIN}?next=/tasks")

    assert (answer.status_code, answer.location) == (303, "/tasks")
    assert is_in(client.http)
    assert "{'why': 'provider'}" in str(entries(app, "Act.SIGN_IN") or entries(app, "sign_in"))


def test_account_is_linked_after_the_password_and_unlinked(
    client: PageClient, make: Factory, member: Member, provider: Provider
) -> None:
    client.sign_in(member)
    early = client.http.get(f"{OWN}/go")
    wrong = client.post_page(OWN, {"password": "wrong"}, 422)
    page = client.post_page(OWN, {"password": PASSWORD})
    answer = go_and_return(client, page.select_one(".card .btn-primary")["href"])
    account = account_of(make, member)
    client.post_page(f"{OWN}/drop", {"password": PASSWORD})

    assert (early.location, answer.location) == (OWN, "/account")
    assert "密码不正确" in wrong.text
    assert (account.oidc_issuer, account.oidc_subject) == (provider.issuer, "person-1")
    assert account_of(make, member).oidc_subject is None
    told = [one for one in platform_entries(make, Act.ROLE) if "oidc_subject" in (one.after or {})]
    assert [one.account_id for one in told] == [member.actor.user_id]


def test_identity_of_another_account_is_not_linked(client: PageClient, make: Factory, linked: Member) -> None:
    other = make.member(linked.actor.county_id)
    client.sign_in(other)
    client.post_page(OWN, {"password": PASSWORD})

    go_and_return(client, f"{OWN}/go")

    assert "已经关联了另一个账号" in client.get_page(OWN).text
    assert account_of(make, other).oidc_subject is None
    assert account_of(make, linked).oidc_subject == "person-1"


def test_browser_is_sent_with_challenge_state_and_nonce(client: PageClient, provider: Provider) -> None:
    there = [client.http.get(BEGIN).location for _ in range(2)]

    asked = [{name: value[0] for name, value in parse_qs(urlsplit(one).query).items()} for one in there]
    assert asked[0]["code_challenge_method"] == "S256"
    assert asked[0]["redirect_uri"] == "http://localhost/sign-in/provider/back"
    assert (asked[0]["response_type"], asked[0]["scope"]) == ("code", "openid")
    for name in ("code_challenge", "state", "nonce"):
        assert len(asked[0][name]) >= 20
        assert asked[0][name] != asked[1][name]


def test_what_proves_nothing_lets_nobody_in(
    app: Flask, client: PageClient, linked: Member, provider: Provider
) -> None:
    honest, said = dict(vars(provider)), {}
    for lie, changes in LIES.items():
        vars(provider).update({**honest, **changes})
        browser = PageClient(app)
        answer = go_and_return(browser)
        said[lie] = answer.location, REFUSED in words_after(browser), is_in(browser.http)

    assert {lie: one for lie, one in said.items() if one != ("/sign-in", True, False)} == {}
    vars(provider).update(honest)
    assert go_and_return(client).location == "/", "with the truth it would have been let in"


@pytest.mark.parametrize(
    "metadata", [{"issuer": "https://evil.example"}, {"authorization_endpoint": None}, {"issuer": None}]
)
def test_provider_that_describes_itself_wrongly_is_not_gone_to(
    client: PageClient, provider: Provider, metadata: dict[str, object]
) -> None:
    provider.metadata = metadata

    assert client.http.get(BEGIN).location == "/sign-in"
    assert "没有确认您的身份" in words_after(client)


@pytest.mark.parametrize("query", ["", "?code=code-0", "?code=code-0&state=forged", "?error=access_denied"])
def test_return_without_the_state_of_this_browser_is_refused(
    client: PageClient, linked: Member, query: str
) -> None:
    go_there(client)

    answer = client.http.get(f"{BEGIN}/back{query}")

    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert not is_in(client.http)


def test_return_of_another_browser_and_a_second_return_are_refused(
    app: Flask, client: PageClient, linked: Member
) -> None:
    back, other = go_there(client), PageClient(app)
    other.http.get(BEGIN)

    assert other.http.get(back).location == "/sign-in"
    assert not is_in(other.http)
    assert client.http.get(back).location == "/"
    client.http.post("/sign-out")
    assert client.http.get(back).location == "/sign-in"
    assert not is_in(client.http)


def test_unknown_person_is_told_how_to_link(
    app: Flask, client: PageClient, linked: Member, provider: Provider
) -> None:
    provider.subject = "person-2"
    provider.claims = {"email": linked.login, "preferred_username": linked.login}

    go_and_return(client)

    assert "该身份还没有关联本系统的账号" in words_after(client)
    assert not is_in(client.http)
    assert len(entries(app, "sign_in_failed")) == 1


def test_disabled_account_stays_outside(client: PageClient, make: Factory, linked: Member) -> None:
    set_account(make, linked, is_enabled=False)

    go_and_return(client)

    assert "该账号已停用" in words_after(client)
    assert not is_in(client.http)


def test_provider_that_is_down_is_told_in_words(
    client: PageClient, linked: Member, provider: Provider
) -> None:
    back = go_there(client)
    with serving(Provider()) as gone:
        pass
    client.http.application.extensions["authlib.integrations.flask_client"].create_client(
        "provider"
    ).server_metadata["token_endpoint"] = f"{gone.issuer}/token"

    answer = client.http.get(back)

    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert f"{NAME}暂时连不上" in words_after(client)
    assert not is_in(client.http)


@pytest.mark.parametrize(("is_trusted", "leads_to"), [(False, "/sign-in/code"), (True, "/")])
def test_second_factor_is_asked_for_unless_the_provider_sees_to_it(
    app: Flask, client: PageClient, make: Factory, linked: Member, is_trusted: bool, leads_to: str
) -> None:
    app.config["OIDC_SECOND_FACTOR"] = is_trusted
    set_account(make, linked, second_factor_at=make.now)

    assert go_and_return(client).location == leads_to
    assert is_in(client.http) is is_trusted


@pytest.mark.parametrize(("is_trusted", "status"), [(False, 303), (True, 200)])
def test_county_that_requires_a_second_factor_gets_one(
    app: Flask, client: PageClient, make: Factory, provider: Provider, is_trusted: bool, status: int
) -> None:
    app.config["OIDC_SECOND_FACTOR"] = is_trusted
    leader = make.member(make.county(), Role.LEADER)
    set_account(make, leader, oidc_issuer=provider.issuer, oidc_subject="person-1")
    with make.session() as session:
        session.get(County, leader.actor.county_id).settings = {SETTING: True}

    go_and_return(client)

    assert client.http.get("/tasks").status_code == status


def test_link_goes_when_the_office_gives_a_new_password(
    client: PageClient, make: Factory, linked: Member
) -> None:
    client.sign_in(make.member(linked.actor.county_id))
    with make.session(linked.actor.county_id) as session:
        from app.models import Membership

        key = session.query(Membership).filter_by(account_id=linked.actor.user_id).one().id

    client.post_page(f"/members/{key}/access/password", {})

    assert account_of(make, linked).oidc_subject is None


def test_no_provider_no_button_and_no_pages(app: Flask, client: PageClient, member: Member) -> None:
    seen = f"用{NAME}登录" in words_after(client)
    app.config["OIDC_ISSUER"] = ""
    client.sign_in(member)

    assert seen
    assert f"用{NAME}登录" not in PageClient(app).http.get("/sign-in").text
    assert NAME not in client.http.get("/account").text
    for path in (BEGIN, f"{BEGIN}/back", OWN, f"{OWN}/go"):
        assert client.http.get(path).status_code == 404
