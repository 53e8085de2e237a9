"""Milestones: dated results with what counts as reached and what proves it."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from plans.base import Base, CountyOwned, join_to, owned_fk
from plans.models.days import as_due
from plans.models.evidence import Evidence
from plans.models.plan import Phase

if TYPE_CHECKING:
    from plans.models.work import Task


class Milestone(CountyOwned, Base):
    """A dated result that the plan promises.

    ``stated_due_on`` is the day that the plan names, ``due_on`` the working day by which it must be reached
    (现定), ``original_due_on`` the first one that was approved (原定). ``claimed_on`` is the day on which it
    was reached as those who work say; ``achieved_on`` is that day once a supervisor has confirmed it, None =
    not (yet). ``missed_reason`` is what a supervisor found about a day that went by. ``origin_id`` is the
    same milestone in the first version of the plan that had it, None = here.
    """

    __tablename__ = "milestone"
    __table_args__ = (
        owned_fk("plan_id", "plan"),
        owned_fk("phase_id", "phase"),
        owned_fk("origin_id", "milestone"),
    )

    plan_id: Mapped[int]
    phase_id: Mapped[int | None]
    origin_id: Mapped[int | None]
    stated_due_on: Mapped[date] = mapped_column(default=as_due)
    due_on: Mapped[date]
    original_due_on: Mapped[date] = mapped_column(default=as_due)
    text: Mapped[str] = mapped_column(sa.Text)
    criteria: Mapped[str] = mapped_column(sa.Text, default="")  # what counts as reached
    claimed_on: Mapped[date | None]
    claimed_by_id: Mapped[int | None]
    claimed_by: Mapped[str] = mapped_column(sa.String(60), default="")
    achieved_on: Mapped[date | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str] = mapped_column(sa.String(60), default="")
    missed_reason: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}

    phase: Mapped[Phase | None] = relationship(primaryjoin=join_to("Phase", "Milestone", "phase_id"))
    indicators: Mapped[list["MilestoneIndicator"]] = relationship(
        primaryjoin=join_to("Milestone", "MilestoneIndicator", "milestone_id"),
        order_by="MilestoneIndicator.code",
        cascade="all, delete-orphan",
    )
    tasks: Mapped[list["MilestoneTask"]] = relationship(
        primaryjoin=join_to("Milestone", "MilestoneTask", "milestone_id"),
        order_by="MilestoneTask.id",
        cascade="all, delete-orphan",
    )
    evidence: Mapped[list["MilestoneEvidence"]] = relationship(
        primaryjoin=join_to("Milestone", "MilestoneEvidence", "milestone_id"),
        order_by="MilestoneEvidence.id",
        cascade="all, delete-orphan",
    )


class MilestoneIndicator(CountyOwned, Base):
    """An indicator that the milestone is about."""

    __tablename__ = "milestone_indicator"
    __table_args__ = (
        owned_fk("milestone_id", "milestone"),
        sa.UniqueConstraint("county_id", "milestone_id", "code"),
    )

    milestone_id: Mapped[int]
    code: Mapped[str] = mapped_column(sa.String(20))


class MilestoneTask(CountyOwned, Base):
    """A task whose result the milestone stands on."""

    __tablename__ = "milestone_task"
    __table_args__ = (
        owned_fk("milestone_id", "milestone"),
        owned_fk("task_id", "task"),
        sa.UniqueConstraint("county_id", "milestone_id", "task_id"),
    )

    milestone_id: Mapped[int]
    task_id: Mapped[int]

    task: Mapped["Task"] = relationship(primaryjoin=join_to("Task", "MilestoneTask", "task_id"))


class MilestoneEvidence(CountyOwned, Base):
    """A kept file that proves a milestone."""

    __tablename__ = "milestone_evidence"
    __table_args__ = (
        owned_fk("milestone_id", "milestone"),
        owned_fk("evidence_id", "evidence"),
        sa.UniqueConstraint("county_id", "milestone_id", "evidence_id"),
    )

    milestone_id: Mapped[int]
    evidence_id: Mapped[int]

    file: Mapped[Evidence] = relationship(primaryjoin=join_to("Evidence", "MilestoneEvidence", "evidence_id"))
