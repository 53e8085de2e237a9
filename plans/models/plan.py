"""The plan as written: phases, measures, milestones, and who is responsible for what."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from plans.base import Base, CountyOwned, join_to, owned_fk
from plans.models.units import Unit

if TYPE_CHECKING:
    from plans.models.milestone import Milestone
    from plans.models.target import PlanTarget


class Plan(CountyOwned, Base):
    """A plan that a county works by until its horizon year.

    ``source_sha256`` is the hash of the document it was read from; one document makes one plan.
    ``approved_at`` is None until the leading group approves it; then a baseline keeps what was approved.
    """

    __tablename__ = "plan"
    __table_args__ = (sa.UniqueConstraint("county_id", "source_sha256"),)

    title: Mapped[str] = mapped_column(sa.String(200))
    document_no: Mapped[str | None] = mapped_column(sa.String(60))
    horizon_year: Mapped[int | None]
    goals: Mapped[list[Any]] = mapped_column(default=list)
    gaps: Mapped[list[Any]] = mapped_column(default=list)  # what reading did not find: {kind, where, message}
    source_name: Mapped[str | None] = mapped_column(sa.String(200))
    source_sha256: Mapped[str | None] = mapped_column(sa.String(64))
    accepted_at: Mapped[datetime]
    accepted_by: Mapped[str] = mapped_column(sa.String(60))
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[str | None] = mapped_column(sa.String(60))

    phases: Mapped[list["Phase"]] = relationship(
        primaryjoin=join_to("Plan", "Phase", "plan_id"), order_by="Phase.no", cascade="all, delete-orphan"
    )
    measures: Mapped[list["Measure"]] = relationship(
        primaryjoin=join_to("Plan", "Measure", "plan_id"), order_by="Measure.no", cascade="all, delete-orphan"
    )
    milestones: Mapped[list["Milestone"]] = relationship(
        primaryjoin=join_to("Plan", "Milestone", "plan_id"),
        order_by="Milestone.due_on",
        cascade="all, delete-orphan",
    )
    targets: Mapped[list["PlanTarget"]] = relationship(
        primaryjoin=join_to("Plan", "PlanTarget", "plan_id"),
        order_by="PlanTarget.no",
        cascade="all, delete-orphan",
    )
    indicator_duties: Mapped[list["IndicatorDuty"]] = relationship(
        primaryjoin=join_to("Plan", "IndicatorDuty", "plan_id"),
        order_by="IndicatorDuty.no",
        cascade="all, delete-orphan",
    )
    unit_duties: Mapped[list["UnitDuty"]] = relationship(
        primaryjoin=join_to("Plan", "UnitDuty", "plan_id"),
        order_by="UnitDuty.no",
        cascade="all, delete-orphan",
    )


class Phase(CountyOwned, Base):
    """A stretch of the plan with its steps; a phase without a stated start has none here."""

    __tablename__ = "phase"
    __table_args__ = (owned_fk("plan_id", "plan"),)

    plan_id: Mapped[int]
    no: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(120))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    steps: Mapped[list[Any]] = mapped_column(default=list)
    weight: Mapped[int] = mapped_column(sa.Integer, default=1)
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}


class Measure(CountyOwned, Base):
    """One measure (措施) with the units behind it and the paragraph it was read from.

    ``stated_due_on`` is the day that the plan names, ``due_on`` the working day by which it must be done.
    ``person_id`` is the account of the person who answers for it; a name may stand without an account.
    """

    __tablename__ = "measure"
    __table_args__ = (owned_fk("plan_id", "plan"), owned_fk("supervising_unit_id", "unit"))

    plan_id: Mapped[int]
    no: Mapped[int]
    group_title: Mapped[str] = mapped_column(sa.String(200))
    title: Mapped[str] = mapped_column(sa.String(200))
    text: Mapped[str] = mapped_column(sa.Text)
    source_paragraph: Mapped[int | None]
    stated_due_on: Mapped[date | None]
    due_on: Mapped[date | None]
    supervising_unit_id: Mapped[int | None]  # 督办
    person_id: Mapped[int | None]
    person_name: Mapped[str] = mapped_column(sa.String(60), default="")
    weight: Mapped[int] = mapped_column(sa.Integer, default=1)
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}

    supervising_unit: Mapped[Unit | None] = relationship(
        primaryjoin=join_to("Unit", "Measure", "supervising_unit_id")
    )
    indicators: Mapped[list["MeasureIndicator"]] = relationship(
        primaryjoin=join_to("Measure", "MeasureIndicator", "measure_id"),
        order_by="MeasureIndicator.code",
        cascade="all, delete-orphan",
    )
    units: Mapped[list["MeasureUnit"]] = relationship(
        primaryjoin=join_to("Measure", "MeasureUnit", "measure_id"),
        order_by="MeasureUnit.no",
        cascade="all, delete-orphan",
    )

    @property
    def lead(self) -> Unit | None:
        """The unit that answers for the measure: the one written as 牵头, else the first one named."""
        written = [link.unit for link in self.units if link.is_lead]
        return next(iter([*written, *(link.unit for link in self.units)]), None)

    @property
    def lead_is_assumed(self) -> bool:
        """Whether the document names units but none as 牵头."""
        return bool(self.units) and not any(link.is_lead for link in self.units)

    @property
    def supports(self) -> list[Unit]:
        """The units beside the lead, in the order of the document."""
        return [link.unit for link in self.units if link.unit is not self.lead]


class MeasureUnit(CountyOwned, Base):
    """A unit named for a measure; ``is_lead`` is set where the document says 牵头."""

    __tablename__ = "measure_unit"
    __table_args__ = (
        owned_fk("measure_id", "measure"),
        owned_fk("unit_id", "unit"),
        sa.UniqueConstraint("county_id", "measure_id", "unit_id"),
    )

    measure_id: Mapped[int]
    unit_id: Mapped[int]
    no: Mapped[int]
    is_lead: Mapped[bool] = mapped_column(default=False)

    unit: Mapped[Unit] = relationship(primaryjoin=join_to("Unit", "MeasureUnit", "unit_id"))


class MeasureIndicator(CountyOwned, Base):
    """An indicator that the measure works for."""

    __tablename__ = "measure_indicator"
    __table_args__ = (
        owned_fk("measure_id", "measure"),
        sa.UniqueConstraint("county_id", "measure_id", "code"),
    )

    measure_id: Mapped[int]
    code: Mapped[str] = mapped_column(sa.String(20))


class IndicatorDuty(CountyOwned, Base):
    """A row of the plan's indicator table; ``indicator_code`` is the standard's code if recognised."""

    __tablename__ = "indicator_duty"
    __table_args__ = (owned_fk("plan_id", "plan"),)

    plan_id: Mapped[int]
    no: Mapped[int]
    code: Mapped[str | None] = mapped_column(sa.String(20))  # as the document numbers it
    indicator_code: Mapped[str | None] = mapped_column(sa.String(20))
    group_title: Mapped[str | None] = mapped_column(sa.String(120))
    text: Mapped[str] = mapped_column(sa.Text)

    units: Mapped[list["IndicatorDutyUnit"]] = relationship(
        primaryjoin=join_to("IndicatorDuty", "IndicatorDutyUnit", "indicator_duty_id"),
        order_by="IndicatorDutyUnit.no",
        cascade="all, delete-orphan",
    )


class IndicatorDutyUnit(CountyOwned, Base):
    """A unit responsible for an indicator."""

    __tablename__ = "indicator_duty_unit"
    __table_args__ = (
        owned_fk("indicator_duty_id", "indicator_duty"),
        owned_fk("unit_id", "unit"),
        sa.UniqueConstraint("county_id", "indicator_duty_id", "unit_id"),
    )

    indicator_duty_id: Mapped[int]
    unit_id: Mapped[int]
    no: Mapped[int]

    unit: Mapped[Unit] = relationship(primaryjoin=join_to("Unit", "IndicatorDutyUnit", "unit_id"))


class UnitDuty(CountyOwned, Base):
    """What the plan says a unit is there for; one entry may name several units together."""

    __tablename__ = "unit_duty"
    __table_args__ = (owned_fk("plan_id", "plan"),)

    plan_id: Mapped[int]
    no: Mapped[int]
    unit_names: Mapped[list[Any]] = mapped_column(default=list)
    text: Mapped[str] = mapped_column(sa.Text)
