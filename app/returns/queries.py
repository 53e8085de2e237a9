"""What the pages of returns show, as ready lines; each function with a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments.queries import by_main_standard
from app.models import Assessment, CountyReturn, ReturnChange, School, SchoolReturn
from app.models.returns import ReturnState
from app.returns.differences import ROOMS, Change
from app.returns.words import county_name, element_label, words_of
from scoring.elements import ELEMENTS

MANY = 10  # values that come in at once for the first time are one line of the log
_ORDER = {code: position for position, code in enumerate([*ELEMENTS, ROOMS])}


@dataclass(frozen=True)
class YearLine:
    """The returns of one year."""

    year: int
    reported: int  # schools with a return
    checked: int
    returned: int
    county_told: bool
    changed_at: datetime | None
    changed_by: str
    source: str
    verdict: str | None  # of the newest assessment; None = not assessed


@dataclass(frozen=True)
class ChangeLine:
    """One changed value in words; None = missing."""

    school: str
    element: str
    before: str | None
    after: str | None
    at: datetime | None = None
    by: str = ""
    source: str = ""


def year_lines(session: Session) -> list[YearLine]:
    """Every year with a return, newest first. Four queries."""
    counts = _counts(session)
    told = set(session.scalars(sa.select(CountyReturn.year)))
    changed = _last_changes(session)
    verdicts = _verdicts(session)
    years = sorted({year for year, _ in counts} | told, reverse=True)
    return [_year_line(year, counts, year in told, changed.get(year), verdicts.get(year)) for year in years]


def known_schools(session: Session) -> dict[str, str]:
    """Every school of the county, code → name. One query."""
    rows = session.execute(sa.select(School.code, School.name).order_by(School.code))
    return {code: name for code, name in rows}  # noqa: C416 -- rows, not pairs


def silent_schools(session: Session, year: int) -> list[str]:
    """Names of schools without a return for a year. One query."""
    told = sa.select(SchoolReturn.school_id).where(SchoolReturn.year == year)
    statement = sa.select(School.name).where(School.id.not_in(told)).order_by(School.code)
    return list(session.scalars(statement))


def state_of_return(session: Session, year: int, school_code: str) -> ReturnState | None:
    """Where a school's return stands; None without a return. One query."""
    statement = (
        sa.select(SchoolReturn.state)
        .join(SchoolReturn.school)
        .where(SchoolReturn.year == year, School.code == school_code)
    )
    return session.scalar(statement)


def change_log(session: Session, year: int, school_code: str, limit: int) -> list[ChangeLine]:
    """The last changes of one school's return, newest first; a first report is one line. One query."""
    statement = (
        sa.select(ReturnChange)
        .where(ReturnChange.year == year, ReturnChange.school_code == school_code)
        .order_by(ReturnChange.at.desc())
        .limit(limit)
    )
    by_moment = groupby(session.scalars(statement), key=lambda row: row.at)
    return [line for _, rows in by_moment for line in _log_lines(list(rows))]


def change_lines(changes: Iterable[Change], names: dict[str, str]) -> list[ChangeLine]:
    """Changes that a workbook would make, in words."""
    return [
        ChangeLine(
            names.get(change.school_code, change.school_code) if change.school_code else county_name(),
            element_label(change.element),
            words_of(change.before),
            words_of(change.after),
        )
        for change in changes
    ]


def _log_lines(rows: list[ReturnChange]) -> list[ChangeLine]:
    if len(rows) >= MANY and all(row.before is None for row in rows):
        told = _("首次填报 %(n)s 项", n=len(rows))
        return [ChangeLine("", told, None, None, rows[0].at, rows[0].by, rows[0].source)]
    ordered = sorted(rows, key=lambda row: _ORDER[row.element])
    return [
        ChangeLine("", element_label(row.element), row.before, row.after, row.at, row.by, row.source)
        for row in ordered
    ]


def _counts(session: Session) -> dict[tuple[int, ReturnState], int]:
    n_returns = sa.func.count(SchoolReturn.id)
    statement = sa.select(SchoolReturn.year, SchoolReturn.state, n_returns).group_by(
        SchoolReturn.year, SchoolReturn.state
    )
    return {(year, state): n for year, state, n in session.execute(statement)}


def _last_changes(session: Session) -> dict[int, ReturnChange]:
    newest = sa.select(sa.func.max(ReturnChange.id)).group_by(ReturnChange.year)
    statement = sa.select(ReturnChange).where(ReturnChange.id.in_(newest))
    return {row.year: row for row in session.scalars(statement)}


def _verdicts(session: Session) -> dict[int, str]:
    order = (Assessment.made_at, Assessment.id)
    statement = sa.select(Assessment.year, Assessment.verdict).where(by_main_standard()).order_by(*order)
    return {year: verdict for year, verdict in session.execute(statement)}  # noqa: C416 -- the last wins


def _year_line(
    year: int,
    counts: dict[tuple[int, ReturnState], int],
    county_told: bool,
    changed: ReturnChange | None,
    verdict: str | None,
) -> YearLine:
    return YearLine(
        year=year,
        reported=sum(n for (of_year, _), n in counts.items() if of_year == year),
        checked=counts.get((year, ReturnState.CHECKED), 0),
        returned=counts.get((year, ReturnState.RETURNED), 0),
        county_told=county_told,
        changed_at=changed.at if changed else None,
        changed_by=changed.by if changed else "",
        source=changed.source if changed else "",
        verdict=verdict,
    )
