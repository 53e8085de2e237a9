"""Targets of a plan: which figure of which indicator shall have got where by when."""

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from plans.base import Base, CountyOwned, join_to, owned_fk
from plans.models.plan import Measure


class Quantity(StrEnum):
    """Which figure of an indicator a target is about."""

    MEAN = "mean"  # 全县均值, in the indicator's unit
    SPREAD = "cv"  # 校际差异系数
    SHARE = "share"  # 达到标准的学校比例 [%]


class Target(CountyOwned, Base):
    """One figure on its way from a baseline to the value due in the horizon year.

    ``steps``: year (as text) → value due from that year on, until the next one; empty = a straight line.
    """

    __tablename__ = "target"
    __table_args__ = (
        owned_fk("plan_id", "plan"),
        sa.UniqueConstraint("county_id", "plan_id", "indicator_code", "stage", "quantity"),
    )

    plan_id: Mapped[int]
    indicator_code: Mapped[str] = mapped_column(sa.String(20))
    stage: Mapped[str] = mapped_column(sa.String(10))
    quantity: Mapped[Quantity]
    baseline_year: Mapped[int]
    baseline: Mapped[float]
    horizon_year: Mapped[int]
    due: Mapped[float]  # value due in the horizon year
    steps: Mapped[dict[str, float]] = mapped_column(sa.JSON, default=dict)
    off_path_on: Mapped[date | None]  # day on which data first showed it off its path; None = on it
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}


class PlanTarget(CountyOwned, Base):
    """A number that the plan's text promises, with its sentence; what the document says, right or wrong.

    Several may be about one figure, even against each other. A ``Target`` is the path that the county then
    follows for a figure of an indicator.
    """

    __tablename__ = "plan_target"
    __table_args__ = (
        owned_fk("plan_id", "plan"),
        owned_fk("measure_id", "measure"),
        sa.UniqueConstraint("county_id", "plan_id", "no"),
    )

    plan_id: Mapped[int]
    no: Mapped[int]
    measure_id: Mapped[int | None]  # None = promised by a goal or by the indicator table
    indicator_code: Mapped[str | None] = mapped_column(sa.String(20))  # None = no indicator recognised
    stage: Mapped[str | None] = mapped_column(sa.String(10))  # None = both stages, or not said
    relation: Mapped[str] = mapped_column(sa.String(2))  # >=, <=, > or <
    value: Mapped[float]  # in ``unit``; 96 for 96 %
    unit: Mapped[str | None] = mapped_column(sa.String(10))
    year: Mapped[int | None]  # None = the sentence names none
    sentence: Mapped[str] = mapped_column(sa.Text)
    source_paragraph: Mapped[int | None]

    measure: Mapped[Measure | None] = relationship(primaryjoin=join_to("Measure", "PlanTarget", "measure_id"))
