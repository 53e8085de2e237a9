"""Reminders of all counties: written when their slot has come."""

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from app.jobs.families import LIVE
from app.models import Membership
from plans.base import County
from plans.calendar import is_working_day
from plans.reminders.queueing import Group, queue_due
from plans.reminders.rules import rules_of
from plans.terms import terms_of, under

# The parts of a county's settings that reminders depend on; counties that agree in them share statements.
ASKED = ("reminders", "escalation_grace", "returns_due", "calendar")


def tick(connection: sa.Connection, *, at: datetime, code: str | None = None) -> int:
    """Write what is due and not there yet, in every county or the one with the code; how many rows.

    ``connection`` looks across counties. Nothing is committed.
    """
    if connection.dialect.name == "postgresql":
        # Few statements, each new: compiling them takes longer than they run.
        connection.execute(sa.select(sa.func.set_config("jit", "off", sa.true())))
    return sum(
        queue_due(connection, group=group, live=LIVE, people=sa.inspect(Membership).local_table, at=at)
        for group in groups(connection, code)
    )


def groups(connection: sa.Connection, code: str | None) -> list[Group]:
    """The counties in use, or the one with the code, as groups that share statements."""
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

    @cache  # dozens of slots are worked out from the same days
    def works(day: date) -> bool:
        with under(terms):
            return is_working_day(day)

    return Group(county_ids, rules_of(settings), settings, works)
