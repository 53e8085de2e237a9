"""What nobody needs any more: sign-ins long over, and read reminders that a newer one has followed."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.models import AttemptCount, SignIn
from plans.models import Reminder

SIGN_INS_KEPT = timedelta(days=180)  # as long as the audit log that names them must be kept
ATTEMPTS_KEPT = timedelta(days=7)
REMINDERS_KEPT = timedelta(days=400)


def tidy(connection: sa.Connection, *, at: datetime) -> int:
    """Remove old records; how many. ``connection`` looks across counties; nothing is committed.

    The newest reminder on an item stays for good: it is what keeps an older one from being written again.
    """
    newer = aliased(Reminder)
    is_followed = sa.exists().where(
        newer.county_id == Reminder.county_id,
        newer.family == Reminder.family,
        newer.item_id == Reminder.item_id,
        newer.account_id == Reminder.account_id,
        newer.slot_on > Reminder.slot_on,
    )
    old = (
        sa.delete(SignIn).where(SignIn.seen_at < at - SIGN_INS_KEPT),
        sa.delete(AttemptCount).where(AttemptCount.last_at < at - ATTEMPTS_KEPT),
        sa.delete(Reminder).where(
            Reminder.read_at.is_not(None), Reminder.created_at < at - REMINDERS_KEPT, is_followed
        ),
    )
    return sum(connection.execute(statement).rowcount for statement in old)
