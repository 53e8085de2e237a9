"""Erasing a county: every row that it owns, people who were nowhere else, its files.

The platform's log keeps the fact, with the end of the county's own log.
"""

import shutil
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.admin.errors import TooEarly
from app.audit.chains import Chain, locked_head
from app.audit.doers import Doer
from app.audit.recording import record
from app.models import (
    Account,
    AuditCheckpoint,
    AuditEntry,
    AuditHead,
    CountyStanding,
    Membership,
    Oversight,
)
from app.models.audit import Act
from app.tenancy import SCOPE, scope_of
from plans.base import Base, County

_LAST = (AuditEntry, AuditCheckpoint, AuditHead)  # let go of one another only when the chain is closed


def erase(session: Session, doer: Doer, county: County, *, today: date) -> None:
    """Erase the county in scope for good. No commit; afterwards ``erase_files``.

    Raises TooEarly before the waiting time is over.
    """
    if county.erase_on is None or today < county.erase_on:
        raise TooEarly(county.erase_on)
    people = _people_of_here_only(session)
    head = locked_head(session, Chain(county.id))
    told = {"act": "erased", "name": county.name, "code": county.code, "asked_by": county.erase_asked_by}
    told |= {"log_entries": str(head.no), "log_head": head.hash, "accounts": str(len(people))}
    record(
        session,
        doer,
        act=Act.LOCK,
        thing=f"county:{county.id}",
        title=county.name,
        after=told,
        for_platform=True,
    )
    _close(session)
    _delete_rows(session, county.id)
    _delete_people(session, people)


def erase_files(folder: Path, county_id: int) -> None:
    """Remove the files of a county that is erased."""
    shutil.rmtree(folder / str(county_id), ignore_errors=True)


def _close(session: Session) -> None:
    head = session.scalars(sa.select(AuditHead)).one()
    head.is_closed = True
    session.flush()


def _people_of_here_only(session: Session) -> list[int]:
    here = set(session.scalars(sa.select(Membership.account_id)))
    elsewhere = sa.select(Membership.account_id).where(
        Membership.account_id.in_(here), Membership.county_id != scope_of(session)
    )
    kept = set(session.scalars(elsewhere, execution_options={"all_counties": True}))
    admins = set(session.scalars(sa.select(Account.id).where(Account.is_platform_admin)))
    overseers = set(session.scalars(sa.select(Oversight.account_id)))
    return sorted(here - kept - admins - overseers)


def _delete_rows(session: Session, county_id: int) -> None:
    # Below the ORM, whose seals on frozen versions are meant for everything but this.
    connection = session.connection()
    last = [Base.metadata.tables[model.__tablename__] for model in _LAST]
    owned = [table for table in reversed(Base.metadata.sorted_tables) if SCOPE in table.c]
    for table in [*(table for table in owned if table not in last), *last]:
        connection.execute(sa.delete(table).where(table.c.county_id == county_id))
    standings, counties = (Base.metadata.tables[one.__tablename__] for one in (CountyStanding, County))
    code = sa.select(counties.c.code).where(counties.c.id == county_id).scalar_subquery()
    connection.execute(sa.delete(standings).where(standings.c.county_code == code))
    connection.execute(sa.delete(counties).where(counties.c.id == county_id))
    session.expunge_all()


def _delete_people(session: Session, people: list[int]) -> None:
    """Accounts, and what belongs to an account in tables of no county."""
    connection, accounts = session.connection(), Base.metadata.tables[Account.__tablename__]
    for table in reversed(Base.metadata.sorted_tables):
        if SCOPE in table.c or table is accounts:
            continue
        for key in table.foreign_keys:
            if key.column.table is accounts:
                connection.execute(sa.delete(table).where(key.parent.in_(people)))
    connection.execute(sa.delete(accounts).where(accounts.c.id.in_(people)))
