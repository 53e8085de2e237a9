"""Schools of a county: what stays the same from year to year."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plans.base import Base, CountyOwned


class School(CountyOwned, Base):
    """A school or teaching point, by the name and kind of its newest return."""

    __tablename__ = "school"
    __table_args__ = (sa.UniqueConstraint("county_id", "code"),)

    code: Mapped[str] = mapped_column(sa.String(20))  # 学校标识码
    name: Mapped[str] = mapped_column(sa.String(80))
    kind: Mapped[str] = mapped_column(sa.String(20))  # 办学类型 in words, as elements.yaml lists them
