"""Messages are claimed by one, sent once, tried again after refusals, and never silently doubled."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from plans.base import new_id
from plans.models import Message, MessageState
from plans.reminders.outbox import (
    LEASE,
    PAUSES,
    claim,
    give_up_stale,
    mark_refused,
    mark_sent,
    mark_unknown,
    resend,
)
from tests.conftest import NOW
from tests.factories import Factory
from tests.plans.reminders.watch import everywhere

LATER = NOW + LEASE + timedelta(seconds=1)


@pytest.fixture
def connection(make: Factory) -> Iterator[sa.Connection]:
    with make.app.app_context(), everywhere() as connection:
        yield connection


@pytest.fixture
def queue(make: Factory, connection: sa.Connection) -> "Queue":
    return Queue(connection, make.county())


class Queue:
    """Messages of one county."""

    def __init__(self, connection: sa.Connection, county_id: int) -> None:
        self.connection, self.county_id = connection, county_id

    def add(self, key: str = "one", at: datetime = NOW, **fields: Any) -> int:
        message = {
            "county_id": self.county_id,
            "id": new_id(),
            "channel": "mail",
            "kind": "digest",
            "dedup_key": key,
            "address": "jia@example.org",
            "day": at.date(),
            "subject": "今日提醒",
            "text": "两项任务临期。",
            "next_try_at": at,
            "created_at": at,
            **fields,
        }
        self.connection.execute(sa.insert(Message).values(**message))
        return message["id"]

    def claim(self, at: datetime = NOW, worker: str = "a", limit: int = 10) -> list[Any]:
        return list(claim(self.connection, worker=worker, limit=limit, at=at))

    def states(self) -> list[str]:
        return list(self.connection.scalars(sa.select(Message.state).order_by(Message.dedup_key)))


def test_message_is_claimed_by_one(queue: Queue) -> None:
    message_id = queue.add()

    taken, again = queue.claim(worker="a"), queue.claim(worker="b")

    assert [message.id for message in taken] == [message_id]
    assert again == []


def test_oldest_messages_are_claimed_first_up_to_the_limit(queue: Queue) -> None:
    queue.add("new", NOW)
    queue.add("old", NOW - timedelta(hours=1))
    queue.add("to come", NOW + timedelta(hours=1))

    assert [m.dedup_key for m in queue.claim(limit=1)] == ["old"]
    assert [m.dedup_key for m in queue.claim()] == ["new"]


def test_sent_message_is_never_claimed_again(queue: Queue) -> None:
    queue.add()
    (message,) = queue.claim()

    assert mark_sent(queue.connection, message, at=NOW)
    assert queue.claim(LATER) == []
    assert give_up_stale(queue.connection, at=LATER) == 0
    assert queue.states() == [MessageState.SENT]


def test_refused_message_is_tried_again_with_growing_pauses_and_then_shown_as_failed(queue: Queue) -> None:
    queue.add()
    at, waited = NOW, []
    for pause in PAUSES:
        (message,) = queue.claim(at)
        mark_refused(queue.connection, message, error="550", at=at)
        waited.append(queue.claim(at + timedelta(minutes=pause, seconds=-1)))
        at += timedelta(minutes=pause)
    (message,) = queue.claim(at)
    mark_refused(queue.connection, message, error="550", at=at)

    assert waited == [[]] * len(PAUSES)
    assert sorted(PAUSES) == list(PAUSES)
    assert queue.states() == [MessageState.FAILED]


def test_final_refusal_is_not_tried_again(queue: Queue) -> None:
    queue.add()
    (message,) = queue.claim()

    mark_refused(queue.connection, message, error="地址不存在", at=NOW, is_final=True)

    assert queue.states() == [MessageState.FAILED]


def test_message_of_a_dead_claimer_is_unknown_and_stays_so(queue: Queue) -> None:
    queue.add()
    queue.claim()

    early = give_up_stale(queue.connection, at=NOW + LEASE)
    settled = give_up_stale(queue.connection, at=LATER)

    assert (early, settled) == (0, 1)
    assert queue.states() == [MessageState.UNKNOWN]
    assert queue.claim(LATER) == []


def test_message_of_a_dead_claimer_goes_out_again_where_twice_is_better_than_never(queue: Queue) -> None:
    queue.add(is_repeatable=True)
    queue.claim()

    give_up_stale(queue.connection, at=LATER)

    assert [message.attempts for message in queue.claim(LATER)] == [2]


@pytest.mark.parametrize(
    ("is_repeatable", "state"), [(False, MessageState.UNKNOWN), (True, MessageState.QUEUED)]
)
def test_broken_line_leaves_an_unknown_fate(queue: Queue, is_repeatable: bool, state: MessageState) -> None:
    queue.add(is_repeatable=is_repeatable)
    (message,) = queue.claim()

    mark_unknown(queue.connection, message, error="连接中断", at=NOW)

    assert queue.states() == [state]


def test_late_claimer_cannot_mark_what_was_given_up(queue: Queue) -> None:
    queue.add()
    (message,) = queue.claim()
    give_up_stale(queue.connection, at=LATER)

    assert not mark_sent(queue.connection, message, at=LATER)
    assert queue.states() == [MessageState.UNKNOWN]


def test_unknown_message_is_sent_again_by_hand_only(queue: Queue) -> None:
    message_id = queue.add()
    queue.claim()
    give_up_stale(queue.connection, at=LATER)

    first = resend(queue.connection, county_id=queue.county_id, message_id=message_id, at=LATER)
    second = resend(queue.connection, county_id=queue.county_id, message_id=message_id, at=LATER)

    assert (first, second) == (True, False)
    assert len(queue.claim(LATER)) == 1
