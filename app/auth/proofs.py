"""Proving who one is with login and password, in two steps with the slow hash between them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.auth.accounts import find_account, locked_account
from app.auth.attempts import Gate, count_attempt, forget_old_counts, forgive
from app.auth.devices import gates_of
from app.auth.sign_ins import Visit
from app.models import Account

MOST_LOGIN_LETTERS = 60


@dataclass(frozen=True)
class Claim:
    """Somebody says to be the owner of a login; what is needed to check it without the database."""

    account_id: int  # 0 = no such login; checked all the same, so that nobody can tell
    password_hash: str | None
    gates: tuple[Gate, ...]


def claim_login(
    session: Session, login: str, visit: Visit, *, secret: str, cookie: str, at: datetime
) -> Claim:
    """Count an attempt for this login; the caller commits, then computes the hash, then acts on it.

    Raises TooManyAttempts.
    """
    login = login.strip()[:MOST_LOGIN_LETTERS]
    account = find_account(session, login)
    account_id, kept = (account.id, account.password_hash) if account else (0, None)
    gates = gates_of(session, secret, cookie=cookie, login=login, account_id=account_id, visit=visit, at=at)
    count_attempt(session, gates, at=at)
    forget_old_counts(session, at=at)
    return Claim(account_id, kept, tuple(gates))


def accept_claim(session: Session, claim: Claim, *, fresh_hash: str | None) -> Account | None:
    """Forgive the counted attempt of a proven claim and keep a fresh hash; None for a disabled account."""
    forgive(session, claim.gates)
    account = locked_account(session, claim.account_id)
    # Not over a password that was changed while this one was looked at.
    if fresh_hash is not None and account.password_hash == claim.password_hash:
        account.password_hash = fresh_hash
    return account if account.is_enabled else None
