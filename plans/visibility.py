"""Who sees which tasks: one condition for every list and every page."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from plans.actors import Actor, Role
from plans.models import Task, TaskSupport

SEE_ALL = (Role.LEADER, Role.OFFICE, Role.SUPERVISOR, Role.OVERSEER)


def sees_all(actor: Actor) -> bool:
    """Whether the actor sees the work of the whole county."""
    return actor.role in SEE_ALL


def seen_by(actor: Actor) -> sa.ColumnElement[bool]:
    """Whether the actor sees a task: a unit those that it leads, supports or presses for, a school none.

    Who leads a task sees its sub-tasks, whoever does them.
    """
    if actor.role in SEE_ALL:
        return sa.true()
    if actor.role is Role.UNIT and actor.unit_id is not None:
        supports = Task.supports.any(TaskSupport.unit_id == actor.unit_id)
        return sa.or_(
            Task.lead_unit_id == actor.unit_id,
            Task.supervising_unit_id == actor.unit_id,
            supports,
            Task.parent_id.in_(_led_by(actor.unit_id)),
        )
    return sa.false()


def _led_by(unit_id: int) -> sa.Select[int]:
    above = aliased(Task)
    return sa.select(above.id).where(above.lead_unit_id == unit_id)
