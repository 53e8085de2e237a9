"""School data of a demo county: computed frames → returns and assessments."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.assessments.runs import assess_year
from app.demo.county import DemoCounty
from app.demo.schools import measures_in
from app.models import Assessment
from app.returns.store import save_measures
from plans.actors import Actor
from scoring.measures import Measures


def load_school_data(session: Session, actor: Actor, county: DemoCounty, at: datetime) -> None:
    """Save and assess every year that a demo county reports; nothing is committed.

    The session must have entered the county.

    Raises ActNotAllowed unless the actor is of its office or leading group.
    """
    for year in sorted(county.years):
        load_year(session, actor, measures_in(year, county), year, at)


def load_year(session: Session, actor: Actor, measures: Measures, year: int, at: datetime) -> Assessment:
    """Save and assess one year; nothing is committed. Raises ActNotAllowed."""
    save_measures(session, actor, year=year, measures=measures, source="演示数据", at=at)
    return assess_year(session, actor, year=year, at=at)
