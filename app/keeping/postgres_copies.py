"""A PostgreSQL database through pg_dump and pg_restore, as the owner of its tables."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import LiteralString

import psycopg
import sqlalchemy as sa
from psycopg import IsolationLevel, sql

from app.keeping.errors import CopyFailed
from app.keeping.snapshot import Snapshot
from app.row_security import EVERY_COUNTY

FILE = "ledger.dump"
_TABLES: LiteralString = "select tablename from pg_tables where schemaname = 'public' order by 1"
_SEES_ALL: LiteralString = (
    "select rolsuper or rolbypassrls or pg_has_role(oid, %s, 'usage') "
    "from pg_roles where rolname = current_user"
)


def dump(address: str, target: Path) -> Snapshot:
    """Dump the database at an address; rows are counted in the very snapshot that is dumped."""
    with _connect(address) as connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        _refuse_half_view(connection)
        (snapshot,) = _one(connection, "select pg_export_snapshot()")
        # Else pg_dump refuses tables with row-level security; that the owner sees every row was asked above.
        _run("pg_dump", address, "--format=custom", "--no-owner", "--no-privileges", "--enable-row-security",
             f"--snapshot={snapshot}", f"--file={target}")  # fmt: skip
        return _look(connection)


def is_empty(address: str) -> bool:
    """Whether nothing would be written over."""
    with _connect(address) as connection:
        return connection.execute(_TABLES).fetchone() is None


def load(address: str, source: Path) -> Snapshot:
    """Put a dump back, all or nothing; answers what is there now."""
    options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    _run("pg_restore", address, *options, f"--dbname={_environment(address)['PGDATABASE']}", str(source))
    with _connect(address) as connection:
        _refuse_half_view(connection)
        return _look(connection)


def _connect(address: str) -> psycopg.Connection:
    try:
        return psycopg.connect(
            sa.engine.make_url(address).set(drivername="postgresql").render_as_string(False)
        )
    except psycopg.OperationalError as error:
        raise CopyFailed(str(error)) from error


def _refuse_half_view(connection: psycopg.Connection) -> None:
    if not _one(connection, _SEES_ALL, EVERY_COUNTY)[0]:
        raise CopyFailed(
            f"{connection.info.user}: grant {EVERY_COUNTY} to it, or rows of counties are missing"
        )


def _look(connection: psycopg.Connection) -> Snapshot:
    tables: list[str] = [name for (name,) in connection.execute(_TABLES)]
    count: LiteralString = "select count(*) from {}"
    rows = {
        table: connection.execute(sql.SQL(count).format(sql.Identifier(table))).fetchall()[0][0]
        for table in tables
    }
    return Snapshot(_one(connection, "select version_num from alembic_version")[0], rows)


def _one(connection: psycopg.Connection, statement: LiteralString, *values: str) -> tuple[str, ...]:
    row = connection.execute(statement, values).fetchone()
    if row is None:
        raise CopyFailed(statement)
    return row


def _run(tool: str, address: str, *arguments: str) -> None:
    if (found := shutil.which(tool)) is None:
        raise CopyFailed(f"{tool}: apt-get install postgresql-client")
    environment = {**os.environ, **_environment(address)}
    done = subprocess.run(  # noqa: S603 -- no shell, and the arguments are ours
        [found, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CopyFailed(done.stderr.strip())


def _environment(address: str) -> dict[str, str]:
    # Not on the command line, where everybody on the machine could read the password.
    url = sa.engine.make_url(address)
    parts = {
        "PGHOST": url.host or url.query.get("host"),
        "PGPORT": url.port,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGSSLMODE": url.query.get("sslmode"),
    }
    return {name: str(value) for name, value in parts.items() if value}
