"""Fixtures for all tests: a migrated database copied for each test, factories, a client that checks pages.

The application is imported by the fixtures that need it, so that tests of scoring and plans run without it.
"""

import gc
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from tests.databases import Database, Databases, PostgresDatabases, SqliteDatabases
from tests.postgres import socket_folder
from tests.reuse import share_templates, shared_addresses

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import Factory
    from tests.pages import PageClient

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TEMPLATES = Path(tempfile.gettempdir()) / f"ledger-templates-{os.getuid()}"
# For what SQLite does not have.
ON_POSTGRESQL = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)


def settings_in(folder: Path, database: Database) -> dict[str, object]:
    """Settings of an application over a database, whose files live in a folder."""
    return {
        "TESTING": True,
        "SECRET_KEY": "only for tests",
        **database.settings,
        "FILES": str(folder / "files"),
        "ARGON2_TIME_COST": 1,
        "ARGON2_MEMORY_KIB": 64,
        "WTF_CSRF_ENABLED": False,
    }


def pytest_collection_finish() -> None:
    """Collect garbage seldom: looking through all that the tests import took a quarter of their time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


@pytest.fixture(scope="session", autouse=True)
def _shared() -> Iterator[None]:
    with shared_addresses():
        yield


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Databases]:
    """Makes databases of the kind that the test runs on; every test that uses one runs on both."""
    if request.param == "sqlite":
        yield SqliteDatabases()
        return
    own = tmp_path_factory.getbasetemp()
    found = PostgresDatabases(socket_folder(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own))
    yield found
    found.close()


@pytest.fixture(scope="session")
def migrated_database(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An empty database at the newest migration, made once."""
    from flask_migrate import upgrade

    folder = tmp_path_factory.mktemp("migrated")
    database = databases.empty(folder)
    with open_app(folder, database).app_context():
        upgrade()
        close_database()
    yield database
    databases.drop(database)


@pytest.fixture
def database(databases: Databases, migrated_database: Database, tmp_path: Path) -> Iterator[Database]:
    """The test's own database, with every table and no row."""
    lent = databases.lend(migrated_database, tmp_path)
    yield lent
    databases.take_back(lent)


@pytest.fixture
def app(database: Database, tmp_path: Path) -> Iterator["Flask"]:
    """An application over its own copy of the empty database."""
    app = open_app(tmp_path, database)
    yield app
    with app.app_context():
        close_database()


def open_app(folder: Path, database: Database, **more: object) -> "Flask":
    """An application over a database; its database is closed with ``close_database``."""
    from app.factory import create_app

    app = create_app({**settings_in(folder, database), **more})
    share_templates(app, TEMPLATES)
    return app


@pytest.fixture
def make(app: "Flask") -> "Factory":
    """Makes counties, people, plans and tasks; see tests/factories.py."""
    from tests.factories import Factory

    return Factory(app, NOW)


@pytest.fixture
def client(app: "Flask") -> "PageClient":
    """A browser without JavaScript that complains about bad pages."""
    from tests.pages import PageClient

    return PageClient(app)


def close_database() -> None:
    """Let go of the files of the app in scope."""
    from app.extensions import db

    db.session.remove()
    db.engine.dispose()
