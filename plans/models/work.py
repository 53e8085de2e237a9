"""Tasks, what happened to them, and the evidence behind them."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from plans.base import Base, CountyOwned, join_to, owned_fk
from plans.models.days import as_due
from plans.models.evidence import Evidence
from plans.models.plan import Measure, Plan
from plans.models.recurring import Occurrence
from plans.models.units import Unit
from plans.states import TaskState

if TYPE_CHECKING:
    from plans.models.extension import TaskExtension


class Task(CountyOwned, Base):
    """A piece of work that one unit leads by a day.

    ``original_due_on`` (原定) never changes; ``due_on`` (现定) moves with a granted extension. Both are
    working days; ``stated_due_on`` is the day as it was written, for the current deadline.
    ``parent_id`` makes it a sub-task; a sub-task has none of its own. ``occurrence_id`` ties it to one period
    of a recurring duty. ``person_id`` is an account; a name may stand without one.
    ``version`` makes a stale save fail instead of overwriting somebody's change.
    """

    __tablename__ = "task"
    __table_args__ = (
        owned_fk("plan_id", "plan"),
        owned_fk("measure_id", "measure"),
        owned_fk("parent_id", "task"),
        owned_fk("occurrence_id", "occurrence"),
        owned_fk("lead_unit_id", "unit"),
        owned_fk("supervising_unit_id", "unit"),
        sa.UniqueConstraint("county_id", "occurrence_id"),
        sa.Index("ix_task_county_id_parent_id", "county_id", "parent_id"),
        sa.CheckConstraint("progress between 0 and 100", name="progress_percent"),
        sa.Index("ix_task_county_id_state_due_on", "county_id", "state", "due_on"),
    )

    plan_id: Mapped[int]
    measure_id: Mapped[int | None]
    parent_id: Mapped[int | None]
    occurrence_id: Mapped[int | None]
    title: Mapped[str] = mapped_column(sa.String(200))
    details: Mapped[str] = mapped_column(sa.Text, default="")
    lead_unit_id: Mapped[int]
    supervising_unit_id: Mapped[int | None]  # 督办
    person_id: Mapped[int | None]
    person_name: Mapped[str] = mapped_column(sa.String(60), default="")
    weight: Mapped[int] = mapped_column(sa.Integer, default=1)
    due_on: Mapped[date]
    stated_due_on: Mapped[date] = mapped_column(default=as_due)
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
    supervising_unit: Mapped[Unit | None] = relationship(
        primaryjoin=join_to("Unit", "Task", "supervising_unit_id")
    )
    occurrence: Mapped[Occurrence | None] = relationship(
        primaryjoin=join_to("Occurrence", "Task", "occurrence_id")
    )
    subtasks: Mapped[list["Task"]] = relationship(
        primaryjoin=(
            "and_(Task.id == foreign(remote(Task.parent_id)), Task.county_id == remote(Task.county_id))"
        ),
        order_by="Task.due_on, Task.id",
        viewonly=True,
    )
    extensions: Mapped[list["TaskExtension"]] = relationship(
        primaryjoin=join_to("Task", "TaskExtension", "task_id"),
        order_by="TaskExtension.no",
        cascade="all, delete-orphan",
    )
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

    ``no`` counts the acts of a task from 1; two acts may share an instant, never a number. ``details`` holds
    what the act changed beside the state: days, units, names of files.
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
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    progress: Mapped[int | None] = mapped_column(sa.SmallInteger)
    state: Mapped[TaskState]  # after the act


class TaskEvidence(CountyOwned, Base):
    """Evidence handed in for a task; a file of the same name with new content is its next version."""

    __tablename__ = "task_evidence"
    __table_args__ = (
        owned_fk("task_id", "task"),
        owned_fk("evidence_id", "evidence"),
        sa.UniqueConstraint("county_id", "task_id", "evidence_id"),
    )

    task_id: Mapped[int]
    evidence_id: Mapped[int]
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(sa.String(60), default="")
    version_no: Mapped[int] = mapped_column(sa.Integer, default=1)

    file: Mapped[Evidence] = relationship(primaryjoin=join_to("Evidence", "TaskEvidence", "evidence_id"))
