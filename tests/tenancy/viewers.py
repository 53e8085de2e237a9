"""Everybody who may stand before an address: each role of a county, and those who have no part in it."""

from collections.abc import Mapping

from flask import Flask
from werkzeug.test import TestResponse

from app.auth.passwords import hash_password
from app.models import Account
from plans.actors import Actor, Role
from plans.base import County, new_id
from tests.factories import PASSWORD, Factory, Member
from tests.tenancy.places import Place

# ``above`` oversees the county's prefecture, ``looking`` has entered the county from there; ``suspended`` is
# of the office of a county that the platform has suspended.
ABOVE, LOOKING, ADMIN, SIGNED_OUT, SUSPENDED = "above", "looking", "admin", "signed-out", "suspended"
VIEWERS = [*(role.value for role in Role), ABOVE, LOOKING, ADMIN, SIGNED_OUT, SUSPENDED]
REGION = "990100"
COOKIES = ("ledger", "ledger-device")


class Browser:
    """Brings the cookies of one sign-in to every request, whatever the answers before said about them."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._cookies: dict[str, str] = {}

    def open(self, method: str, path: str, fields: Mapping[str, str] | None = None) -> TestResponse:
        return self._send(method, path, fields)[0]

    def open_and_keep(self, path: str, fields: Mapping[str, str] | None = None) -> None:
        """Post a form, and keep the cookies that come back."""
        answer, cookies = self._send("POST", path, fields)
        assert answer.status_code == 303, answer.text
        self._cookies |= cookies

    def _send(
        self, method: str, path: str, fields: Mapping[str, str] | None
    ) -> tuple[TestResponse, dict[str, str]]:
        http = self._app.test_client()
        for name, value in self._cookies.items():
            http.set_cookie(name, value)
        answer = http.open(path, method=method, data=fields)
        found = {name: http.get_cookie(name) for name in COOKIES}
        return answer, {name: cookie.value for name, cookie in found.items() if cookie}


def arrive(app: Flask, make: Factory, place: Place, viewer: str) -> Browser:
    """The browser of one of them; suspends the county where that is asked for."""
    browser = Browser(app)
    if viewer != SIGNED_OUT:
        member = _member(make, place, viewer)
        browser.open_and_keep("/sign-in", {"login": member.login, "password": PASSWORD})
    if viewer == LOOKING:
        browser.open_and_keep(f"/oversight/counties/{place.keys['county_code']}/enter")
    if viewer == SUSPENDED:
        with make.session() as session:
            session.get_one(County, place.county_id).suspended_at = make.now
    return browser


def _member(make: Factory, place: Place, viewer: str) -> Member:
    if viewer == ADMIN:
        return _operator(make)
    if viewer in (ABOVE, LOOKING):
        make.region(REGION)
        return make.overseer(REGION)
    role = Role.OFFICE if viewer == SUSPENDED else Role(viewer)
    return make.member(place.county_id, role, place.unit_id if role is Role.UNIT else None)


def _operator(make: Factory) -> Member:
    with make.session() as session:
        account = Account(
            id=new_id(),
            login="operator",
            name="平台管理员",
            password_hash=hash_password(PASSWORD),
            is_platform_admin=True,
            created_at=make.now,
        )
        session.add(account)
        return Member(account.login, Actor(account.id, account.name, 0, Role.OFFICE))
