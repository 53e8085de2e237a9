"""Who may do what: each ``only_`` guard passes in silence or raises ActNotAllowed."""

from plans.actors import Actor, Role
from plans.errors import ActNotAllowed
from plans.models import Task

ASSIGNERS = (Role.LEADER, Role.OFFICE)
WATCHERS = (*ASSIGNERS, Role.SUPERVISOR)
# Acts of the side that does the work.
HANDLING = ("sign", "progress", "submit", "decline", "ask_extension")


def only_leader(actor: Actor) -> None:
    """The leading group, which approves."""
    if actor.role is not Role.LEADER:
        raise ActNotAllowed("领导小组")


def only_assigners(actor: Actor) -> None:
    """The leading group and the programme office."""
    if actor.role not in ASSIGNERS:
        raise ActNotAllowed("领导小组或创建办")


def only_watchers(actor: Actor) -> None:
    """Those who follow the work of others: the assigners and the supervisors."""
    if actor.role not in WATCHERS:
        raise ActNotAllowed("领导小组、创建办或督导室")


def only_unit(actor: Actor, unit_id: int) -> None:
    """The unit itself."""
    if actor.role is not Role.UNIT or actor.unit_id != unit_id:
        raise ActNotAllowed("接收单位")


def only_lead_unit(actor: Actor, task: Task) -> None:
    """The unit that leads the task."""
    if not leads(actor, task):
        raise ActNotAllowed("牵头单位")


def only_lead_or_assigners(actor: Actor, task: Task) -> None:
    """The unit that leads the task, or those who assign."""
    if actor.role not in ASSIGNERS and not leads(actor, task):
        raise ActNotAllowed("牵头单位、领导小组或创建办")


def only_assigning_side(actor: Actor, task: Task, parent: Task | None) -> None:
    """Those who assign; for a sub-task also the unit that leads the task above, unless it is its own."""
    over_it = parent is not None and leads(actor, parent) and not leads(actor, task)
    if actor.role not in ASSIGNERS and not over_it:
        raise ActNotAllowed("交办方")


def only_participants(actor: Actor) -> None:
    """Whoever takes part in the work; an overseer reads only."""
    if actor.role not in (*WATCHERS, Role.UNIT):
        raise ActNotAllowed("本县工作人员")


def only_verifier(actor: Actor, task: Task) -> None:
    """A supervisor who has no part in the work: neither in person nor through a unit on duty."""
    if not may_verify(actor, task):
        raise ActNotAllowed("未经手该任务的督导人员")


def leads(actor: Actor, task: Task) -> bool:
    """Whether the actor acts for the lead unit."""
    return actor.role is Role.UNIT and actor.unit_id == task.lead_unit_id


def may_verify(actor: Actor, task: Task) -> bool:
    """Whether the actor may close or return the task; work on its sub-tasks is work on it."""
    return actor.role is Role.SUPERVISOR and not any(
        _has_part(actor, part) for part in (task, *task.subtasks)
    )


def _has_part(actor: Actor, task: Task) -> bool:
    has_handled = any(event.actor_id == actor.user_id and event.act in HANDLING for event in task.events)
    on_duty = {task.lead_unit_id, *(support.unit_id for support in task.supports)}
    return has_handled or task.person_id == actor.user_id or actor.unit_id in on_duty
