"""Recurring duties go over to the next version of their plan, with the periods that are handed out."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from plans.models import RecurringDuty, Task


def inherit_duties(session: Session, old_id: int, plan_id: int) -> None:
    """Let each duty of the new plan take over what its like of the old plan has handed out already.

    Duties are alike by title and period. One that belonged to no measure is in no draft: it moves as it is.
    """
    heirs = _duties(session, plan_id)
    for duty in _duties(session, old_id):
        heir = next((one for one in heirs if (one.title, one.every) == (duty.title, duty.every)), None)
        if heir is not None:
            _hand_over_periods(session, duty, heir)
        elif duty.measure_id is None:
            duty.plan_id, duty.no = plan_id, max((one.no for one in heirs), default=0) + 1
            heirs = [*heirs, duty]
    session.flush()
    session.expire_all()


def _duties(session: Session, plan_id: int) -> Sequence[RecurringDuty]:
    statement = sa.select(RecurringDuty).where(RecurringDuty.plan_id == plan_id).order_by(RecurringDuty.no)
    return session.scalars(statement.options(selectinload(RecurringDuty.occurrences))).all()


def _hand_over_periods(session: Session, duty: RecurringDuty, heir: RecurringDuty) -> None:
    ids = [one.id for one in duty.occurrences]
    handed_out = set(session.scalars(sa.select(Task.occurrence_id).where(Task.occurrence_id.in_(ids))))
    moving = [one for one in duty.occurrences if one.id in handed_out]
    periods = {one.period for one in moving}
    heir.occurrences = [one for one in heir.occurrences if one.period not in periods]
    session.flush()  # the heir's own row of a period has to go before the handed-out one comes
    for one in moving:
        one.duty_id = heir.id
    session.flush()
