"""Two counties with the same kinds of rows, and a session that has entered one of them."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from app.extensions import db
from app.tenancy import SCOPE, enter_county
from plans.base import Base
from tests.factories import Factory

OWN_TITLES, OTHER_TITLES = ["甲县任务一", "甲县任务二"], ["乙县任务一", "乙县任务二"]
OWN_UNIT, OTHER_UNIT = "甲县教育局", "乙县教育局"


@dataclass(frozen=True)
class Side:
    """The keys of one county's rows."""

    county_id: int
    unit_id: int
    plan_id: int
    task_ids: list[int]


@dataclass(frozen=True)
class Scene:
    """A session of the county ``own``, beside which ``other`` has rows that could leak."""

    session: Session
    own: Side
    other: Side


@pytest.fixture
def own(make: Factory) -> Side:
    return _side(make, OWN_UNIT, OWN_TITLES)


@pytest.fixture
def other(make: Factory) -> Side:
    return _side(make, OTHER_UNIT, OTHER_TITLES)


@pytest.fixture
def scene(app: Flask, own: Side, other: Side) -> Iterator[Scene]:
    with app.app_context():
        enter_county(db.session(), own.county_id)
        yield Scene(db.session(), own, other)
        db.session.remove()


def _side(make: Factory, unit: str, titles: list[str]) -> Side:
    county_id = make.county()
    unit_id, plan_id = make.unit(county_id, unit), make.plan(county_id)
    tasks = [make.task(county_id, unit_id=unit_id, title=title, plan_id=plan_id) for title in titles]
    return Side(county_id, unit_id, plan_id, tasks)


def rows_of(county_id: int) -> dict[str, list[tuple[object, ...]]]:
    """Every row that the county owns, by table, read past all scopes."""
    with db.engine.connect() as connection:
        return rows_on(connection, county_id)


def rows_on(connection: sa.Connection, county_id: int) -> dict[str, list[tuple[object, ...]]]:
    """The same as one transaction sees it."""
    owned = [table for table in Base.metadata.sorted_tables if SCOPE in table.c]
    return {
        table.name: sorted(
            tuple(map(repr, row))
            for row in connection.execute(
                sa.select(table).where(table.c.county_id == county_id),
                execution_options={"all_counties": True},
            )
        )
        for table in owned
    }
