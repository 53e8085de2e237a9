"""Ways to read that the session narrows: each gives the county's own rows, all of them and no others."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload, load_only, selectinload, subqueryload

from app.extensions import db
from app.tenancy import enter_county
from plans.models import Plan, Task, TaskEvent, Unit
from tests.tenancy.conftest import OTHER_TITLES, OWN_TITLES, OWN_UNIT, Scene

Way = Callable[[Scene], Any]


def _scalars(statement: Callable[[Scene], Any]) -> Way:
    return lambda at: list(at.session.scalars(statement(at)))


def _titles(statement: Callable[[Scene], Any]) -> Way:
    return lambda at: [task.title for task in at.session.scalars(statement(at))]


def _recursive(_at: Scene) -> Any:
    names = sa.select(Task.title).cte("names", recursive=True)
    return sa.select(names.union(sa.select(Task.title)).c.title)


TITLE_WAYS: dict[str, Way] = {
    "select_of_an_entity": _titles(lambda at: sa.select(Task)),
    "select_of_a_column": _scalars(lambda at: sa.select(Task.title)),
    "select_from_an_entity": _scalars(lambda at: sa.select(Task.title).select_from(Task)),
    "condition_on_an_entity_only": _titles(
        lambda at: sa.select(Task).where(Task.title.in_(OTHER_TITLES + OWN_TITLES))
    ),
    "condition_that_is_always_true": _titles(
        lambda at: sa.select(Task).where(sa.or_(Task.county_id == at.own.county_id, sa.true()))
    ),
    "alias": lambda at: [task.title for task in at.session.scalars(sa.select(aliased(Task)))],
    "alias_of_a_core_alias": _titles(lambda at: sa.select(aliased(Task, Task.__table__.alias()))),
    "alias_of_a_subquery": _titles(lambda at: sa.select(aliased(Task, sa.select(Task).subquery()))),
    "subquery": _scalars(lambda at: sa.select(sa.select(Task).subquery().c.title)),
    "cte": _scalars(lambda at: sa.select(sa.select(Task.title).cte("names").c.title)),
    "recursive_cte": _scalars(_recursive),
    "union": _scalars(lambda at: sa.union(sa.select(Task.title), sa.select(aliased(Task).title))),
    "from_statement_of_a_select": _titles(lambda at: sa.select(Task).from_statement(sa.select(Task))),
    "in_a_subquery": _titles(lambda at: sa.select(Task).where(Task.id.in_(sa.select(Task.id)))),
    "exists_beside_an_entity": _titles(
        lambda at: sa.select(Task).where(sa.exists(sa.select(Unit.id).where(Unit.id == Task.lead_unit_id)))
    ),
    "join_along_a_relationship": _titles(lambda at: sa.select(Task).join(Task.plan)),
    "join_on_nothing": _titles(lambda at: sa.select(Task).join(Plan, sa.true())),
    "outer_join": _scalars(lambda at: sa.select(Task.title).select_from(Unit).outerjoin(Task, sa.true())),
    "join_in_the_conditions": _scalars(lambda at: sa.select(Task.title).where(Unit.id == Task.lead_unit_id)),
    "core_column_beside_its_entity": _scalars(
        lambda at: sa.select(Task.__table__.c.title).where(Task.id != 0)
    ),
    "load_only": _titles(lambda at: sa.select(Task).options(load_only(Task.title))),
    "streamed": _titles(lambda at: sa.select(Task).execution_options(yield_per=1)),
    "legacy_query": lambda at: [task.title for task in at.session.query(Task).all()],
    "legacy_query_of_a_column": lambda at: [title for (title,) in at.session.query(Task.title)],
    "legacy_query_filtered_by_others": lambda at: [
        task.title for task in at.session.query(Task).filter(Task.id.in_(at.own.task_ids + at.other.task_ids))
    ],
    "legacy_union": lambda at: [t.title for t in at.session.query(Task).union(at.session.query(Task))],
    "pages": lambda at: [task.title for task in db.paginate(sa.select(Task), per_page=50).items],
    "core_select_that_names_the_county": _scalars(
        lambda at: sa.select(Task.__table__.c.title).where(Task.__table__.c.county_id == at.own.county_id)
    ),
    "core_select_through_a_bound_name": lambda at: list(
        at.session.scalars(
            sa.select(Task.__table__.c.title).where(Task.__table__.c.county_id == sa.bindparam("mine")),
            {"mine": at.own.county_id},
        )
    ),
    "after_a_commit": lambda at: (at.session.commit(), _titles(lambda at: sa.select(Task))(at))[1],
    "in_a_savepoint": lambda at: (at.session.begin_nested(), _titles(lambda at: sa.select(Task))(at))[1],
    "after_close": lambda at: (at.session.close(), _titles(lambda at: sa.select(Task))(at))[1],
    "refreshed": lambda at: [
        (at.session.refresh(task), task.title)[1] for task in at.session.scalars(sa.select(Task))
    ],
    "expired": lambda at: [
        (at.session.expire(task), task.title)[1] for task in at.session.scalars(sa.select(Task)).all()
    ],
    "got_by_key": lambda at: [
        at.session.get(Task, (at.own.county_id, task_id)).title for task_id in at.own.task_ids
    ],
    "got_by_named_key": lambda at: [
        at.session.get_one(Task, {"county_id": at.own.county_id, "id": task_id}).title
        for task_id in at.own.task_ids
    ],
}


@pytest.mark.parametrize("way", TITLE_WAYS.values(), ids=TITLE_WAYS.keys())
def test_read_gives_own_rows_only(scene: Scene, way: Way) -> None:
    assert sorted(way(scene)) == OWN_TITLES


COUNT_WAYS: dict[str, Way] = {
    "of_an_entity": lambda at: at.session.scalar(sa.select(sa.func.count()).select_from(Task)),
    "of_a_column": lambda at: at.session.scalar(sa.select(sa.func.count(Task.id))),
    "in_a_scalar_subquery": lambda at: at.session.scalar(
        sa.select(sa.select(sa.func.count(Task.id)).scalar_subquery())
    ),
    "in_a_scalar_subquery_beside_an_entity": lambda at: at.session.execute(
        sa.select(Unit.name, sa.select(sa.func.count(Task.id)).scalar_subquery())
    ).one()[1],
    "of_groups": lambda at: at.session.execute(
        sa.select(Task.county_id, sa.func.count()).group_by(Task.county_id)
    ).one()[1],
    "legacy": lambda at: at.session.query(Task).count(),
    "of_pages": lambda at: db.paginate(sa.select(Task), per_page=1).total,
}


@pytest.mark.parametrize("way", COUNT_WAYS.values(), ids=COUNT_WAYS.keys())
def test_count_counts_own_rows_only(scene: Scene, way: Way) -> None:
    assert way(scene) == len(OWN_TITLES)


EMPTY_WAYS: dict[str, Way] = {
    "by_foreign_key": lambda at: at.session.scalars(
        sa.select(Task).where(Task.id == at.other.task_ids[0])
    ).all(),
    "by_county": lambda at: at.session.scalars(
        sa.select(Task).where(Task.county_id == at.other.county_id)
    ).all(),
    "by_everything_but_own": lambda at: at.session.scalars(
        sa.select(Task).where(Task.county_id != at.own.county_id)
    ).all(),
    "by_a_condition_without_entity": lambda at: at.session.scalars(
        sa.select(sa.literal(1)).where(Task.title == OTHER_TITLES[0])
    ).all(),
    "by_legacy_filter": lambda at: at.session.query(Task).filter_by(id=at.other.task_ids[0]).all(),
    "by_exists_beside_an_entity": lambda at: at.session.scalars(
        sa.select(Unit).where(sa.exists().where(Task.title == OTHER_TITLES[0]))
    ).all(),
}


@pytest.mark.parametrize("way", EMPTY_WAYS.values(), ids=EMPTY_WAYS.keys())
def test_search_for_another_county_finds_nothing(scene: Scene, way: Way) -> None:
    assert way(scene) == []


LOADERS = {
    "lazy": (),
    "selectin": (selectinload(Task.lead_unit), selectinload(Task.events)),
    "joined": (joinedload(Task.lead_unit), joinedload(Task.events)),
    "subquery": (subqueryload(Task.lead_unit), subqueryload(Task.events)),
}


@pytest.mark.parametrize("options", LOADERS.values(), ids=LOADERS.keys())
def test_relationship_loads_own_rows_only(scene: Scene, options: tuple[Any, ...]) -> None:
    tasks = scene.session.scalars(sa.select(Task).options(*options)).unique().all()

    assert {task.lead_unit.name for task in tasks} == {OWN_UNIT}
    assert {event.county_id for task in tasks for event in task.events} == {scene.own.county_id}


def test_joined_rows_of_an_eager_load_are_own(scene: Scene) -> None:
    statement = sa.select(Task).outerjoin(TaskEvent, sa.true()).options(contains_eager(Task.events))

    tasks = scene.session.scalars(statement).unique().all()

    assert {event.county_id for task in tasks for event in task.events} == {scene.own.county_id}


def test_same_statement_serves_each_session_its_own_county(scene: Scene) -> None:
    # The compiled statement is cached; the county in it must not be.
    statement = sa.select(Task.title).order_by(Task.title)
    first = scene.session.scalars(statement).all()
    db.session.remove()
    enter_county(db.session(), scene.other.county_id)

    second = db.session.scalars(statement).all()

    assert (first, second) == (OWN_TITLES, OTHER_TITLES)
