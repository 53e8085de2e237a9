"""Counting attempts: pauses that grow, end soon, and hit nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.auth.attempts import (
    FIRST_PAUSE,
    FORGOTTEN_AFTER,
    LONGEST_PAUSE,
    Gate,
    count_attempt,
    count_use,
    forget_old_counts,
    forgive,
)
from app.auth.errors import TooManyAttempts
from app.models import AttemptCount
from tests.conftest import NOW
from tests.factories import Factory

LOGIN = Gate("login", "jia-office", 3)
ADDRESS = Gate("address", "192.0.2.1", 5)


def _closed_for(session: Session, gate: Gate, after: timedelta) -> int | None:
    try:
        count_attempt(session, [gate], at=NOW + after)
    except TooManyAttempts as refusal:
        return refusal.wait_s
    return None


def test_pause_begins_after_the_free_attempts_and_doubles(make: Factory) -> None:
    with make.session() as session:
        for _ in range(LOGIN.n_free):
            assert _closed_for(session, LOGIN, timedelta()) is None

        first = _closed_for(session, LOGIN, timedelta())
        again = _closed_for(session, LOGIN, FIRST_PAUSE)
        second = _closed_for(session, LOGIN, FIRST_PAUSE)

    assert (first, again, second) == (30, None, 60)


def test_pause_never_grows_beyond_the_longest(make: Factory) -> None:
    at, waits = timedelta(), []
    with make.session() as session:
        for _ in range(20):
            wait = _closed_for(session, LOGIN, at)
            waits.append(wait or 0)
            at += timedelta(seconds=wait or 0)

    assert max(waits) == LONGEST_PAUSE.total_seconds()


def test_knocking_during_a_pause_does_not_make_it_longer(make: Factory) -> None:
    with make.session() as session:
        for _ in range(LOGIN.n_free):
            count_attempt(session, [LOGIN], at=NOW)

        waits = [_closed_for(session, LOGIN, timedelta(seconds=second)) for second in (0, 10, 29)]

        assert waits == [30, 20, 1]
        assert _closed_for(session, LOGIN, timedelta(seconds=30)) is None


def test_an_hour_without_attempts_is_forgotten(make: Factory) -> None:
    with make.session() as session:
        for _ in range(LOGIN.n_free):
            count_attempt(session, [LOGIN], at=NOW)

        count_attempt(session, [LOGIN], at=NOW + FORGOTTEN_AFTER)

        assert session.get(AttemptCount, LOGIN.key).n == 1


def test_closed_gate_counts_nothing_at_the_others(make: Factory) -> None:
    with make.session() as session:
        for _ in range(LOGIN.n_free):
            count_attempt(session, [LOGIN], at=NOW)
        count_attempt(session, [ADDRESS], at=NOW)

        with pytest.raises(TooManyAttempts):
            count_attempt(session, [LOGIN, ADDRESS], at=NOW)

        assert session.get(AttemptCount, ADDRESS.key).n == 1


def test_success_forgives_the_login_but_gives_the_address_one_attempt_back(make: Factory) -> None:
    with make.session() as session:
        for _ in range(2):
            count_attempt(session, [LOGIN, ADDRESS], at=NOW)

        forgive(session, [LOGIN, ADDRESS])
        session.expire_all()

        assert session.get(AttemptCount, LOGIN.key) is None
        assert session.get(AttemptCount, ADDRESS.key).n == 1


def test_keys_tell_no_login(make: Factory) -> None:
    with make.session() as session:
        count_attempt(session, [Gate("login", "my secret in the wrong field", 3)], at=NOW)

        assert [row.key for row in session.query(AttemptCount) if "secret" in row.key] == []


def test_old_counts_are_deleted_and_young_ones_kept(make: Factory) -> None:
    with make.session() as session:
        count_attempt(session, [LOGIN], at=NOW - timedelta(days=2))
        count_attempt(session, [ADDRESS], at=NOW)

        forget_old_counts(session, at=NOW)

        assert [row.key for row in session.query(AttemptCount)] == [ADDRESS.key]


def test_use_within_a_window_is_limited_and_begins_anew_after_it(make: Factory) -> None:
    def use(after_s: int) -> None:
        count_use(
            session,
            "search:1",
            limit=2,
            window=timedelta(minutes=1),
            at=NOW + timedelta(seconds=after_s),
            what="搜索太频繁",
        )

    with make.session() as session:
        use(0)
        use(59)
        with pytest.raises(TooManyAttempts, match="搜索太频繁，请 1 秒后再试。"):
            use(59)
        use(60)
