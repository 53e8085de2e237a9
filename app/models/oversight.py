"""What stands above the counties: regions by division code, who oversees them, and how each county stands.

None of these rows belongs to a county, so no county's scope narrows them. ``CountyStanding`` holds only what
a county has frozen, written by the county's own session; who reads it is decided by division code
(``app/oversight/regions.py``).
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.models.assessments import AssessmentState
from plans.base import Base, new_id

LEVELS_BY_LENGTH = {0: "nation", 2: "region", 4: "prefecture"}


class Level(StrEnum):
    """Steps above a county, the nearest last."""

    NATION = "nation"
    REGION = "region"
    PREFECTURE = "prefecture"


class Region(Base):
    """A place above counties, by its six-digit division code: 990000 a region, 990100 a prefecture."""

    __tablename__ = "region"

    code: Mapped[str] = mapped_column(sa.String(6), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(60))

    @property
    def id(self) -> str:
        """What the audit log names it by."""
        return self.code

    @property
    def prefix(self) -> str:
        """How the codes of all places below begin; "" for the nation."""
        code = self.code
        while code.endswith("00"):
            code = code[:-2]
        return code

    @property
    def level(self) -> Level:
        return Level(LEVELS_BY_LENGTH[len(self.prefix)])

    def covers(self, county_code: str) -> bool:
        """Whether a county lies below."""
        return county_code.startswith(self.prefix)


class Oversight(Base):
    """An account that oversees all counties of a region; reading, and deciding about what they hand up."""

    __tablename__ = "oversight"
    __table_args__ = (sa.UniqueConstraint("account_id", "region_code"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    region_code: Mapped[str] = mapped_column(sa.ForeignKey("region.code"))
    is_active: Mapped[bool] = mapped_column(default=True, server_default=sa.true())
    since: Mapped[datetime]


class CountyStanding(Base):
    """The newest frozen result of one county, year and standard, as those above see it.

    ``verdicts``: item → verdict. ``strain``: resource item → the largest CV as a share of its limit; None =
    missing. ``story``: the version's moves since it was frozen: at, who, move, note, state.
    ``forecast``: state (met, on_time, late or unknown), year and words.
    """

    __tablename__ = "county_standing"
    __table_args__ = (sa.UniqueConstraint("county_code", "year", "standard"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    county_code: Mapped[str] = mapped_column(sa.ForeignKey("county.code"))
    year: Mapped[int]
    standard: Mapped[str] = mapped_column(sa.String(40))
    standard_version: Mapped[str] = mapped_column(sa.String(20))
    assessment_id: Mapped[int]
    state: Mapped[AssessmentState]
    verdict: Mapped[str] = mapped_column(sa.String(20))
    sections: Mapped[int]
    sections_met: Mapped[int]
    verdicts: Mapped[dict[str, Any]]
    strain: Mapped[dict[str, Any]]
    forecast: Mapped[dict[str, Any]]
    story: Mapped[list[Any]] = mapped_column(default=list)
    frozen_at: Mapped[datetime]
    moved_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}
