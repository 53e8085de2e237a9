"""Giving points. Nobody commits here."""

from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session, selectinload

from app.models import RubricScore, RubricScoreEvent
from app.models.rubric import ScoreKind
from app.rubric.errors import PointsOutOfRange, SamePersonScores, StaleScore
from plans.actors import Actor
from plans.base import new_id
from plans.errors import NotFound
from plans.rights import Act, check, may
from scoring.rubric import Rubric
from scoring.rubric.model import Item

ACTS = {ScoreKind.SELF: Act.SCORE_SELF, ScoreKind.REVIEWER: Act.SCORE_REVIEW}


def give_points(
    session: Session,
    actor: Actor,
    rubric: Rubric,
    *,
    year: int,
    item: str,
    kind: ScoreKind,
    points: float | None,
    seen: int,
    at: datetime,
) -> None:
    """Give an item points of one kind, or take them back (None), and record who did; twice changes nothing.

    The office scores the county, the supervisor reviews; who did the one for an item never does the other.
    ``seen``: version of the score that the form showed; 0 = none yet.

    Raises ActNotAllowed, NotFound, PointsOutOfRange, SamePersonScores, StaleScore.
    """
    require_scorer(actor, kind)
    full = item_of(rubric, item).full
    if points is not None and not 0 <= points <= full:
        raise PointsOutOfRange(item, full)
    rows = _rows_of(session, rubric, year, item)
    if any(_has_scored(actor, row) for other, row in rows.items() if other is not kind):
        raise SamePersonScores(item)
    score = rows.get(kind) or RubricScore(id=new_id(), year=year, rubric=rubric.id, item=item, kind=kind)
    if score.points == points:
        return
    if (score.version or 0) > seen:
        raise StaleScore(score.events[-1])
    _record(score, actor, points, at)
    session.add(score)
    session.flush()


def may_score(actor: Actor, kind: ScoreKind) -> bool:
    """Whether the actor's role gives points of a kind."""
    return may(actor, ACTS[kind])


def require_scorer(actor: Actor, kind: ScoreKind) -> None:
    """Raises ActNotAllowed unless the actor's role gives points of a kind."""
    check(actor, ACTS[kind])


def item_of(rubric: Rubric, code: str) -> Item:
    """The item of a code. Raises NotFound."""
    found = next((item for item in rubric.items if item.code == code), None)
    if found is None:
        raise NotFound(_("评分指标"))
    return found


def _rows_of(session: Session, rubric: Rubric, year: int, item: str) -> dict[ScoreKind, RubricScore]:
    place = (RubricScore.year == year, RubricScore.rubric == rubric.id, RubricScore.item == item)
    statement = sa.select(RubricScore).where(*place).options(selectinload(RubricScore.events))
    return {row.kind: row for row in session.scalars(statement)}


def _has_scored(actor: Actor, score: RubricScore) -> bool:
    return any(event.actor_id == actor.user_id for event in score.events)


def _record(score: RubricScore, actor: Actor, points: float | None, at: datetime) -> None:
    score.events.append(
        RubricScoreEvent(
            id=new_id(),
            no=len(score.events) + 1,
            before=score.points,
            after=points,
            at=at,
            actor_id=actor.user_id,
            actor_name=actor.name,
            actor_role=actor.role,
        )
    )
    score.points = points
