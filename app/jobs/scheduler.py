"""The process that keeps time: APScheduler as a metronome, the truth about what is due in the tables."""

import logging
import os
import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from time import sleep
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask

from app.clock import ZONE, now
from app.extensions import db
from app.jobs.leader import Lock, lock_of
from app.jobs.runs import beat, run
from app.jobs.timetable import JOBS

BEAT_SECONDS = 20
LOST = 70  # exit status of a leader that lost its lock; whoever supervises starts it anew
WATCH_SECONDS = 1.0
log = logging.getLogger(__name__)


def serve(app: Flask) -> None:
    """Wait until no other scheduler leads, then work until SIGTERM or SIGINT."""
    lock, ended = lock_of(db.engine), threading.Event()
    scheduler = _scheduler(app)
    _end_on_signals(ended)
    if _lead(lock, ended):
        log.warning("This scheduler (%s) leads.", os.getpid())
        threading.Thread(target=_watch, args=(scheduler, lock, ended), daemon=True).start()
        scheduler.start()
    lock.drop()


def _scheduler(app: Flask) -> BlockingScheduler:
    defaults = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
    executors = {"default": ThreadPoolExecutor(len(JOBS) + 1)}
    scheduler = BlockingScheduler(timezone=ZONE, job_defaults=defaults, executors=executors)
    _add(scheduler, app, beat, BEAT_SECONDS)
    for job in JOBS:
        _add(scheduler, app, partial(run, job), job.seconds)
    return scheduler


def _add(scheduler: BlockingScheduler, app: Flask, work: Callable[[], None], seconds: int) -> None:
    def in_context() -> None:
        with app.app_context():
            work()

    # The first round comes at once: what fell due while nothing ran waits no longer.
    scheduler.add_job(in_context, "interval", seconds=seconds, next_run_time=now())


def _lead(lock: Lock, ended: threading.Event) -> bool:
    if lock.take():
        return True
    log.warning("Another scheduler leads; this one (%s) waits.", os.getpid())
    while not ended.wait(WATCH_SECONDS):
        if lock.take():
            return True
    return False


def _watch(scheduler: BlockingScheduler, lock: Lock, ended: threading.Event) -> None:
    """End at once when the lock is lost; start every job anew when the clock was set back."""
    last = now()
    while not ended.wait(WATCH_SECONDS):
        if not lock.is_held():
            log.error("The lock is lost; another scheduler may lead. This one ends.")
            os._exit(LOST)
        if now() < last - timedelta(seconds=BEAT_SECONDS):
            _start_anew(scheduler)
        last = now()
    _shut_down(scheduler)


def _start_anew(scheduler: BlockingScheduler) -> None:
    for job in scheduler.get_jobs():
        job.modify(next_run_time=now())


def _end_on_signals(ended: threading.Event) -> None:
    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()  # the watch sees to the rest: this thread may be handing out jobs at the moment

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)


def _shut_down(scheduler: BlockingScheduler) -> None:
    while not scheduler.running:  # told to end while it was starting
        sleep(0.05)
    scheduler.pause()
    scheduler.shutdown()  # waits for the jobs at work
