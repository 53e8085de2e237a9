"""Real scheduler processes: one leads, another waits; killed, frozen, told to end."""

import signal
import time

import pytest
from flask import Flask

from app.clock import now
from app.extensions import db
from app.jobs.runs import LATE, standing
from tests.factories import Factory
from tests.jobs.processes import leader, scheduler, state, wait_until
from tests.plans.reminders.place import Place

pytestmark = pytest.mark.slow


def test_of_two_schedulers_one_works_and_the_other_takes_over_when_it_is_killed(
    app: Flask, make: Factory
) -> None:
    place = Place(make, due_on=now().date())  # speaks today or on the working day before
    with scheduler(app, "reminders") as first:
        wait_until(lambda: leader(app) == first.pid)
        with scheduler(app, "reminders") as second:
            second.wait_for("waits")
            assert leader(app) == first.pid

            first.kill()
            wait_until(lambda: leader(app) == second.pid)

            second.signal(signal.SIGTERM)
            assert second.ended() == 0

    told = [account for account, _rule, _day in place.told()]
    assert (len(told), told.count(place.unit.user_id)) == (2, 1)  # the neighbour's unit is the other one


def test_frozen_leader_is_told_by_its_heartbeat_alone(app: Flask) -> None:
    with scheduler(app) as process:
        wait_until(lambda: leader(app) == process.pid)

        process.signal(signal.SIGSTOP)
        frozen = state(app).beat_at
        time.sleep(1)
        with app.app_context():
            found = standing(db.session(), now() + LATE)
            assert (found.beat_at, found.is_late) == (frozen, True)

        process.signal(signal.SIGCONT)
        wait_until(lambda: state(app).beat_at != frozen)


def test_interrupted_waiting_scheduler_ends_cleanly(app: Flask) -> None:
    with scheduler(app) as first:
        wait_until(lambda: leader(app) == first.pid)
        with scheduler(app) as waiting:
            waiting.wait_for("waits")
            waiting.signal(signal.SIGINT)
            assert waiting.ended() == 0
        assert first.is_running
