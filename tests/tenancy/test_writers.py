"""Writers at the same time: none overwrites another without noticing."""

import threading

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError

from app.extensions import db
from app.tenancy import enter_county
from plans.models import Task, Unit
from tests.tenancy.conftest import Scene, Side

WRITERS, TURNS = 4, 25


def test_writers_that_read_first_lose_no_update(app: Flask, own: Side) -> None:
    threads = [threading.Thread(target=_append_many, args=(app, own, writer)) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    with app.app_context():
        enter_county(db.session(), own.county_id)
        kept = db.session.scalars(sa.select(Unit.aliases)).one()

    assert sorted(kept) == sorted(_alias(writer, turn) for writer in range(WRITERS) for turn in range(TURNS))


def test_reader_sees_one_moment_while_others_write(app: Flask, own: Side) -> None:
    with app.app_context():
        enter_county(db.session(), own.county_id)
        db.session.connection(execution_options={"reads_only": True})
        first = db.session.scalars(sa.select(Unit.aliases)).one()

        writer = threading.Thread(target=_append_many, args=(app, own, 0))
        writer.start()
        writer.join(timeout=60)
        db.session.expire_all()

        assert (first, db.session.scalars(sa.select(Unit.aliases)).one()) == ([], [])


def test_reader_that_turns_writer_is_refused_after_a_change(app: Flask, own: Side) -> None:
    with app.app_context():
        enter_county(db.session(), own.county_id)
        db.session.connection(execution_options={"reads_only": True})
        unit = db.session.scalars(sa.select(Unit)).one()
        writer = threading.Thread(target=_append_many, args=(app, own, 0))
        writer.start()
        writer.join(timeout=60)

        unit.aliases = ["旧称"]

        with pytest.raises(OperationalError, match=r"database is locked|concurrent update"):
            db.session.flush()


def test_save_over_a_newer_version_is_refused(app: Flask, scene: Scene) -> None:
    task = scene.session.get_one(Task, (scene.own.county_id, scene.own.task_ids[0]))
    scene.session.expunge(task)  # kept as it was seen, while somebody else saves
    scene.session.commit()
    _change_elsewhere(app, scene.own)

    scene.session.add(task)
    task.progress = 60

    with pytest.raises(StaleDataError):
        scene.session.flush()


def _append_many(app: Flask, own: Side, writer: int) -> None:
    for turn in range(TURNS):
        with app.app_context():
            enter_county(db.session(), own.county_id)
            unit = db.session.scalars(sa.select(Unit)).one()
            unit.aliases = [*unit.aliases, _alias(writer, turn)]
            db.session.commit()


def _alias(writer: int, turn: int) -> str:
    return f"{writer}-{turn}"


def _change_elsewhere(app: Flask, own: Side) -> None:
    with app.app_context():
        enter_county(db.session(), own.county_id)
        db.session.get_one(Task, (own.county_id, own.task_ids[0])).progress = 40
        db.session.commit()
