"""A session that only looks refuses every change, by whichever way it comes, and reads as before."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from app.extensions import db
from app.models import Account, SavedView
from app.read_only import ReadOnlyScope, look_only
from app.tenancy import scope_of
from plans.base import new_id
from plans.models import Task, Unit
from tests.tenancy.conftest import Scene, rows_of


@pytest.fixture
def looking(app: Flask, scene: Scene) -> Iterator[Scene]:
    look_only(scene.session)
    yield scene
    scene.session.rollback()


def _unit() -> Unit:
    return Unit(id=new_id(), name="新单位", aliases=[])


def _fields(session: Session) -> dict[str, object]:
    return {"county_id": scope_of(session), "id": 1, "name": "新单位", "aliases": []}


def _own(session: Session) -> Unit:
    return Unit(**_fields(session))


def _edit(session: Session) -> None:
    session.scalars(sa.select(Task)).first().title = "改过"
    session.flush()


def _add(session: Session) -> None:
    session.add(_unit())
    session.flush()


def _delete(session: Session) -> None:
    session.delete(session.scalars(sa.select(Unit)).first())
    session.flush()


WAYS: dict[str, Callable[[Session], object]] = {
    "new row": _add,
    "edited row": _edit,
    "deleted row": _delete,
    "edit at commit": lambda session: (session.add(_unit()), session.commit()),
    "merge": lambda session: (session.merge(_unit()), session.flush()),
    "bulk save": lambda session: session.bulk_save_objects([_own(session)]),
    "bulk insert": lambda session: session.bulk_insert_mappings(Unit, [_fields(session)]),
    "orm update": lambda session: session.execute(sa.update(Task).values(title="改过")),
    "orm delete": lambda session: session.execute(sa.delete(Unit)),
    "orm insert": lambda session: session.execute(sa.insert(Unit), [{"id": 1, "name": "x", "aliases": []}]),
    "query update": lambda session: session.query(Task).update({"title": "改过"}),
    "query delete": lambda session: session.query(SavedView).delete(),
    "locked row": lambda session: session.scalars(sa.select(Task).with_for_update()),
    "global row": lambda session: session.execute(sa.update(Account).values(name="改过")),
    "core update": lambda session: session.connection().execute(
        sa.update(Account.__table__).values(name="改过")
    ),
    "core delete": lambda session: session.connection().execute(sa.delete(Account.__table__)),
    "text": lambda session: session.execute(sa.text("update account set name = 'x'")),
    "text with cte": lambda session: session.execute(sa.text("with a as (select 1) delete from account")),
    "driver text": lambda session: session.connection().exec_driver_sql("update account set name = 'x'"),
    "ddl": lambda session: session.connection().exec_driver_sql("drop table account"),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_change_is_refused_and_changes_nothing(looking: Scene, way: Callable[[Session], object]) -> None:
    before = rows_of(looking.own.county_id), _names(looking)

    with pytest.raises(ReadOnlyScope):
        way(looking.session)

    looking.session.rollback()
    assert (rows_of(looking.own.county_id), _names(looking)) == before


def test_rows_are_read_as_before(looking: Scene) -> None:
    titles = looking.session.scalars(sa.select(Task.title).order_by(Task.id)).all()

    assert titles == ["甲县任务一", "甲县任务二"]


def test_scope_outlives_a_rollback(looking: Scene) -> None:
    looking.session.rollback()

    with pytest.raises(ReadOnlyScope):
        _edit(looking.session)


def test_next_session_on_the_same_connection_writes_again(app: Flask, looking: Scene) -> None:
    looking.session.execute(sa.select(Account))
    db.session.remove()

    session = db.session()
    session.execute(sa.update(Account).values(name="改过"))
    session.commit()

    assert set(session.scalars(sa.select(Account.name))) == {"改过"}


def _names(scene: Scene) -> list[str]:
    return list(scene.session.scalars(sa.select(Account.name).order_by(Account.id)))
