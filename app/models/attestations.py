"""What a county answers for: attestations with evidence and story, results of the national monitoring."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from plans.actors import Role
from plans.base import Base, CountyOwned, join_to, owned_fk
from plans.models import Evidence


class Attestation(CountyOwned, Base):
    """The statement on one part of an item for one year; locked while it is signed.

    ``part`` is the key of the part, "" where the item has one only. ``failing`` lists the schools that the
    statement itself names: {school_code, figure}.
    """

    __tablename__ = "attestation"
    __table_args__ = (sa.UniqueConstraint("county_id", "year", "item", "part"),)

    year: Mapped[int]
    item: Mapped[str] = mapped_column(sa.String(20))
    part: Mapped[str] = mapped_column(sa.String(30), default="")
    conclusion: Mapped[str] = mapped_column(sa.String(10), default="")  # met, not_met or "" = none yet
    statement: Mapped[str] = mapped_column(sa.Text, default="")
    failing: Mapped[list[Any]] = mapped_column(default=list)
    signed_at: Mapped[datetime | None]
    signed_by: Mapped[str] = mapped_column(sa.String(60), default="")
    signed_role: Mapped[Role | None]
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}

    evidence: Mapped[list["AttestationEvidence"]] = relationship(
        primaryjoin=join_to("Attestation", "AttestationEvidence", "attestation_id"),
        order_by="AttestationEvidence.id",
        cascade="all, delete-orphan",
    )
    events: Mapped[list["AttestationEvent"]] = relationship(
        primaryjoin=join_to("Attestation", "AttestationEvent", "attestation_id"),
        order_by="AttestationEvent.no",
        cascade="all, delete-orphan",
    )

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None

    @property
    def last_event_no(self) -> int:
        """The number of the newest act; a form carries it, so that nobody signs what he has not seen."""
        return self.events[-1].no


class AttestationEvidence(CountyOwned, Base):
    """A kept file behind an attestation; the same file may stand behind many."""

    __tablename__ = "attestation_evidence"
    __table_args__ = (
        owned_fk("attestation_id", "attestation"),
        owned_fk("evidence_id", "evidence"),
        sa.UniqueConstraint("county_id", "attestation_id", "evidence_id"),
    )

    attestation_id: Mapped[int]
    evidence_id: Mapped[int]

    file: Mapped[Evidence] = relationship(
        primaryjoin=join_to("Evidence", "AttestationEvidence", "evidence_id")
    )


class AttestationEvent(CountyOwned, Base):
    """One act on an attestation with what it then said, written once and never changed."""

    __tablename__ = "attestation_event"
    __table_args__ = (
        owned_fk("attestation_id", "attestation"),
        sa.UniqueConstraint("county_id", "attestation_id", "no"),
    )

    attestation_id: Mapped[int]
    no: Mapped[int]
    act: Mapped[str] = mapped_column(sa.String(20))  # prepare, sign or withdraw
    at: Mapped[datetime]
    actor_id: Mapped[int]
    actor_name: Mapped[str] = mapped_column(sa.String(60))
    actor_role: Mapped[Role]
    note: Mapped[str] = mapped_column(sa.Text, default="")  # the reason of a withdrawal
    content: Mapped[dict[str, Any]]  # conclusion, statement, failing, files (names)


class MonitoringResult(CountyOwned, Base):
    """One subject of one round of the national monitoring; None = not issued."""

    __tablename__ = "monitoring_result"
    __table_args__ = (sa.UniqueConstraint("county_id", "year", "subject"),)

    year: Mapped[int]  # of the monitoring
    subject: Mapped[str] = mapped_column(sa.String(20))
    level: Mapped[int | None] = mapped_column(sa.SmallInteger)  # 1 … 4
    difference_rate: Mapped[float | None]  # 校际差异率
    source: Mapped[str] = mapped_column(sa.String(200))
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}
