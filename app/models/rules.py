"""Rules that a county chooses: relaxations, open questions, variants, own targets; and the log of changes."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from plans.actors import Role
from plans.base import Base, CountyOwned, join_to, owned_fk
from plans.models import Evidence


class RelaxationSwitch(CountyOwned, Base):
    """A relaxation in use for some days; switched off it stays as history and counts no more."""

    __tablename__ = "relaxation_switch"

    code: Mapped[str] = mapped_column(sa.String(40))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    schools: Mapped[list[Any]] = mapped_column(default=list)  # codes of the schools proved
    reason: Mapped[str] = mapped_column(sa.Text, default="")  # for use outside the dates of the relaxation
    on_at: Mapped[datetime]
    on_by: Mapped[str] = mapped_column(sa.String(60))
    off_at: Mapped[datetime | None]
    off_by: Mapped[str] = mapped_column(sa.String(60), default="")
    off_reason: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}

    evidence: Mapped[list["RelaxationEvidence"]] = relationship(
        primaryjoin=join_to("RelaxationSwitch", "RelaxationEvidence", "switch_id"),
        order_by="RelaxationEvidence.id",
        cascade="all, delete-orphan",
    )


class RelaxationEvidence(CountyOwned, Base):
    """A kept file that proves a relaxation."""

    __tablename__ = "relaxation_evidence"
    __table_args__ = (
        owned_fk("switch_id", "relaxation_switch"),
        owned_fk("evidence_id", "evidence"),
        sa.UniqueConstraint("county_id", "switch_id", "evidence_id"),
    )

    switch_id: Mapped[int]
    evidence_id: Mapped[int]

    file: Mapped[Evidence] = relationship(
        primaryjoin=join_to("Evidence", "RelaxationEvidence", "evidence_id")
    )


class RuleChoice(CountyOwned, Base):
    """What the county chose: for an open question (``setting``) or the region's variant (``variant``)."""

    __tablename__ = "rule_choice"
    __table_args__ = (sa.UniqueConstraint("county_id", "kind", "name"),)

    kind: Mapped[str] = mapped_column(sa.String(10))
    name: Mapped[str] = mapped_column(sa.String(40))  # of the setting; of a variant: the standard
    choice: Mapped[str] = mapped_column(sa.String(60))


class CountyTarget(CountyOwned, Base):
    """A limit of the county's own, stricter than the standard above it."""

    __tablename__ = "county_target"
    __table_args__ = (sa.UniqueConstraint("county_id", "item", "part", "sense", "key"),)

    item: Mapped[str] = mapped_column(sa.String(20))  # code of an item or indicator
    part: Mapped[str] = mapped_column(sa.String(30), default="")
    sense: Mapped[str] = mapped_column(sa.String(12))  # at_least, at_most, below or cv_at_most
    key: Mapped[str] = mapped_column(sa.String(30), default="")  # stage or kind; "" = the only limit
    limit: Mapped[str] = mapped_column(sa.String(20))  # a decimal, as written
    source: Mapped[str] = mapped_column(sa.String(200))  # the document that sets it


class InputEvent(CountyOwned, Base):
    """One change of what assessments rest on beside figures, written once and never changed."""

    __tablename__ = "input_event"
    __table_args__ = (sa.Index("ix_input_event_at", "county_id", "kind", "at"),)

    kind: Mapped[str] = mapped_column(sa.String(20))  # relaxation, setting, variant, target or monitoring
    code: Mapped[str] = mapped_column(sa.String(60))
    note: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime]
    actor_id: Mapped[int]
    actor_name: Mapped[str] = mapped_column(sa.String(60))
    actor_role: Mapped[Role]
