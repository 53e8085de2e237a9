"""The way of a version upward as a table: who can go where is data."""

from app.models.assessments import AssessmentState, VersionMove
from app.versions.errors import VersionMoveNotAllowed
from plans.actors import Actor, Role
from plans.rights import Act, may

MOVES = {
    (AssessmentState.DRAFT, VersionMove.FREEZE): AssessmentState.FROZEN,
    (AssessmentState.FROZEN, VersionMove.SUBMIT): AssessmentState.SUBMITTED,
    (AssessmentState.SUBMITTED, VersionMove.ACCEPT): AssessmentState.ACCEPTED,
    (AssessmentState.SUBMITTED, VersionMove.RETURN): AssessmentState.RETURNED,
}
ACTS = {
    VersionMove.FREEZE: Act.SUBMIT_VERSION,
    VersionMove.SUBMIT: Act.SUBMIT_VERSION,
    VersionMove.ACCEPT: Act.DECIDE_VERSION,
    VersionMove.RETURN: Act.DECIDE_VERSION,
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


def may_move(actor: Actor, move: VersionMove, *, has_overseer: bool) -> bool:
    """Whether a person makes a move; ``has_overseer``: somebody oversees the county in this system."""
    stands_in = actor.role is STAND_IN and not has_overseer and ACTS[move] is Act.DECIDE_VERSION
    return may(actor, ACTS[move]) or stands_in


def open_moves(state: AssessmentState, actor: Actor, *, has_overseer: bool) -> list[VersionMove]:
    """What a person can do to a version in a state."""
    return [move for at, move in MOVES if at is state and may_move(actor, move, has_overseer=has_overseer)]
