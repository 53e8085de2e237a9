"""Chains of entries: each holds the hash of the one before it, the head stands apart.

Writers of one chain queue for its head, so that two at once never fork it: on SQLite a writing transaction
has the whole database, on PostgreSQL the head's row is locked. The queue is entered at commit only
(``app/audit/hooks.py``), so the head is held for the last few statements of a transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.audit.plain import canonical
from app.models.audit import (
    AuditCheckpoint,
    AuditEntry,
    AuditHead,
    PlatformCheckpoint,
    PlatformEntry,
    PlatformHead,
)
from app.tenancy import SCOPE
from plans.base import new_id

GENESIS = "0" * 64
TOLD = ("no", "account_id", "who", "role", "address", "act", "thing", "title", "before", "after", "previous")
Head = AuditHead | PlatformHead
_ONLY = 1  # the platform has one head


@dataclass(frozen=True)
class Chain:
    """A county's chain, or the platform's."""

    county_id: int | None  # None = the platform's

    @property
    def name(self) -> str:
        """What the hash knows the chain by, so that entries cannot change places between chains."""
        return "platform" if self.county_id is None else str(self.county_id)

    @property
    def entry(self) -> type[AuditEntry] | type[PlatformEntry]:
        return PlatformEntry if self.county_id is None else AuditEntry

    @property
    def head(self) -> type[AuditHead] | type[PlatformHead]:
        return PlatformHead if self.county_id is None else AuditHead

    @property
    def checkpoint(self) -> type[AuditCheckpoint] | type[PlatformCheckpoint]:
        return PlatformCheckpoint if self.county_id is None else AuditCheckpoint


PLATFORM = Chain(None)


def chain_of(session: Session) -> Chain:
    """The chain that the session writes to: its county's, the platform's while it serves none."""
    return Chain(session.info.get(SCOPE))


def hash_of(chain: Chain, told: Mapping[str, Any], at: datetime) -> str:
    """The hash of an entry: over the one before it and everything that it tells."""
    facts = {name: told[name] for name in TOLD}
    body = canonical({**facts, "at": at.astimezone(UTC).isoformat(), "chain": chain.name})
    return sha256(f"{told['previous']}\n{body}".encode()).hexdigest()


def append(session: Session, chain: Chain, tellings: Sequence[tuple[datetime, dict[str, Any]]]) -> None:
    """Write entries at the end of a chain; each telling is its moment and what ``TOLD`` names."""
    head = locked_head(session, chain)
    for at, telling in tellings:
        told = {**telling, "no": head.no + 1, "previous": head.hash}
        digest = hash_of(chain, told, at)
        session.add(chain.entry(id=new_id(), at=at, hash=digest, **told))
        head.no, head.hash = told["no"], digest
    session.flush()


def locked_head(session: Session, chain: Chain) -> Head:
    """The head, held until the end of the transaction; made with the first entry."""
    head = _locked(session, chain)
    if head is None:
        _make_head(session, chain)
        head = _locked(session, chain)
    if head is None:
        raise LookupError(f"The head of the chain {chain.name} was neither found nor made.")
    return head


def head_of(session: Session, chain: Chain) -> Head | None:
    """The head as it stands; None before the first entry."""
    statement: Any = sa.select(chain.head)
    return session.scalar(statement.execution_options(populate_existing=True))


def _locked(session: Session, chain: Chain) -> Head | None:
    statement: Any = sa.select(chain.head).with_for_update()
    return session.scalar(statement.execution_options(populate_existing=True))


def _make_head(session: Session, chain: Chain) -> None:
    # Two first writers at once: one makes it, the other finds it made.
    dialect = session.connection().dialect.name
    values: dict[str, Any] = {"id": _ONLY, "no": 0, "hash": GENESIS}
    if chain.county_id is not None:
        values[SCOPE] = chain.county_id
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    session.execute(insert(chain.head).values(**values).on_conflict_do_nothing())
