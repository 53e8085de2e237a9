"""The way of a version upward and back as tables: who can go where is data.

Above a county stand none, one or two levels that somebody oversees it from (prefecture, region); there is a
table for each. What one level has approved is locked for those below until that level takes it back.
"""

from collections.abc import Collection, Sequence
from enum import StrEnum

from flask_babel import gettext as _

from app.models.assessments import AssessmentState, VersionMove
from app.models.oversight import Level
from app.versions.errors import VersionMoveNotAllowed
from plans.actors import Actor, Role
from plans.rights import PERMISSIONS, Act, may

State, Move = AssessmentState, VersionMove


class Side(StrEnum):
    """Whose move it is."""

    OWN = "own"  # the county's office and leading group
    FIRST = "first"  # the nearest level above
    SECOND = "second"  # the next one


Way = dict[tuple[AssessmentState, VersionMove], tuple[Side, AssessmentState]]
OWN_WAY: Way = {
    (State.DRAFT, Move.FREEZE): (Side.OWN, State.FROZEN),
    (State.FROZEN, Move.SUBMIT): (Side.OWN, State.SUBMITTED),
    (State.SUBMITTED, Move.RECALL): (Side.OWN, State.FROZEN),
}
ONE_ABOVE: Way = {
    **OWN_WAY,
    (State.SUBMITTED, Move.ACCEPT): (Side.FIRST, State.ACCEPTED),
    (State.SUBMITTED, Move.RETURN): (Side.FIRST, State.RETURNED),
    (State.ACCEPTED, Move.WITHDRAW): (Side.FIRST, State.SUBMITTED),
    # A second level was there when this one passed it on.
    (State.PASSED, Move.ACCEPT): (Side.FIRST, State.ACCEPTED),
    (State.PASSED, Move.RETURN): (Side.FIRST, State.RETURNED),
}
TWO_ABOVE: Way = {
    **OWN_WAY,
    (State.SUBMITTED, Move.FORWARD): (Side.FIRST, State.PASSED),
    (State.SUBMITTED, Move.RETURN): (Side.FIRST, State.RETURNED),
    (State.PASSED, Move.WITHDRAW): (Side.FIRST, State.SUBMITTED),
    (State.PASSED, Move.ACCEPT): (Side.SECOND, State.ACCEPTED),
    (State.PASSED, Move.RETURN): (Side.SECOND, State.SUBMITTED),
    (State.ACCEPTED, Move.WITHDRAW): (Side.SECOND, State.PASSED),
}
ACTS = {
    Side.OWN: Act.SUBMIT_VERSION,
    Side.FIRST: Act.DECIDE_VERSION,
    Side.SECOND: Act.DECIDE_VERSION,
}
NEEDS_REASON = frozenset({Move.RETURN, Move.RECALL, Move.WITHDRAW})
UPPER = frozenset({Move.FORWARD, Move.ACCEPT, Move.RETURN, Move.WITHDRAW})  # answers of those above
ON_ITS_WAY = frozenset({State.SUBMITTED, State.PASSED, State.ACCEPTED})
# Where nobody oversees the county, the leading group writes down what the upper side answered on paper.
STAND_IN = Role.LEADER


def way_of(ladder: Sequence[Level]) -> Way:
    """The table for the levels above a county."""
    return TWO_ABOVE if len(ladder) > 1 else ONE_ABOVE


def sides_of(actor: Actor, ladder: Sequence[Level], levels: Collection[Level]) -> set[Side]:
    """Which sides a person moves for; ``levels``: from where the person oversees the county."""
    sides = {Side.OWN} if may(actor, Act.SUBMIT_VERSION) else set()
    if may(actor, Act.DECIDE_VERSION):
        steps = zip((Side.FIRST, Side.SECOND), ladder, strict=False)
        sides |= {side for side, level in steps if level in levels}
    if stands_in(actor, ladder):
        sides.add(Side.FIRST)
    return sides


def stands_in(actor: Actor, ladder: Sequence[Level]) -> bool:
    """Whether the person answers for an upper side that has no account here."""
    return actor.role is STAND_IN and not ladder


def open_moves(state: AssessmentState, sides: Collection[Side], ladder: Sequence[Level]) -> list[VersionMove]:
    """What these sides can do to a version in a state."""
    return [move for (at, move), (side, _to) in way_of(ladder).items() if at is state and side in sides]


def step(state: AssessmentState, move: VersionMove, ladder: Sequence[Level]) -> tuple[Side, AssessmentState]:
    """Whose move it is and where it leads.

    Raises VersionMoveNotAllowed when the table has no such move.
    """
    try:
        return way_of(ladder)[state, move]
    except KeyError:
        raise VersionMoveNotAllowed() from None


def who_may(side: Side) -> str:
    """Those who make the moves of a side, in words."""
    return _("更上一级的督导") if side is Side.SECOND else PERMISSIONS[ACTS[side]].who
