"""Databases for tests, of either kind: empty ones, copies of a prepared one, and none left behind.

A test gets its database through the fixtures of ``tests/conftest.py``; whatever takes ``databases``,
``migrated_database`` or ``app`` runs once on SQLite and once on PostgreSQL.
"""

import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psycopg
import sqlalchemy as sa
from flask import Flask
from psycopg import sql

NAME = "ledger.sqlite"


@dataclass(frozen=True)
class Database:
    """Where a database is: for the application, and for the owner of the tables where he is another."""

    url: str
    owner_url: str = ""

    @property
    def settings(self) -> dict[str, str]:
        return {"SQLALCHEMY_DATABASE_URI": self.url, "MIGRATION_DATABASE_URI": self.owner_url}


class Databases(Protocol):
    """Makes databases of one kind. Each one made is dropped by who made it, once its app is closed."""

    def empty(self, folder: Path) -> Database:
        """A new one without any table; its files, if it has any, lie in the folder."""

    def copy(self, of: Database, folder: Path) -> Database:
        """A copy of one that nobody is connected to."""

    def drop(self, database: Database) -> None:
        """Do away with one."""


class SqliteDatabases:
    """A file each."""

    def empty(self, folder: Path) -> Database:
        return Database(f"sqlite:///{folder / NAME}")

    def copy(self, of: Database, folder: Path) -> Database:
        database = self.empty(folder)
        shutil.copy(of.url.removeprefix("sqlite:///"), folder / NAME)
        return database

    def drop(self, database: Database) -> None:
        """The file goes with its folder."""


class PostgresDatabases:
    """Databases of the private server of this run; ``template`` has the roles and grants, but no table."""

    def __init__(self, socket_folder: str) -> None:
        self._folder = socket_folder
        self._names = (f"ledger_{os.getpid()}_{number}" for number in itertools.count(1))
        self._admin = psycopg.connect(host=socket_folder, user="postgres", dbname="postgres", autocommit=True)

    def close(self) -> None:
        self._admin.close()

    def empty(self, folder: Path) -> Database:
        return self._create("template")

    def copy(self, of: Database, folder: Path) -> Database:
        return self._create(_name(of))

    def drop(self, database: Database) -> None:
        self._run("drop database {} with (force)", _name(database))

    def _create(self, template: str) -> Database:
        name = next(self._names)
        self._run("create database {} owner ledger_owner template {}", name, template)
        address = f"postgresql+psycopg://{{}}@/{name}?host={self._folder}"
        return Database(address.format("ledger_app"), address.format("ledger_owner"))

    def _run(self, statement: str, *names: str) -> None:
        self._admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def owner_connection(app: Flask) -> Iterator[sa.Connection]:
    """What somebody with the database in hand has: no guard, no session, on PostgreSQL the owner's role."""
    config = app.config
    engine = sa.create_engine(
        config["MIGRATION_DATABASE_URI"] or config["SQLALCHEMY_DATABASE_URI"], poolclass=sa.NullPool
    )
    with engine.begin() as connection:
        yield connection


def _name(database: Database) -> str:
    return database.url.partition("@/")[2].partition("?")[0]
