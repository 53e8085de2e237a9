"""What the scheduler looks after, and how often."""

from datetime import datetime, time, timedelta

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.clock import ZONE, now
from app.extensions import db
from app.jobs.copies import keep_copy
from app.jobs.counties import for_each_county
from app.jobs.delivery import compose, deliver, is_waiting, weekly
from app.jobs.lines import everywhere
from app.jobs.nightly import nightly
from app.jobs.reminders import tick
from app.jobs.runs import Job
from app.jobs.tidying import tidy
from app.messages.outcome import Fate
from app.models import JobRun

NIGHT = time(2)  # not before two in the morning
PAUSE = timedelta(hours=1)  # between two tries of a night in which something failed


def write_reminders(at: datetime) -> str:
    """Write the reminders whose slot has come."""
    connection = db.session().connection(execution_options={"all_counties": True})
    n_written = tick(connection, at=at)
    db.session.commit()
    return _("写入提醒 %(n)s 条。", n=n_written)


def write_messages(at: datetime) -> str:
    """Write the messages that are to go out: what cannot wait, digests, the leaders' summaries."""
    with everywhere() as connection:
        n_written = weekly(connection, at=at, settings=current_app.config)
        n_written += compose(connection, at=at, settings=current_app.config)
    return _("写好消息 %(n)s 条。", n=n_written)


def send_messages(_at: datetime) -> str:
    """Send what waits."""
    with everywhere() as connection:
        counts = deliver(connection, clock=now, settings=current_app.config)
    return _(
        "发出 %(sent)s 条，被拒 %(refused)s 条，结果不明 %(unknown)s 条。",
        sent=counts[Fate.SENT],
        refused=counts[Fate.REFUSED] + counts[Fate.REFUSED_FOR_GOOD],
        unknown=counts[Fate.UNKNOWN],
    )


def is_sending_due(_session: Session, at: datetime) -> bool:
    """Whether any message waits."""
    with everywhere() as connection:
        return is_waiting(connection, at)


def work_at_night(at: datetime) -> str:
    """Do the nightly work of every county, then tidy up and back up."""
    outcomes = for_each_county(nightly, at=at)
    failed = [one.county for one in outcomes if one.has_failed]
    n_removed = tidy(db.session().connection(execution_options={"all_counties": True}), at=at)
    db.session.commit()
    copied = keep_copy(current_app.config, at=at)
    if failed:
        raise NightIncomplete(failed)
    words = _("办理 %(n)s 个县的夜间工作，清理旧记录 %(m)s 条", n=len(outcomes), m=n_removed)
    return words + (_("，已备份到 %(folder)s。", folder=copied) if copied else "。")


class NightIncomplete(RuntimeError):
    """Some counties' nightly work was not done."""

    def __init__(self, counties: list[str]) -> None:
        super().__init__(f"The nightly work failed in {len(counties)} counties: {', '.join(counties[:20])}")


def is_night_due(session: Session, at: datetime) -> bool:
    """Whether this night's work is not done yet; after a stop of days it is done once, at the start."""
    local = at.astimezone(ZONE)
    last = session.get(JobRun, "nightly")
    if last is None:
        return True
    is_done = last.ended_at is not None and not last.has_failed
    if not is_done:
        return abs(at - last.started_at) >= PAUSE
    return last.started_at.astimezone(ZONE).date() < local.date() and local.time() >= NIGHT


JOBS = (
    Job("reminders", 60, write_reminders),
    Job("messages", 60, write_messages),
    Job("delivery", 10, send_messages, is_sending_due),
    Job("nightly", 600, work_at_night, is_night_due),
)
