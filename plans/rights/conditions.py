"""Named conditions under which a role may do an act to a thing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from plans.actors import Actor
from plans.models import Milestone, Task
from plans.words import _

# Acts of the side that does the work.
HANDLING = ("sign", "progress", "submit", "decline", "ask_extension")


@dataclass(frozen=True)
class Condition:
    """A predicate with the words that the page of roles shows for it; no words = without any condition."""

    holds: Callable[[Actor, Any], bool]
    words: str = ""


@dataclass(frozen=True)
class Beneath:
    """A task and the one that it is a part of."""

    task: Task
    parent: Task | None


def leads(actor: Actor, task: Task) -> bool:
    """Whether the actor acts for the lead unit."""
    return actor.unit_id is not None and actor.unit_id == task.lead_unit_id


def leads_above(actor: Actor, place: Beneath) -> bool:
    """Whether the actor's unit leads the task above; not where it would answer its own wish."""
    return place.parent is not None and leads(actor, place.parent) and not leads(actor, place.task)


def is_unit(actor: Actor, unit_id: int) -> bool:
    """Whether the actor acts for the unit."""
    return actor.unit_id is not None and actor.unit_id == unit_id


def reports_for(actor: Actor, school_code: str) -> bool:
    """Whether the actor reports the figures of the school."""
    return bool(actor.school_code) and actor.school_code == school_code


def has_no_part(actor: Actor, task: Task) -> bool:
    """Whether the actor had no hand in the task or its sub-tasks, in person or through a unit on duty."""
    return not any(_has_part(actor, part) for part in (task, *task.subtasks))


def leads_a_task_of(actor: Actor, stone: Milestone) -> bool:
    """Whether the actor acts for the lead unit of a task that the milestone stands on."""
    return any(leads(actor, link.task) for link in stone.tasks)


def has_no_part_in(actor: Actor, stone: Milestone) -> bool:
    """Whether the actor neither claimed the milestone nor had a hand in one of its tasks."""
    return actor.user_id != stone.claimed_by_id and all(has_no_part(actor, link.task) for link in stone.tasks)


def _has_part(actor: Actor, task: Task) -> bool:
    has_handled = any(event.actor_id == actor.user_id and event.act in HANDLING for event in task.events)
    on_duty = {task.lead_unit_id, *(support.unit_id for support in task.supports)}
    return has_handled or task.person_id == actor.user_id or actor.unit_id in on_duty


ALWAYS = Condition(lambda _actor, _thing: True)
LEADS = Condition(leads, _("本单位牵头"))
LEADS_ABOVE = Condition(leads_above, _("本单位牵头任务的子任务"))
REPORTS_FOR = Condition(reports_for, _("本校"))
IS_ADDRESSEE = Condition(is_unit, _("发给本单位"))
HAS_NO_PART = Condition(has_no_part, _("本人未经手"))
LEADS_A_TASK = Condition(leads_a_task_of, _("本单位牵头关联任务"))
HAS_NO_PART_IN = Condition(has_no_part_in, _("本人未申报、未经手关联任务"))
