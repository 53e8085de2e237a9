"""What the pages of versions show."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.assessments.queries import standard_of
from app.models import Assessment
from app.models.assessments import VersionMove
from app.versions import sentences
from app.versions.commands import find_version, ladder_over, other_on_its_way
from app.versions.moves import NEEDS_REASON, UPPER, open_moves, sides_of, stands_in
from app.versions.queries import Comparison, VersionLine, comparison, version_lines
from plans.actors import Actor

UPWARD = {VersionMove.FREEZE, VersionMove.SUBMIT}


@dataclass(frozen=True)
class VersionsPage:
    """All versions of all years."""

    headline: str
    lines: list[VersionLine]


@dataclass(frozen=True)
class VersionPage:
    """One version: where it stands, what changed since, what the person may do."""

    headline: str
    basis: list[str]
    version: Assessment
    standard_title: str
    comparison: Comparison | None
    moves: list[VersionMove]  # open to the person
    with_reason: frozenset[VersionMove]  # those that nobody makes without a reason
    locked_by: Assessment | None  # on its way up: until then this one stays where it is
    stands_in: bool  # the person answers for an upper side that has no account here


def versions_page(session: Session) -> VersionsPage:
    """Read the list. One query."""
    lines = version_lines(session)
    return VersionsPage(sentences.list_sentence(lines), lines)


def version_page(session: Session, actor: Actor, assessment_id: int) -> VersionPage:
    """Read one version. Raises NotFound."""
    version, ladder = find_version(session, assessment_id), ladder_over(session, actor.county_id)
    found, title = comparison(session, assessment_id), standard_of(version).title
    moves = open_moves(version.state, sides_of(actor, ladder, ()), ladder)
    locked_by = other_on_its_way(session, version) if {*moves} & UPWARD else None
    return VersionPage(
        headline=sentences.version_sentence(version, found),
        basis=sentences.basis(version, title),
        version=version,
        standard_title=title,
        comparison=found,
        moves=[] if locked_by else moves,
        with_reason=NEEDS_REASON,
        locked_by=locked_by,
        stands_in=stands_in(actor, ladder) and any(move in UPPER for move in moves),
    )
