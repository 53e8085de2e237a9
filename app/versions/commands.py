"""What people do to versions: each move checks who may, changes the state and leaves a record. No commits."""

from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.models import Assessment, AssessmentMove, Membership
from app.models.assessments import VersionMove
from app.versions.moves import ACTS, may_move, next_state
from plans.actors import Actor, Role
from plans.base import new_id
from plans.errors import ActNotAllowed, NotFound, ReasonMissing
from plans.rights import PERMISSIONS


def move_version(
    session: Session, actor: Actor, *, assessment_id: int, move: VersionMove, note: str, at: datetime
) -> Assessment:
    """Freeze a draft, hand a frozen version up, or record that the upper side accepted or returned it.

    The office and the leading group freeze and hand up; the overseer answers, or the leading group for it
    while the county has no overseer here. A return needs a reason. One's own move made twice changes nothing.

    Raises ActNotAllowed, NotFound, ReasonMissing, VersionMoveNotAllowed.
    """
    version = find_version(session, assessment_id)
    if not may_move(actor, move, has_overseer=has_overseer(session)):
        raise ActNotAllowed(PERMISSIONS[ACTS[move]].who)
    if version.moves and (version.moves[-1].move, version.moves[-1].actor_id) == (move, actor.user_id):
        return version
    if move is VersionMove.RETURN and not note:
        raise ReasonMissing(_("退回"))
    version.state = next_state(version.state, move)
    if move is VersionMove.FREEZE:
        version.frozen_at, version.frozen_by = at, actor.name
    version.moves.append(_record(actor, version, move, note, at))
    session.flush()
    return version


def find_version(session: Session, assessment_id: int) -> Assessment:
    """A version of the county in scope. Raises NotFound."""
    version = session.scalar(sa.select(Assessment).where(Assessment.id == assessment_id))
    if version is None:
        raise NotFound(_("评估版本"))
    return version


def has_overseer(session: Session) -> bool:
    """Whether somebody of the upper side has an account for this county. One query."""
    found = session.scalar(sa.select(Membership.id).where(Membership.role == Role.OVERSEER).limit(1))
    return found is not None


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
