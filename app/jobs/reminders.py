"""Reminders of all counties: written when their slot has come, or only listed ahead of time."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.jobs.families import LIVE
from app.models import Account, Membership
from plans.base import County
from plans.calendar import is_working_day
from plans.models import Reminder
from plans.reminders.queueing import Group, queue_due
from plans.reminders.rules import rules_of
from plans.terms import terms_of, under

# The parts of a county's settings that reminders depend on; counties that agree in them share statements.
ASKED = ("reminders", "escalation_grace", "returns_due", "calendar")


@dataclass(frozen=True)
class Told:
    """Who would be told what, and why."""

    county: str
    on: date
    name: str
    reminder: Any  # a row of the reminder table


def tick(connection: sa.Connection, *, at: datetime, code: str | None = None) -> int:
    """Write what is due and not there yet, in every county or the one with the code; how many rows.

    ``connection`` looks across counties. Nothing is committed.
    """
    return sum(
        queue_due(connection, group=group, live=LIVE, people=sa.inspect(Membership).local_table, at=at)
        for group in _groups(connection, code)
    )


def rehearse(
    connection: sa.Connection, *, at: datetime, days: int, code: str | None = None
) -> Iterator[list[Told]]:
    """What would be written on each of the days that follow, were nothing done meanwhile.

    The same statements run as in earnest, so that the list cannot differ from what will happen; the caller
    rolls back.
    """
    written = set(connection.scalars(sa.select(Reminder.id)))
    for n in range(days):
        moment = at + timedelta(days=n)
        tick(connection, at=moment, code=code)
        told = _told(connection, moment)
        yield [one for one in told if one.reminder.id not in written]


def _told(connection: sa.Connection, at: datetime) -> list[Told]:
    rows = connection.execute(
        sa.select(County.name.label("county"), Account.name.label("account"), *sa.inspect(Reminder).c)
        .join(County, County.id == Reminder.county_id)
        .join(Account, Account.id == Reminder.account_id)
        .where(Reminder.created_at == at)
        .order_by(County.code, Account.name, Reminder.family, Reminder.slot_on, Reminder.id)
    )
    return [Told(row.county, at.date(), row.account, row) for row in rows]


def _groups(connection: sa.Connection, code: str | None) -> list[Group]:
    in_use = County.suspended_at.is_(None)
    statement = sa.select(County.id, County.settings).where(in_use).order_by(County.code)
    wanted = statement if code is None else statement.where(County.code == code)
    alike: dict[str, list[int]] = defaultdict(list)
    for county_id, settings in connection.execute(wanted):
        alike[json.dumps(_asked(settings), sort_keys=True)].append(county_id)
    return [_group(ids, json.loads(settings)) for settings, ids in alike.items()]


def _asked(settings: Mapping[str, Any]) -> dict[str, Any]:
    return {name: settings[name] for name in ASKED if name in settings}


def _group(county_ids: list[int], settings: Mapping[str, Any]) -> Group:
    terms = terms_of(settings)

    def works(day: date) -> bool:
        with under(terms):
            return is_working_day(day)

    return Group(county_ids, rules_of(settings), settings, works)
