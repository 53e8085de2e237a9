"""What the audit log keeps of signing in and out."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.doers import Doer, doer_of
from app.audit.recording import record
from app.auth.accounts import memberships_of
from app.models import Account
from app.models.audit import Act
from app.tenancy import enter_county


def note_sign(session: Session, act: Act, account: Account | None, *, at: datetime, why: str = "") -> None:
    """Note a sign-in, a failed one or a sign-out.

    It goes into the chain of the account's first county, which the session enters; into the platform's when
    nobody is known by the name. The name tried is not kept then: it may be a password in the wrong field.
    """
    choices = memberships_of(session, account.id) if account else []
    if choices:
        enter_county(session, choices[0][1].id)
    is_known = account is not None and act is not Act.SIGN_IN_FAILED
    doer = Doer(account.id, account.name, "", doer_of(session).address) if account and is_known else None
    record(
        session,
        doer,
        act=act,
        thing=f"account:{account.id}" if account else "account",
        title=account.login if account else "",
        after={"why": why} if why else None,
        at=at,
    )


def note_help(session: Session, account: Account, what: str, *, at: datetime) -> None:
    """Note what was done to somebody else's account, by whoever stands behind the session."""
    record(
        session, act=Act.ROLE, thing=f"account:{account.id}", title=account.login, after={"help": what}, at=at
    )


def note_own(session: Session, account: Account, what: str, *, at: datetime) -> None:
    """Note what somebody did to the own account where no row of it tells."""
    record(
        session, act=Act.ROLE, thing=f"account:{account.id}", title=account.login, after={"own": what}, at=at
    )
