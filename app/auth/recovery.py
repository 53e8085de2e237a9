"""Helping a person back in: a password for once, a lost second factor, devices in wrong hands.

A county's office helps people who belong to that county alone. An account with a part in a second county, or
on the platform, is helped by the operator: else one county could open another.
"""

import secrets
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.auth.accounts import locked_account, memberships_of
from app.auth.entries import note_help
from app.auth.errors import AccountNotFound
from app.auth.identities import unlink
from app.auth.second_factor import drop_second_factor
from app.auth.sign_ins import end_sign_ins
from app.models import Account, Membership
from app.oversight.regions import regions_of
from plans.actors import Actor
from plans.rights import Act, check

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def account_in_care(session: Session, actor: Actor, membership_id: int) -> Account:
    """The account of a member whom the actor may help.

    Raises ActNotAllowed, AccountNotFound.
    """
    check(actor, Act.MANAGE_MEMBERS)
    account_id = session.scalar(sa.select(Membership.account_id).where(Membership.id == membership_id))
    if account_id is None or account_id == actor.user_id:
        raise AccountNotFound()
    account = locked_account(session, account_id)
    counties = {county.id for _membership, county in memberships_of(session, account_id)}
    # Whoever looks after accounts of a county must not get hold of those that stand above it.
    if counties - {actor.county_id} or account.is_platform_admin or regions_of(session, account_id):
        raise AccountNotFound()
    return account


def set_password_for_once(session: Session, account: Account, *, new_hash: str, at: datetime) -> None:
    """Put a password in place that its owner must change first, and end all sign-ins."""
    account.password_hash, account.must_change = new_hash, True
    unlink(session, account.id)  # whoever had the account may have let an identity of his own in
    end_sign_ins(session, account.id, at=at)
    note_help(session, account, "password reset", at=at)


def reset_second_factor(session: Session, account: Account, *, at: datetime) -> None:
    """Take a lost second factor away, and end all sign-ins."""
    drop_second_factor(session, account.id)
    end_sign_ins(session, account.id, at=at)
    note_help(session, account, "second factor reset", at=at)


def end_devices(session: Session, account: Account, *, at: datetime) -> None:
    """Sign the account out everywhere."""
    end_sign_ins(session, account.id, at=at)
    note_help(session, account, "signed out everywhere", at=at)


def drawn_password() -> str:
    """A password for once, easy to read out."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(16))
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))
