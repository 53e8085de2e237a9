"""Supervision notices (督办单): orders with a number, a deadline and a reply."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from plans.base import Base, CountyOwned, join_to, owned_fk
from plans.models.days import as_due
from plans.models.evidence import Evidence
from plans.models.units import Unit
from plans.models.work import Task
from plans.notice_states import NoticeState


class Notice(CountyOwned, Base):
    """One notice to one unit; it takes its number when it is sent, as a discarded draft would leave a gap.

    ``original_due_on`` (原定) is the deadline that it was sent with, ``due_on`` (现定) the one in force.
    """

    __tablename__ = "notice"
    __table_args__ = (
        owned_fk("to_unit_id", "unit"),
        sa.UniqueConstraint("county_id", "year", "no"),
        sa.Index("ix_notice_county_id_state", "county_id", "state"),
    )

    year: Mapped[int | None]  # None, as ``no``, until sent
    no: Mapped[int | None]
    title: Mapped[str] = mapped_column(sa.String(200))
    order_text: Mapped[str] = mapped_column(sa.Text)
    to_unit_id: Mapped[int]
    stated_due_on: Mapped[date]
    due_on: Mapped[date]
    original_due_on: Mapped[date] = mapped_column(default=as_due)
    state: Mapped[NoticeState]
    reply: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}

    to_unit: Mapped[Unit] = relationship(primaryjoin=join_to("Unit", "Notice", "to_unit_id"))
    tasks: Mapped[list["NoticeTask"]] = relationship(
        primaryjoin=join_to("Notice", "NoticeTask", "notice_id"), cascade="all, delete-orphan"
    )
    evidence: Mapped[list["NoticeEvidence"]] = relationship(
        primaryjoin=join_to("Notice", "NoticeEvidence", "notice_id"),
        order_by="NoticeEvidence.id",
        cascade="all, delete-orphan",
    )
    events: Mapped[list["NoticeEvent"]] = relationship(
        primaryjoin=join_to("Notice", "NoticeEvent", "notice_id"),
        order_by="NoticeEvent.no",
        cascade="all, delete-orphan",
    )

    @property
    def last_event_no(self) -> int:
        """The number of the newest act; a form carries it, so that a stale save is noticed."""
        return self.events[-1].no


class NoticeTask(CountyOwned, Base):
    """A task that a notice is about."""

    __tablename__ = "notice_task"
    __table_args__ = (
        owned_fk("notice_id", "notice"),
        owned_fk("task_id", "task"),
        sa.UniqueConstraint("county_id", "notice_id", "task_id"),
    )

    notice_id: Mapped[int]
    task_id: Mapped[int]

    task: Mapped[Task] = relationship(primaryjoin=join_to("Task", "NoticeTask", "task_id"))


class NoticeEvidence(CountyOwned, Base):
    """A kept file that came with a reply."""

    __tablename__ = "notice_evidence"
    __table_args__ = (
        owned_fk("notice_id", "notice"),
        owned_fk("evidence_id", "evidence"),
        sa.UniqueConstraint("county_id", "notice_id", "evidence_id"),
    )

    notice_id: Mapped[int]
    evidence_id: Mapped[int]

    file: Mapped[Evidence] = relationship(primaryjoin=join_to("Evidence", "NoticeEvidence", "evidence_id"))


class NoticeEvent(CountyOwned, Base):
    """One act on a notice, numbered from 1, never changed."""

    __tablename__ = "notice_event"
    __table_args__ = (owned_fk("notice_id", "notice"), sa.UniqueConstraint("county_id", "notice_id", "no"))

    notice_id: Mapped[int]
    no: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[int]
    actor_name: Mapped[str] = mapped_column(sa.String(60))
    act: Mapped[str] = mapped_column(sa.String(20))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    state: Mapped[NoticeState]  # after the act
