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
from plans.base import Base
from tests.app.county_data import measures, report, school
from tests.app.oversight_scene import Above, above_scene
from tests.factories import Factory
from tests.queries import told_of_statements

OWNED = frozenset(table.name for table in Base.metadata.tables.values() if "county_id" in table.c)
PAGES = {
    "oversight.index": "/oversight?show=late&code=R2&sort=missed",
    "oversight.workbook": "/oversight.xlsx",
    "oversight.standing": "/oversight/standings/{standing}",
    "oversight.templates": "/oversight/templates",
    "oversight.template": "/oversight/templates/to-2029?place=990101",
}
ENTER = "/oversight/counties/990101/enter"
# What concerns a county enters it; each of these is asked about 甲县 alone.
INTO_ONE = {
    "oversight.decide_version": ("POST", "/oversight/standings/{standing}/return"),
    "oversight.enter": ("POST", ENTER),
    "oversight.preview_push": ("GET", "/oversight/templates/to-2029/preview?place=990101"),
    "oversight.push": ("POST", "/oversight/templates/to-2029/push"),
}


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

    with told_of_statements(app, note):
        yield sent


def of_counties(sent: list[Sent]) -> list[Sent]:
    return [one for one in sent if one.tables]


def test_every_view_from_above_is_walked_here(app: Flask) -> None:
    above = {name for name, view in app.view_functions.items() if getattr(view, FROM_ABOVE, False)}

    assert above == {*PAGES, *INTO_ONE}


@pytest.mark.parametrize("page", PAGES)
def test_page_from_above_names_no_table_of_counties(app: Flask, scene: Above, page: str) -> None:
    path, client = PAGES[page].format(standing=scene.hand_up()), scene.as_(scene.prefecture)

    with recorded(app) as sent:
        answer = client.http.get(path)

    assert answer.status_code == 200
    assert of_counties(sent) == []


@pytest.mark.parametrize("view", INTO_ONE)
def test_what_concerns_a_county_stays_within_it(app: Flask, scene: Above, view: str) -> None:
    method, path = INTO_ONE[view]
    path, client = path.format(standing=scene.hand_up()), scene.as_(scene.prefecture)
    given = {"note": "两校数据请核对", "place": "990101"} if method == "POST" else None

    with recorded(app) as sent:
        answer = client.http.open(path, method=method, data=given)

    assert answer.status_code == (200 if method == "GET" else 303)
    assert of_counties(sent)
    assert {one.county_id for one in of_counties(sent)} == {scene.county}


def test_recording_sees_what_a_page_inside_a_county_reads(app: Flask, scene: Above) -> None:
    client = scene.as_(scene.prefecture)
    client.http.post(ENTER)

    with recorded(app) as sent:
        client.http.get("/")

    assert {"assessment", "task"} <= frozenset().union(*(one.tables for one in sent))
