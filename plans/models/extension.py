"""What is asked about a task beside its moves: more time, and a colleague's attention."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plans.base import Base, CountyOwned, owned_fk


class Answer(StrEnum):
    """What became of a wish for more time."""

    GRANTED = "granted"
    REFUSED = "refused"


class TaskExtension(CountyOwned, Base):
    """A wish for a later deadline (延期申请); ``answer`` is None as long as it waits."""

    __tablename__ = "task_extension"
    __table_args__ = (owned_fk("task_id", "task"), sa.UniqueConstraint("county_id", "task_id", "no"))

    task_id: Mapped[int]
    no: Mapped[int]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int]
    asked_by: Mapped[str] = mapped_column(sa.String(60))
    reason: Mapped[str] = mapped_column(sa.Text)
    due_before: Mapped[date]
    wanted_on: Mapped[date]  # as stated; may be no working day
    answer: Mapped[Answer | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(sa.String(60))
    answer_note: Mapped[str] = mapped_column(sa.Text, default="")


class Mention(CountyOwned, Base):
    """A member named with @ in a comment on a task."""

    __tablename__ = "mention"
    __table_args__ = (
        owned_fk("event_id", "task_event"),
        sa.UniqueConstraint("county_id", "event_id", "account_id"),
        sa.Index("ix_mention_account", "county_id", "account_id"),
    )

    event_id: Mapped[int]
    account_id: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(60))
