"""The day of a moment at the county's own clock, inside the database."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

HOURS_AHEAD = 8  # China has one zone and no summer time; instants are kept in UTC


class local_day(GenericFunction[Any]):  # noqa: N801 -- reads as the SQL function that it is
    """The local day of an instant."""

    type = sa.Date()
    inherit_cache = True


@compiles(local_day, "sqlite")
def _sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"date({compiler.process(element.clauses, **options)}, '+{HOURS_AHEAD} hours')"


@compiles(local_day, "postgresql")
def _postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"cast({compiler.process(element.clauses, **options)} + interval '{HOURS_AHEAD} hours' as date)"
