"""What will be written in days to come, were nothing done meanwhile: by selects alone, nothing is written.

``connection`` may look across counties.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from plans.models import Reminder
from plans.reminders.audiences import recipients
from plans.reminders.families import Live, Terms
from plans.reminders.queueing import Due, Group, by_audience, of_group, rows_of
from plans.reminders.rules import Audience, Family

Written = tuple[date, list[sa.Row[Any]]]


def ahead(
    connection: sa.Connection,
    *,
    group: Group,
    live: Mapping[Family, Live],
    people: sa.FromClause,
    days: Sequence[date],
) -> Iterator[Written]:
    """The rows that ``queue_due`` would write if it ran on each of the days in turn."""
    before: dict[tuple[Family, Audience], Due] = {}
    told = _Told()
    for today in days:
        due = _due(connection, group, live, today)
        rows: list[sa.Row[Any]] = []
        for (family, to), slots in due.items():
            # The same slots as the day before concern the same items and people, or fewer.
            if before.get((family, to)) != slots:
                items = of_group(live[family](Terms(today, group.settings)), group).cte(f"{family}_item")
                told_of = recipients(items, people, to).subquery("told")
                rows += connection.execute(_not_there(rows_of(family, slots, told_of)))
        before = due
        yield today, [row for row in rows if told.is_new(row)]


class _Told:
    """What the days before have told, as the table's key and its newest slots would know it."""

    def __init__(self) -> None:
        self._keys: set[tuple[Any, ...]] = set()
        self._newest: dict[tuple[Any, ...], date] = {}

    def is_new(self, row: Any) -> bool:
        """Whether a row would be written; from then on it is known."""
        whom = (row.county_id, row.family, row.item_id, row.account_id)
        key = (*whom, row.rule, row.slot_on)
        if key in self._keys or self._newest.get(whom, row.slot_on) > row.slot_on:
            return False
        self._keys.add(key)
        self._newest[whom] = row.slot_on
        return True


def _due(
    connection: sa.Connection, group: Group, live: Mapping[Family, Live], today: date
) -> dict[tuple[Family, Audience], Due]:
    terms = Terms(today, group.settings)
    anchors: dict[Family, list[date]] = {}
    for family, anchor in connection.execute(
        sa.union_all(*(_anchors(family, of_group(items(terms), group)) for family, items in live.items()))
    ):
        anchors.setdefault(Family(family), []).append(anchor)
    return {
        (family, to): due
        for family, found in anchors.items()
        for to, due in by_audience(
            [rule for rule in group.rules if rule.family is family], found, today, group.works
        ).items()
    }


def _anchors(family: Family, items: sa.Select[Any]) -> sa.Select[Any]:
    found = items.subquery(f"{family}_item")
    return sa.select(sa.literal(str(family), sa.String).label("family"), found.c.anchor_on).distinct()


def _not_there(rows: sa.Select[Any]) -> sa.Select[Any]:
    found = rows.subquery("due")
    is_there = sa.exists().where(
        Reminder.county_id == found.c.county_id,
        Reminder.family == found.c.family,
        Reminder.item_id == found.c.item_id,
        Reminder.account_id == found.c.account_id,
        Reminder.rule == found.c.rule,
        Reminder.slot_on == found.c.slot_on,
    )
    return sa.select(found).where(~is_there)
