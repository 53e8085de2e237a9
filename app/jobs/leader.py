"""Which of several schedulers works: whoever holds the lock. The others wait.

Two leaders at once would double nothing, as every row has a key of its own; the lock only spares work.
"""

import fcntl
import os
from pathlib import Path
from typing import Protocol

import psycopg
import sqlalchemy as sa

KEY = 7_320_194_405  # of the advisory lock, ours among those of the database
# A dead line is noticed within seconds instead of hours.
LINE = {
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "2",
    "tcp_user_timeout": "5000",
    "application_name": "ledger-scheduler",
}


class Lock(Protocol):
    """What a leader holds."""

    def take(self) -> bool:
        """Try to become the leader."""

    def is_held(self) -> bool:
        """Whether it is certain that nobody else can lead."""

    def drop(self) -> None:
        """Let the next one lead."""


class FileLock:
    """A lock on a file beside an SQLite database; the kernel frees it when the process is gone."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def is_held(self) -> bool:
        """Whether the file is still the one that others would lock."""
        try:
            return self._path.stat().st_ino == os.fstat(self._file).st_ino
        except FileNotFoundError:
            return False

    def drop(self) -> None:
        os.close(self._file)


class AdvisoryLock:
    """A lock of a PostgreSQL session on a line of its own, outside of every pool."""

    def __init__(self, url: sa.URL) -> None:
        line = url.set(drivername="postgresql").update_query_dict(LINE)
        self._address = line.render_as_string(hide_password=False)
        self._line = self._open()

    def take(self) -> bool:
        try:
            row = self._line.execute("select pg_try_advisory_lock(%s)", (KEY,)).fetchone()
        except psycopg.OperationalError:
            self._line.close()
            self._line = self._open()
            return False
        return row is not None and bool(row[0])

    def is_held(self) -> bool:
        try:
            self._line.execute("select 1")
        except psycopg.OperationalError:
            return False
        return True

    def drop(self) -> None:
        self._line.close()

    def _open(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(self._address, autocommit=True)


def lock_of(engine: sa.Engine) -> Lock:
    """The lock that goes with a database."""
    if engine.dialect.name == "postgresql":
        return AdvisoryLock(engine.url)
    return FileLock(Path(f"{engine.url.database}.scheduler-lock"))
