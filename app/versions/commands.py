"""What people do to versions: each move checks who may, changes the state and leaves a record. No commits."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.models import Assessment, AssessmentMove
from app.models.assessments import VersionMove
from app.models.oversight import Level
from app.oversight.regions import ladder_of
from app.oversight.standings import renew_standings
from app.versions.errors import VersionLocked
from app.versions.moves import NEEDS_REASON, ON_ITS_WAY, sides_of, step, who_may
from app.versions.words import MOVES
from plans.actors import Actor
from plans.base import County, new_id
from plans.errors import ActNotAllowed, NotFound, ReasonMissing


def move_version(
    session: Session,
    actor: Actor,
    *,
    assessment_id: int,
    move: VersionMove,
    note: str,
    at: datetime,
    levels: Collection[Level] = (),
) -> Assessment:
    """Freeze a draft, hand a frozen version up, recall it, or decide about it from above, level by level.

    ``levels`` : from where the actor oversees the county. The leading group answers for the upper side while
    nobody oversees the county. Returns, recalls and withdrawals need a reason. One's own move made twice
    changes nothing. What stands frozen is told to those above.

    Raises ActNotAllowed, NotFound, ReasonMissing, VersionLocked, VersionMoveNotAllowed.
    """
    version = find_version(session, assessment_id)
    if version.moves and (version.moves[-1].move, version.moves[-1].actor_id) == (move, actor.user_id):
        return version
    ladder = ladder_over(session, actor.county_id)
    side, state = step(version.state, move, ladder)
    if side not in sides_of(actor, ladder, levels):
        raise ActNotAllowed(who_may(side))
    if move in NEEDS_REASON and not note:
        raise ReasonMissing(MOVES[move])
    if move in (VersionMove.FREEZE, VersionMove.SUBMIT) and other_on_its_way(session, version):
        raise VersionLocked(version.year)
    version.state = state
    if move is VersionMove.FREEZE:
        version.frozen_at, version.frozen_by = at, actor.name
    version.moves.append(_record(actor, version, move, note, at))
    session.flush()
    renew_standings(session, session.get_one(County, actor.county_id))
    return version


def find_version(session: Session, assessment_id: int) -> Assessment:
    """A version of the county in scope. Raises NotFound."""
    version = session.scalar(sa.select(Assessment).where(Assessment.id == assessment_id))
    if version is None:
        raise NotFound(_("评估版本"))
    return version


def ladder_over(session: Session, county_id: int) -> list[Level]:
    """The levels above a county that somebody oversees it from. Two queries at most."""
    return ladder_of(session, session.get_one(County, county_id).code)


def other_on_its_way(session: Session, version: Assessment) -> Assessment | None:
    """The version of the same year and standard that is handed up or approved, if it is another one."""
    alike = (Assessment.year == version.year, Assessment.standard == version.standard)
    others = sa.select(Assessment).where(
        *alike, Assessment.id != version.id, Assessment.state.in_(ON_ITS_WAY)
    )
    return session.scalar(others.limit(1))


def _record(actor: Actor, version: Assessment, move: VersionMove, note: str, at: datetime) -> AssessmentMove:
    return AssessmentMove(
        id=new_id(),
        no=len(version.moves) + 1,
        at=at,
        actor_id=actor.user_id,
        actor_name=actor.name,
        move=move,
        note=note,
        state=version.state,
    )
