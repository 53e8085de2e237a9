"""Times the writing of reminders: ``python -m benchmarks.reminders [--tasks N] [--counties N] [--due N]``."""

import argparse
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import sqlalchemy as sa
from flask_migrate import upgrade

from app.extensions import db
from app.jobs.reminders import tick
from plans.base import new_block
from plans.calendar import ZONE, is_working_day
from plans.reminders.rules import Family, rules_of
from plans.reminders.slots import Slot, newest_slot
from tests.conftest import close_database, open_app
from tests.databases import PostgresDatabases
from tests.postgres import socket_folder

TODAY = date(2026, 11, 25)
NOW = datetime.combine(TODAY, time(9), ZONE)
KEPT_NOW = NOW.astimezone(UTC).replace(tzinfo=None)  # as the database keeps it
AT_LEAST = 1 / 3  # of the rows per second of the bare statement
# The counties' own returns would add rows that are not about tasks.
SETTINGS = {
    "reminders": {rule.code: {"on": False} for rule in rules_of({}) if rule.family is Family.COUNTY_RETURN}
}
BY_HAND = """
insert into reminder_by_hand (county_id, id, family, item_id, account_id, rule, slot_on, anchor_on, level,
                              is_immediate, title, created_at)
select t.county_id, :block + row_number() over (), 'deadline', t.id, m.account_id, s.rule, s.slot_on,
       s.anchor_on, s.level, false, t.title, :at
from task t
join due_slot s on s.anchor_on = t.due_on
join membership m on m.county_id = t.county_id and m.unit_id = t.lead_unit_id and m.role = 'unit'
  and m.is_active
where t.state in ('assigned', 'working')
on conflict do nothing
"""
COPY = """
create table reminder_by_hand (like reminder including all);
alter table reminder_by_hand add foreign key (county_id) references county;
alter table reminder_by_hand add foreign key (account_id) references account
"""
DIFFERENCE = """
select count(*) from (
  (select {columns} from reminder except select {columns} from reminder_by_hand) union all
  (select {columns} from reminder_by_hand except select {columns} from reminder)) as differing
"""
COLUMNS = (
    "county_id, family, item_id, account_id, rule, slot_on, anchor_on, level, is_immediate, title, created_at"
)


class Disagreement(Exception):
    """The two ways wrote different rows."""


def main() -> None:
    """Make the tasks, then let the job and the bare statement write the same rows in turns."""
    options = _parser().parse_args()
    with _owner() as owner:
        n_tasks = _make(owner, options.counties, options.tasks, options.due)
        print(f"{n_tasks:,} open tasks, {options.counties:,} counties, today {TODAY}", flush=True)
        best = {"tick": float("inf"), "by hand": float("inf")}
        for _turn in range(options.turns):
            _run(owner, "truncate reminder, reminder_by_hand")
            n_by_hand, seconds = _timed(lambda: _by_hand(owner))
            best["by hand"] = min(best["by hand"], seconds)
            n_written, seconds = _timed(_tick)
            best["tick"] = min(best["tick"], seconds)
            _check(owner, n_written, n_by_hand)
        _report(n_written, best)
        n_again, seconds = _timed(_tick)
        print(f"second run of tick: {n_again:,} rows added, {seconds:.1f} s")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reminders")
    parser.add_argument("--tasks", type=int, default=1_000_000)
    parser.add_argument("--counties", type=int, default=3_000)
    parser.add_argument("--due", type=int, default=100_000, help="tasks that are due a reminder today")
    parser.add_argument("--turns", type=int, default=3, help="the best of so many is kept")
    return parser


@contextmanager
def _owner() -> Iterator[sa.Engine]:
    """A private PostgreSQL with every table, an application over it in scope; its superuser."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        databases = PostgresDatabases(socket_folder(folder))
        database = databases.empty(folder)
        owner = sa.create_engine(
            database.owner_url.replace("ledger_owner@", "postgres@"), poolclass=sa.NullPool
        )
        with open_app(folder, database).app_context():
            upgrade()
            yield owner
            close_database()
        databases.close()


def _make(owner: sa.Engine, n_counties: int, n_tasks: int, n_due: int) -> int:
    values = {
        "counties": n_counties,
        "tasks": n_tasks,
        "per_county": -(-n_tasks // n_counties),
        "each": n_tasks // n_due,
        "at": KEPT_NOW,
        "settings": json.dumps(SETTINGS),
    }
    _run(owner, COPY)
    _make_slots(owner)
    script = Path(__file__).with_name("open_tasks.sql").read_text()
    with owner.begin() as connection:
        # The rows are sound; looking each of them up again would take longer than writing them.
        connection.execute(sa.text("set session_replication_role = replica"))
        for statement in script.split(";"):
            connection.execute(sa.text(statement), values)
        n_made: int = connection.scalars(sa.text("select count(*) from task")).one()
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("vacuum analyze"))
    return n_made


def _make_slots(owner: sa.Engine) -> None:
    rows = [
        {"no": no, "anchor": anchor, "rule": slot.rule.code, "level": str(slot.rule.level), "on": slot.on}
        for no, (anchor, slot) in enumerate(_due_today())
    ]
    _run(owner, "create table due_slot (no int, anchor_on date, rule text, level text, slot_on date)")
    with owner.begin() as connection:
        connection.execute(sa.text("insert into due_slot values (:no, :anchor, :rule, :level, :on)"), rows)


def _due_today() -> Iterator[tuple[date, Slot]]:
    """The deadlines about which a rule speaks today."""
    rules = [rule for rule in rules_of({}) if rule.family is Family.DEADLINE]
    for anchor in (TODAY + timedelta(days=n) for n in range(90)):
        slot = newest_slot(rules, anchor, TODAY)
        if is_working_day(anchor) and slot is not None and slot.on == TODAY:
            yield anchor, slot


def _tick() -> int:
    with db.engine.connect().execution_options(all_counties=True) as connection:
        n_written = tick(connection, at=NOW)
        connection.commit()
        return n_written


def _by_hand(owner: sa.Engine) -> int:
    with owner.begin() as connection:
        return connection.execute(sa.text(BY_HAND), {"block": new_block(), "at": KEPT_NOW}).rowcount


def _run(owner: sa.Engine, statements: str) -> None:
    with owner.begin() as connection:
        for statement in statements.split(";"):
            connection.execute(sa.text(statement))


def _timed(way: Callable[[], int]) -> tuple[int, float]:
    started = perf_counter()
    result = way()
    return result, perf_counter() - started


def _check(owner: sa.Engine, n_written: int, n_by_hand: int) -> None:
    with owner.connect() as connection:
        n_differing = connection.scalars(sa.text(DIFFERENCE.format(columns=COLUMNS))).one()
    if n_differing or n_written != n_by_hand:
        raise Disagreement(f"tick wrote {n_written:,}, by hand {n_by_hand:,}, {n_differing:,} rows differ")


def _report(n_rows: int, best: dict[str, float]) -> None:
    for name, seconds in best.items():
        print(f"{name:8} {n_rows:,} rows in {seconds:6.2f} s, {n_rows / seconds:10,.0f} rows/s")
    ratio = best["by hand"] / best["tick"]
    print("the same rows both ways")
    print(f"tick writes {ratio:.2f} of the rows/s by hand (aim at least {AT_LEAST:.2f})")


if __name__ == "__main__":
    main()
