"""Since when data show a target off its path: noted on the target, from where reminders speak."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.assessments.queries import by_main_standard, standard_of
from app.models import Assessment
from app.targets.lines import Outlook, TargetLine, target_lines
from plans.models import Target
from plans.overview import current_plan

OFF = frozenset({Outlook.MISSED, Outlook.AT_RISK, Outlook.BEHIND})
ON = frozenset({Outlook.ON_TRACK, Outlook.MET})


def watch_targets(session: Session, *, on: date) -> int:
    """Mark the targets of the plan in force that the newest data show off their path; how many marks changed.

    The first day stays while a target is off its path, and goes when it is back. Without data nothing is
    known, so nothing changes. Nothing is committed.
    """
    plan, newest = current_plan(session), _newest(session)
    if plan is None or newest is None:
        return 0
    lines = target_lines(session, plan.id, standard_of(newest), newest.year)
    gone_off = [_id(line) for line in lines if line.outlook in OFF and line.target.off_path_on is None]
    come_back = [_id(line) for line in lines if line.outlook in ON and line.target.off_path_on is not None]
    _mark(session, gone_off, on)
    _mark(session, come_back, None)
    return len(gone_off) + len(come_back)


def _newest(session: Session) -> Assessment | None:
    order = (Assessment.year.desc(), Assessment.made_at.desc(), Assessment.id.desc())
    return session.scalar(sa.select(Assessment).where(by_main_standard()).order_by(*order).limit(1))


def _id(line: TargetLine) -> int:
    return line.target.id


def _mark(session: Session, target_ids: list[int], on: date | None) -> None:
    # Below the version of the row: a mark must not refuse the form of somebody who changes the target.
    if target_ids:
        session.execute(sa.update(Target).where(Target.id.in_(target_ids)).values(off_path_on=on))
