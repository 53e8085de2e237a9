"""The way of a version upward as a table: who can go where is data."""

from app.models.assessments import AssessmentState, VersionMove
from app.versions.errors import VersionMoveNotAllowed
from plans.actors import Role

MOVES = {
    (AssessmentState.DRAFT, VersionMove.FREEZE): AssessmentState.FROZEN,
    (AssessmentState.FROZEN, VersionMove.SUBMIT): AssessmentState.SUBMITTED,
    (AssessmentState.SUBMITTED, VersionMove.ACCEPT): AssessmentState.ACCEPTED,
    (AssessmentState.SUBMITTED, VersionMove.RETURN): AssessmentState.RETURNED,
}
OWN_SIDE = (Role.LEADER, Role.OFFICE)
MOVERS = {
    VersionMove.FREEZE: OWN_SIDE,
    VersionMove.SUBMIT: OWN_SIDE,
    VersionMove.ACCEPT: (Role.OVERSEER,),
    VersionMove.RETURN: (Role.OVERSEER,),
}
# Where no overseer has an account, the leading group writes down what the upper side answered on paper.
STAND_IN = Role.LEADER


def next_state(state: AssessmentState, move: VersionMove) -> AssessmentState:
    """The state after a move.

    Raises VersionMoveNotAllowed when the table has no such move.
    """
    try:
        return MOVES[state, move]
    except KeyError:
        raise VersionMoveNotAllowed() from None


def may_move(role: Role, move: VersionMove, *, has_overseer: bool) -> bool:
    """Whether a role makes a move; ``has_overseer``: somebody oversees the county in this system."""
    stands_in = role is STAND_IN and not has_overseer and MOVERS[move] == (Role.OVERSEER,)
    return role in MOVERS[move] or stands_in


def open_moves(state: AssessmentState, role: Role, *, has_overseer: bool) -> list[VersionMove]:
    """What a role can do to a version in a state."""
    return [move for at, move in MOVES if at is state and may_move(role, move, has_overseer=has_overseer)]
