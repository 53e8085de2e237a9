"""Real schedulers over the database of a test."""

import multiprocessing
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from flask import Flask

from app.clock import now
from app.extensions import db
from app.jobs.runs import BEAT, Standing, standing
from app.models import JobRun
from tests.jobs.child import Wanted, run

PATIENCE = 30.0  # seconds; the machine may be busy
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["pytest", "tests.jobs.child"])


class Running:
    """A scheduler in a process of its own."""

    def __init__(self, wanted: Wanted) -> None:
        self._log = Path(wanted.log)
        self._process = _context.Process(target=run, args=(wanted,), daemon=True)
        self._process.start()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process.is_alive()

    def kill(self) -> None:
        """``kill -9``, and see it gone."""
        self._process.kill()
        self._process.join(PATIENCE)

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def ended(self) -> int | None:
        """Wait for its end; its exit status, negative when a signal ended it."""
        self._process.join(PATIENCE)
        return self._process.exitcode

    def wait_for(self, word: str) -> None:
        """Wait until it has said a word."""
        wait_until(lambda: word in self._said() or not self.is_running)
        assert word in self._said()

    def _said(self) -> str:
        return self._log.read_text() if self._log.exists() else ""


@contextmanager
def scheduler(app: Flask, *quick: str, at: datetime | None = None, **more: str) -> Iterator[Running]:
    """A scheduler with some of the jobs at a quick pace; killed at the end if it still runs."""
    with _started(Wanted(environment(app, **more), _log(), quick, at)) as process:
        yield process


@contextmanager
def command(app: Flask, *, at: datetime | None = None, **more: str) -> Iterator[Running]:
    """The scheduler as a deployment runs it; killed at the end if it still runs."""
    with _started(Wanted(environment(app, **more), _log(), None, at)) as process:
        yield process


@contextmanager
def _started(wanted: Wanted) -> Iterator[Running]:
    process = Running(wanted)
    try:
        yield process
    finally:
        process.kill()  # or a failed test would wait for it without end
        Path(wanted.log).unlink(missing_ok=True)


def environment(app: Flask, **more: str) -> dict[str, str]:
    """The settings of a process beside an app."""
    names = {"DATABASE_URL": "SQLALCHEMY_DATABASE_URI", "FILES": "FILES", "SECRET_KEY": "SECRET_KEY"}
    return {name: app.config[ours] for name, ours in names.items()} | more


def _log() -> str:
    file, path = tempfile.mkstemp(prefix="scheduler-", suffix=".log")
    os.close(file)
    return path


def state(app: Flask) -> Standing:
    """How the scheduler does now."""
    with app.app_context():
        found = standing(db.session(), now())
        db.session.remove()
        return found


def leader(app: Flask) -> int:
    """The process that beat last; 0 = none yet."""
    with app.app_context():
        last = db.session.get(JobRun, BEAT)
        db.session.remove()
        return int(last.worker.rpartition(":")[2]) if last else 0


def wait_until(is_so: Callable[[], bool]) -> None:
    """Look again and again, for a while."""
    ends = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < ends, "it did not come to pass"
        time.sleep(0.02)
