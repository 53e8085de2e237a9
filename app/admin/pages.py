"""What the platform's pages show."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.dates import day_words
from app.models import Membership
from plans.actors import Role
from plans.base import County
from scoring.loader import load_standard


@dataclass(frozen=True)
class CountyLine:
    """One county with its state in words."""

    county: County
    tone: str
    state: str
    members: int
    has_office: bool
    is_due: bool  # the waiting time before erasure is over

    @property
    def standard(self) -> str:
        """The title of the standard that the county aims at."""
        return load_standard(self.county.standard).title


@dataclass(frozen=True)
class CountiesPage:
    """All counties of the platform."""

    headline: str
    lines: list[CountyLine]


def counties_page(session: Session, today: date) -> CountiesPage:
    """Two queries for any number of counties; of members only how many there are."""
    people = _people(session)
    counties = session.scalars(sa.select(County).order_by(County.code))
    lines = [_line(county, *people.get(county.id, (0, 0)), today) for county in counties]
    return CountiesPage(_headline(lines), lines)


def county_line(session: Session, county: County, today: date) -> CountyLine:
    """One county. One query."""
    return _line(county, *_people(session).get(county.id, (0, 0)), today)


def _people(session: Session) -> dict[int, tuple[int, int]]:
    """Active members and how many of them are of the office, by county."""
    in_office = sa.func.sum(sa.case((Membership.role == Role.OFFICE, 1), else_=0))
    statement = (
        sa.select(Membership.county_id, sa.func.count(sa.distinct(Membership.account_id)), in_office)
        .where(Membership.is_active)
        .group_by(Membership.county_id)
    )
    rows = session.execute(statement, execution_options={"all_counties": True})
    return {county_id: (n, n_office) for county_id, n, n_office in rows}


def _line(county: County, members: int, office: int, today: date) -> CountyLine:
    is_due = county.erase_on is not None and today >= county.erase_on
    return CountyLine(county, *_state(county, today), members, office > 0, is_due)


def _state(county: County, today: date) -> tuple[str, str]:
    if county.erase_on is not None:
        on = day_words(county.erase_on)
        is_over = today >= county.erase_on
        return "red", _("可删除") if is_over else _("待删除（%(on)s起）", on=on)
    return ("amber", _("已暂停")) if county.suspended_at else ("green", _("使用中"))


def _headline(lines: list[CountyLine]) -> str:
    if not lines:
        return _("还没有县。")
    suspended = sum(line.county.suspended_at is not None for line in lines)
    waiting = sum(line.county.erase_on is not None for line in lines)
    words = [_("共 %(n)s 个县", n=len(lines))]
    words += [_("%(n)s 个已暂停", n=suspended)] if suspended else []
    words += [_("其中 %(n)s 个等待删除", n=waiting)] if waiting else []
    return _("，").join(words) + _("。")
