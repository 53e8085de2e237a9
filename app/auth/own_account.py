"""What a person does with the own account: the password, and where it is signed in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.auth.accounts import locked_account
from app.auth.agents import browser_name
from app.auth.attempts import Gate
from app.auth.errors import WrongProof
from app.auth.sign_ins import Lifetimes, end_sign_ins, live_sign_ins
from plans.words import _

FREE_PROOFS = 5


@dataclass(frozen=True)
class Device:
    """One browser in which the account is signed in."""

    sign_in_id: int
    browser: str
    address: str
    created_at: datetime
    seen_at: datetime
    is_this: bool


def proof_gate(account_id: int) -> Gate:
    """What guesses of somebody who is signed in already are counted by."""
    return Gate("proof", str(account_id), FREE_PROOFS)


def devices(
    session: Session, account_id: int, lifetimes: Lifetimes, *, this: int, at: datetime
) -> list[Device]:
    """Where the account is signed in, this browser first."""
    found = [
        Device(row.id, browser_name(row.agent), row.address, row.created_at, row.seen_at, row.id == this)
        for row in live_sign_ins(session, account_id, lifetimes, at=at)
    ]
    return sorted(found, key=lambda device: not device.is_this)


def change_password(
    session: Session, account_id: int, *, old_hash: str, new_hash: str, this: int, at: datetime
) -> None:
    """Put a new password in place of the proven one and end the account's other sign-ins.

    Raises WrongProof when it was changed meanwhile.
    """
    account = locked_account(session, account_id)
    if account.password_hash != old_hash:
        raise WrongProof(_("密码刚刚在别处改过，本次没有保存。请重新登录后再试。"))
    account.password_hash, account.must_change = new_hash, False
    end_sign_ins(session, account_id, at=at, but=this)
