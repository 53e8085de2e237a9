"""A county is erased after a waiting time only, whole, and nothing else with it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from app.audit.chains import PLATFORM
from app.audit.verifying import verify
from app.models import Account, CountyStanding, Membership, Oversight
from app.models.audit import Act
from plans.actors import Role
from plans.base import County
from tests.admin.test_counties import code_of
from tests.audit.log import check, platform_entries
from tests.conftest import NOW
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.tenancy.conftest import rows_of
from tests.tenancy.places import Place, fill

LATER = NOW + timedelta(days=30)


@pytest.fixture
def place(make: Factory) -> Place:
    return fill(make, "甲县", "JIA001")


@pytest.fixture
def other(make: Factory) -> Place:
    return fill(make, "乙县", "YI001")


@pytest.fixture
def act(app: Flask, admin_member: Member, make: Factory, place: Place) -> Callable[..., int]:
    """Does something with the county in a fresh sign-in; answers the status."""
    code = code_of(make, place.county_id)

    def do(what: str, typed: str = "甲县示例县") -> int:
        client = PageClient(app)
        client.sign_in(admin_member)
        return client.http.post(f"/platform/counties/{code}/{what}", data={"typed": typed}).status_code

    return do


def counties(make: Factory) -> set[int]:
    with make.session() as session:
        return set(session.scalars(sa.select(County.id)))


def test_county_in_use_cannot_be_erased(make: Factory, place: Place, act: Callable[..., int]) -> None:
    assert act("erasure") == 409
    assert act("erase") == 409
    assert counties(make) == {place.county_id}


def test_erasure_needs_the_name_as_it_is(make: Factory, place: Place, act: Callable[..., int]) -> None:
    act("suspend")

    assert [act("erasure", typed) for typed in ("", "甲县", "乙县示例县", "甲县示例县x")] == [422] * 4
    with make.session() as session:
        assert session.get_one(County, place.county_id).erase_on is None


def test_erasure_waits_thirty_days(make: Factory, place: Place, act: Callable[..., int]) -> None:
    with time_machine.travel(NOW, tick=False):
        act("suspend")
        assert act("erasure") == 303
    with time_machine.travel(LATER - timedelta(days=1), tick=False):
        early = act("erase")
    with time_machine.travel(LATER, tick=False):
        wrong = act("erase", "甲县")
        before = counties(make)
        right = act("erase")

    assert (early, wrong, right) == (409, 422, 303)
    assert (before, counties(make)) == ({place.county_id}, set())


def test_erasure_can_be_taken_back(make: Factory, place: Place, act: Callable[..., int]) -> None:
    with time_machine.travel(NOW, tick=False):
        act("suspend")
        act("erasure")
        act("erasure/cancel")
    with time_machine.travel(LATER, tick=False):
        assert act("erase") == 409

    assert counties(make) == {place.county_id}


def test_resuming_takes_the_erasure_back(
    app: Flask, make: Factory, place: Place, act: Callable[..., int]
) -> None:
    with time_machine.travel(NOW, tick=False):
        act("suspend")
        act("erasure")
        act("resume")
    with time_machine.travel(LATER, tick=False):
        app.test_cli_runner().invoke(args=["platform", "erase-due"])

    assert counties(make) == {place.county_id}


def test_everything_of_the_county_goes_and_nothing_of_another(
    app: Flask, make: Factory, place: Place, other: Place, act: Callable[..., int]
) -> None:
    files = Path(app.config["FILES"])
    with app.app_context():
        before = rows_of(other.county_id)
        assert sum(map(len, rows_of(place.county_id).values())) > 50
    with make.session() as session:
        people_before = session.scalar(sa.select(sa.func.count()).select_from(Account))

    _erase(act)

    with app.app_context():
        assert {name: rows for name, rows in rows_of(place.county_id).items() if rows} == {}
        assert rows_of(other.county_id) == before
    assert not (files / str(place.county_id)).exists()
    assert (files / str(other.county_id)).exists()
    assert check(make, other.county_id).fault is None
    with make.session() as session:
        assert people_before - session.scalar(sa.select(sa.func.count()).select_from(Account)) == 3


def test_person_who_is_elsewhere_too_stays(
    make: Factory, place: Place, other: Place, act: Callable[..., int]
) -> None:
    both = make.member(place.county_id, Role.LEADER).actor.user_id
    only = make.member(place.county_id, Role.LEADER).actor.user_id
    with make.session(other.county_id) as session:
        session.add(Membership(account_id=both, role=Role.LEADER))

    _erase(act)

    with make.session() as session:
        left = set(session.scalars(sa.select(Account.id)))
    assert (both in left, only in left) == (True, False)


def test_platform_log_keeps_the_fact_and_the_end_of_the_log(
    make: Factory, place: Place, act: Callable[..., int]
) -> None:
    with time_machine.travel(NOW, tick=False):
        act("suspend")
        act("erasure")
    with time_machine.travel(LATER, tick=False):
        head = check(make, place.county_id)
        act("erase")

    last = platform_entries(make, Act.LOCK)[-1]
    assert (last.title, last.who, last.after["act"]) == ("甲县示例县", "平台管理员甲", "erased")
    # Signing in for the erasure itself is in the platform's log, so the county's had not grown.
    assert (last.after["log_entries"], last.after["log_head"]) == (str(head.no), head.hash)
    with make.session() as session:
        assert verify(session, PLATFORM).fault is None


def test_command_erases_what_is_due(
    app: Flask, make: Factory, place: Place, other: Place, act: Callable[..., int]
) -> None:
    with time_machine.travel(NOW, tick=False):
        act("suspend")
        act("erasure")
        early = app.test_cli_runner().invoke(args=["platform", "erase-due"])
    with time_machine.travel(LATER, tick=False):
        due = app.test_cli_runner().invoke(args=["platform", "erase-due"])

    assert (early.output, due.output) == ("", "甲县示例县：已删除。\n")
    assert counties(make) == {other.county_id}


def _erase(act: Callable[..., int]) -> None:
    with time_machine.travel(NOW, tick=False):
        act("suspend")
        act("erasure")
    with time_machine.travel(LATER, tick=False):
        assert act("erase") == 303


def test_standing_goes_with_the_county_and_overseers_stay(
    make: Factory, place: Place, other: Place, act: Callable[..., int]
) -> None:
    both = make.member(place.county_id, Role.LEADER).actor.user_id
    make.region("990000")
    with make.session() as session:
        session.add(Oversight(account_id=both, region_code="990000", since=NOW))

    with time_machine.travel(NOW, tick=False):
        act("suspend")
        act("erasure")
    with time_machine.travel(LATER, tick=False):
        assert act("erase") == 303

    with make.session() as session:
        codes = set(session.scalars(sa.select(CountyStanding.county_code)))
        assert session.get(Account, both) is not None
    assert codes == {code_of(make, other.county_id)}
