"""Short ways to ask the table of permissions (``plans.rights``) from places that name no single act."""

from plans.actors import Actor
from plans.models import Task
from plans.rights import PERMISSIONS, Act, Beneath, check, may

ASSIGNERS = tuple(PERMISSIONS[Act.ASSIGN_TASK].grants)
WATCHERS = tuple(PERMISSIONS[Act.URGE_TASK].grants)


def only_leader(actor: Actor) -> None:
    """The leading group, which approves."""
    check(actor, Act.APPROVE_PLAN)


def only_assigners(actor: Actor) -> None:
    """The leading group and the programme office."""
    check(actor, Act.ASSIGN_TASK)


def only_watchers(actor: Actor) -> None:
    """Those who follow the work of others: the assigners and the supervisors."""
    check(actor, Act.URGE_TASK)


def only_unit(actor: Actor, unit_id: int) -> None:
    """The unit itself."""
    check(actor, Act.ANSWER_NOTICE, unit_id)


def only_lead_unit(actor: Actor, task: Task) -> None:
    """The unit that leads the task."""
    check(actor, Act.HANDLE_TASK, task)


def only_lead_or_assigners(actor: Actor, task: Task) -> None:
    """The unit that leads the task, or those who assign."""
    check(actor, Act.NAME_PERSON, task)


def only_assigning_side(actor: Actor, task: Task, parent: Task | None) -> None:
    """Those who assign; for a sub-task also the unit that leads the task above, unless it is its own."""
    check(actor, Act.STEER_TASK, Beneath(task, parent))


def only_participants(actor: Actor) -> None:
    """Whoever takes part in the work; an overseer reads only."""
    check(actor, Act.COMMENT_TASK)


def only_verifier(actor: Actor, task: Task) -> None:
    """A supervisor who has no part in the work: neither in person nor through a unit on duty."""
    check(actor, Act.VERIFY_TASK, task)


def leads(actor: Actor, task: Task) -> bool:
    """Whether the actor acts for the lead unit."""
    return may(actor, Act.HANDLE_TASK, task)


def may_verify(actor: Actor, task: Task) -> bool:
    """Whether the actor may close or return the task; work on its sub-tasks is work on it."""
    return may(actor, Act.VERIFY_TASK, task)
