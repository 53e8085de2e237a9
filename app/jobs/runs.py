"""One run of a job of the scheduler: recorded before and after, so that others see how it went."""

import logging
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.clock import now
from app.extensions import db
from app.models import JobRun

BEAT = "beat"
LATE = timedelta(minutes=2)  # without a heartbeat for so long, something is wrong
Work = Callable[[datetime], str]  # commits by itself and says in a sentence what it did
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """Work that the scheduler looks after every so many seconds; what is due, the tables say."""

    name: str
    seconds: int
    work: Work
    is_due: Callable[[Session, datetime], bool] = lambda _session, _at: True


@dataclass(frozen=True)
class Standing:
    """What is known of the scheduler."""

    beat_at: datetime | None
    is_late: bool
    runs: list[JobRun]


def run(job: Job) -> None:
    """Do a job if it is due; a failure is logged and recorded, and the next round tries again."""
    at = now()
    if not _is_due(job, at):
        return
    _record(JobRun(name=job.name, worker=worker(), started_at=at, words="", has_failed=False))
    try:
        words, has_failed = job.work(at), False
    except Exception:  # a job that fails must not end the scheduler
        db.session.rollback()
        log.exception("Job %s failed.", job.name)
        words, has_failed = _("没有办成，原因见日志，下一轮自动重试。"), True
    db.session.remove()
    done = JobRun(name=job.name, worker=worker(), started_at=at, words=words, has_failed=has_failed)
    done.ended_at = now()
    _record(done)


def beat() -> None:
    """Say that this scheduler is alive."""
    at = now()
    _record(JobRun(name=BEAT, worker=worker(), started_at=at, ended_at=at, words="", has_failed=False))


def standing(session: Session, at: datetime) -> Standing:
    """How the scheduler does. One query.

    A heartbeat from the future is no good sign either: the clock was set back and nothing has beaten since.
    """
    runs = list(session.scalars(sa.select(JobRun).order_by(JobRun.name)))
    beat_at = next((one.ended_at for one in runs if one.name == BEAT), None)
    is_late = beat_at is None or abs(at - beat_at) > LATE
    return Standing(beat_at, is_late, [one for one in runs if one.name != BEAT])


def worker() -> str:
    """The name by which a scheduler is told from another."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}"


def _is_due(job: Job, at: datetime) -> bool:
    is_due = job.is_due(db.session(), at)
    db.session.remove()
    return is_due


def _record(done: JobRun) -> None:
    db.session.merge(done)
    db.session.commit()
    db.session.remove()
