"""Fixtures for all tests: a migrated database copied for each test, factories, a client that checks pages.

The application is imported by the fixtures that need it, so that tests of scoring and plans run without it.
"""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import Factory
    from tests.pages import PageClient

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def settings_in(folder: Path) -> dict[str, object]:
    """Settings of an application whose files all live in one folder."""
    return {
        "TESTING": True,
        "SECRET_KEY": "only for tests",
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'ledger.sqlite'}",
        "FILES": str(folder / "files"),
        "ARGON2_TIME_COST": 1,
        "ARGON2_MEMORY_KIB": 64,
        "WTF_CSRF_ENABLED": False,
    }


@pytest.fixture(scope="session")
def migrated_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at the newest migration, made once."""
    from flask_migrate import upgrade

    from app.factory import create_app

    folder = tmp_path_factory.mktemp("migrated")
    app = create_app(settings_in(folder))
    with app.app_context():
        upgrade()
        close_database()
    return folder / "ledger.sqlite"


@pytest.fixture
def app(migrated_database: Path, tmp_path: Path) -> Iterator["Flask"]:
    """An application over its own copy of the empty database."""
    from app.factory import create_app

    shutil.copy(migrated_database, tmp_path / "ledger.sqlite")
    app = create_app(settings_in(tmp_path))
    yield app
    with app.app_context():
        close_database()


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
