"""How the program talks to its database: transactions that lose no update, and the guard."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from app import folding, guard, read_only, row_security

PRAGMAS = ("journal_mode=wal", "synchronous=normal", "foreign_keys=on", "busy_timeout=15000")


def prepare_engine(engine: sa.Engine) -> None:
    """Set up transactions and the guard on a new engine."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
    if engine.dialect.name == "postgresql":
        row_security.watch(engine)
    guard.watch(engine)
    read_only.watch(engine)


def refuse_unsafe_role(engine: sa.Engine) -> None:
    """Raise RoleTooPowerful where PostgreSQL's policies would not bind the application."""
    if engine.dialect.name == "postgresql":
        row_security.refuse_powerful_role(engine)


def _set_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin by itself; _begin does
    for pragma in PRAGMAS:
        connection.execute(f"pragma {pragma}")
    folding.teach(connection)


def _begin(connection: sa.Connection) -> None:
    # A deferred writer that read first loses updates without any error, so writers take the lock at once.
    reads_only = connection.get_execution_options().get("reads_only")
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")
