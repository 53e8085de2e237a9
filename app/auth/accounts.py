"""Finding accounts and their memberships: the one reader that may look across counties."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.models import Account, Membership
from plans.actors import Actor
from plans.base import County


def find_account(session: Session, login: str) -> Account | None:
    """The account with this login name."""
    return session.scalar(sa.select(Account).where(Account.login == login))


def locked_account(session: Session, account_id: int) -> Account:
    """The account as it stands in the database now, kept from others until the commit."""
    statement = sa.select(Account).where(Account.id == account_id).with_for_update()
    return session.scalars(statement, execution_options={"populate_existing": True}).one()


def memberships_of(session: Session, account_id: int) -> list[tuple[Membership, County]]:
    """Every role of the account with its county, in the order of county codes.

    The memberships are let go by the session: one of another county could not be read anew in its scope.
    """
    statement = (
        sa.select(Membership, County)
        .join(County, County.id == Membership.county_id)
        .where(Membership.account_id == account_id, Membership.is_active)
        .order_by(County.code, Membership.id)
    )
    rows = session.execute(statement, execution_options={"all_counties": True})
    choices = [(membership, county) for membership, county in rows]
    for membership, _county in choices:
        session.expunge(membership)
    return choices


def as_actor(account: Account, membership: Membership) -> Actor:
    """The person in the role that the membership gives."""
    return Actor(
        user_id=account.id,
        name=account.name,
        county_id=membership.county_id,
        role=membership.role,
        unit_id=membership.unit_id,
        school_code=membership.school_code,
    )
