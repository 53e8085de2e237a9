"""How the program talks to its database: SQLite kept honest, and a guard below the ORM.

The guard refuses what the session's filter cannot see: Core and textual statements on a county's tables,
``pandas.read_sql``, bulk writes of another county. It is a net for mistakes, not a wall against an attacker.
"""

import re
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm.util import LoaderCriteriaOption
from sqlalchemy.sql import dml, elements, visitors

from app.tenancy import SCOPE, WAY_OUT
from plans.base import Base

PRAGMAS = ("journal_mode=wal", "synchronous=normal", "foreign_keys=on", "busy_timeout=15000")


class UnscopedStatement(RuntimeError):
    """A statement reached a county's table without naming the county in scope."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}: go through the ORM in a session that has entered a county.")


def prepare_engine(engine: sa.Engine) -> None:
    """Set up transactions and the guard on a new engine."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
    event.listen(engine, "before_execute", _guard)
    event.listen(engine, "before_cursor_execute", _guard_driver_text)


def _set_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin by itself; _begin does
    for pragma in PRAGMAS:
        connection.execute(f"pragma {pragma}")


def _begin(connection: sa.Connection) -> None:
    # A deferred writer that read first loses updates without any error, so writers take the lock at once.
    reads_only = connection.get_execution_options().get("reads_only")
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def _guard(_connection: sa.Connection, clause: Any, many: Any, params: Any, options: Any) -> None:
    if options.get(WAY_OUT) or isinstance(clause, (sa.schema.ExecutableDDLElement, str)):
        return
    parts = list(visitors.iterate(clause))
    if any(isinstance(part, elements.TextClause) and _names_owned_table(part.text) for part in parts):
        raise UnscopedStatement("Textual SQL on a county's table")
    touched = {part.name for part in parts if isinstance(part, sa.Table) and part.name in _owned_tables()}
    county_id = options.get(SCOPE)
    rows = [*(many or []), *([params] if params else [])]
    if isinstance(clause, dml.Insert):
        touched -= _checked_insert(clause, rows, county_id)
    if touched and not (_is_filtered(clause) and county_id is not None):
        _check_each_table(touched, parts, rows, county_id)


def _checked_insert(clause: dml.Insert, rows: list[Any], county_id: int | None) -> set[str]:
    name = getattr(clause.table, "name", "")
    if name not in _owned_tables():
        return set()
    values = {getattr(column, "key", column): value for column, value in (clause._values or {}).items()}
    given = [row[SCOPE] for row in rows if SCOPE in row]
    given += [bind.value for key, bind in values.items() if key == SCOPE and hasattr(bind, "value")]
    if not given or any(value != county_id for value in given):
        raise UnscopedStatement("An insert for no county or another one")
    return {name}


def _is_filtered(clause: Any) -> bool:
    is_orm = getattr(clause, "_propagate_attrs", {}).get("compile_state_plugin") == "orm"
    return is_orm and any(isinstance(o, LoaderCriteriaOption) for o in getattr(clause, "_with_options", ()))


def _check_each_table(touched: set[str], parts: list[Any], rows: list[Any], county_id: int | None) -> None:
    for name, bind in _county_comparisons(parts):
        values = [bind.value] if bind.value is not None else [row.get(bind.key) for row in rows]
        if county_id is not None and values and all(value == county_id for value in values):
            touched = touched - {name}
    if touched:
        raise UnscopedStatement(f"No county named for {', '.join(sorted(touched))}")


def _county_comparisons(parts: list[Any]) -> Iterator[tuple[str, elements.BindParameter[Any]]]:
    for part in parts:
        if not isinstance(part, elements.BinaryExpression) or getattr(part.left, "key", None) != SCOPE:
            continue
        if isinstance(part.right, elements.BindParameter):
            table = getattr(part.left, "table", None)
            yield getattr(getattr(table, "element", table), "name", ""), part.right


def _guard_driver_text(
    _connection: sa.Connection, _cursor: object, statement: str, _params: object, context: Any, _many: object
) -> None:
    is_driver_text = context is not None and context.compiled is None
    if is_driver_text and not context.execution_options.get(WAY_OUT) and _names_owned_table(statement):
        raise UnscopedStatement("Driver SQL on a county's table")


def _owned_tables() -> set[str]:
    return {table.name for table in Base.metadata.tables.values() if SCOPE in table.c}


def _names_owned_table(statement: str) -> bool:
    names = "|".join(map(re.escape, _owned_tables()))
    return bool(re.search(rf'\b(?:from|join|update|into)\s+"?(?:{names})\b', statement, re.IGNORECASE))
