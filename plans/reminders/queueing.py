"""Writing reminders in sets: one statement a family and audience, for every county with the same rules.

``connection`` may look across counties. Nobody commits here.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from plans.base import new_block
from plans.calendar import ZONE, is_working_day
from plans.models import Reminder
from plans.reminders.audiences import recipients
from plans.reminders.families import Live, Terms
from plans.reminders.rules import Audience, Family, Rule
from plans.reminders.slots import Slot, Works, newest_slot

_INSERT: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_KEY = ("county_id", "family", "item_id", "account_id", "rule", "slot_on")
Due = dict[date, Slot]  # anchor day → the slot that came last


@dataclass(frozen=True)
class Group:
    """Counties that share rules, settings and calendar."""

    county_ids: Sequence[int]
    rules: Sequence[Rule]
    settings: Mapping[str, Any]
    works: Works = is_working_day


def queue_due(
    connection: sa.Connection,
    *,
    group: Group,
    live: Mapping[Family, Live],
    people: sa.FromClause,
    at: datetime,
) -> int:
    """Write the reminders whose slot has come and that are not there yet; how many were written.

    However often it runs, and however many run at once, a row is written once. After a gap only the newest
    slot of an item and family is written, and none older than one that the person has had.
    """
    due = due_rows(connection, group=group, live=live, people=people, today=at.astimezone(ZONE).date())
    return sum(_insert(connection, rows, at) for rows in due)


def due_rows(
    connection: sa.Connection,
    *,
    group: Group,
    live: Mapping[Family, Live],
    people: sa.FromClause,
    today: date,
) -> Iterator[sa.Select[Any]]:
    """What would be written, as selects; nothing is written."""
    terms = Terms(today, group.settings)
    for family, items_of in live.items():
        rules = [rule for rule in group.rules if rule.family is family]
        if not rules:
            continue
        items = of_group(items_of(terms), group).cte(f"{family}_item")
        anchors = connection.scalars(sa.select(items.c.anchor_on).distinct())
        for to, due in by_audience(rules, anchors.all(), today, group.works).items():
            # Whom it concerns is asked for those items alone of which a rule speaks.
            spoken = sa.select(items).where(items.c.anchor_on.in_(sorted(due))).cte(f"{family}_told")
            yield rows_of(family, due, recipients(spoken, people, to).subquery("told"))


def of_group(items: sa.Select[Any], group: Group) -> sa.Select[Any]:
    """Those items that belong to the group's counties."""
    return items.where(items.selected_columns.county_id.in_(group.county_ids))


def by_audience(
    rules: Sequence[Rule], anchors: Sequence[date | None], today: date, works: Works
) -> dict[Audience, Due]:
    """The slot that came last for each anchor day, by those whom it speaks to."""
    due: dict[Audience, Due] = defaultdict(dict)
    for anchor in anchors:
        if anchor is not None and (slot := newest_slot(rules, anchor, today, works=works)) is not None:
            due[slot.rule.to][anchor] = slot
    return due


def rows_of(family: Family, due: Due, told: Any) -> sa.Select[Any]:
    """The rows of reminders that these slots make of items with those concerned."""
    slots = _table(due)
    return (
        sa.select(
            told.c.county_id,
            sa.literal(family, Reminder.family.type).label("family"),
            told.c.item_id,
            told.c.account_id,
            slots.c.rule,
            slots.c.slot_on,
            told.c.anchor_on,
            slots.c.level,
            slots.c.is_immediate,
            told.c.title,
        )
        .join_from(told, slots, slots.c.anchor_on == told.c.anchor_on)
        .where(told.c.reminded_from <= slots.c.slot_on, _is_newest(told, slots, family))
    )


def _table(due: Due) -> sa.CTE:
    columns = (
        sa.column("anchor_on", sa.Date),
        sa.column("rule", sa.String),
        sa.column("slot_on", sa.Date),
        sa.column("level", Reminder.level.type),
        sa.column("is_immediate", sa.Boolean),
    )
    rows = [
        (anchor, slot.rule.code, slot.on, slot.rule.level, slot.rule.is_immediate)
        for anchor, slot in sorted(due.items())
    ]
    return sa.values(*columns, name="slot").data(rows).cte("slot")


def _is_newest(told: Any, slots: Any, family: Family) -> Any:
    # A value and no EXISTS: looked up in the index row by row. Databases make a join of an EXISTS, which
    # compared all with all while the table had no statistics yet: minutes for 100,000 rows.
    last = sa.select(sa.func.max(Reminder.slot_on)).where(
        Reminder.county_id == told.c.county_id,
        Reminder.family == family,
        Reminder.item_id == told.c.item_id,
        Reminder.account_id == told.c.account_id,
    )
    return sa.func.coalesce(last.scalar_subquery(), slots.c.slot_on) <= slots.c.slot_on


def _insert(connection: sa.Connection, rows: sa.Select[Any], at: datetime) -> int:
    # Ids count on from one that is new, as the database can make none of ours.
    found = rows.subquery("due")
    new = sa.select(
        *found.c,
        (sa.literal(new_block(), sa.BigInteger) + sa.func.row_number().over()).label("id"),
        sa.literal(at, Reminder.created_at.type).label("created_at"),
    ).where(sa.true())  # SQLite takes ON CONFLICT for a join condition without it
    names = [column.name for column in new.selected_columns]
    insert = _INSERT[connection.dialect.name](Reminder).from_select(names, new)
    statement = insert.on_conflict_do_nothing(index_elements=_KEY)
    n_written = connection.execute(statement, execution_options={"preserve_rowcount": True}).rowcount
    # SQLite's driver counts nothing for a statement that begins with WITH.
    return n_written if n_written >= 0 else connection.scalars(sa.select(sa.func.changes())).one()
