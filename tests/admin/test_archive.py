"""Everything of one county taken out as an archive, compared with its rows; nothing of another."""

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.models.audit import Act
from plans.base import Base, County
from tests.admin.test_counties import code_of
from tests.audit.log import entries, platform_entries
from tests.factories import PASSWORD, Factory
from tests.pages import PageClient
from tests.tenancy.conftest import rows_of
from tests.tenancy.places import Place, fill


@pytest.fixture
def places(make: Factory) -> tuple[Place, Place]:
    return fill(make, "甲县", "JIA001"), fill(make, "乙县", "YI001")


@pytest.fixture
def package(admin: PageClient, make: Factory, places: tuple[Place, Place]) -> zipfile.ZipFile:
    code = code_of(make, places[0].county_id)
    with admin.http.get(f"/platform/counties/{code}/archive.zip") as answer:
        assert answer.status_code == 200
        return zipfile.ZipFile(io.BytesIO(answer.data))


def table_of(package: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in package.read(f"tables/{name}.jsonl").decode().splitlines()]


def test_archive_holds_every_row_of_every_table(
    app: Flask, package: zipfile.ZipFile, places: tuple[Place, Place]
) -> None:
    with app.app_context():
        rows = rows_of(places[0].county_id)

    kept = {name: {row["id"] for row in table_of(package, name)} for name in rows}
    # The archive's own entry in the log came after it.
    rows["audit_entry"].pop()
    ids = {name: _ids(name, found) for name, found in rows.items()}
    assert {name: len(found) for name, found in kept.items() if found} == {
        name: len(found) for name, found in ids.items() if found
    }
    assert sum(map(len, kept.values())) > 50


def test_values_in_the_archive_are_those_of_the_rows(
    make: Factory, package: zipfile.ZipFile, places: tuple[Place, Place]
) -> None:
    from plans.models import Task

    with make.session(places[0].county_id) as session:
        task = session.scalars(sa.select(Task)).one()
        told = (task.id, task.title, task.state.value, task.due_on.isoformat(), task.progress)

    (row,) = table_of(package, "task")
    assert (row["id"], row["title"], row["state"], row["due_on"], row["progress"]) == told


def test_archive_says_nothing_of_another_county(
    package: zipfile.ZipFile, places: tuple[Place, Place]
) -> None:
    texts = [package.read(name).decode() for name in package.namelist()]

    assert any("甲县" in text for text in texts)
    assert [text for text in texts if "乙县" in text or str(places[1].county_id) in text] == []


def test_archive_says_no_secret(make: Factory, package: zipfile.ZipFile) -> None:
    words = "".join(package.read(name).decode() for name in package.namelist() if name.endswith("jsonl"))

    assert "argon2" not in words
    assert PASSWORD not in words


def test_manifest_has_the_hash_of_every_file(package: zipfile.ZipFile) -> None:
    manifest = json.loads(package.read("manifest.json"))["files"]

    assert set(package.namelist()) == {*manifest, "manifest.json"}
    for name, told in manifest.items():
        content = package.read(name)
        assert (told["size"], told["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())


def test_evidence_is_in_the_archive_as_it_was_handed_in(package: zipfile.ZipFile) -> None:
    (name,) = [name for name in package.namelist() if name.startswith("files/")]

    assert package.read(name).decode() == "甲县佐证材料"


def test_lost_file_is_named_in_the_manifest(
    app: Flask, admin: PageClient, make: Factory, places: tuple[Place, Place]
) -> None:
    county = places[0].county_id
    for path in (Path(app.config["FILES"]) / str(county)).rglob("*"):
        if path.is_file():
            path.unlink()

    with admin.http.get(f"/platform/counties/{code_of(make, county)}/archive.zip") as answer:
        files = json.loads(zipfile.ZipFile(io.BytesIO(answer.data)).read("manifest.json"))["files"]

    assert [told for name, told in files.items() if name.startswith("files/")] == [{"missing": True}]


def test_archive_is_in_both_logs(
    make: Factory, package: zipfile.ZipFile, places: tuple[Place, Place]
) -> None:
    own, above = entries(make, places[0].county_id, Act.EXPORT), platform_entries(make, Act.EXPORT)

    assert [(entry.role, entry.thing) for entry in own] == [(entry.role, entry.thing) for entry in above]
    assert own[0].role == "admin"
    assert own[0].title.endswith(".zip")


def _ids(name: str, rows: list[tuple[object, ...]]) -> list[object]:
    place = list(Base.metadata.tables[name].columns.keys()).index("id")
    return [row[place] for row in rows]


def test_county_itself_is_in_the_archive(package: zipfile.ZipFile, places: tuple[Place, Place]) -> None:
    (row,) = table_of(package, County.__tablename__)

    assert (row["id"], row["name"]) == (places[0].county_id, "甲县示例县")
