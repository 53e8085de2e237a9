"""Duties that come back: each year, term, quarter or month, with one occurrence a period."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from plans.base import Base, CountyOwned, join_to, owned_fk
from plans.models.plan import Measure
from plans.models.units import Unit
from plans.periods import Every


class RecurringDuty(CountyOwned, Base):
    """A duty of a plan that comes back.

    ``rule`` is a recurrence of RFC 5545 whose days are the deadlines; ``is_assumed`` says that the plan names
    the period but no day, so that the rule is ours.
    """

    __tablename__ = "recurring_duty"
    __table_args__ = (
        owned_fk("plan_id", "plan"),
        owned_fk("measure_id", "measure"),
        owned_fk("lead_unit_id", "unit"),
        sa.UniqueConstraint("county_id", "plan_id", "no"),
    )

    plan_id: Mapped[int]
    no: Mapped[int]
    measure_id: Mapped[int | None]
    title: Mapped[str] = mapped_column(sa.String(200))
    details: Mapped[str] = mapped_column(sa.Text, default="")
    every: Mapped[Every]
    rule: Mapped[str] = mapped_column(sa.String(200))
    is_assumed: Mapped[bool] = mapped_column(default=False)
    lead_unit_id: Mapped[int | None]  # None = the plan names no unit
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}

    measure: Mapped[Measure | None] = relationship(
        primaryjoin=join_to("Measure", "RecurringDuty", "measure_id")
    )
    lead_unit: Mapped[Unit | None] = relationship(
        primaryjoin=join_to("Unit", "RecurringDuty", "lead_unit_id")
    )
    supports: Mapped[list["DutySupport"]] = relationship(
        primaryjoin=join_to("RecurringDuty", "DutySupport", "duty_id"), cascade="all, delete-orphan"
    )
    occurrences: Mapped[list["Occurrence"]] = relationship(
        primaryjoin=join_to("RecurringDuty", "Occurrence", "duty_id"),
        order_by="Occurrence.due_on",
        cascade="all, delete-orphan",
        back_populates="duty",
    )


class DutySupport(CountyOwned, Base):
    """A unit that helps with a recurring duty (配合)."""

    __tablename__ = "duty_support"
    __table_args__ = (
        owned_fk("duty_id", "recurring_duty"),
        owned_fk("unit_id", "unit"),
        sa.UniqueConstraint("county_id", "duty_id", "unit_id"),
    )

    duty_id: Mapped[int]
    unit_id: Mapped[int]

    unit: Mapped[Unit] = relationship(primaryjoin=join_to("Unit", "DutySupport", "unit_id"))


class Occurrence(CountyOwned, Base):
    """One period of a recurring duty; a task stands for it once it is handed out."""

    __tablename__ = "occurrence"
    __table_args__ = (
        owned_fk("duty_id", "recurring_duty"),
        sa.UniqueConstraint("county_id", "duty_id", "period"),
        sa.Index("ix_occurrence_county_id_due_on", "county_id", "due_on"),
    )

    duty_id: Mapped[int]
    period: Mapped[str] = mapped_column(sa.String(12))  # as ``plans.periods.period_of`` names it
    stated_due_on: Mapped[date]
    due_on: Mapped[date]

    duty: Mapped[RecurringDuty] = relationship(
        primaryjoin=join_to("RecurringDuty", "Occurrence", "duty_id"), back_populates="occurrences"
    )
