"""Reading a county's chain in tests, and breaking it past every guard."""

from typing import Any

import sqlalchemy as sa
from flask import Flask

from app.audit.chains import PLATFORM, Chain
from app.audit.verifying import Mark, Verdict, verify
from app.models.audit import Act, AuditEntry, PlatformEntry
from tests.databases import owner_connection
from tests.factories import Factory


def entries(make: Factory, county: int, *acts: Act) -> list[AuditEntry]:
    """The entries of a county's chain in their order, of some acts only where named."""
    with make.session(county) as session:
        statement = sa.select(AuditEntry).order_by(AuditEntry.no)
        found = list(session.scalars(statement.where(AuditEntry.act.in_(acts)) if acts else statement))
        session.expunge_all()
        return found


def platform_entries(make: Factory, *acts: Act) -> list[PlatformEntry]:
    with make.session() as session:
        statement = sa.select(PlatformEntry).order_by(PlatformEntry.no)
        found = list(session.scalars(statement.where(PlatformEntry.act.in_(acts)) if acts else statement))
        session.expunge_all()
        return found


def check(make: Factory, county: int | None, known: Mark | None = None, last: int | None = None) -> Verdict:
    """The verdict on a chain; None = the platform's."""
    chain = PLATFORM if county is None else Chain(county)
    with make.session(county) as session:
        return verify(session, chain, known=known, last=last)


def write_some(make: Factory, county: int, n: int = 5) -> None:
    """Give a county's chain some entries."""
    for _number in range(n):
        make.unit(county)


def tamper(app: Flask, statement: str, **values: Any) -> None:
    """Do what somebody with the database in hand could: without triggers, guard and session."""
    with owner_connection(app) as connection:
        for name in ("audit_entry", "audit_checkpoint", "platform_entry"):
            _drop_triggers(connection, name)
        connection.execute(sa.text(statement), values)


def _drop_triggers(connection: sa.Connection, table: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"alter table {table} disable trigger user")
        return
    for when in ("no_update", "no_delete"):
        connection.exec_driver_sql(f"drop trigger if exists {table}_{when}")
