"""What schedulers do when their lock, their machine or the clock gives way: nothing doubled, nothing lost."""

import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier

import psycopg
import pytest
import time_machine
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.jobs.delivery import compose, deliver
from app.jobs.lines import everywhere
from app.jobs.reminders import tick
from app.jobs.runs import LATE
from app.jobs.scheduler import LOST
from app.messages.channels import Chosen, add_channel
from app.messages.outcome import Fate
from app.models import ChannelKind
from plans.models import Message, MessageState, Reminder, Task
from tests.conftest import ON_POSTGRESQL
from tests.factories import Factory
from tests.jobs.crowd import DUE, NINE, RULE, Crowd
from tests.jobs.post_office import PostOffice, post_office
from tests.jobs.processes import Running, leader, scheduler, wait_until
from tests.messages.servers import receiver
from tests.pages import PageClient

pytestmark = pytest.mark.slow
JOBS = ("reminders", "messages", "delivery")
MINUTE = timedelta(minutes=1)
AT_ONCE = 2


@pytest.fixture
def crowd(make: Factory) -> Crowd:
    crowd = Crowd(make)
    crowd.grow(3, 2)
    return crowd


@pytest.fixture
def office() -> Iterator[tuple[PostOffice, dict[str, str]]]:
    with post_office() as running:
        yield running


@ON_POSTGRESQL
def test_leader_whose_lock_is_cut_ends_and_the_waiting_one_takes_over(app: Flask, crowd: Crowd) -> None:
    with scheduler(app, "reminders", at=NINE) as first:
        wait_until(lambda: leader(app) == first.pid)
        with scheduler(app, "reminders", at=NINE) as second:
            second.wait_for("waits")
            crowd.grow(40, 5)
            assert _cut_the_lock(app) == 1
            crowd.grow(40, 5)

            assert first.ended() == LOST
            second.wait_for("leads")
            crowd.grow(3, 2)
            wait_until(lambda: crowd.count(Reminder) >= len(crowd.expected))
            wait_until(lambda: leader(app) == second.pid)

    assert sorted(crowd.told()) == sorted(crowd.expected)


def test_frozen_leader_gives_an_alarm_and_nobody_works_beside_it(app: Flask, crowd: Crowd) -> None:
    with scheduler(app, "reminders", at=NINE) as first:
        wait_until(lambda: crowd.count(Reminder) == len(crowd.expected))
        wait_until(lambda: _is_frozen_between_writes(app, first))
        with scheduler(app, "reminders", at=NINE) as second:
            second.wait_for("waits")
            assert [_health(app, NINE + later) for later in (MINUTE, LATE + MINUTE)] == ["ok", "late"]

            crowd.grow(3, 2)
            first.kill()
            wait_until(lambda: crowd.count(Reminder) == len(crowd.expected))
            wait_until(lambda: leader(app) == second.pid)


def _is_frozen_between_writes(app: Flask, process: Running) -> bool:
    """Freeze it, and let it go on where it was writing: one that writes keeps all others from SQLite."""
    process.signal(signal.SIGSTOP)
    try:
        with app.app_context(), everywhere() as connection, connection.begin():
            pass
    except OperationalError:
        process.signal(signal.SIGCONT)
        return False
    return True


def test_two_at_once_write_each_reminder_and_send_each_mail_once(
    app: Flask, crowd: Crowd, office: tuple[PostOffice, dict[str, str]]
) -> None:
    crowd.grow(20, 10)
    server, environment = office
    settings = {**app.config, **environment, "MAIL_PORT": int(environment["MAIL_PORT"])}
    start = Barrier(AT_ONCE)

    def work(_number: int) -> tuple[int, int, int]:
        with app.app_context(), everywhere() as connection:
            start.wait()
            n_rows = tick(connection, at=NINE)
            connection.commit()
            start.wait()
            n_messages = compose(connection, at=NINE, settings=settings)
            start.wait()
            counts = deliver(connection, clock=lambda: NINE, settings=settings)
            return n_rows, n_messages, counts[Fate.SENT]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(work, range(AT_ONCE)))

    assert [sum(numbers) for numbers in zip(*done, strict=True)] == [206, 23, 23]
    assert sorted(crowd.told()) == sorted(crowd.expected)
    assert (len(server.taken), server.twice()) == (23, [])


def test_after_three_days_the_newest_is_told_and_what_waited_goes_out(
    app: Flask, crowd: Crowd, office: tuple[PostOffice, dict[str, str]]
) -> None:
    server, settings = office
    with scheduler(app, "reminders", "messages", at=NINE, **settings):  # dies before it sends
        wait_until(lambda: crowd.count(Message) == 3)
    with scheduler(app, *JOBS, at=NINE + timedelta(days=3), **settings):
        wait_until(lambda: crowd.count(Message) == 6 and not crowd.n_open())

    # Of the day between, on which it stood still, nobody is told any more.
    missed = {(task, account, "deadline-day", DUE) for task, account, _rule, _day in crowd.expected}
    assert sorted(crowd.told()) == sorted(crowd.expected | missed)
    assert (len(server.taken), server.twice()) == (6, [])


