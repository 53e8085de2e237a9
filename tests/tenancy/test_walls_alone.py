"""Every way to leak that the other tests of this folder know, tried against each wall by itself."""

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.extensions import db
from app.guard import UnscopedStatement
from app.tenancy import NoCountyChosen, OtherCounty, enter_county
from plans.models import Task, Unit
from tests.conftest import ON_POSTGRESQL
from tests.tenancy import test_reads, test_refusals, test_writes
from tests.tenancy.conftest import OTHER_TITLES, OTHER_UNIT, Scene, Side, rows_on
from tests.tenancy.walls import only

pytestmark = [
    pytest.mark.filterwarnings("ignore:.* statement has a cartesian product"),
    pytest.mark.filterwarnings("ignore:Column .* is marked as a member of the primary key"),
]
Way = Callable[[Scene], Any]
Ways = dict[str, Way]
Leaks = Callable[..., dict[str, list[str]]]
TITLES = "select title from task"
NARROWED_READS: Ways = {**test_reads.TITLE_WAYS, **test_reads.COUNT_WAYS, **test_reads.EMPTY_WAYS}
FETCHED_READS: Ways = {
    "lazy_load": lambda at: [task.lead_unit.name for task in at.session.scalars(sa.select(Task))],
    "get_of_other": lambda at: at.session.get(Task, (at.other.county_id, at.other.task_ids[0])),
    "refresh_of_other": lambda at: _refreshed(at),
    "driver_connection": lambda at: _through_driver(TITLES),
    "driver_count": lambda at: _through_driver("select count(*) from task"),
    "pooled_connection_after_an_error": lambda at: _after_error(at),
    "pooled_connection_after_a_commit": lambda at: (at.session.commit(), _through_driver(TITLES)),
    "after_a_rollback": lambda at: (at.session.rollback(), at.session.execute(sa.text(TITLES))),
    "after_a_savepoint": lambda at: (
        at.session.begin_nested().rollback(),
        at.session.execute(sa.text(TITLES)),
    ),
}
PAST_THE_FILTER: Ways = {**test_refusals.WAYS, **FETCHED_READS}
READS: Ways = {**NARROWED_READS, **PAST_THE_FILTER}
WRITES: Ways = {
    **{name: way for name, (_error, way) in test_writes.REFUSED_WAYS.items()},
    **test_writes.NARROWED_WAYS,
}
BY_SESSION: Ways = {
    name: way for name, (error, way) in test_writes.REFUSED_WAYS.items() if error is not UnscopedStatement
} | test_writes.NARROWED_WAYS
# A connection of the driver passes by the session and the guard alike; row-level security alone sees it.
UNSEEN_BY_GUARD = {"driver_connection", "driver_count", "pooled_connection_after_a_commit"}
UNSEEN_BY_GUARD |= {"pooled_connection_after_an_error"}
# NotImplementedError: SQLAlchemy writes no DELETE over two tables for SQLite.
REFUSALS = (UnscopedStatement, OtherCounty, NoCountyChosen, SQLAlchemyError, NotImplementedError)
N_ALL_TASKS = 4


def test_there_are_ways_enough() -> None:
    assert len(READS) + len(WRITES) >= 40


def test_session_alone_shows_no_other_county(leaks: Leaks) -> None:
    assert leaks("session", NARROWED_READS, _seen) == {}


def test_session_alone_writes_into_no_other_county(leaks: Leaks) -> None:
    assert leaks("session", BY_SESSION, _reached) == {}


def test_guard_alone_shows_no_other_county(leaks: Leaks) -> None:
    ways = {name: way for name, way in READS.items() if name not in UNSEEN_BY_GUARD}

    assert leaks("guard", ways, _seen) == {}


def test_guard_alone_writes_into_no_other_county(leaks: Leaks) -> None:
    assert leaks("guard", WRITES, _reached) == {}


@ON_POSTGRESQL
def test_row_security_alone_shows_no_other_county(leaks: Leaks) -> None:
    assert leaks("row_security", READS, _seen) == {}


@ON_POSTGRESQL
def test_row_security_alone_writes_into_no_other_county(leaks: Leaks) -> None:
    assert leaks("row_security", WRITES, _reached) == {}


def test_without_any_wall_reads_do_leak(leaks: Leaks) -> None:
    # So the tests above could fail.
    assert len(leaks("none", READS, _seen)) > 60


def test_without_any_wall_writes_do_leak(leaks: Leaks) -> None:
    ways = {name: way for name, way in WRITES.items() if name != "data_frame_as_a_table"}  # ends the table

    assert len(leaks("none", ways, _reached)) > 20


@pytest.fixture
def leaks(app: Flask, own: Side, other: Side) -> Leaks:
    """The ways by which something of the other county was ``found`` with one wall left standing."""

    def try_all(wall: str, ways: Ways, find: Callable[[Way, Scene], list[str]]) -> dict[str, list[str]]:
        with app.app_context(), only(wall, db.engine):
            return {name: found for name, way in ways.items() if (found := find(way, _scene(own, other)))}

    return try_all


def _scene(own: Side, other: Side) -> Scene:
    db.session.remove()
    enter_county(db.session(), own.county_id)
    return Scene(db.session(), own, other)


def _seen(way: Way, at: Scene) -> list[Any]:
    """What a way shows that is another county's."""
    try:
        values = list(_flat(way(at)))
    except REFUSALS:
        return []
    foreign = {*OTHER_TITLES, OTHER_UNIT, at.other.county_id, *at.other.task_ids, N_ALL_TASKS}
    return [value for value in values if value in foreign]


def _flat(found: Any) -> Iterator[Any]:
    if isinstance(found, pd.DataFrame):
        yield from found.to_numpy().ravel().tolist()
    elif isinstance(found, (Task, Unit)):
        yield from (found.county_id, found.id)
    elif isinstance(found, (sa.Result, list, tuple, sa.Row)):
        for part in found if not isinstance(found, sa.CursorResult) or found.returns_rows else ():
            yield from _flat(part)
    elif not isinstance(found, (dict, type(None))):
        yield found


def _reached(way: Way, at: Scene) -> list[str]:
    """What a way changes in the other county or carries over from there."""
    before = rows_on(at.session.connection(), at.other.county_id)
    at.session.rollback()
    try:
        way(at)
        at.session.flush()
        own, after = (rows_on(at.session.connection(), side.county_id) for side in (at.own, at.other))
    except REFUSALS:
        return []
    changed = [table for table, rows in after.items() if rows != before[table]]
    return changed + [word for word in (*OTHER_TITLES, OTHER_UNIT) if word in repr(own)]


def _refreshed(at: Scene) -> str:
    foreign = Task(county_id=at.other.county_id, id=at.other.task_ids[0])
    sa.orm.make_transient_to_detached(foreign)
    at.session.add(foreign)
    return foreign.title


def _through_driver(statement: str) -> list[Any]:
    connection = db.engine.raw_connection()
    cursor = connection.cursor()
    rows = cursor.execute(statement).fetchall()
    cursor.close()
    connection.close()
    return rows


def _after_error(at: Scene) -> list[Any]:
    with pytest.raises(SQLAlchemyError):
        at.session.execute(sa.text("select nothing from nowhere"))
    at.session.close()
    return _through_driver(TITLES)
