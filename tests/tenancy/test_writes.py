"""Ways to write: rows of another county stay exactly as they are, whatever is tried."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import make_transient_to_detached

from app.extensions import db
from app.guard import UnscopedStatement
from app.tenancy import OtherCounty
from plans.base import new_id
from plans.models import Phase, Plan, Task, TaskEvent, Unit
from tests.tenancy.conftest import Scene, rows_of

Way = Callable[[Scene], Any]
TASK, UNIT = Task.__table__, Unit.__table__
UNSYNCHRONISED = {"synchronize_session": False}


def _unit(county_id: int, name: str = "多出的单位") -> dict[str, Any]:
    return {"county_id": county_id, "id": new_id(), "name": name, "aliases": []}


def _key_of_other(at: Scene) -> dict[str, int]:
    return {"county_id": at.other.county_id, "id": at.other.task_ids[0]}


def _flush(at: Scene, row: Any) -> None:
    at.session.add(row)
    at.session.flush()


def _move_away(at: Scene) -> None:
    at.session.scalars(sa.select(Unit)).one().county_id = at.other.county_id
    at.session.flush()


def _point_at_other(at: Scene) -> None:
    at.session.scalars(sa.select(Task)).first().plan_id = at.other.plan_id
    at.session.flush()


def _delete_detached(at: Scene) -> None:
    foreign = Task(**_key_of_other(at))
    make_transient_to_detached(foreign)
    at.session.delete(foreign)
    at.session.flush()


def _insert_from_select(at: Scene) -> None:
    titles = sa.select(sa.literal(at.own.county_id), Task.id, Task.title, sa.literal("[]"))
    at.session.execute(sa.insert(Unit).from_select(["county_id", "id", "name", "aliases"], titles))


def _insert_value_from_select(at: Scene) -> None:
    name = sa.select(sa.func.max(Task.title)).scalar_subquery()
    at.session.execute(sa.insert(Unit).values(**{**_unit(at.own.county_id), "name": name}))


def _upsert_from_select(at: Scene) -> None:
    dialect = {"sqlite": sqlite, "postgresql": postgresql}[db.engine.dialect.name]
    insert = dialect.insert(Unit).values(**_unit(at.own.county_id))
    name = sa.select(sa.func.max(TASK.c.title)).scalar_subquery()
    at.session.execute(insert.on_conflict_do_update(index_elements=["county_id", "id"], set_={"name": name}))


def _write_frame(_at: Scene) -> None:
    pd.DataFrame([{"title": "改"}]).to_sql("task", db.engine, if_exists="replace")


REFUSED_WAYS: dict[str, tuple[type[Exception], Way]] = {
    "row_of_another_county": (OtherCounty, lambda at: _flush(at, Unit(**_unit(at.other.county_id)))),
    "row_under_another_county": (
        OtherCounty,
        lambda at: _flush(
            at, Phase(county_id=at.other.county_id, plan_id=at.other.plan_id, no=1, title="阶段")
        ),
    ),
    "row_moved_away": (OtherCounty, _move_away),
    "merge": (
        OtherCounty,
        lambda at: (at.session.merge(Task(**_key_of_other(at), title="改")), at.session.flush()),
    ),
    "detached_row_deleted": (OtherCounty, _delete_detached),
    "bulk_insert": (OtherCounty, lambda at: at.session.execute(sa.insert(Unit), [_unit(at.other.county_id)])),
    "bulk_insert_of_both": (
        OtherCounty,
        lambda at: at.session.execute(sa.insert(Unit), [_unit(at.own.county_id), _unit(at.other.county_id)]),
    ),
    "bulk_update_by_key": (
        OtherCounty,
        lambda at: at.session.execute(sa.update(Task), [{**_key_of_other(at), "title": "改", "version": 1}]),
    ),
    "bulk_save": (
        UnscopedStatement,
        lambda at: at.session.bulk_save_objects([Unit(**_unit(at.other.county_id))]),
    ),
    "bulk_insert_mappings": (
        UnscopedStatement,
        lambda at: at.session.bulk_insert_mappings(Unit, [_unit(at.other.county_id)]),
    ),
    "bulk_update_mappings": (
        UnscopedStatement,
        lambda at: at.session.bulk_update_mappings(
            Unit, [{"county_id": at.other.county_id, "id": at.other.unit_id, "name": "改"}]
        ),
    ),
    "insert_of_values": (
        UnscopedStatement,
        lambda at: at.session.execute(sa.insert(Unit).values(**_unit(at.other.county_id))),
    ),
    "insert_of_several_values": (
        UnscopedStatement,
        lambda at: at.session.execute(
            sa.insert(Unit).values([_unit(at.own.county_id), _unit(at.other.county_id, "另一个")])
        ),
    ),
    "insert_overridden_by_parameters": (
        UnscopedStatement,
        lambda at: at.session.connection().execute(
            sa.insert(UNIT).values(county_id=at.own.county_id), _unit(at.other.county_id)
        ),
    ),
    "insert_from_select": (UnscopedStatement, _insert_from_select),
    "insert_of_a_selected_value": (UnscopedStatement, _insert_value_from_select),
    "upsert_of_a_selected_value": (UnscopedStatement, _upsert_from_select),
    "core_insert": (
        UnscopedStatement,
        lambda at: at.session.execute(sa.insert(UNIT).values(**_unit(at.other.county_id))),
    ),
    "core_insert_without_county": (
        UnscopedStatement,
        lambda at: at.session.execute(sa.insert(UNIT).values(id=1, name="无主", aliases=[])),
    ),
    "core_update": (UnscopedStatement, lambda at: at.session.execute(sa.update(TASK).values(title="改"))),
    "core_delete": (UnscopedStatement, lambda at: at.session.execute(sa.delete(TASK))),
    "core_delete_of_other": (
        UnscopedStatement,
        lambda at: at.session.execute(sa.delete(TASK).where(TASK.c.county_id == at.other.county_id)),
    ),
    "core_update_with_weakened_condition": (
        UnscopedStatement,
        lambda at: at.session.execute(
            sa.update(TASK).values(title="改").where(sa.or_(TASK.c.county_id == at.own.county_id, sa.true()))
        ),
    ),
    "update_of_the_county": (
        UnscopedStatement,
        lambda at: at.session.execute(sa.update(Unit).values(county_id=at.other.county_id)),
    ),
    "update_of_the_county_by_parameters": (
        UnscopedStatement,
        lambda at: at.session.execute(
            sa.update(Unit), {"county_id": at.other.county_id}, execution_options=UNSYNCHRONISED
        ),
    ),
    "update_from_another_table": (
        UnscopedStatement,
        lambda at: at.session.execute(
            sa.update(Task).values(title=Unit.name).where(Unit.id == at.other.unit_id),
            execution_options=UNSYNCHRONISED,
        ),
    ),
    "update_with_a_core_subquery": (
        UnscopedStatement,
        lambda at: at.session.execute(
            sa.update(Task).values(title=sa.select(sa.func.max(UNIT.c.name)).scalar_subquery()),
            execution_options=UNSYNCHRONISED,
        ),
    ),
    "delete_beside_another_table": (
        UnscopedStatement,
        lambda at: at.session.execute(
            sa.delete(TaskEvent).where(TaskEvent.task_id == Task.id), execution_options=UNSYNCHRONISED
        ),
    ),
    "foreign_key_to_another_county": (IntegrityError, _point_at_other),
    "new_row_pointing_at_another_county": (
        IntegrityError,
        lambda at: _flush(at, Phase(plan_id=at.other.plan_id, no=1, title="阶段")),
    ),
    "data_frame_as_a_table": (UnscopedStatement, _write_frame),
}


@pytest.mark.parametrize(("error", "way"), REFUSED_WAYS.values(), ids=REFUSED_WAYS.keys())
def test_write_into_another_county_is_refused(scene: Scene, error: type[Exception], way: Way) -> None:
    before = rows_of(scene.own.county_id), rows_of(scene.other.county_id)

    with pytest.raises(error):
        way(scene)

    scene.session.rollback()
    assert (rows_of(scene.own.county_id), rows_of(scene.other.county_id)) == before


NARROWED_WAYS: dict[str, Way] = {
    "update": lambda at: at.session.execute(sa.update(Task).values(title="改")).rowcount,
    "update_by_foreign_and_own_keys": lambda at: (
        at.session.execute(
            sa.update(Task).values(title="改").where(Task.id.in_(at.own.task_ids + at.other.task_ids))
        ).rowcount
    ),
    "update_returning": lambda at: len(
        at.session.scalars(sa.update(Task).values(title="改").returning(Task.id)).all()
    ),
    "update_with_a_subquery": lambda at: (
        at.session.execute(
            sa.update(Task).values(title=sa.select(sa.func.max(Unit.name)).scalar_subquery()),
            execution_options=UNSYNCHRONISED,
        ).rowcount
    ),
    "legacy_update": lambda at: at.session.query(Task).update({"title": "改"}),
    "delete": lambda at: at.session.execute(sa.delete(TaskEvent)).rowcount,
    "legacy_delete": lambda at: at.session.query(TaskEvent).delete(),
    "core_update_that_names_the_county": lambda at: (
        at.session.execute(
            sa.update(TASK).values(title="改").where(TASK.c.county_id == at.own.county_id)
        ).rowcount
    ),
}


@pytest.mark.parametrize("way", NARROWED_WAYS.values(), ids=NARROWED_WAYS.keys())
def test_write_without_condition_reaches_own_rows_only(scene: Scene, way: Way) -> None:
    before = rows_of(scene.other.county_id)

    written = way(scene)

    scene.session.commit()
    assert (written, rows_of(scene.other.county_id)) == (2, before)


def test_relationship_to_a_row_of_another_county_is_refused(scene: Scene) -> None:
    foreign = Plan(id=scene.other.plan_id, county_id=scene.other.county_id, title="外县方案")
    make_transient_to_detached(foreign)
    task = scene.session.scalars(sa.select(Task)).first()

    task.plan = foreign

    with pytest.raises((OtherCounty, IntegrityError)):
        scene.session.flush()


def test_row_read_past_the_scope_cannot_be_changed(scene: Scene) -> None:
    foreign = scene.session.scalars(
        sa.select(Unit).where(Unit.id == scene.other.unit_id), execution_options={"all_counties": True}
    ).one()

    foreign.name = "改"

    with pytest.raises(OtherCounty):
        scene.session.flush()


def test_row_read_past_the_scope_brings_no_others_along(scene: Scene) -> None:
    foreign = scene.session.scalars(
        sa.select(Task).where(Task.id == scene.other.task_ids[0]), execution_options={"all_counties": True}
    ).one()

    assert foreign.events == []
