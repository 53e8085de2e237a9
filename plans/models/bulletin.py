"""Bulletins (通报), and the numbers that documents of a county take."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from plans.base import Base, CountyOwned, join_to, owned_fk
from plans.calendar import ZONE
from plans.models.units import Unit


class Series(StrEnum):
    """Which documents are numbered together."""

    NOTICE = "notice"  # 督办单
    BULLETIN = "bulletin"  # 通报


class NumberSeries(CountyOwned, Base):
    """The last number that a county gave to a kind of document in a year."""

    __tablename__ = "number_series"
    __table_args__ = (sa.UniqueConstraint("county_id", "series", "year"),)

    series: Mapped[Series]
    year: Mapped[int]
    last: Mapped[int] = mapped_column(sa.Integer)


class Bulletin(CountyOwned, Base):
    """A circular on progress over some days; numbered and unchangeable once published, at most withdrawn.

    ``figures`` are those of the day ``counted_on``, kept as they were: state and time → number of tasks, and
    a row a unit.
    """

    __tablename__ = "bulletin"
    __table_args__ = (sa.UniqueConstraint("county_id", "year", "no"),)

    year: Mapped[int | None]  # None, as ``no``, until published
    no: Mapped[int | None]
    title: Mapped[str] = mapped_column(sa.String(200))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    text: Mapped[str] = mapped_column(sa.Text)
    figures: Mapped[dict[str, Any]]
    counted_on: Mapped[date]
    drafted_at: Mapped[datetime]
    drafted_by: Mapped[str] = mapped_column(sa.String(60))
    published_at: Mapped[datetime | None]
    published_by: Mapped[str | None] = mapped_column(sa.String(60))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None] = mapped_column(sa.String(60))
    withdrawn_reason: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}

    readings: Mapped[list["BulletinReading"]] = relationship(
        primaryjoin=join_to("Bulletin", "BulletinReading", "bulletin_id"),
        order_by="BulletinReading.read_at, BulletinReading.id",
        cascade="all, delete-orphan",
    )

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def published_on(self) -> date | None:
        """The day on a Chinese calendar."""
        return self.published_at.astimezone(ZONE).date() if self.published_at else None

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class BulletinReading(CountyOwned, Base):
    """Somebody who confirmed having read a bulletin (已阅); names as they were on the day."""

    __tablename__ = "bulletin_reading"
    __table_args__ = (
        owned_fk("bulletin_id", "bulletin"),
        owned_fk("unit_id", "unit"),
        sa.UniqueConstraint("county_id", "bulletin_id", "account_id"),
    )

    bulletin_id: Mapped[int]
    account_id: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(60))
    unit_id: Mapped[int | None]  # None = read for no single unit
    read_at: Mapped[datetime]

    unit: Mapped[Unit | None] = relationship(primaryjoin=join_to("Unit", "BulletinReading", "unit_id"))
