"""Ways to read past the session's filter: the guard refuses each before the database sees it."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, with_loader_criteria

from app.extensions import db
from app.guard import UnscopedStatement
from app.tenancy import NoCountyChosen, OtherCounty, enter_county
from plans.models import Plan, Task, Unit
from tests.tenancy.conftest import OWN_TITLES, Scene

Way = Callable[[Scene], Any]
TASK, UNIT, PLAN = Task.__table__, Unit.__table__, Plan.__table__


def _run(statement: Callable[[Scene], Any]) -> Way:
    return lambda at: at.session.execute(statement(at))


def _text(statement: str) -> Way:
    return lambda at: at.session.execute(sa.text(statement))


def _driver(statement: str) -> Way:
    return lambda at: at.session.connection().exec_driver_sql(statement)


def _is_own(table: Any, at: Scene) -> Any:
    return table.c.county_id == at.own.county_id


CORE_WAYS: dict[str, Way] = {
    "table": _run(lambda at: sa.select(TASK)),
    "column": _run(lambda at: sa.select(TASK.c.title)),
    "function": _run(lambda at: sa.func.count(TASK.c.id)),
    "alias": _run(lambda at: sa.select(TASK.alias("own_tasks"))),
    "alias_while_the_table_is_narrowed": _run(
        lambda at: sa.select(TASK.alias("x").c.title).where(
            sa.exists(sa.select(TASK.c.id).where(_is_own(TASK, at)))
        )
    ),
    "table_without_model": _run(lambda at: sa.select(sa.table("task", sa.column("title")))),
    "table_of_another_metadata": _run(
        lambda at: sa.select(sa.Table("task", sa.MetaData(), sa.Column("title", sa.Text)))
    ),
    "other_county": _run(lambda at: sa.select(TASK).where(TASK.c.county_id == at.other.county_id)),
    "both_counties": _run(
        lambda at: sa.select(TASK).where(TASK.c.county_id.in_([at.own.county_id, at.other.county_id]))
    ),
    "every_county_but_own": _run(lambda at: sa.select(TASK).where(TASK.c.county_id != at.own.county_id)),
    "county_at_least_own": _run(lambda at: sa.select(TASK).where(TASK.c.county_id >= at.own.county_id)),
    "negated_condition": _run(
        lambda at: sa.select(TASK).where(~sa.and_(_is_own(TASK, at), TASK.c.progress > 0))
    ),
    "weakened_condition": _run(lambda at: sa.select(TASK).where(sa.or_(_is_own(TASK, at), sa.true()))),
    "condition_as_a_column": _run(lambda at: sa.select(TASK.c.title, _is_own(TASK, at))),
    "condition_on_the_wrong_table": _run(
        lambda at: (
            sa.select(TASK.c.title, UNIT.c.name).join_from(TASK, UNIT, sa.true()).where(_is_own(UNIT, at))
        )
    ),
    "condition_in_an_outer_join": _run(
        lambda at: sa.select(TASK.c.title).select_from(TASK.outerjoin(UNIT, _is_own(TASK, at)))
    ),
    "condition_in_the_other_half_of_a_union": _run(
        lambda at: sa.union_all(sa.select(TASK.c.title).where(_is_own(TASK, at)), sa.select(TASK.c.title))
    ),
    "condition_around_an_open_subquery": _run(
        lambda at: sa.select(TASK).where(_is_own(TASK, at), TASK.c.id.in_(sa.select(TASK.c.id)))
    ),
    "condition_with_a_swapped_value": lambda at: at.session.execute(
        sa.select(TASK).where(TASK.c.county_id == sa.bindparam("mine", at.own.county_id)),
        {"mine": at.other.county_id},
    ),
    "scalar_subquery": _run(lambda at: sa.select(sa.select(sa.func.max(TASK.c.title)).scalar_subquery())),
    "exists": _run(lambda at: sa.select(sa.exists().where(TASK.c.title != ""))),
    "exists_of_an_entity_alone": _run(lambda at: sa.select(sa.exists().where(Task.title != ""))),
    "copy_into_a_new_table": _run(lambda at: sa.CreateTableAs(sa.select(TASK), "copied")),
    "change_of_tables": _run(lambda at: sa.DDL("create table copied as select * from task")),
}
MIXED_WAYS: dict[str, Way] = {
    "core_column_beside_an_entity": _run(lambda at: sa.select(Task.title, UNIT.c.name)),
    "core_join": _run(lambda at: sa.select(Task.title, UNIT.c.name).join(UNIT, sa.true())),
    "core_half_of_a_union": _run(lambda at: sa.union_all(sa.select(Task.title), sa.select(UNIT.c.name))),
    "core_first_half_of_a_union": _run(
        lambda at: sa.union_all(sa.select(UNIT.c.name), sa.select(Task.title))
    ),
    "core_cte": _run(lambda at: sa.select(Task.title, sa.select(UNIT.c.name).cte("names").c.name)),
    "core_table_in_a_condition": _run(lambda at: sa.select(Task).where(sa.exists(sa.select(UNIT.c.id)))),
    "core_table_in_the_order": _run(
        lambda at: sa.select(Task).order_by(sa.select(UNIT.c.name).limit(1).scalar_subquery())
    ),
    "core_table_in_a_group_condition": _run(
        lambda at: sa.select(Task.state).group_by(Task.state).having(sa.exists(sa.select(UNIT.c.id)))
    ),
    "core_subquery_under_an_entity": _run(lambda at: sa.select(aliased(Task, sa.select(TASK).subquery()))),
    "core_select_read_as_entities": _run(lambda at: sa.select(Task).from_statement(sa.select(TASK))),
    "literal_column": _run(
        lambda at: sa.select(Unit.name, sa.literal_column("(select max(title) from task)"))
    ),
    "text_column": _run(lambda at: sa.select(Unit.name, sa.text("(select max(title) from task)"))),
    "text_from": _run(lambda at: sa.select(sa.column("title")).select_from(sa.text("task"))),
    "text_condition": _run(lambda at: sa.select(Unit).where(sa.text("exists (select 1 from task)"))),
    "text_operator": _run(lambda at: sa.select(Unit.name.op("|| (select max(title) from task) ||")("."))),
    "text_prefix": _run(lambda at: sa.select(Unit.name).prefix_with("(select max(title) from task),")),
    "text_read_as_entities": _run(lambda at: sa.select(Task).from_statement(sa.text("select * from task"))),
    "text_under_an_entity": _run(
        lambda at: sa.select(
            aliased(Task, sa.text("select * from task").columns(*TASK.c).subquery(), adapt_on_names=True)
        )
    ),
}
TEXT_WAYS: dict[str, Way] = {
    "plain": _text("select title from task"),
    "upper_case": _text("SELECT title FROM TASK"),
    "second_in_a_list": _text("select title from county, task"),
    "quoted": _text('select title from "task"'),
    "with_schema": _text("select title from main.task"),
    "split_by_a_comment": _text("select title from/**/task"),
    "split_by_a_line_comment": _text("select title from--\n task"),
    "behind_a_quote_in_a_comment": _text("select title /* ' */ from task /* ' */"),
    "in_a_cte": _text("with t as (select * from task) select title from t"),
    "write": _text("update task set title = ''"),
    "driver": _driver("select title from task"),
    "driver_with_brackets": _driver("select title from [task]"),
    "driver_with_schema": _driver('select title from "main"."task"'),
    "driver_split_by_a_comment": _driver("select title from/**/task"),
    "driver_write": _driver("delete from task"),
    "driver_copy": _driver("create table copied as select * from task"),
}


def _on_engine(statement: Any) -> None:
    with db.engine.connect() as connection:
        connection.execute(statement)


def _on_plain_session(statement: Any) -> None:
    with Session(db.engine) as session:
        session.execute(statement)


OUTSIDE_WAYS: dict[str, Way] = {
    "engine_with_text": lambda at: _on_engine(sa.text("select title from task")),
    "engine_with_core": lambda at: _on_engine(sa.select(TASK)),
    "engine_with_entities": lambda at: _on_engine(sa.select(Task)),
    "engine_with_own_county": lambda at: _on_engine(sa.select(TASK).where(_is_own(TASK, at))),
    "plain_session": lambda at: _on_plain_session(sa.select(Task)),
    "plain_session_with_a_condition": lambda at: _on_plain_session(
        sa.select(Task).where(Task.county_id == at.own.county_id)
    ),
    "connection_with_entities": lambda at: at.session.connection().execute(sa.select(Task)),
    "connection_with_a_criterion_of_its_own": lambda at: at.session.connection().execute(
        sa.select(Task).options(with_loader_criteria(Task, Task.id != 0))
    ),
    "pandas_with_text": lambda at: pd.read_sql("select title from task", db.engine),
    "pandas_with_a_select": lambda at: pd.read_sql(sa.select(Task), at.session.connection()),
    "pandas_with_a_table": lambda at: pd.read_sql_table("task", db.engine),
}
WAYS = {
    f"{kind}_{name}": way
    for kind, ways in (
        ("core", CORE_WAYS),
        ("mixed", MIXED_WAYS),
        ("text", TEXT_WAYS),
        ("outside", OUTSIDE_WAYS),
    )
    for name, way in ways.items()
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_read_past_the_filter_is_refused(scene: Scene, way: Way) -> None:
    with pytest.raises(UnscopedStatement):
        way(scene)


NO_COUNTY_WAYS: dict[str, Callable[[Session], Any]] = {
    "select": lambda session: session.scalars(sa.select(Task)).all(),
    "count": lambda session: session.scalar(sa.select(sa.func.count(Task.id))),
    "legacy": lambda session: session.query(Task).all(),
    "get": lambda session: session.get(Task, (1, 1)),
    "insert": lambda session: (session.add(Unit(id=1, name="无主单位", aliases=[])), session.flush()),
    "bulk_insert": lambda session: session.execute(sa.insert(Unit), [{"name": "无主单位", "aliases": []}]),
    "update": lambda session: session.execute(sa.update(Task).values(title="")),
    "delete": lambda session: session.execute(sa.delete(Task)),
}


@pytest.mark.parametrize("way", NO_COUNTY_WAYS.values(), ids=NO_COUNTY_WAYS.keys())
def test_session_without_a_county_is_refused(scene: Scene, way: Callable[[Session], Any]) -> None:
    db.session.remove()

    with pytest.raises(NoCountyChosen):
        way(db.session())


NO_COUNTY_CORE_WAYS: dict[str, Callable[[Session], Any]] = {
    "core": lambda session: session.execute(sa.select(TASK)),
    "core_with_no_value": lambda session: session.execute(sa.select(TASK).where(TASK.c.county_id == None)),  # noqa: E711
    "text": lambda session: session.execute(sa.text("select title from task")),
    "hidden_in_a_subquery": lambda session: session.scalar(sa.select(sa.exists(sa.select(Task.id)))),
}


@pytest.mark.parametrize("way", NO_COUNTY_CORE_WAYS.values(), ids=NO_COUNTY_CORE_WAYS.keys())
def test_statement_without_a_county_is_refused(scene: Scene, way: Callable[[Session], Any]) -> None:
    db.session.remove()

    with pytest.raises((UnscopedStatement, NoCountyChosen)):
        way(db.session())


def test_second_county_cannot_be_entered(scene: Scene) -> None:
    with pytest.raises(OtherCounty):
        enter_county(scene.session, scene.other.county_id)


def test_second_county_cannot_be_entered_after_a_commit(scene: Scene) -> None:
    scene.session.commit()

    with pytest.raises(OtherCounty):
        enter_county(scene.session, scene.other.county_id)


@pytest.mark.parametrize("form", ["tuple", "dict"])
def test_key_of_another_county_is_refused(scene: Scene, form: str) -> None:
    key = (scene.other.county_id, scene.other.task_ids[0])

    with pytest.raises(OtherCounty):
        scene.session.get(Task, key if form == "tuple" else {"county_id": key[0], "id": key[1]})


def test_session_keeps_its_county_after_an_error(scene: Scene) -> None:
    with pytest.raises(UnscopedStatement):
        scene.session.execute(sa.text("select * from task"))
    scene.session.rollback()

    titles = scene.session.scalars(sa.select(Task.title).order_by(Task.title)).all()

    assert titles == OWN_TITLES


def test_driver_connection_is_out_of_reach_of_the_guard(scene: Scene) -> None:
    # Written down so that nobody counts on the guard here; row-level security is the wall for this.
    connection = db.engine.raw_connection()
    cursor = connection.cursor()

    count = cursor.execute("select count(*) from task").fetchone()[0]

    cursor.close()
    connection.close()
    assert count == {"sqlite": 4, "postgresql": 0}[db.engine.dialect.name]
