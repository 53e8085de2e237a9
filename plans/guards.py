"""Who may do what to a task: each guard passes in silence or raises ActNotAllowed."""

from plans.actors import Actor, Role
from plans.errors import ActNotAllowed
from plans.models import Task

ASSIGNERS = (Role.LEADER, Role.OFFICE)
HANDLING = ("sign", "progress", "submit")  # acts of the side that does the work


def only_assigners(actor: Actor) -> None:
    """The leading group and the programme office."""
    if actor.role not in ASSIGNERS:
        raise ActNotAllowed("领导小组或创建办")


def only_lead_unit(actor: Actor, task: Task) -> None:
    """The unit that leads the task."""
    if not leads(actor, task):
        raise ActNotAllowed("牵头单位")


def only_verifier(actor: Actor, task: Task) -> None:
    """A supervisor who has no part in the work: neither in person nor through a unit on duty."""
    if not may_verify(actor, task):
        raise ActNotAllowed("未经手该任务的督导人员")


def leads(actor: Actor, task: Task) -> bool:
    """Whether the actor acts for the lead unit."""
    return actor.role is Role.UNIT and actor.unit_id == task.lead_unit_id


def may_verify(actor: Actor, task: Task) -> bool:
    """Whether the actor may close or return the task."""
    has_handled = any(event.actor_id == actor.user_id and event.act in HANDLING for event in task.events)
    on_duty = {task.lead_unit_id, *(support.unit_id for support in task.supports)}
    return actor.role is Role.SUPERVISOR and not has_handled and actor.unit_id not in on_duty
