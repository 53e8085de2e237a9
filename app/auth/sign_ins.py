"""The register of sign-ins: what makes time-outs and "sign out everywhere" real.

The browser's cookie is signed but cannot be taken back; this register can. It holds the hash of the token in
the cookie, so that a copy of the database opens no session.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.models import Account, SignIn

SEEN_EVERY = timedelta(minutes=5)
KNOWN_FOR = timedelta(days=90)


@dataclass(frozen=True)
class Lifetimes:
    """How long a sign-in lasts without a request, and at most."""

    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True)
class Visit:
    """From where somebody comes."""

    address: str
    agent: str


def open_sign_in(session: Session, account_id: int, visit: Visit, *, at: datetime) -> str:
    """Enter a new sign-in; its token, which is kept nowhere else."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            account_id=account_id,
            token_hash=_digest(token),
            address=visit.address[:45],
            agent=visit.agent[:200],
            created_at=at,
            seen_at=at,
        )
    )
    return token


def live_sign_in(
    session: Session, token: str, lifetimes: Lifetimes, *, at: datetime
) -> tuple[SignIn, Account] | None:
    """The sign-in of a token with its account; None once it has ended or timed out."""
    statement = (
        sa.select(SignIn, Account)
        .join(Account, Account.id == SignIn.account_id)
        .where(SignIn.token_hash == _digest(token), Account.is_enabled, *_is_live(lifetimes, at))
    )
    row = session.execute(statement).one_or_none()
    return (row[0], row[1]) if row else None


def live_sign_ins(session: Session, account_id: int, lifetimes: Lifetimes, *, at: datetime) -> list[SignIn]:
    """Where an account is signed in at present, newest first."""
    statement = (
        sa.select(SignIn)
        .where(SignIn.account_id == account_id, *_is_live(lifetimes, at))
        .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    )
    return list(session.scalars(statement))


def note_seen(session: Session, sign_in_id: int, *, at: datetime) -> None:
    """Remember that a sign-in is in use."""
    session.execute(sa.update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=at))


def end_token(session: Session, token: str, *, at: datetime) -> None:
    """End the sign-in of a token."""
    session.execute(
        sa.update(SignIn)
        .where(SignIn.token_hash == _digest(token), SignIn.ended_at.is_(None))
        .values(ended_at=at)
    )


def end_sign_in(session: Session, account_id: int, sign_in_id: int, *, at: datetime) -> bool:
    """End one sign-in of an account; False, and nothing happens, when it has ended or is somebody else's."""
    ended = session.execute(_ending(account_id, at).where(SignIn.id == sign_in_id).returning(SignIn.id))
    return ended.first() is not None


def end_sign_ins(session: Session, account_id: int, *, at: datetime, but: int | None = None) -> None:
    """End every sign-in of an account, ``but`` one where it is given."""
    session.execute(_ending(account_id, at).where(SignIn.id != (but or 0)))


def has_come_from(session: Session, account_id: int, address: str, *, at: datetime) -> bool:
    """Whether the account has signed in from this address lately."""
    statement = sa.select(SignIn.id).where(
        SignIn.account_id == account_id, SignIn.address == address[:45], SignIn.created_at > at - KNOWN_FOR
    )
    return session.scalar(statement.limit(1)) is not None


def _ending(account_id: int, at: datetime) -> sa.Update:
    return (
        sa.update(SignIn)
        .where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
        .values(ended_at=at)
    )


def _is_live(lifetimes: Lifetimes, at: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        SignIn.ended_at.is_(None),
        SignIn.seen_at > at - lifetimes.idle,
        SignIn.created_at > at - lifetimes.absolute,
    )


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
