"""Every form, filled with what nobody should type: no broken page, and no other county is touched."""

import itertools
from collections import Counter
from collections.abc import Iterator
from unittest.mock import patch

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.extensions import db
from plans.actors import Role
from tests.conftest import NOW, close_database, open_app
from tests.databases import Database, Databases
from tests.factories import Factory
from tests.hostile.fuzzing import FILES, LISTED, Form, filled, forms_by_hand, forms_shown, strange_addresses
from tests.tenancy.conftest import rows_on
from tests.tenancy.places import Place, fill
from tests.tenancy.viewers import ADMIN, Browser, arrive

pytestmark = pytest.mark.slow
WALKERS = (Role.OFFICE, Role.UNIT, ADMIN)
Walk = list[tuple[Browser, Form]]


@pytest.fixture(scope="module")
def app(
    databases: Databases, migrated_database: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The application as it answers in service, over a database of its own."""
    folder = tmp_path_factory.mktemp("fuzz")
    database = databases.copy(migrated_database, folder)
    app = open_app(folder, database, PROPAGATE_EXCEPTIONS=False)
    with time_machine.travel(NOW, tick=False):
        yield app
    with app.app_context():
        close_database()


@pytest.fixture(scope="module")
def counties(app: Flask) -> tuple[Place, Place]:
    make = Factory(app, NOW)
    return fill(make, "甲县", "JIA001", "990101"), fill(make, "乙县", "YI001", "990201")


@pytest.fixture(scope="module")
def browsers(app: Flask, counties: tuple[Place, Place]) -> list[Browser]:
    make = Factory(app, NOW)
    make._numbers = itertools.count(1000)
    return [arrive(app, make, counties[0], viewer) for viewer in WALKERS]


@pytest.fixture(scope="module")
def walk(app: Flask, counties: tuple[Place, Place], browsers: list[Browser]) -> Walk:
    """Every form with somebody who is shown it, and the addresses that take one with somebody who may."""
    shown: dict[object, tuple[Browser, Form]] = {}
    for browser in browsers:
        for form in forms_shown(app, browser, counties[0]):
            shown.setdefault(form.shape, (browser, form))
    return [*shown.values(), *((browsers[0], form) for form in forms_by_hand(app, counties[0]))]


@pytest.fixture(autouse=True)
def _the_other_county_stays(app: Flask, counties: tuple[Place, Place]) -> Iterator[None]:
    """Nothing is kept, so that each form meets the rows it was made for; what would be is looked at."""

    def look(session: Session) -> None:
        session.flush()
        assert _rows(session.connection(), counties[1]) == before

    with app.app_context():
        before = _rows(db.session.connection(), counties[1])
        db.session.remove()
    with patch.object(Session, "commit", look):
        yield


def test_every_form_with_every_kind_of_wrong_value(app: Flask, walk: Walk) -> None:
    values = itertools.cycle(LISTED)
    sent = Counter(
        f"{_answer(browser, form, wrong)} {form.path} {wrong}"[:200]
        for browser, form in walk
        for wrong in _each_wrong(form, values)
    )
    broken = [line for line in sent if line.startswith("5")]

    assert len({form.shape for _browser, form in walk}) > 100
    assert sent.total() > 400
    assert broken == []


def test_every_address_with_numbers_that_no_row_has(
    app: Flask, counties: tuple[Place, Place], browsers: list[Browser]
) -> None:
    found = {path: _answer(browsers[0], Form(path, ())) for path in strange_addresses(app, counties[0])}

    assert len(found) > 300
    assert {path: status for path, status in found.items() if status >= 500} == {}


def test_forms_filled_at_random(walk: Walk) -> None:
    values = st.one_of(st.sampled_from(LISTED), st.text(max_size=60), st.sampled_from(FILES))

    @settings(
        max_examples=125,  # on each of two databases
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(walk), st.data())
    def fill_and_send(chosen: tuple[Browser, Form], data: st.DataObject) -> None:
        browser, form = chosen
        names = sorted({*dict(form.fields), *form.files}) or ["q"]
        wrong = data.draw(st.dictionaries(st.sampled_from(names), values, min_size=1, max_size=4))
        assert _answer(browser, form, wrong) < 500

    fill_and_send()


def _each_wrong(form: Form, values: Iterator[str]) -> Iterator[dict[str, object]]:
    """All fields wrong, each of a few fields wrong, each file of a form wrong."""
    names = list(dict(form.fields))
    yield {name: next(values) for name in names}
    yield from ({name: next(values)} for name in names[:1])
    yield from ({name: file} for name in form.files for file in FILES[::4])


def _answer(browser: Browser, form: Form, wrong: dict[str, object] | None = None) -> int:
    with browser.open("POST", form.path, filled(form, wrong or {})) as answer:
        return answer.status_code


def _rows(connection: sa.Connection, place: Place) -> dict[str, list[tuple[object, ...]]]:
    return rows_on(connection, place.county_id)
