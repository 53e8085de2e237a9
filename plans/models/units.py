"""Responsible units (责任单位) of a county."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plans.base import Base, CountyOwned


class Unit(CountyOwned, Base):
    """One office under its full name; other spellings are aliases of the same row."""

    __tablename__ = "unit"
    __table_args__ = (sa.UniqueConstraint("county_id", "name"),)

    name: Mapped[str] = mapped_column(sa.String(80))
    aliases: Mapped[list[Any]] = mapped_column(default=list)
