"""The history of a task: written with each act, and asked whether an act comes too late."""

from datetime import datetime

from plans.actors import Actor
from plans.base import new_id
from plans.errors import StaleTask
from plans.models import Task, TaskEvent


def record(task: Task, actor: Actor, act: str, note: str, at: datetime) -> None:
    """Write one act with where the task stands after it."""
    task.events.append(
        TaskEvent(
            id=new_id(),
            no=len(task.events) + 1,
            at=at,
            actor_id=actor.user_id,
            actor_name=actor.name,
            act=act,
            note=note,
            progress=task.progress,
            state=task.state,
        )
    )


def is_repeat(
    task: Task, actor: Actor, act: str, note: str, seen_event: int, percent: int | None = None
) -> bool:
    """Whether the actor has done just this since ``seen_event``: a second click, which shall change nothing.

    Raises StaleTask when something else has happened since.
    """
    news = [event for event in task.events if event.no > seen_event]
    for event in news:
        is_same = (event.actor_id, event.act, event.note) == (actor.user_id, act, note)
        if is_same and percent in (None, event.progress):
            return True
    if news:
        raise StaleTask(news[-1].actor_name, news[-1].at)
    return False
