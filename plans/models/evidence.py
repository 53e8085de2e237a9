"""Kept files that prove something."""

from datetime import datetime
from enum import IntEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plans.base import Base, CountyOwned


class Strength(IntEnum):
    """How much a piece of evidence proves, strongest first; its names are a county's setting."""

    ORIGINAL = 1  # 原件、红头文件
    STAMPED = 2  # 盖章材料
    PICTURE = 3  # 照片、截图
    STATEMENT = 4  # 自述


class Evidence(CountyOwned, Base):
    """A kept file, known by its hash: the same content is stored once a county.

    ``strength`` is a value of ``Strength``, None = not graded yet.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        sa.UniqueConstraint("county_id", "sha256"),
        sa.CheckConstraint("strength between 1 and 4", name="strength"),
    )

    sha256: Mapped[str] = mapped_column(sa.String(64))
    name: Mapped[str] = mapped_column(sa.String(200))
    media_type: Mapped[str] = mapped_column(sa.String(120))
    size: Mapped[int]  # bytes
    strength: Mapped[int | None] = mapped_column(sa.SmallInteger)
    kept_at: Mapped[datetime]
    kept_by: Mapped[str] = mapped_column(sa.String(60))
