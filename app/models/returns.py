"""Yearly returns: one row a school and year, one row a county and year, and a log of every value."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.schools import School
from plans.base import Base, CountyOwned, join_to, owned_fk


class ReturnState(StrEnum):
    """Where a return stands between being asked for and being checked."""

    NOT_DUE = "not_due"  # 未到期
    OPEN = "open"  # 待报
    SUBMITTED = "submitted"  # 已报
    RETURNED = "returned"  # 退回
    CHECKED = "checked"  # 已核


class SchoolReturn(CountyOwned, Base):
    """What one school reported for one year; an element that is absent from ``values`` is missing.

    ``values`` holds every element of the school but its code, name and kind included, as they were that year.
    ``rooms`` lists music and art rooms: {kind, area_m2}.
    """

    __tablename__ = "school_return"
    __table_args__ = (owned_fk("school_id", "school"), sa.UniqueConstraint("county_id", "year", "school_id"))

    school_id: Mapped[int]
    year: Mapped[int]
    state: Mapped[ReturnState] = mapped_column(default=ReturnState.SUBMITTED)
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    rooms: Mapped[list[Any]] = mapped_column(default=list)
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}

    school: Mapped[School] = relationship(primaryjoin=join_to("School", "SchoolReturn", "school_id"))


class CountyReturn(CountyOwned, Base):
    """What the county itself reported for one year."""

    __tablename__ = "county_return"
    __table_args__ = (sa.UniqueConstraint("county_id", "year"),)

    year: Mapped[int]
    state: Mapped[ReturnState] = mapped_column(default=ReturnState.SUBMITTED)
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}


class ReturnChange(CountyOwned, Base):
    """One value that changed: written once, never edited.

    ``school_code`` is empty for the county's own return.
    """

    __tablename__ = "return_change"
    __table_args__ = (sa.Index("ix_return_change_year", "county_id", "year", "school_code"),)

    year: Mapped[int]
    school_code: Mapped[str | None] = mapped_column(sa.String(20))
    element: Mapped[str] = mapped_column(sa.String(60))
    before: Mapped[str | None] = mapped_column(sa.Text)
    after: Mapped[str | None] = mapped_column(sa.Text)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(sa.String(60))
    source: Mapped[str] = mapped_column(sa.String(200))
