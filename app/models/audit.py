"""The audit log: entries chained by hash, one chain a county and one for the platform.

An entry holds the hash of the one before it, so an edit or a gap shows. The head stands apart from the
entries, so a tail that was cut off shows too. Entries are written once: sessions refuse to change them
(``app/models/audit_seal.py``) and so do triggers of the database.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plans.base import Base, CountyOwned, new_id


class Act(StrEnum):
    """What kind of act an entry tells of."""

    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_OUT = "sign_out"
    READ = "read"  # a page opened by somebody from above
    CHANGE = "change"  # of data
    ROLE = "role"  # accounts, memberships, invitations
    LOCK = "lock"  # a result frozen, a county suspended
    UNLOCK = "unlock"  # that taken back, or a signature
    VERDICT = "verdict"  # hand up, accept, sign, close, return
    EXPORT = "export"
    SETTING = "setting"
    PRUNE = "prune"  # old entries were taken away


class EntryColumns:
    """Who did what to which thing, when and from where, with the values before and after."""

    no: Mapped[int]  # 1, 2, 3, … in its chain
    at: Mapped[datetime]
    account_id: Mapped[int | None]  # None = the system, or nobody known
    who: Mapped[str] = mapped_column(sa.String(60))
    role: Mapped[str] = mapped_column(sa.String(20))
    address: Mapped[str] = mapped_column(sa.String(45))
    act: Mapped[Act]
    thing: Mapped[str] = mapped_column(sa.String(80))  # "task:123", or an address
    title: Mapped[str] = mapped_column(sa.String(200))  # what people call it
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    previous: Mapped[str] = mapped_column(sa.String(64))
    hash: Mapped[str] = mapped_column(sa.String(64))


class HeadColumns:
    """Number and hash of the newest entry of a chain."""

    no: Mapped[int]
    hash: Mapped[str] = mapped_column(sa.String(64))


class CheckpointColumns:
    """Where a chain begins after old entries were taken away, and who signed that off."""

    upto: Mapped[int]  # the last entry taken away
    hash: Mapped[str] = mapped_column(sa.String(64))  # its hash
    before: Mapped[datetime]  # entries from before this moment went
    at: Mapped[datetime]
    who: Mapped[str] = mapped_column(sa.String(60))


class AuditEntry(EntryColumns, CountyOwned, Base):
    """One entry of a county's chain."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        sa.UniqueConstraint("county_id", "no"),
        sa.Index("ix_audit_entry_at", "county_id", "at"),
    )


class AuditHead(HeadColumns, CountyOwned, Base):
    """The head of a county's chain; writers queue for this row."""

    __tablename__ = "audit_head"
    __table_args__ = (sa.UniqueConstraint("county_id"),)

    is_closed: Mapped[bool] = mapped_column(default=False)  # the whole county is being erased


class AuditCheckpoint(CheckpointColumns, CountyOwned, Base):
    """A new beginning of a county's chain."""

    __tablename__ = "audit_checkpoint"
    __table_args__ = (sa.UniqueConstraint("county_id", "upto"),)


class PlatformEntry(EntryColumns, Base):
    """One entry of the platform's chain: what happened in no single county."""

    __tablename__ = "platform_entry"
    __table_args__ = (sa.UniqueConstraint("no"), sa.Index("ix_platform_entry_at", "at"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)


class PlatformHead(HeadColumns, Base):
    """The head of the platform's chain; its only row has the id 1."""

    __tablename__ = "platform_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class PlatformCheckpoint(CheckpointColumns, Base):
    """A new beginning of the platform's chain."""

    __tablename__ = "platform_checkpoint"
    __table_args__ = (sa.UniqueConstraint("upto"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
