"""A backup of two counties, put into an empty place and compared row by row and file by file."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from app.extensions import db
from app.tenancy import enter_county
from plans.base import Base
from plans.models import Unit
from tests.conftest import ON_POSTGRESQL, close_database, open_app
from tests.databases import Database, Databases, owner_connection
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.tenancy.places import fill


@dataclass(frozen=True)
class Kept:
    """A backup of the app, and somebody who can sign in to it."""

    folder: Path
    member: Member
    county_id: int


@pytest.fixture
def kept(app: Flask, make: Factory, tmp_path: Path) -> Kept:
    county_id = fill(make, "甲县", "JIA001").county_id
    fill(make, "乙县", "YI001")
    member = make.member(county_id)
    done = run(app, "backup", tmp_path / "backup")
    assert done.exit_code == 0, done.output
    return Kept(tmp_path / "backup", member, county_id)


@pytest.fixture
def empty_app(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """Another place: a database without a table, a folder that is not there yet."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    database = databases.empty(folder)
    app = open_app(folder, database)
    yield app
    with app.app_context():
        close_database()
    databases.drop(database)


def run(app: Flask, command: str, folder: Path) -> Result:
    return app.test_cli_runner().invoke(args=[command, str(folder)])


def test_restored_rows_and_files_are_those_that_were_kept(app: Flask, kept: Kept, empty_app: Flask) -> None:
    done = run(empty_app, "restore", kept.folder)

    assert done.exit_code == 0, done.output
    assert "行数与备份一致" in done.output
    assert rows_in(empty_app) == rows_in(app)
    assert files_of(empty_app) == files_of(app)
    assert len(files_of(app)) == 6  # of each county: evidence, a workbook and a list of people put aside


def test_application_works_over_what_was_restored(kept: Kept, empty_app: Flask) -> None:
    run(empty_app, "restore", kept.folder)
    client = PageClient(empty_app)

    client.sign_in(kept.member)

    words = client.get_page("/tasks").text
    assert "甲县任务" in words
    assert "乙县" not in words


def test_backup_holds_what_was_committed_while_others_write(
    app: Flask, make: Factory, tmp_path: Path
) -> None:
    county_id = make.county()
    make.unit(county_id, "县教育局")
    with app.app_context():
        enter_county(db.session(), county_id)
        db.session.add(Unit(name="还没有保存的局", aliases=[]))
        db.session.flush()

        done = run(app, "backup", tmp_path / "backup")

        db.session.rollback()
    assert done.exit_code == 0, done.output
    assert manifest_of(tmp_path / "backup")["rows"]["unit"] == 1


def test_manifest_names_every_file_with_its_hash(kept: Kept) -> None:
    listed = manifest_of(kept.folder)["sha256"]

    found = {
        path.relative_to(kept.folder).as_posix(): path for path in kept.folder.rglob("*") if path.is_file()
    }
    found.pop("manifest.json")
    assert listed == {name: sha256(path.read_bytes()).hexdigest() for name, path in found.items()}


def test_backup_over_something_is_refused(app: Flask, kept: Kept) -> None:
    before = manifest_of(kept.folder)

    done = run(app, "backup", kept.folder)

    assert (done.exit_code, manifest_of(kept.folder)) == (1, before)
    assert "不是空的" in done.output


def test_restoring_over_a_database_in_use_is_refused(app: Flask, kept: Kept, tmp_path: Path) -> None:
    app.config["FILES"] = str(tmp_path / "nothing yet")
    before = rows_in(app)

    done = run(app, "restore", kept.folder)

    assert (done.exit_code, rows_in(app)) == (1, before)
    assert "不是空的" in done.output


def test_restoring_over_files_is_refused(kept: Kept, empty_app: Flask) -> None:
    place = Path(empty_app.config["FILES"])
    place.mkdir()
    (place / "something").write_text("somebody's")

    done = run(empty_app, "restore", kept.folder)

    assert (done.exit_code, tables_in(empty_app), [path.name for path in place.iterdir()]) == (
        1,
        [],
        ["something"],
    )
    assert "不是空的" in done.output


@pytest.mark.parametrize("harm", ["changed", "missing", "added"])
def test_damaged_backup_is_refused_whole(kept: Kept, empty_app: Flask, harm: str) -> None:
    file = next(path for path in sorted((kept.folder / "files").rglob("*")) if path.is_file())
    if harm == "changed":
        file.write_bytes(file.read_bytes() + b" ")
    elif harm == "missing":
        file.unlink()
    else:
        file.with_name("another").write_bytes(b"")

    done = run(empty_app, "restore", kept.folder)

    assert (done.exit_code, tables_in(empty_app)) == (1, [])
    assert "备份不完整" in done.output


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [("revision", "9999", "请先升级程序"), ("database", "oracle", "不能互相恢复")],
)
def test_backup_of_another_kind_or_a_newer_version_is_refused(
    kept: Kept, empty_app: Flask, name: str, value: str, words: str
) -> None:
    changed = {**manifest_of(kept.folder), name: value}
    (kept.folder / "manifest.json").write_text(json.dumps(changed), "utf-8")

    done = run(empty_app, "restore", kept.folder)

    assert (done.exit_code, tables_in(empty_app)) == (1, [])
    assert words in done.output


def test_folder_without_a_backup_is_refused(empty_app: Flask, tmp_path: Path) -> None:
    done = run(empty_app, "restore", tmp_path)

    assert done.exit_code == 1
    assert "没有备份清单" in done.output


@ON_POSTGRESQL
def test_backup_by_a_role_that_sees_half_is_refused(database: Database, tmp_path: Path) -> None:
    app = open_app(tmp_path, Database(database.url))

    done = run(app, "backup", tmp_path / "backup")

    with app.app_context():
        close_database()
    assert (done.exit_code, (tmp_path / "backup").exists()) == (1, False)
    assert "ledger_all_counties" in done.output


def manifest_of(folder: Path) -> dict[str, dict[str, object]]:
    return json.loads((folder / "manifest.json").read_text("utf-8"))


def rows_in(app: Flask) -> dict[str, list[tuple[str, ...]]]:
    with owner_connection(app) as connection:
        return {
            table.name: sorted(tuple(map(repr, row)) for row in connection.execute(sa.select(table)))
            for table in Base.metadata.sorted_tables
        }


def tables_in(app: Flask) -> list[str]:
    with owner_connection(app) as connection:
        return sa.inspect(connection).get_table_names()


def files_of(app: Flask) -> dict[str, bytes]:
    return contents_of(Path(app.config["FILES"]))


def contents_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
