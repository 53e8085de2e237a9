"""Returns in the database: rows ↔ one year's values, with a log of every value that changed.

Nobody commits here.
"""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager

from app.models import CountyReturn, ReturnChange, School, SchoolReturn
from app.models.returns import ReturnState
from app.returns.differences import Change, Difference, Held, difference, merged
from app.returns.values import YearValues, covered_elements, measures_of, values_of
from app.returns.words import county_name, words_of
from plans.actors import Actor
from plans.base import new_id
from plans.rights import Act, check, may
from scoring.measures import Measures


def may_upload(actor: Actor) -> bool:
    """Whether the actor may bring in the county's workbook."""
    return may(actor, Act.REPORT_DATA)


def require_uploader(actor: Actor) -> None:
    """Raises ActNotAllowed unless the actor may bring in the county's workbook."""
    check(actor, Act.REPORT_DATA)


def load_values(session: Session, year: int) -> YearValues:
    """Everything reported for a year, in two queries."""
    return _values(_school_returns(session, year).values(), _county_return(session, year))


def load_measures(session: Session, year: int) -> Measures:
    """Everything reported for a year as frames; without any return the frames have no rows."""
    return measures_of(load_values(session, year))


def compare(session: Session, *, year: int, measures: Measures) -> Difference:
    """What ``save_measures`` would change."""
    return _Comparison(session, year, measures).difference


def save_measures(
    session: Session, actor: Actor, *, year: int, measures: Measures, source: str, at: datetime
) -> Difference:
    """Lay a checked workbook over the returns of a year and log every value that changed.

    Schools that the workbook lacks keep their returns; checked returns stay as they are and are named.

    Raises ActNotAllowed.
    """
    require_uploader(actor)
    comparison = _Comparison(session, year, measures)
    found = comparison.difference
    comparison.write({change.school_code for change in found.changes} | set(found.new))
    return _keep(session, actor, comparison, source, at)


def save_own(
    session: Session, actor: Actor, *, year: int, own: YearValues, source: str, at: datetime
) -> Difference:
    """Take what a school reports of itself and log every value that changed; it counts as reported.

    ``own`` holds the figures of that one school; rooms that it leaves out stay as they are. A checked return
    stays as it is and is named.

    Raises ActNotAllowed where one of the schools is not the actor's own.
    """
    for code in own.schools:
        check(actor, Act.REPORT_SCHOOL, code)
    comparison = _Comparison(session, year, measures_of(own))
    comparison.write(set() if comparison.difference.locked else set(own.schools))
    return _keep(session, actor, comparison, source, at)


def _keep(session: Session, actor: Actor, comparison: "_Comparison", source: str, at: datetime) -> Difference:
    found = comparison.difference
    session.add_all(_logged(change, actor, comparison.year, source, at) for change in found.changes)
    session.flush()
    return found


class _Comparison:
    """The rows of one year beside what a workbook wants of them."""

    def __init__(self, session: Session, year: int, measures: Measures) -> None:
        self.session, self.year = session, year
        self.schools = {school.code: school for school in session.scalars(sa.select(School))}
        self.returns, self.county = _school_returns(session, year), _county_return(session, year)
        told, held = values_of(measures), _values(self.returns.values(), self.county)
        self.wanted = merged(held, told, covered_elements(measures))
        names = {code: school.name for code, school in sorted(self.schools.items())}
        self.difference = difference(
            Held(held, names, county_name(), self._locked()), self.wanted, list(told.schools)
        )

    def write(self, touched: set[str | None]) -> None:
        newest = self._newest_years()
        for code in touched - {None}:
            self._write_school(str(code), is_newest=self.year >= newest.get(str(code), self.year))
        if None in touched:
            self._write_county()

    def _locked(self) -> set[str | None]:
        checked: set[str | None] = {
            code for code, held in self.returns.items() if held.state is ReturnState.CHECKED
        }
        if self.county and self.county.state is ReturnState.CHECKED:
            checked.add(None)
        return checked

    def _newest_years(self) -> dict[str, int]:
        newest = sa.func.max(SchoolReturn.year)
        statement = sa.select(School.code, newest).join(SchoolReturn.school).group_by(School.code)
        return {row[0]: row[1] for row in self.session.execute(statement)}

    def _write_school(self, code: str, *, is_newest: bool) -> None:
        values = dict(self.wanted.schools[code])
        school = self.schools.get(code) or self._add_school(code)
        held = self.returns.get(code) or self._add_return(school)
        held.values, held.rooms = values, self.wanted.rooms.get(code, [])
        held.state = ReturnState.SUBMITTED
        if is_newest:
            school.name, school.kind = str(values.get("school_name", code)), str(values["school_kind"])

    def _add_school(self, code: str) -> School:
        school = School(id=new_id(), code=code, name=code, kind="")
        self.session.add(school)
        return school

    def _add_return(self, school: School) -> SchoolReturn:
        held = SchoolReturn(id=new_id(), school_id=school.id, year=self.year)
        self.session.add(held)
        return held

    def _write_county(self) -> None:
        if self.county is None:
            self.county = CountyReturn(id=new_id(), year=self.year)
            self.session.add(self.county)
        self.county.values, self.county.state = dict(self.wanted.county), ReturnState.SUBMITTED


def _school_returns(session: Session, year: int) -> dict[str, SchoolReturn]:
    statement = (
        sa.select(SchoolReturn)
        .join(SchoolReturn.school)
        .options(contains_eager(SchoolReturn.school))
        .where(SchoolReturn.year == year)
        .order_by(School.code)
    )
    return {held.school.code: held for held in session.scalars(statement)}


def _county_return(session: Session, year: int) -> CountyReturn | None:
    return session.scalar(sa.select(CountyReturn).where(CountyReturn.year == year))


def _values(returns: Iterable[SchoolReturn], county: CountyReturn | None) -> YearValues:
    listed = list(returns)
    return YearValues(
        schools={held.school.code: held.values for held in listed},
        rooms={held.school.code: held.rooms for held in listed if held.rooms},
        county=county.values if county else {},
    )


def _logged(change: Change, actor: Actor, year: int, source: str, at: datetime) -> ReturnChange:
    return ReturnChange(
        year=year,
        school_code=change.school_code,
        element=change.element,
        before=words_of(change.before),
        after=words_of(change.after),
        at=at,
        by=actor.name,
        source=source,
    )
