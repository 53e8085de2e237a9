"""The results of a demo county over the years: frozen, handed up, answered, and one corrected afterwards."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.clock import ZONE
from app.demo.county import DemoCounty, Slip
from app.demo.load import load_year
from app.demo.schools import measures_in
from app.models import Assessment
from app.models.assessments import VersionMove
from app.versions.commands import move_version
from plans.actors import Actor
from scoring.measures import Measures

ANSWERS = {VersionMove.ACCEPT: "数据齐全，予以接收。"}


def load_versions(session: Session, offices: Mapping[str, Actor], county: DemoCounty, at: datetime) -> None:
    """Load every year: past ones accepted; the last a draft, beside a frozen one if there was a slip.

    The session must have entered the county; nothing is committed.
    """
    *past, last = sorted(county.years)
    for year in past:
        version = load_year(session, offices["office"], measures_in(year, county), year, _counted(year))
        _move(session, offices, version, (VersionMove.FREEZE, VersionMove.SUBMIT, VersionMove.ACCEPT))
    if county.slip:
        version = load_year(session, offices["office"], _with_slip(county, county.slip), last, _counted(last))
        _move(session, offices, version, (VersionMove.FREEZE, VersionMove.SUBMIT))
    load_year(session, offices["office"], measures_in(last, county), last, at)


def load_handed_up(
    session: Session, offices: Mapping[str, Actor], county: DemoCounty, *, accepted_before: int
) -> None:
    """Load every year as handed up; those before a year are accepted. As ``load_versions`` otherwise."""
    for year in sorted(county.years):
        version = load_year(session, offices["office"], measures_in(year, county), year, _counted(year))
        _move(session, offices, version, (VersionMove.FREEZE, VersionMove.SUBMIT))
        if year < accepted_before:
            _move(session, offices, version, (VersionMove.ACCEPT,))


def _counted(year: int) -> datetime:
    return datetime(year, 11, 8, 10, tzinfo=ZONE)


def _move(
    session: Session, offices: Mapping[str, Actor], version: Assessment, moves: tuple[VersionMove, ...]
) -> None:
    for move in moves:
        actor = offices["leader" if move in ANSWERS else "office"]
        note, at = ANSWERS.get(move, ""), version.made_at
        move_version(session, actor, assessment_id=version.id, move=move, note=note, at=at)


def _with_slip(county: DemoCounty, slip: Slip) -> Measures:
    measures = measures_in(county.last_year, county)
    schools = measures.schools.copy()
    schools.loc[schools["school_code"] == slip.school_code, slip.element] = slip.reported
    return Measures(schools, measures.county, measures.rooms)
