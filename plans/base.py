"""What every table shares: naming, keys made by the application, and the county that owns a row."""

import secrets
import threading
import time
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
_EPOCH_MS = 1_700_000_000_000
_RANDOM_BITS = 22
BLOCK = 1 << _RANDOM_BITS  # a millisecond's worth, more than the rows of any one statement


def new_id() -> int:
    """A 63-bit key, greater than all that this process made before, without asking the database."""
    return _ids.next()


def new_block() -> int:
    """The key before a block of ``BLOCK`` new ones, for rows whose keys the database counts."""
    return _ids.next(BLOCK)


class _Ids:
    """Milliseconds and random bits; within a busy millisecond the next number, as random bits alone clash."""

    def __init__(self) -> None:
        self._last = 0
        self._lock = threading.Lock()

    def next(self, n: int = 1) -> int:
        """The first of ``n`` keys that nobody else in this process gets."""
        elapsed = time.time_ns() // 1_000_000 - _EPOCH_MS
        drawn = (elapsed << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
        with self._lock:
            first = max(drawn, self._last + 1)
            self._last = first + n - 1
            return first


_ids = _Ids()


class Instant(sa.types.TypeDecorator[datetime]):
    """A moment, kept in UTC and always given back with its zone."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs its time zone.")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


def _values(kind: type[Enum]) -> list[str]:
    return [member.value for member in kind]


class Base(DeclarativeBase):
    """One metadata and one migration history for plans and app."""

    registry = registry(
        metadata=sa.MetaData(naming_convention=NAMING),
        type_annotation_map={
            datetime: Instant,
            int: sa.BigInteger,
            dict[str, Any]: sa.JSON,
            list[Any]: sa.JSON,
            # Values, not names, in a plain text column: readable in a dump and free to grow.
            Enum: sa.Enum(Enum, native_enum=False, length=20, values_callable=_values),
        },
    )


class County(Base):
    """The tenant: one county, its standard and the year that its plan aims at.

    ``suspended_at``: its members find a clear page only, and jobs pass it by. ``erase_on``: the day from
    which it may be erased with all that it owns, asked for by ``erase_asked_by``.
    """

    __tablename__ = "county"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    code: Mapped[str] = mapped_column(sa.String(6), unique=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    standard: Mapped[str] = mapped_column(sa.String(40), default="quality-2017")
    horizon_year: Mapped[int]
    is_example: Mapped[bool] = mapped_column(default=False)
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    suspended_at: Mapped[datetime | None]
    erase_on: Mapped[date | None]
    erase_asked_by: Mapped[str | None] = mapped_column(sa.String(60))


class CountyOwned:
    """Rows that belong to one county; the county is the first part of every key.

    ``county_id`` is stamped by the session, so nobody passes it around.
    """

    county_id: Mapped[int] = mapped_column(sa.ForeignKey("county.id"), primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)


def owned_fk(column: str, table: str) -> sa.ForeignKeyConstraint:
    """A foreign key that cannot leave the county: (county_id, column) → table(county_id, id)."""
    return sa.ForeignKeyConstraint(["county_id", column], [f"{table}.county_id", f"{table}.id"])


def join_to(parent: str, child: str, column: str) -> str:
    """The join of a relationship inside one county; only ``column`` is copied, the county is stamped."""
    return f"and_({parent}.id == foreign({child}.{column}), {parent}.county_id == {child}.county_id)"
