"""What goes on in a scheduler's process of a test: the very command, with a clock and a pace of the test's.

A process starts by a fork of one that has imported everything: importing anew takes seconds, each time.
"""

import os
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import FrameType

import time_machine
from flask.cli import cli

import app.factory  # noqa: F401 -- what every child needs
from app.jobs import scheduler

QUICK = 0.1  # seconds between two rounds
BACK = timedelta(hours=1)  # by so much SIGUSR1 sets the clock back


@dataclass(frozen=True)
class Wanted:
    """``quick``: these jobs only, each tenth of a second; ``at``: what the clock shows at the start."""

    environment: Mapping[str, str]
    log: str
    quick: Sequence[str] | None = None
    at: datetime | None = None


def run(wanted: Wanted) -> None:
    """``flask --app wsgi jobs run``."""
    os.environ.update(wanted.environment)
    os.dup2(os.open(wanted.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), 2)
    if wanted.quick is not None:
        scheduler.BEAT_SECONDS = QUICK
        jobs = [replace(job, seconds=QUICK) for job in scheduler.JOBS if job.name in wanted.quick]
        scheduler.JOBS = tuple(jobs)
    with _clock(wanted.at):
        cli.main(args=["--app", "wsgi", "jobs", "run"], prog_name="flask")


@contextmanager
def _clock(at: datetime | None) -> Iterator[None]:
    if at is None:
        yield
        return
    with time_machine.travel(at, tick=True) as traveller:

        def back(_number: int, _frame: FrameType | None) -> None:
            traveller.shift(-BACK)

        signal.signal(signal.SIGUSR1, back)
        yield
