"""How people come into a county, what they were and are there, and who changed that."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plans.actors import Role
from plans.base import Base, CountyOwned, owned_fk


class Invitation(CountyOwned, Base):
    """A link that makes one person a member, once and for some days; of its token only the hash is kept.

    Role, unit and school are fixed by whoever invites.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        owned_fk("unit_id", "unit"),
        sa.UniqueConstraint("county_id", "token_hash"),
    )

    token_hash: Mapped[str] = mapped_column(sa.String(64))
    name: Mapped[str] = mapped_column(sa.String(60))
    role: Mapped[Role]
    unit_id: Mapped[int | None]
    school_code: Mapped[str | None] = mapped_column(sa.String(20))
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(sa.BigInteger)
    made_by: Mapped[str] = mapped_column(sa.String(60))
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))  # who accepted
    revoked_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}

    def is_open(self, at: datetime) -> bool:
        """Whether somebody may still accept it."""
        return self.accepted_at is None and self.revoked_at is None and at < self.expires_at


class PeopleAct(StrEnum):
    """What happens to the people of a county."""

    INVITE = "invite"
    REVOKE = "revoke"
    JOIN = "join"
    CHANGE = "change"
    END = "end"
    RESUME = "resume"
    HAND_OVER = "hand_over"
    POST = "post"


class PeopleEvent(CountyOwned, Base):
    """One act on a person of the county, written once and never changed.

    ``details`` holds what was before and after: role and unit, or what was handed over to whom.
    """

    __tablename__ = "people_event"
    __table_args__ = (sa.Index("ix_people_event_county_id_at", "county_id", "at"),)

    at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(sa.BigInteger)
    actor_name: Mapped[str] = mapped_column(sa.String(60))
    act: Mapped[PeopleAct]
    account_id: Mapped[int | None] = mapped_column(sa.BigInteger)  # None = invited, not yet there
    name: Mapped[str] = mapped_column(sa.String(60))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
