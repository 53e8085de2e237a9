"""A SQLite file, copied while others write to it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from app.keeping.errors import CopyFailed
from app.keeping.snapshot import Snapshot

FILE = "ledger.sqlite"
_TABLES = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name"


def dump(address: str, target: Path) -> Snapshot:
    """Copy the database at an address into a file that stands alone."""
    with closing(sqlite3.connect(_place(address))) as ours, closing(sqlite3.connect(target)) as copy:
        ours.backup(copy)
        copy.execute("pragma journal_mode=delete")  # else a reader leaves files beside it
        return _look(copy)


def is_empty(address: str) -> bool:
    """Whether nothing would be written over."""
    place = _place(address)
    if not Path(place).exists():
        return True
    with closing(sqlite3.connect(place)) as connection:
        return not connection.execute(_TABLES).fetchall()


def load(address: str, source: Path) -> Snapshot:
    """Put a copy back; answers what is there now."""
    Path(_place(address)).parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(source)) as copy, closing(sqlite3.connect(_place(address))) as ours:
        copy.backup(ours)
        if (said := ours.execute("pragma integrity_check").fetchone()[0]) != "ok":
            raise CopyFailed(said)
        return _look(ours)


def _place(address: str) -> str:
    return address.removeprefix("sqlite:///")


def _look(connection: sqlite3.Connection) -> Snapshot:
    tables = [name for (name,) in connection.execute(_TABLES)]
    rows = {name: connection.execute(f'select count(*) from "{name}"').fetchone()[0] for name in tables}  # noqa: S608 -- its own names
    return Snapshot(connection.execute("select version_num from alembic_version").fetchone()[0], rows)
