"""Above the counties no statement names a county's own rows: pages read standings, acts enter one county."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.auth.presence import FROM_ABOVE
from app.extensions import db
from plans.base import Base
from tests.app.county_data import measures, report, school
from tests.app.oversight_scene import Above, above_scene
from tests.factories import Factory

OWNED = frozenset(table.name for table in Base.metadata.tables.values() if "county_id" in table.c)
PAGES = {
    "oversight.index": "/oversight?show=late&code=R2&sort=missed",
    "oversight.workbook": "/oversight.xlsx",
    "oversight.standing": "/oversight/standings/{standing}",
}
ACTS = {
    "oversight.decide_version": "/oversight/standings/{standing}/return",
    "oversight.enter": "/oversight/counties/990101/enter",
}
pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


@dataclass(frozen=True)
class Sent:
    """A statement, the county's tables that it names, and the county that its connection was pinned to."""

    tables: frozenset[str]
    county_id: int | None
    statement: str


@pytest.fixture
def scene(app: Flask, make: Factory) -> Above:
    """甲县 has handed up; 乙县 of the same prefecture has rows that a query over counties would find."""
    scene = above_scene(app, make)
    other = make.county("乙县（示例）", code="990102")
    report(make, make.member(other), measures(school(3), school(4)))
    return scene


@contextmanager
def recorded(app: Flask) -> Iterator[list[Sent]]:
    sent: list[Sent] = []

    def note(
        connection: sa.Connection, _cursor: object, statement: str, _params: Any, context: Any, _many: bool
    ) -> None:
        words = set(re.findall(r"\w+", statement.lower()))
        options = context.execution_options if context else connection.get_execution_options()
        sent.append(Sent(OWNED & words, options.get("county_id"), statement))

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def of_counties(sent: list[Sent]) -> list[Sent]:
    return [one for one in sent if one.tables]


def test_every_view_from_above_is_walked_here(app: Flask) -> None:
    above = {name for name, view in app.view_functions.items() if getattr(view, FROM_ABOVE, False)}

    assert above == {*PAGES, *ACTS}


@pytest.mark.parametrize("page", PAGES)
def test_page_from_above_names_no_table_of_counties(app: Flask, scene: Above, page: str) -> None:
    path, client = PAGES[page].format(standing=scene.hand_up()), scene.as_(scene.prefecture)

    with recorded(app) as sent:
        answer = client.http.get(path)

    assert answer.status_code == 200
    assert any("county_standing" in one.statement for one in sent)
    assert of_counties(sent) == []


@pytest.mark.parametrize("act", ACTS)
def test_act_from_above_stays_within_the_one_county(app: Flask, scene: Above, act: str) -> None:
    path, client = ACTS[act].format(standing=scene.hand_up()), scene.as_(scene.prefecture)

    with recorded(app) as sent:
        answer = client.http.post(path, data={"note": "两校数据请核对"})

    assert answer.status_code == 303
    assert of_counties(sent)
    assert {one.county_id for one in of_counties(sent)} == {scene.county}


def test_recording_sees_what_a_page_inside_a_county_reads(app: Flask, scene: Above) -> None:
    client = scene.as_(scene.prefecture)
    client.http.post(ACTS["oversight.enter"])

    with recorded(app) as sent:
        client.http.get("/")

    assert {"assessment", "task"} <= frozenset().union(*(one.tables for one in sent))
