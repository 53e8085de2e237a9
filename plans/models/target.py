"""Targets of a plan: which figure of which indicator shall have got where by when."""

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plans.base import Base, CountyOwned, owned_fk


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
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}
