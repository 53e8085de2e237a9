"""Who will be told what in days to come, and why. Selects alone: nothing is written or locked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from flask_babel import gettext as _

from app.jobs.counties import UnknownCounty
from app.jobs.families import LIVE
from app.jobs.reminders import groups
from app.models import Account, Membership
from plans.base import County
from plans.calendar import ZONE, announced_to
from plans.reminders.ahead import ahead
from plans.reminders.queueing import Group
from plans.reminders.rules import Family, Level
from plans.reminders.words import AUDIENCE_NAMES, rule_words, sentence
from plans.terms import terms_of, under


@dataclass(frozen=True)
class Told:
    """One reminder to come."""

    county: str
    on: date
    name: str  # of the person
    sentence: str
    rule: str  # in words
    audience: str  # in words: why this person
    level: Level


def rehearse(
    connection: sa.Connection, *, at: datetime, days: int, code: str | None = None
) -> Iterator[Told]:
    """What would be written on the day and those that follow, were nothing done meanwhile; by day and name.

    ``connection`` looks across counties. Raises UnknownCounty.
    """
    found = groups(connection, code)
    if code is not None and not found:
        raise UnknownCounty(code)
    today = at.astimezone(ZONE).date()
    for group in found:
        yield from _of_group(connection, group, [today + timedelta(days=n) for n in range(days)])


def doubt(at: datetime, days: int) -> str:
    """What is not certain of so many days ahead, in a sentence; "" = all their days off are announced."""
    last = at.astimezone(ZONE).date() + timedelta(days=days - 1)
    if last.year <= announced_to():
        return ""
    return _("%(year)s 年放假安排尚未公布，提醒日暂按周一至周五（法定节假日除外）推算", year=last.year)


def _of_group(connection: sa.Connection, group: Group, days: list[date]) -> Iterator[Told]:
    counties, people = _county_names(connection, group), _names(connection, group)
    rules = {rule.code: rule for rule in group.rules}
    table, terms = sa.inspect(Membership).local_table, terms_of(group.settings)
    for day, rows in ahead(connection, group=group, live=LIVE, people=table, days=days):
        with under(terms):
            told = [
                Told(
                    counties[row.county_id],
                    day,
                    people.get(row.account_id, ""),
                    sentence(Family(row.family), row.title, row.anchor_on, day),
                    rule_words(rules[row.rule]),
                    AUDIENCE_NAMES[rules[row.rule].to],
                    Level(row.level),
                )
                for row in rows
            ]
        yield from sorted(told, key=lambda one: (one.county, one.name, one.sentence))


def _county_names(connection: sa.Connection, group: Group) -> dict[int, str]:
    found = sa.select(County.id, County.name).where(County.id.in_(group.county_ids))
    return {row.id: row.name for row in connection.execute(found)}


def _names(connection: sa.Connection, group: Group) -> dict[int, str]:
    members = sa.select(Membership.account_id).where(Membership.county_id.in_(group.county_ids))
    found = sa.select(Account.id, Account.name).where(Account.id.in_(members))
    return {row.id: row.name for row in connection.execute(found)}
