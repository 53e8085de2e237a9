"""Marking reminders as read. Nobody commits here."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.messages.queries import find_reminder
from plans.actors import Actor
from plans.models import Reminder
from plans.reminders.rules import Family


def mark_read(session: Session, actor: Actor, *, reminder_id: int, at: datetime) -> Reminder:
    """Note that the person has seen a reminder; the first time counts.

    Raises NotFound.
    """
    reminder = find_reminder(session, actor, reminder_id)
    reminder.read_at = reminder.read_at or at
    return reminder


def mark_all_read(session: Session, actor: Actor, *, family: Family | None, at: datetime) -> int:
    """Note that the person has seen all reminders, or all of one family; how many were unread."""
    unread = sa.update(Reminder).where(Reminder.account_id == actor.user_id, Reminder.read_at.is_(None))
    chosen = unread if family is None else unread.where(Reminder.family == family)
    # Counted by rows given back, as not every driver tells a number.
    return len(session.execute(chosen.values(read_at=at).returning(Reminder.id)).all())
