"""What is recorded of a job, when the night is due, and what is tidied away."""

import logging
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from app.extensions import db
from app.jobs.runs import LATE, Job, beat, run, standing
from app.jobs.tidying import ATTEMPTS_KEPT, REMINDERS_KEPT, SIGN_INS_KEPT, tidy
from app.jobs.timetable import PAUSE, is_night_due, work_at_night, write_reminders
from app.models import AttemptCount, JobRun, SignIn
from plans.base import new_id
from plans.models import Reminder
from plans.reminders.rules import Family, Level
from tests.conftest import NOW
from tests.factories import Factory
from tests.plans.reminders.place import DUE, Place


@pytest.mark.parametrize(
    ("later", "is_late"),
    [
        (timedelta(0), False),
        (LATE, False),
        (LATE + timedelta(seconds=1), True),
        (-LATE, False),
        (-LATE - timedelta(seconds=1), True),  # the clock was set back, and nothing has beaten since
    ],
)
def test_heartbeat_is_late_after_two_minutes(app: Flask, later: timedelta, is_late: bool) -> None:
    with app.app_context(), time_machine.travel(NOW, tick=False):
        beat()

        assert standing(db.session(), NOW + later).is_late is is_late


def test_scheduler_that_never_ran_is_late(app: Flask) -> None:
    with app.app_context():
        assert standing(db.session(), NOW).is_late


def test_whoever_asks_from_outside_hears_one_word(app: Flask) -> None:
    http = app.test_client()
    with time_machine.travel(NOW, tick=False):
        silent = http.get("/healthz")
        with app.app_context():
            beat()
        beating = http.get("/healthz")

    assert [(answer.status_code, answer.text) for answer in (silent, beating)] == [(503, "late"), (200, "ok")]


def test_status_tells_of_every_job_and_fails_without_heartbeat(app: Flask) -> None:
    with app.app_context(), time_machine.travel(NOW, tick=False):
        run(Job("reminders", 60, lambda _at: "写入提醒 3 条。"))
        silent = app.test_cli_runner().invoke(args=["jobs", "status"])
        beat()
        beating = app.test_cli_runner().invoke(args=["jobs", "status"])

    assert (silent.exit_code, "心跳：从未" in silent.output) == (1, True)
    assert beating.exit_code == 0
    assert beating.output == "心跳：2026-11-22 09:00:00\nreminders：2026-11-22 09:00:00 写入提醒 3 条。\n"


def test_job_that_fails_is_logged_and_recorded_and_leaves_nothing(
    app: Flask, make: Factory, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_at: datetime) -> str:
        db.session.add(AttemptCount(key="half done", n=1, last_at=NOW))
        db.session.flush()
        raise RuntimeError("lost its way")

    with app.app_context(), caplog.at_level(logging.ERROR):
        run(Job("failing", 60, fail))
        done = db.session.get(JobRun, "failing")

        assert done is not None
        assert (done.has_failed, done.ended_at is not None) == (True, True)
        assert db.session.scalars(sa.select(AttemptCount)).all() == []
    assert "lost its way" in caplog.text


def hour(day: int, at_hour: int, minute: int = 0) -> datetime:
    return NOW.replace(day=day, hour=at_hour, minute=minute)


@pytest.mark.parametrize(
    ("started", "ended", "has_failed", "at", "expected"),
    [
        (hour(22, 2), True, False, hour(22, 23), False),  # done this night
        (hour(22, 2), True, False, hour(23, 1, 59), False),
        (hour(22, 2), True, False, hour(23, 2), True),
        (hour(22, 23), True, False, hour(23, 2), True),
        (hour(19, 2), True, False, hour(22, 1), False),  # after three days: at two, not before
        (hour(19, 2), True, False, hour(22, 9), True),
        (hour(22, 2), True, True, hour(22, 2) + PAUSE - timedelta(seconds=1), False),
        (hour(22, 2), True, True, hour(22, 2) + PAUSE, True),
        (hour(22, 2), False, False, hour(22, 2) + PAUSE, True),  # killed meanwhile
        (hour(22, 2), True, False, hour(21, 23), False),  # the clock was set back
    ],
)
def test_night_is_due_once_a_day(
    app: Flask, started: datetime, ended: bool, has_failed: bool, at: datetime, expected: bool
) -> None:
    with app.app_context():
        last = JobRun(name="nightly", worker="one", started_at=started, has_failed=has_failed)
        last.ended_at = started if ended else None
        db.session.add(last)
        db.session.commit()

        assert is_night_due(db.session(), at) is expected


def test_first_night_is_due_at_once(app: Flask) -> None:
    with app.app_context():
        assert is_night_due(db.session(), NOW)


def test_jobs_say_what_they_did(app: Flask, make: Factory) -> None:
    Place(make)
    at = datetime.combine(DUE, NOW.timetz())

    with app.app_context():
        words = [write_reminders(at), write_reminders(at), work_at_night(at)]

    # Both units of the day, and the three offices of the two counties of data not in.
    assert words == ["写入提醒 5 条。", "写入提醒 0 条。", "办理 2 个县的夜间工作，清理旧记录 0 条。"]


def test_only_what_nobody_needs_is_tidied_away(app: Flask, make: Factory) -> None:
    county = make.county()
    account = make.member(county).actor.user_id
    second = timedelta(seconds=1)
    with make.session(county) as session:
        for age in (SIGN_INS_KEPT, SIGN_INS_KEPT + second):
            session.add(SignIn(account_id=account, token_hash=str(age), address="", agent="", **seen(age)))
        for age in (ATTEMPTS_KEPT, ATTEMPTS_KEPT + second):
            session.add(AttemptCount(key=str(age), n=1, last_at=NOW - age))
        for item in (1, 2):  # the second one was never followed
            session.add(reminder(account, item, REMINDERS_KEPT + second, is_read=True))
        session.add(reminder(account, 1, timedelta(0), is_read=True))
        session.add(reminder(account, 3, REMINDERS_KEPT + second, is_read=False))
        session.add(reminder(account, 3, timedelta(0), is_read=False))

    with app.app_context():
        n = tidy(db.session().connection(execution_options={"all_counties": True}), at=NOW)
        db.session.commit()

    assert n == 3
    with make.session(county) as session:
        left = session.scalars(sa.select(Reminder.item_id).order_by(Reminder.item_id))
        assert list(left) == [1, 2, 3, 3]


def seen(age: timedelta) -> dict[str, datetime]:
    return {"created_at": NOW - age, "seen_at": NOW - age}


def reminder(account: int, item: int, age: timedelta, *, is_read: bool) -> Reminder:
    then = NOW - age
    return Reminder(
        id=new_id(),
        family=Family.DEADLINE,
        item_id=item,
        account_id=account,
        rule="deadline-day",
        slot_on=then.date(),
        anchor_on=then.date(),
        level=Level.BLUE,
        title="补齐音乐教室",
        created_at=then,
        read_at=then if is_read else None,
    )
