"""What reminders are about beside plans: returns not in, relaxations and statements that run out."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.jobs.statement_names import statement_name
from app.models import Attestation, CountyReturn, RelaxationSwitch, School, SchoolReturn
from app.models.returns import ReturnState
from plans.base import County
from plans.reminders.days import local_day
from plans.reminders.families import OF_PLANS, Live, Select, Terms, item
from plans.reminders.rules import Family

RETURNS_DUE = "10-31"  # statistics are taken each September; a county sets its own day (``returns_due``)
ASKED_AHEAD = timedelta(days=60)  # from then on it is the new year's return that is asked for
IN = (ReturnState.SUBMITTED, ReturnState.CHECKED)


def returns_due(settings: Mapping[str, Any], today: date) -> date:
    """The day by which the return asked for at present is wanted; its year is the year of the return.

    >>> returns_due({}, date(2026, 8, 31)), returns_due({}, date(2026, 9, 1))
    (datetime.date(2025, 10, 31), datetime.date(2026, 10, 31))
    """
    month, day = (int(part) for part in settings.get("returns_due", RETURNS_DUE).split("-"))
    due = date((today + ASKED_AHEAD).year, month, day)
    return due if due - ASKED_AHEAD <= today else due.replace(year=due.year - 1)


def school_returns(terms: Terms) -> Select:
    """Schools whose return is not in; one that did not report the year before either is taken as closed."""
    due = returns_due(terms.settings, terms.today)
    title = School.name + f" {due.year} 年度数据"
    return item(School, _fixed(due), title, school=School.code).where(_is_behind(due.year))


def schools_behind(terms: Terms) -> Select:
    """Counties with such schools, and how many; the item is the year."""
    due = returns_due(terms.settings, terms.today)
    number = sa.select(sa.func.count()).where(School.county_id == County.id, _is_behind(due.year))
    n_behind = number.correlate(County).scalar_subquery()
    title = sa.cast(n_behind, sa.String) + f" 所学校 {due.year} 年度数据未报"
    return _of_county(due, title).where(n_behind > 0)


def county_returns(terms: Terms) -> Select:
    """Counties whose own return is not in; the item is the year."""
    due = returns_due(terms.settings, terms.today)
    is_in = sa.exists().where(
        CountyReturn.county_id == County.id, CountyReturn.year == due.year, CountyReturn.state.in_(IN)
    )
    return _of_county(due, sa.literal(f"县级 {due.year} 年度数据", sa.String)).where(~is_in)


def relaxations(terms: Terms) -> Select:
    """Relaxations in use that still run."""
    ending = item(RelaxationSwitch, RelaxationSwitch.ends_on, RelaxationSwitch.code)
    return ending.where(RelaxationSwitch.off_at.is_(None), RelaxationSwitch.ends_on >= terms.today)


def attestations(_terms: Terms) -> Select:
    """The newest signed statement on each part, from the day of its signature."""
    newer = aliased(Attestation)
    is_overtaken = sa.exists().where(
        newer.county_id == Attestation.county_id,
        newer.item == Attestation.item,
        newer.part == Attestation.part,
        newer.year > Attestation.year,
        newer.signed_at.is_not(None),
    )
    signed = item(Attestation, local_day(Attestation.signed_at), statement_name())
    return signed.where(Attestation.signed_at.is_not(None), ~is_overtaken)


def _is_behind(year: int) -> Any:
    own = (SchoolReturn.county_id == School.county_id) & (SchoolReturn.school_id == School.id)
    is_in = sa.exists().where(own, SchoolReturn.year == year, SchoolReturn.state.in_(IN))
    is_open = sa.exists().where(own, SchoolReturn.year >= year - 1) | ~sa.exists().where(own)
    return ~is_in & is_open


def _of_county(due: date, title: Any) -> Select:
    year = sa.literal(due.year, sa.BigInteger)
    return item(County, _fixed(due), title, county_id=County.id, item_id=year)


def _fixed(day: date) -> Any:
    return sa.literal(day, sa.Date)


LIVE: Mapping[Family, Live] = {
    **OF_PLANS,
    Family.SCHOOL_RETURN: school_returns,
    Family.SCHOOLS_BEHIND: schools_behind,
    Family.COUNTY_RETURN: county_returns,
    Family.RELAXATION: relaxations,
    Family.ATTESTATION: attestations,
}
