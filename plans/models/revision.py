"""What was approved and what was changed since: 原定 beside 现定."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plans.base import Base, CountyOwned, owned_fk


class PlanPart(StrEnum):
    """Which kind of row of a plan is meant."""

    PLAN = "plan"
    PHASE = "phase"
    MEASURE = "measure"
    MILESTONE = "milestone"
    DUTY = "duty"  # one that comes back
    INDICATOR = "indicator"
    UNIT_DUTY = "unit_duty"
    TARGET = "target"


class PlanBaseline(CountyOwned, Base):
    """A plan as it was approved; the newest is what 原定 means.

    ``body``: part → id (as text) → field → value; days as ISO text, units as their names.
    """

    __tablename__ = "plan_baseline"
    __table_args__ = (owned_fk("plan_id", "plan"), sa.UniqueConstraint("county_id", "plan_id", "no"))

    plan_id: Mapped[int]
    no: Mapped[int]
    approved_at: Mapped[datetime]
    approved_by: Mapped[str] = mapped_column(sa.String(60))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    body: Mapped[dict[str, Any]]


class PlanChange(CountyOwned, Base):
    """One field of one row of a plan that was changed, written with the change and never altered."""

    __tablename__ = "plan_change"
    __table_args__ = (
        owned_fk("plan_id", "plan"),
        sa.Index("ix_plan_change_plan", "county_id", "plan_id", "at"),
    )

    plan_id: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[int]
    actor_name: Mapped[str] = mapped_column(sa.String(60))
    part: Mapped[PlanPart]
    row_id: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(200))  # of the row, as it was before
    field: Mapped[str] = mapped_column(sa.String(30))
    before: Mapped[str] = mapped_column(sa.Text)
    after: Mapped[str] = mapped_column(sa.Text)
    reason: Mapped[str] = mapped_column(sa.Text, default="")
