"""Who oversees which counties. Global tables only: no county's rows are read here."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.models import Oversight, Region
from app.models.oversight import Level
from app.oversight.errors import NotBelow
from plans.base import County

LADDER = (Level.PREFECTURE, Level.REGION)  # who decides about a version, the nearest first
NATION_CODE = "000000"


def regions_of(session: Session, account_id: int) -> list[Region]:
    """The regions that an account oversees, the widest first. One query."""
    statement = (
        sa.select(Region)
        .join(Oversight, Oversight.region_code == Region.code)
        .where(Oversight.account_id == account_id, Oversight.is_active)
    )
    return sorted(session.scalars(statement), key=lambda region: (len(region.prefix), region.code))


def codes_above(county_code: str) -> list[str]:
    """Nation, region and prefecture of a county by its code.

    >>> codes_above("990101")
    ['000000', '990000', '990100']
    """
    return [county_code[:length].ljust(6, "0") for length in (0, 2, 4)]


def ladder_of(session: Session, county_code: str) -> list[Level]:
    """The levels above a county that somebody oversees it from, the nearest first. One query."""
    above = codes_above(county_code)
    statement = (
        sa.select(Region)
        .join(Oversight, Oversight.region_code == Region.code)
        .where(Region.code.in_(above), Oversight.is_active)
    )
    levels = {region.level for region in session.scalars(statement)}
    return [level for level in LADDER if level in levels]


def county_below(session: Session, regions: Sequence[Region], county_code: str) -> County:
    """A county by its code. Raises NotBelow."""
    county = session.scalar(sa.select(County).where(County.code == county_code))
    if county is None or not any(region.covers(county.code) for region in regions):
        raise NotBelow()
    return county


def levels_over(regions: Sequence[Region], county_code: str) -> frozenset[Level]:
    """From which levels somebody with these regions decides about a county."""
    return frozenset(region.level for region in regions if region.covers(county_code))


def one_that_asks(session: Session, regions: Sequence[Region], setting: str) -> County | None:
    """A county below that has switched a setting on; None where none has. One query."""
    is_on = County.settings[setting].as_boolean()
    return session.scalar(sa.select(County).where(below(regions), is_on).order_by(County.code).limit(1))


def below(regions: Sequence[Region]) -> sa.ColumnElement[bool]:
    """Counties of any of the regions, as a condition."""
    return sa.or_(sa.false(), *(County.code.startswith(region.prefix, autoescape=True) for region in regions))
