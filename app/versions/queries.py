"""Reading versions, each function with a constant number of queries."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload, undefer

from app.assessments.queries import standard_of
from app.models import Assessment
from app.versions.commands import find_version
from app.versions.differences import Difference, difference

_PARTS = tuple(selectinload(part) for part in (Assessment.sections, Assessment.indicators, Assessment.items))


@dataclass(frozen=True)
class VersionLine:
    """One version in the list."""

    version: Assessment
    standard_title: str
    has_later: bool  # a later version of the year by the same standard stands beside it


@dataclass(frozen=True)
class Comparison:
    """Two versions of one year, the earlier one first."""

    earlier: Assessment
    later: Assessment
    difference: Difference


def version_lines(session: Session) -> list[VersionLine]:
    """All versions of all years, the newest first. One query."""
    newest_first = (Assessment.year.desc(), Assessment.made_at.desc(), Assessment.id.desc())
    lines, seen = [], set()
    for version in session.scalars(sa.select(Assessment).order_by(*newest_first)):
        key = (version.year, version.standard)
        lines.append(VersionLine(version, standard_of(version).title, key in seen))
        seen.add(key)
    return lines


def comparison(session: Session, assessment_id: int) -> Comparison | None:
    """A frozen version against the newest of its year, a draft against what was frozen last; None alone.

    Raises NotFound.
    """
    version = find_version(session, assessment_id)
    other = _counterpart(session, version)
    if other is None:
        return None
    pair = _with_parts(session, [version.id, other.id])
    earlier, later = sorted(pair, key=lambda one: (one.made_at, one.id))
    return Comparison(earlier, later, difference(earlier, later, standard_of(later)))


def _counterpart(session: Session, version: Assessment) -> Assessment | None:
    order = (Assessment.made_at.desc(), Assessment.id.desc())
    alike = (Assessment.year == version.year, Assessment.standard == version.standard)
    statement = sa.select(Assessment).where(*alike).order_by(*order)
    others = [one for one in session.scalars(statement) if one.id != version.id]
    if not version.is_frozen:
        return next((one for one in others if one.is_frozen), None)
    newest = next(iter(others), None)
    return newest if newest and (newest.made_at, newest.id) > (version.made_at, version.id) else None


def _with_parts(session: Session, ids: list[int]) -> list[Assessment]:
    statement = sa.select(Assessment).where(Assessment.id.in_(ids)).options(*_PARTS, undefer(Assessment.data))
    # The rows are in the session already, without the parts and the data.
    return list(session.scalars(statement.execution_options(populate_existing=True)))
