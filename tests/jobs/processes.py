"""Real schedulers over the database of a test."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask

from app.clock import now
from app.extensions import db
from app.jobs.runs import BEAT, Standing, standing
from app.models import JobRun

PATIENCE = 30.0  # seconds; the machine may be busy


@contextmanager
def scheduler(app: Flask, *jobs: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A scheduler with some of the jobs, in a process of its own; killed at the end if it still runs."""
    environment = os.environ | {
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "FILES": app.config["FILES"],
        "SECRET_KEY": app.config["SECRET_KEY"],
    }
    command = [sys.executable, "-m", "tests.jobs.child", *jobs]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()  # or a failed test would wait for it without end


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
        time.sleep(0.05)


def wait_for_word(process: "subprocess.Popen[bytes]", word: str) -> None:
    """Read what a scheduler tells until it has said the word."""
    assert process.stderr is not None
    for line in process.stderr:
        if word in line.decode():
            return
    raise AssertionError(f"the scheduler ended without having said “{word}”")
