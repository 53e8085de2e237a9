"""Rows for a schema of some earlier day, made from what the database itself says of its columns."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa


def add_rows(connection: sa.Connection, no: int) -> set[str]:
    """Give every table one row of the county ``no``; answers the names of the tables."""
    then = sa.MetaData()
    then.reflect(connection)
    tables = [table for table in then.sorted_tables if table.name != "alembic_version"]
    for table in tables:
        connection.execute(sa.insert(table).values({column.name: _value(column, no) for column in table.c}))
    return {table.name for table in tables}


def _value(column: sa.Column[Any], no: int) -> Any:
    # Every row has the key ``no``, so a foreign key of the same value meets its row; none points at itself.
    if any(key.column.table is column.table for key in column.foreign_keys if key.column.name == "id"):
        return None
    if column.name in ("id", "county_id") or column.foreign_keys:
        return no
    # Some numbers are held to a scale; those of tables without a county must differ from row to row.
    return _plain(column.type, 1 if "county_id" in column.table.c else no)


def _plain(kind: sa.types.TypeEngine[Any], no: int) -> Any:
    if isinstance(kind, sa.JSON):
        return {}
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.DateTime):
        return datetime(2026, 1, 1, 8, 0)  # noqa: DTZ001 -- as the tables keep it
    if isinstance(kind, sa.Date):
        return date(2026, 1, 1)
    return str(no) if isinstance(kind, sa.String) else no