def test_clock_set_back_an_hour_stops_nothing_and_doubles_nothing(
    app: Flask, crowd: Crowd, office: tuple[PostOffice, dict[str, str]]
) -> None:
    server, settings = office
    with scheduler(app, *JOBS, at=NINE, **settings) as process:
        wait_until(lambda: len(server.taken) == 3 and not crowd.n_open())
        process.signal(signal.SIGUSR1)  # eight o'clock again, before the digests
        crowd.grow(3, 2)
        wait_until(lambda: crowd.count(Reminder) == len(crowd.expected))
    assert crowd.count(Message) == 3
    with scheduler(app, *JOBS, at=NINE + MINUTE, **settings):
        wait_until(lambda: crowd.count(Message) == 6 and not crowd.n_open())

    assert sorted(crowd.told()) == sorted(crowd.expected)
    assert (len(server.taken), server.twice()) == (6, [])


def test_clock_set_back_over_midnight_tells_nothing_older(app: Flask, crowd: Crowd) -> None:
    with scheduler(app, "reminders", at=NINE.replace(hour=0, minute=30)) as process:
        wait_until(lambda: crowd.count(Reminder) == len(crowd.expected))
        process.signal(signal.SIGUSR1)  # the evening before
        crowd.make.task(crowd.county, unit_id=_a_unit(crowd), due_on=date(2026, 11, 26))
        wait_until(lambda: crowd.count(Reminder) > len(crowd.expected))

    new = set(crowd.told()) - crowd.expected
    assert {(rule, day) for _task, _account, rule, day in new} == {(RULE, date(2026, 11, 23))}
    assert len(new) == 1


def test_sender_that_dies_after_the_mail_was_taken_leaves_an_unknown_that_is_listed(
    app: Flask, crowd: Crowd, client: PageClient
) -> None:
    with post_office(0.5) as (server, settings):
        with scheduler(app, *JOBS, at=NINE, **settings) as process:
            wait_until(lambda: len(server.taken) == 1)
            process.kill()
        assert crowd.states() == {MessageState.SENDING: 1, MessageState.QUEUED: 2}
        server.seconds = 0.0
        with scheduler(app, *JOBS, at=NINE + 10 * MINUTE, **settings):
            wait_until(lambda: not crowd.n_open())

    assert crowd.states() == {MessageState.UNKNOWN: 1, MessageState.SENT: 2}
    assert (len(server.taken), server.twice()) == (3, [])
    client.sign_in(crowd.office)
    (row,) = client.get_page("/messages/outgoing").select("tbody tr")
    assert "发送进程中断，不能确定是否已发出。" in row.text


def test_group_that_would_rather_twice_than_never_is_told_again_with_the_same_number(
    app: Flask, crowd: Crowd
) -> None:
    with receiver() as (hook, port):
        _add_group(crowd, f"http://127.0.0.1:{port}/")
        hook.wait = 3.0
        with scheduler(app, *JOBS, at=NINE, WEBHOOK_PRIVATE_HOSTS="127.0.0.1") as process:
            wait_until(lambda: len(hook.bodies) == 1)
            process.kill()
        hook.wait = 0.0
        with scheduler(app, *JOBS, at=NINE + 10 * MINUTE, WEBHOOK_PRIVATE_HOSTS="127.0.0.1"):
            wait_until(lambda: not crowd.n_open())

    (message,) = crowd.messages()
    assert message.state is MessageState.SENT
    numbers = [body["message"].rpartition("编号：")[2] for body in hook.bodies]
    assert numbers == [message.dedup_key] * 2


def _cut_the_lock(app: Flask) -> int:
    """End the connection that holds the leader's lock; how many there were."""
    address = app.config["SQLALCHEMY_DATABASE_URI"].replace("+psycopg", "")
    held = """
    select pg_terminate_backend(pid) from pg_locks
    where locktype = 'advisory' and granted
      and database = (select oid from pg_database where datname = current_database())
    """
    with psycopg.connect(address) as line:
        return len(line.execute(held).fetchall())


def _health(app: Flask, at: datetime) -> str:
    with time_machine.travel(at, tick=False):
        return app.test_client().get("/healthz").text


def _a_unit(crowd: Crowd) -> int:
    return int(crowd.rows(Task.lead_unit_id)[0][0])


def _add_group(crowd: Crowd, address: str) -> None:
    chosen = Chosen("工作群", ChannelKind.JSON, address, True, True)
    with crowd.make.session(crowd.county) as session:
        add_channel(session, crowd.office.actor, chosen=chosen, private_hosts={"127.0.0.1"}, at=NINE)
