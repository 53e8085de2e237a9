"""Acts are written down with each act, and asked whether an act comes too late."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from plans.actors import Actor
from plans.base import new_id
from plans.errors import StaleTask
from plans.models import NoticeEvent, Task, TaskEvent
from plans.states import QUIET
from plans.words import _

Events = Sequence[TaskEvent] | Sequence[NoticeEvent]


def record(
    task: Task, actor: Actor, act: str, note: str, at: datetime, details: dict[str, Any] | None = None
) -> TaskEvent:
    """Write one act with where the task stands after it."""
    event = TaskEvent(
        id=new_id(),
        no=len(task.events) + 1,
        at=at,
        actor_id=actor.user_id,
        actor_name=actor.name,
        act=act,
        note=note,
        details=details or {},
        progress=task.progress,
        state=task.state,
    )
    task.events.append(event)
    return event


def is_repeat(
    events: Events, actor: Actor, act: str, note: str, seen_event: int, thing: str = _("任务")
) -> bool:
    """Whether the actor has done just this since ``seen_event``: a second click, which shall change nothing.

    Raises StaleTask when something else has happened since that bears on the work.
    """
    news = [event for event in events if event.no > seen_event]
    if any((event.actor_id, event.act, event.note) == (actor.user_id, act, note) for event in news):
        return True
    check_fresh(events, act, seen_event, thing)
    return False


def check_fresh(events: Events, act: str, seen_event: int, thing: str = _("任务")) -> None:
    """Pass in silence where nothing has happened since ``seen_event`` that bears on the work.

    Raises StaleTask.
    """
    news = [event for event in events if event.no > seen_event and event.act not in QUIET]
    if news and act not in QUIET:
        raise StaleTask(news[-1].actor_name, news[-1].at, thing)
