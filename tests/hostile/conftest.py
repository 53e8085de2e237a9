"""A county with a row of every kind, and an office that is signed in."""

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from plans.actors import Role
from tests.conftest import NOW, close_database, open_app
from tests.databases import Database, Databases
from tests.factories import Factory, Member
from tests.hostile.roads import FORMULA
from tests.pages import PageClient
from tests.tenancy.places import Place, fill


@dataclass(frozen=True)
class Filled:
    """A county in a database, with the folder of its files."""

    folder: Path
    database: Database
    place: Place


@pytest.fixture(scope="module")
def filled(
    databases: Databases, migrated_database: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Filled]:
    """One county whose every text begins like a formula, made once."""
    folder = tmp_path_factory.mktemp("hostile")
    database = databases.copy(migrated_database, folder)
    app = open_app(folder, database)
    place = fill(Factory(app, NOW), FORMULA, "JIA001")
    with app.app_context():
        close_database()
    yield Filled(folder, database, place)
    databases.drop(database)


@pytest.fixture
def place(filled: Filled) -> Place:
    return filled.place


@pytest.fixture
def database(databases: Databases, filled: Filled, tmp_path: Path) -> Iterator[Database]:
    """The test's own copy of the county, its files beside it."""
    shutil.copytree(filled.folder / "files", tmp_path / "files")
    copy = databases.copy(filled.database, tmp_path)
    yield copy
    databases.drop(copy)


@pytest.fixture
def app(database: Database, tmp_path: Path) -> Iterator[Flask]:
    """The application as it answers in service: what breaks inside becomes a page."""
    app = open_app(tmp_path, database, PROPAGATE_EXCEPTIONS=False)
    yield app
    with app.app_context():
        close_database()


@pytest.fixture
def make(app: Flask) -> Factory:
    """A factory whose numbers go on after those of the rows that are there already."""
    factory = Factory(app, NOW)
    factory._numbers = itertools.count(1000)
    return factory


@pytest.fixture
def office(make: Factory, place: Place) -> Member:
    return make.member(place.county_id, Role.OFFICE)


@pytest.fixture
def signed_in(client: PageClient, office: Member) -> PageClient:
    client.sign_in(office)
    return client
