"""Schedulers one after the other, each killed, while ever more tasks fall due."""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask

from plans.models import Message, MessageState, Reminder
from tests.factories import Factory
from tests.jobs.crowd import NINE, Crowd
from tests.jobs.post_office import PostOffice
from tests.jobs.processes import command, scheduler, wait_until

PEOPLE, TASKS_EACH = 10, 25  # they come anew before each life
PAUSE = timedelta(minutes=10)  # between two lives, longer than the lease of a message
LONGEST_S = 2.0  # of a life in which no mail goes out


@dataclass(frozen=True)
class Moment:
    """When a scheduler is killed: so many seconds after the n-th mail of its life, 0 = after its start."""

    mails: int
    seconds: float


@dataclass(frozen=True)
class Death:
    """What a life had done when it was killed, and what it left."""

    rows: int
    mails: int
    n_open: int

    @property
    def is_between_mails(self) -> bool:
        return self.mails > 0 and self.n_open > 0


def moments(chance: random.Random, n: int, *, whole: float, mail: float) -> Iterator[Moment]:
    """Half of them at any time of a life, half while mails are on their way."""
    for _n in range(n // 2):
        yield Moment(0, chance.uniform(0, whole))
        yield Moment(chance.randint(1, PEOPLE - 2), chance.uniform(0, mail))


class Lives:
    """The schedulers over one crowd."""

    def __init__(self, app: Flask, make: Factory, server: PostOffice, settings: dict[str, str]) -> None:
        self._app, self._server, self._settings = app, server, settings
        self.crowd = Crowd(make)
        self._n = 0

    def whole(self) -> float:
        """Seconds of a life left alone: what one life writes, the next composes, the third sends."""
        self.crowd.grow(PEOPLE, TASKS_EACH)
        for is_done in (
            lambda: self.crowd.count(Reminder) == PEOPLE * TASKS_EACH,
            lambda: self.crowd.count(Message) == PEOPLE,
            lambda: not self.crowd.n_open(),  # sent, or unknown: the second may die while it sends
        ):
            with command(self._app, at=self._next(), **self._settings) as process:
                process.wait_for("leads")
                began = time.monotonic()
                wait_until(is_done)
        return time.monotonic() - began

    def killed(self, moment: Moment) -> Death:
        """One life, with more to do than the one before."""
        rows, mails = self.crowd.count(Reminder), len(self._server.taken)
        self.crowd.grow(PEOPLE, TASKS_EACH)
        with command(self._app, at=self._next(), **self._settings) as process:
            process.wait_for("leads")
            self._wait_for(moment, mails + moment.mails)
            process.kill()
        rows = self.crowd.count(Reminder) - rows
        return Death(rows=rows, mails=len(self._server.taken) - mails, n_open=self.crowd.n_open())

    def finish(self) -> None:
        """Let everything come to its end, one job after the other."""
        for job, is_done in (
            ("reminders", lambda: self.crowd.count(Reminder) == len(self.crowd.expected)),
            ("messages", lambda: self.crowd.count(Message) == self.crowd.n_people),
            ("delivery", lambda: not self.crowd.n_open()),
        ):
            with scheduler(self._app, job, at=self._next(), **self._settings):
                wait_until(is_done)

    def unknown(self) -> int:
        return self.crowd.states()[MessageState.UNKNOWN]

    def _wait_for(self, moment: Moment, mails: int) -> None:
        ends = time.monotonic() + LONGEST_S
        while len(self._server.taken) < mails and time.monotonic() < ends:
            time.sleep(0.001)
        time.sleep(moment.seconds)

    def _next(self) -> datetime:
        self._n += 1
        return NINE + self._n * PAUSE
