"""Tasks, what happened to them, and the evidence behind them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from plans.base import Base, CountyOwned, join_to, owned_fk
from plans.models.plan import Measure, Plan
from plans.models.units import Unit
from plans.states import TaskState


class Task(CountyOwned, Base):
    """A piece of work that one unit leads by a day.

    ``original_due_on`` (原定) never changes; ``due_on`` (现定) moves with a granted extension.
    ``version`` makes a stale save fail instead of overwriting somebody's change.
    """

    __tablename__ = "task"
    __table_args__ = (
        owned_fk("plan_id", "plan"),
        owned_fk("measure_id", "measure"),
        owned_fk("lead_unit_id", "unit"),
        sa.CheckConstraint("progress between 0 and 100", name="progress_percent"),
        sa.Index("ix_task_county_id_state_due_on", "county_id", "state", "due_on"),
    )

    plan_id: Mapped[int]
    measure_id: Mapped[int | None]
    title: Mapped[str] = mapped_column(sa.String(200))
    details: Mapped[str] = mapped_column(sa.Text, default="")
    lead_unit_id: Mapped[int]
    due_on: Mapped[date]
    original_due_on: Mapped[date]
    state: Mapped[TaskState]
    progress: Mapped[int] = mapped_column(sa.SmallInteger, default=0)  # percent
    latest_note: Mapped[str] = mapped_column(sa.Text, default="")
    assigned_at: Mapped[datetime]
    assigned_by_id: Mapped[int]
    submitted_by_id: Mapped[int | None]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}

    plan: Mapped[Plan] = relationship(primaryjoin=join_to("Plan", "Task", "plan_id"))
    measure: Mapped[Measure | None] = relationship(primaryjoin=join_to("Measure", "Task", "measure_id"))
    lead_unit: Mapped[Unit] = relationship(primaryjoin=join_to("Unit", "Task", "lead_unit_id"))
    supports: Mapped[list["TaskSupport"]] = relationship(
        primaryjoin=join_to("Task", "TaskSupport", "task_id"), cascade="all, delete-orphan"
    )
    indicators: Mapped[list["TaskIndicator"]] = relationship(
        primaryjoin=join_to("Task", "TaskIndicator", "task_id"),
        order_by="TaskIndicator.code",
        cascade="all, delete-orphan",
    )
    events: Mapped[list["TaskEvent"]] = relationship(
        primaryjoin=join_to("Task", "TaskEvent", "task_id"),
        order_by="TaskEvent.no",
        cascade="all, delete-orphan",
    )
    evidence: Mapped[list["TaskEvidence"]] = relationship(
        primaryjoin=join_to("Task", "TaskEvidence", "task_id"),
        order_by="TaskEvidence.added_at, TaskEvidence.id",
        cascade="all, delete-orphan",
    )

    @property
    def is_closed(self) -> bool:
        return self.state is TaskState.CLOSED

    @property
    def last_event_no(self) -> int:
        """The number of the newest act; a form carries it, so that a stale save is noticed."""
        return self.events[-1].no


class TaskSupport(CountyOwned, Base):
    """A unit that helps (配合)."""

    __tablename__ = "task_support"
    __table_args__ = (
        owned_fk("task_id", "task"),
        owned_fk("unit_id", "unit"),
        sa.UniqueConstraint("county_id", "task_id", "unit_id"),
    )

    task_id: Mapped[int]
    unit_id: Mapped[int]

    unit: Mapped[Unit] = relationship(primaryjoin=join_to("Unit", "TaskSupport", "unit_id"))


class TaskIndicator(CountyOwned, Base):
    """An indicator that the task works for; the code is the only tie to scoring."""

    __tablename__ = "task_indicator"
    __table_args__ = (owned_fk("task_id", "task"), sa.UniqueConstraint("county_id", "task_id", "code"))

    task_id: Mapped[int]
    code: Mapped[str] = mapped_column(sa.String(20))


class TaskEvent(CountyOwned, Base):
    """One act on a task, written in the transaction of the act and never changed.

    ``no`` counts the acts of a task from 1; two acts may share an instant, never a number.
    """

    __tablename__ = "task_event"
    __table_args__ = (owned_fk("task_id", "task"), sa.UniqueConstraint("county_id", "task_id", "no"))

    task_id: Mapped[int]
    no: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[int]
    actor_name: Mapped[str] = mapped_column(sa.String(60))  # as it was on the day
    act: Mapped[str] = mapped_column(sa.String(20))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    progress: Mapped[int | None] = mapped_column(sa.SmallInteger)
    state: Mapped[TaskState]  # after the act


class Evidence(CountyOwned, Base):
    """A kept file, known by its hash: the same content is stored once a county."""

    __tablename__ = "evidence"
    __table_args__ = (sa.UniqueConstraint("county_id", "sha256"),)

    sha256: Mapped[str] = mapped_column(sa.String(64))
    name: Mapped[str] = mapped_column(sa.String(200))
    media_type: Mapped[str] = mapped_column(sa.String(120))
    size: Mapped[int]  # bytes
    kept_at: Mapped[datetime]
    kept_by: Mapped[str] = mapped_column(sa.String(60))


class TaskEvidence(CountyOwned, Base):
    """Evidence handed in for a task."""

    __tablename__ = "task_evidence"
    __table_args__ = (
        owned_fk("task_id", "task"),
        owned_fk("evidence_id", "evidence"),
        sa.UniqueConstraint("county_id", "task_id", "evidence_id"),
    )

    task_id: Mapped[int]
    evidence_id: Mapped[int]
    added_at: Mapped[datetime]

    file: Mapped[Evidence] = relationship(primaryjoin=join_to("Evidence", "TaskEvidence", "evidence_id"))
