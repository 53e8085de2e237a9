"""The history of the schema: up from nothing, equal to the models, down to nothing and up again."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade

from app.extensions import db
from plans.base import Base
from tests.architecture.source import ROOT
from tests.conftest import close_database, open_app
from tests.databases import Databases, owner_connection
from tests.tenancy.rows_of_then import add_rows


@pytest.fixture
def empty_app(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """An application over a database without any table."""
    database = databases.empty(tmp_path)
    app = open_app(tmp_path, database)
    with app.app_context():
        yield app
        close_database()
    databases.drop(database)


def test_upgrade_of_an_empty_database_makes_every_table(empty_app: Flask) -> None:
    upgrade()

    assert _tables() == {*Base.metadata.tables, "alembic_version"}


def test_models_and_migrations_agree(empty_app: Flask) -> None:
    upgrade()

    assert _differences() == [], "run: flask --app wsgi db revision --autogenerate"


def test_every_migration_can_be_taken_back(empty_app: Flask) -> None:
    upgrade()
    before = _columns()

    downgrade(revision="base")
    left = _tables()
    upgrade()

    assert left == {"alembic_version"}
    assert _columns() == before


def test_rows_of_every_earlier_head_are_kept(empty_app: Flask) -> None:
    expected: Counter[str] = Counter()

    for no, revision in enumerate(_revisions(), 1):
        upgrade(revision=revision)
        with owner_connection(empty_app) as connection:
            expected.update(add_rows(connection, no))

    with owner_connection(empty_app) as connection:
        kept = {table: connection.scalar(sa.text(f"select count(*) from {table}")) for table in expected}
    assert kept == expected
    assert _differences() == []


def _differences() -> list[object]:
    """What the models ask for and the database does not have, or the other way round."""
    with db.engine.connect().execution_options(all_counties=True) as connection:
        options = {"compare_type": True, "render_as_batch": True}
        return compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)


def _revisions() -> list[str]:
    history = ScriptDirectory(str(ROOT / "migrations"))
    return [step.revision for step in reversed(list(history.walk_revisions()))]


def _tables() -> set[str]:
    with db.engine.connect().execution_options(all_counties=True) as connection:
        return set(sa.inspect(connection).get_table_names())


def _columns() -> dict[str, list[tuple[str, str, bool]]]:
    with db.engine.connect().execution_options(all_counties=True) as connection:
        inspector = sa.inspect(connection)
        return {
            table: [
                (column["name"], str(column["type"]), column["nullable"])
                for column in inspector.get_columns(table)
            ]
            for table in sorted(inspector.get_table_names())
        }
