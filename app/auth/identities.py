"""Accounts and the identities of the provider: linked by issuer and subject, never by name or e-mail."""

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.auth.accounts import locked_account
from app.auth.errors import IdentityTaken
from app.auth.provider import Identity
from app.models import Account


def account_of(session: Session, identity: Identity) -> Account | None:
    """The account that was linked to this identity."""
    return session.scalar(
        sa.select(Account).where(
            Account.oidc_issuer == identity.issuer, Account.oidc_subject == identity.subject
        )
    )


def link(session: Session, account_id: int, identity: Identity) -> None:
    """Let this identity open the account, in place of the one before.

    Raises IdentityTaken when it opens another account.
    """
    account = locked_account(session, account_id)
    try:
        with session.begin_nested():
            account.oidc_issuer, account.oidc_subject = identity.issuer, identity.subject
    except IntegrityError as error:
        raise IdentityTaken() from error


def unlink(session: Session, account_id: int) -> None:
    """Let no identity open the account any more."""
    account = locked_account(session, account_id)
    account.oidc_issuer = account.oidc_subject = None
