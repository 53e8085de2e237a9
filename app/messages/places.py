"""Where a reminder leads: the very item that it is about."""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.models import Attestation
from plans.models import (
    Mention,
    Milestone,
    Notice,
    Occurrence,
    RecurringDuty,
    Reminder,
    Target,
    Task,
    TaskEvent,
    TaskExtension,
)
from plans.reminders.rules import Family

Place = tuple[str, dict[str, Any]]  # endpoint and what its address needs
Finder = Callable[[Session, int], Place | None]
TASK_FAMILIES = (
    Family.DEADLINE,
    Family.OVERDUE,
    Family.ESCALATION,
    Family.STALE,
    Family.VERIFYING,
    Family.DECLINED,
    Family.URGE,
)


def place_of(session: Session, reminder: Reminder) -> Place | None:
    """Where the reminder leads; None when the item is gone. One query at the most."""
    return FINDERS[reminder.family](session, reminder.item_id)


def _row(model: Any, endpoint: str, name: str) -> Finder:
    def find(session: Session, item_id: int) -> Place | None:
        found = session.scalar(sa.select(model.id).where(model.id == item_id))
        return None if found is None else (endpoint, {name: found})

    return find


def _task_of(statement: Callable[[int], sa.Select[Any]]) -> Finder:
    def find(session: Session, item_id: int) -> Place | None:
        found = session.scalar(statement(item_id))
        return None if found is None else ("planning.task", {"task_id": found})

    return find


def _wish(item_id: int) -> sa.Select[Any]:
    return sa.select(TaskExtension.task_id).where(TaskExtension.id == item_id)


def _mention(item_id: int) -> sa.Select[Any]:
    same = (TaskEvent.county_id == Mention.county_id) & (TaskEvent.id == Mention.event_id)
    return sa.select(TaskEvent.task_id).join(Mention, same).where(Mention.id == item_id)


def _duty(session: Session, item_id: int) -> Place | None:
    same = (RecurringDuty.county_id == Occurrence.county_id) & (RecurringDuty.id == Occurrence.duty_id)
    wanted = sa.select(RecurringDuty.id).join(Occurrence, same).where(Occurrence.id == item_id)
    found = session.scalar(wanted)
    return None if found is None else ("duties.duty", {"duty_id": found})


def _statement(session: Session, item_id: int) -> Place | None:
    item = session.scalar(sa.select(Attestation.item).where(Attestation.id == item_id))
    return None if item is None else ("items.item", {"item": item})


FINDERS: Mapping[Family, Finder] = {
    **dict.fromkeys(TASK_FAMILIES, _row(Task, "planning.task", "task_id")),
    Family.EXTENSION: _task_of(_wish),
    Family.MENTION: _task_of(_mention),
    Family.MILESTONE: _row(Milestone, "milestones.milestone", "milestone_id"),
    Family.DUTY: _duty,
    Family.SCHOOL_RETURN: lambda _session, _school: ("my_school.index", {}),
    Family.SCHOOLS_BEHIND: lambda _session, _year: ("returns.index", {}),
    Family.COUNTY_RETURN: lambda _session, year: ("county_return.form", {"year": year}),
    Family.NOTICE: _row(Notice, "work.notice", "notice_id"),
    Family.NOTICE_DUE: _row(Notice, "work.notice", "notice_id"),
    Family.RELAXATION: lambda _session, _switch: ("rules.index", {}),
    Family.ATTESTATION: _statement,
    Family.TARGET: _row(Target, "targets.target", "target_id"),
}
