"""What a county has told those above goes into its archive, and no other county's word with it."""

import io
import json
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.admin.archive import write_archive
from app.models import CountyStanding
from plans.base import County, new_id
from tests.app.oversight_scene import Above, above_scene
from tests.factories import Factory


@pytest.fixture
def scene(app: Flask, make: Factory) -> Above:
    return above_scene(app, make)


def test_archive_holds_the_standings_of_its_county_only(scene: Above, make: Factory, tmp_path: Path) -> None:
    standing, target = scene.hand_up(), io.BytesIO()

    with make.session(scene.county) as session:
        _tell_of_another(session, standing)
        county = session.get_one(County, scene.county)
        write_archive(session, county, target, folder=tmp_path, at=make.now)

    lines = zipfile.ZipFile(target).read("tables/county_standing.jsonl").decode().splitlines()
    kept = [(row["id"], row["county_code"], row["state"]) for row in map(json.loads, lines)]
    assert kept == [(standing, "990101", "submitted")]


def _tell_of_another(session, standing: int) -> None:
    """A row that could come along: the same result told by another county."""
    session.add(
        County(id=new_id(), code="990201", name="己县（示例）", standard="quality-2017", horizon_year=2029)
    )
    session.flush()
    columns = [one.key for one in sa.inspect(CountyStanding).column_attrs]
    row = session.get_one(CountyStanding, standing)
    values = {name: getattr(row, name) for name in columns}
    session.add(CountyStanding(**{**values, "id": new_id(), "county_code": "990201"}))
    session.flush()
