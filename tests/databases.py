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
END_OTHERS = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()
"""
TABLES = "select tablename from pg_tables where schemaname = 'public' and tablename <> 'alembic_version'"
TOUCHED_BY_OWNER: set[str] = set()  # addresses whose tables may no longer be as the migrations made them


@dataclass(frozen=True)
class Database:
    """Where a database is: for the application, and for the owner of the tables where he is another."""

    url: str
    owner_url: str = ""

    @property
    def settings(self) -> dict[str, str]:
        return {"SQLALCHEMY_DATABASE_URI": self.url, "MIGRATION_DATABASE_URI": self.owner_url}


class Databases(Protocol):
    """Makes databases of one kind. Each is dropped, or given back, by who asked for it, its app closed."""

    def empty(self, folder: Path) -> Database:
        """A new one without any table; its files, if it has any, lie in the folder."""

    def copy(self, of: Database, folder: Path) -> Database:
        """A copy of one that nobody is connected to."""

    def drop(self, database: Database) -> None:
        """Do away with one."""

    def lend(self, of: Database, folder: Path) -> Database:
        """One with the tables of another and no rows, to be given back."""

    def take_back(self, database: Database) -> None:
        """The end of a loan."""


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

    def lend(self, of: Database, folder: Path) -> Database:
        return self.copy(of, folder)

    def take_back(self, database: Database) -> None:
        """The file goes with its folder."""


class PostgresDatabases:
    """Databases of the private server of this run; ``template`` has the roles and grants, but no table.

    A copy takes 0.2 s, emptying 75 tables that hold a few rows 0.003 s; so what is lent is emptied and lent
    again, unless its owner has touched it.
    """

    def __init__(self, socket_folder: str) -> None:
        self._folder = socket_folder
        self._names = (f"ledger_{os.getpid()}_{number}" for number in itertools.count(1))
        self._admin = self._connect("postgres")
        self._idle: list[Database] = []

    def close(self) -> None:
        for database in self._idle:
            self.drop(database)
        self._admin.close()

    def empty(self, folder: Path) -> Database:
        return self._create("template")

    def copy(self, of: Database, folder: Path) -> Database:
        return self._create(_name(of))

    def drop(self, database: Database) -> None:
        self._run("drop database {} with (force)", _name(database))

    def lend(self, of: Database, folder: Path) -> Database:
        return self._idle.pop() if self._idle else self.copy(of, folder)

    def take_back(self, database: Database) -> None:
        if database.owner_url in TOUCHED_BY_OWNER:
            self.drop(database)
        else:
            self._empty(_name(database))
            self._idle.append(database)

    def _create(self, template: str) -> Database:
        name = next(self._names)
        self._run("create database {} owner ledger_owner template {}", name, template)
        address = f"postgresql+psycopg://{{}}@/{name}?host={self._folder}"
        return Database(address.format("ledger_app"), address.format("ledger_owner"))

    def _run(self, statement: str, *names: str) -> None:
        self._admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _connect(self, name: str) -> psycopg.Connection:
        return psycopg.connect(host=self._folder, user="postgres", dbname=name, autocommit=True)

    def _empty(self, name: str) -> None:
        with self._connect(name) as connection:
            connection.execute(END_OTHERS)
            connection.execute("set session_replication_role = replica")  # no triggers, no foreign keys
            tables = [sql.Identifier(table) for (table,) in connection.execute(TABLES)]
            connection.execute(sql.SQL(";").join(sql.SQL("delete from {}").format(table) for table in tables))


@contextmanager
def owner_connection(app: Flask) -> Iterator[sa.Connection]:
    """What somebody with the database in hand has: no guard, no session, on PostgreSQL the owner's role."""
    address = app.config["MIGRATION_DATABASE_URI"] or app.config["SQLALCHEMY_DATABASE_URI"]
    TOUCHED_BY_OWNER.add(address)
    engine = sa.create_engine(address, poolclass=sa.NullPool)
    with engine.begin() as connection:
        yield connection


def _name(database: Database) -> str:
    return database.url.partition("@/")[2].partition("?")[0]
