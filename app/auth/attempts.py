"""Counting attempts in the database, so that all processes see the same count.

An attempt is counted before its secret is looked at: a hundred tries sent at once are a hundred tries. After
a few free ones the pause doubles up to fifteen minutes; an hour without any forgets them. What is refused
during a pause is not counted, so nobody can make a pause longer than that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.auth.errors import TooManyAttempts
from app.models import AttemptCount

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Gate:
    """One thing that attempts are counted by, and how many are free."""

    kind: str
    whose: str
    n_free: int

    @property
    def key(self) -> str:
        """The key of the count; hashed, because people type passwords into the wrong field."""
        return f"{self.kind}:{sha256(self.whose.encode()).hexdigest()}"


def count_attempt(session: Session, gates: Iterable[Gate], *, at: datetime) -> None:
    """Count one attempt at every gate; the caller commits before it looks at the secret.

    Raises TooManyAttempts, and counts nothing, while one of the gates is closed.
    """
    pairs = [(gate, _count_of(session, gate.key, at)) for gate in sorted(gates, key=lambda gate: gate.key)]
    closed = [count.until for _gate, count in pairs if count.until is not None and count.until > at]
    if closed:
        raise TooManyAttempts(max(closed), at)
    for gate, count in pairs:
        count.n = count.n + 1 if at - count.last_at < FORGOTTEN_AFTER else 1
        count.last_at, count.until = at, _pause_end(count.n, gate.n_free, at)


def forgive(session: Session, gates: Iterable[Gate]) -> None:
    """Take back what a successful attempt was counted.

    A gate of one account begins anew. A shared gate (an address) gets this one attempt back only: else
    somebody with an account of his own could go on guessing for ever.
    """
    # In the order in which they are counted, or two sign-ins at once would wait for each other.
    for gate in sorted(gates, key=lambda gate: gate.key):
        if gate.kind == "address":
            session.execute(
                sa.update(AttemptCount)
                .where(AttemptCount.key == gate.key, AttemptCount.n > 0)
                .values(n=AttemptCount.n - 1, until=None)
            )
        else:
            session.execute(sa.delete(AttemptCount).where(AttemptCount.key == gate.key))


def count_use(session: Session, key: str, *, limit: int, window: timedelta, at: datetime, what: str) -> None:
    """Count one use of something that may be used ``limit`` times within a window.

    Raises TooManyAttempts beyond it.
    """
    count = _count_of(session, key, at)
    if count.until is None or count.until <= at:
        count.n, count.until = 0, at + window
    if count.n >= limit:
        raise TooManyAttempts(count.until, at, what)
    count.n, count.last_at = count.n + 1, at


def forget_old_counts(session: Session, *, at: datetime) -> None:
    """Delete the counts that no longer hold anybody back."""
    session.execute(sa.delete(AttemptCount).where(AttemptCount.last_at < at - timedelta(days=1)))


def _count_of(session: Session, key: str, at: datetime) -> AttemptCount:
    # Locked, where the database can: two tries at once must not both be the fifth.
    statement = sa.select(AttemptCount).where(AttemptCount.key == key).with_for_update()
    if (known := session.scalar(statement)) is not None:
        return known
    try:
        with session.begin_nested():
            session.add(AttemptCount(key=key, n=0, last_at=at))
    except IntegrityError:  # another process was quicker
        return _count_of(session, key, at)
    return session.scalars(statement).one()


def _pause_end(n: int, n_free: int, at: datetime) -> datetime | None:
    if n < n_free:
        return None
    return at + min(FIRST_PAUSE * 2 ** min(n - n_free, 10), LONGEST_PAUSE)
