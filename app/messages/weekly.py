"""The state of the work for those who lead it, on the first working day of a week. Nobody commits here."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.messages.hours import first_working_day
from app.messages.letters import weekly_letter
from app.messages.senders import MAIL, WEEKLY, Sender, Senders, add_message
from app.messages.waiting import given, is_mailed
from app.models import Account, Membership, Preference
from app.readers import reading_in
from plans.actors import Role
from plans.calendar import ZONE
from plans.models import Message, Milestone, Notice, Task
from plans.notice_states import NoticeState
from plans.reminders.families import is_current
from plans.states import OPEN, UNDER_WAY, TaskState
from plans.terms import under
from plans.words import _

SOON = timedelta(days=30)
Counts = dict[int, dict[str, int]]  # county → what is counted → how many


def weekly_mails(connection: sa.Connection, senders: Senders, *, at: datetime, base_url: str) -> int:
    """Write each leader's summary of the week, once a week, on a day that has room for it; how many."""
    day = at.astimezone(ZONE).date()
    ready = [key for key, sender in senders.items() if _is_ready(sender, at)]
    leaders = _leaders(connection, ready, day) if ready else []
    had = given(connection, ready, [day]) if leaders else {}
    counts = _counts(connection, [*{row.county_id for row in leaders}], day) if leaders else {}
    n_written = 0
    for row in leaders:
        sender = senders[row.county_id]
        # One place a day is the digest's.
        if had.get((row.county_id, row.account_id, day), 0) < sender.hours.cap - 1:
            n_written += _to(connection, sender, row, counts[row.county_id], at, base_url)
    return n_written


def _is_ready(sender: Sender, at: datetime) -> bool:
    day = at.astimezone(ZONE).date()
    with under(sender.terms):
        is_begun = day >= first_working_day(day)
    return is_begun and sender.hours.by_mail and sender.is_digest_time(at)


def _to(
    connection: sa.Connection, sender: Sender, leader: Any, counts: Mapping[str, int], at: datetime, url: str
) -> int:
    day = at.astimezone(ZONE).date()
    with reading_in(leader.language):
        letter = weekly_letter(sender.name, counts, on=day, base_url=url)
    return add_message(
        connection,
        sender,
        letter,
        at=at,
        channel=MAIL,
        kind=WEEKLY,
        dedup_key=_key(leader.account_id, day),
        account_id=leader.account_id,
        address=leader.email,
    )


def _key(account_id: int, day: date) -> str:
    return f"{WEEKLY}:{account_id}:{_week(day)}:{MAIL}"


def _week(day: date) -> str:
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"


def _leaders(connection: sa.Connection, county_ids: Sequence[int], day: date) -> Sequence[Any]:
    """Leaders who want mail and have had no summary this week."""
    own = (Preference.county_id == Membership.county_id) & (Preference.account_id == Membership.account_id)
    key = sa.literal(f"{WEEKLY}:") + sa.cast(Account.id, sa.String) + sa.literal(f":{_week(day)}:{MAIL}")
    has_had = sa.exists().where(Message.county_id == Membership.county_id, Message.dedup_key == key)
    has_had = has_had.correlate(Membership, Account)
    wanted = (
        sa.select(Membership.county_id, Membership.account_id, Account.email, Account.language)
        .join(Account, Account.id == Membership.account_id)
        .outerjoin(Preference, own)
        .where(Membership.county_id.in_(county_ids), Membership.role == Role.LEADER, Membership.is_active)
        .where(is_mailed(Membership.county_id), ~has_had)
        .order_by(Membership.county_id, Membership.account_id)
        .distinct()
    )
    return connection.execute(wanted).all()


def _counts(connection: sa.Connection, county_ids: Sequence[int], day: date) -> Counts:
    found: Counts = defaultdict(dict)
    for name, (model, condition) in _counted(day).items():
        rows = connection.execute(
            sa.select(model.county_id, sa.func.count())
            .where(model.county_id.in_(county_ids), condition)
            .group_by(model.county_id)
        )
        numbers = {row[0]: row[1] for row in rows}
        for county_id in county_ids:
            found[county_id][name] = numbers.get(county_id, 0)
    return found


def _counted(day: date) -> Mapping[str, tuple[Any, Any]]:
    sunday = day + timedelta(days=6 - day.weekday())
    under_way = Task.state.in_(UNDER_WAY)
    is_near = Milestone.due_on.between(day, day + SOON)
    return {
        _("在办任务"): (Task, Task.state.in_(OPEN)),
        _("逾期"): (Task, under_way & (Task.due_on < day)),
        _("本周到期"): (Task, under_way & Task.due_on.between(day, sunday)),
        _("待核实"): (Task, Task.state == TaskState.SUBMITTED),
        _("30 天内里程碑"): (Milestone, Milestone.achieved_on.is_(None) & is_near & is_current(Milestone)),
        _("督办单未签收"): (Notice, Notice.state == NoticeState.SENT),
    }
