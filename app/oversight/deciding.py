"""What an overseer does to a version handed up: one county at a time, in its own scope. No commits."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.models import Account, CountyStanding, Region
from app.models.assessments import VersionMove
from app.oversight.regions import ladder_of, levels_over
from app.tenancy import enter_county
from app.versions.commands import move_version
from app.versions.moves import open_moves, sides_of
from plans.actors import Actor, Role
from plans.base import County
from plans.rights import Act, check


def overseer(account: Account, regions: Sequence[Region], county: County) -> Actor:
    """The person as the county's records name him: with the nearest region that he speaks for."""
    place = next((region.name for region in reversed(regions) if region.covers(county.code)), "")
    return Actor(account.id, f"{account.name}（{place}）"[:60], county.id, Role.OVERSEER)


def outside(account: Account) -> Actor:
    """The person before any county is entered."""
    return Actor(account.id, account.name, 0, Role.OVERSEER)


def moves_for(
    session: Session, actor: Actor, regions: Sequence[Region], standing: CountyStanding
) -> list[VersionMove]:
    """What the overseer can do to the version behind a standing. One query."""
    ladder = ladder_of(session, standing.county_code)
    sides = sides_of(actor, ladder, levels_over(regions, standing.county_code))
    return open_moves(standing.state, sides, ladder)


def decide(
    session: Session,
    actor: Actor,
    regions: Sequence[Region],
    standing: CountyStanding,
    *,
    move: VersionMove,
    note: str,
    at: datetime,
) -> None:
    """Pass a version on, accept it, return it or take that back, from the levels that the person oversees.

    Raises ActNotAllowed, ReasonMissing, VersionMoveNotAllowed.
    """
    check(actor, Act.DECIDE_VERSION)
    levels = levels_over(regions, standing.county_code)
    enter_county(session, actor.county_id)
    move_version(
        session,
        actor,
        assessment_id=standing.assessment_id,
        move=move,
        note=note,
        at=at,
        levels=levels,
    )
