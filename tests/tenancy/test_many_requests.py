"""A thousand requests of two counties at once, with nothing but row-level security between them."""

import threading
from collections import Counter
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask, request

from app.extensions import db
from plans.base import new_id
from plans.models import Task, Unit
from tests.conftest import ON_POSTGRESQL, close_database, open_app
from tests.databases import Database
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.tenancy.conftest import Side
from tests.tenancy.walls import only

pytestmark = ON_POSTGRESQL
THREADS, EACH, CONNECTIONS = 8, 125, 3


@pytest.fixture
def app(database: Database, tmp_path) -> Iterator[Flask]:
    """An application with few connections, whose probe has forgotten every filter."""
    pool = {"pool_size": CONNECTIONS, "max_overflow": 0, "pool_timeout": 60}
    app = open_app(tmp_path, database, SQLALCHEMY_ENGINE_OPTIONS=pool, PROPAGATE_EXCEPTIONS=False)
    app.add_url_rule("/probe", "probe", probe, methods=["GET", "POST"])
    yield app
    with app.app_context():
        close_database()


def probe() -> str:
    """Every title there is; a POST writes too, and each may end in an error."""
    titles = _titles()
    if request.method == "POST":
        db.session.add(Unit(name=f"新单位{new_id()}", aliases=[]))
        db.session.flush()
    if request.args["end"] == "error":
        db.session.execute(sa.text("select 1 / 0"))
    if request.args["end"] == "commit":
        db.session.commit()
        titles += _titles()
    return titles


def _titles() -> str:
    ways = (sa.text("select title from task"), sa.select(Task.title), sa.select(Task.__table__.c.title))
    return "".join(title for way in ways for title in db.session.scalars(way))


def test_a_thousand_requests_at_once_leak_nothing(app: Flask, make: Factory, own: Side, other: Side) -> None:
    members = [make.member(side.county_id) for side in (own, other)]
    seen: Counter[tuple[str, str]] = Counter()

    with app.app_context(), only("row_security_and_stamps", db.engine):
        threads = [
            threading.Thread(target=_ask, args=(app, members[number % 2], "甲乙"[number % 2], seen))
            for number in range(THREADS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=300)

    assert seen.total() == THREADS * EACH == 1000
    assert seen == {("甲", "甲"): 336, ("甲", ""): 164, ("乙", "乙"): 336, ("乙", ""): 164}


def test_one_request_leaks_without_row_security(app: Flask, make: Factory, own: Side, other: Side) -> None:
    # So the test above could fail.
    client = PageClient(app)
    client.sign_in(make.member(own.county_id))

    with app.app_context(), only("stamps", db.engine):
        answer = client.http.get("/probe?end=read")

    assert {"甲", "乙"} <= set(answer.text)


def _ask(app: Flask, member: Member, word: str, seen: Counter[tuple[str, str]]) -> None:
    client = PageClient(app)
    client.sign_in(member)
    for turn in range(EACH):
        way, end = ("GET", "POST")[turn % 2], ("read", "commit", "error")[turn % 3]
        answer = client.http.open(f"/probe?end={end}", method=way)
        counties = "".join(sorted(set(answer.text) & {"甲", "乙"})) if answer.status_code == 200 else ""
        seen[word, counties] += 1
