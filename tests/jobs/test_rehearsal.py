"""Looking ahead: the very rows that will be written, without writing or locking anything."""

import re
import sqlite3
from datetime import date, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.extensions import db
from app.jobs.looking import looking
from app.jobs.rehearsal import Told, rehearse
from app.jobs.reminders import tick
from plans.base import Base, County
from plans.calendar import ZONE
from plans.models import Task
from tests.factories import Factory
from tests.plans.reminders.place import DUE, Place
from tests.plans.reminders.watch import everywhere

FROM = datetime(2026, 12, 1, 9, 0, tzinfo=ZONE)
DAYS = 45


def code_of(make: Factory, county: int) -> str:
    with make.session() as session:
        return session.scalars(sa.select(County.code).where(County.id == county)).one()


def set_county(make: Factory, county: int, **values: object) -> None:
    with make.session(county) as session:
        session.execute(sa.update(County).where(County.id == county).values(**values))


def ahead(app: Flask, at: datetime = FROM, days: int = DAYS, code: str | None = None) -> list[Told]:
    with app.app_context(), looking() as connection:
        return list(rehearse(connection, at=at, days=days, code=code))


def in_earnest(app: Flask) -> list[int]:
    """Numbers of rows written when the scheduler works on each of the days."""
    with app.app_context(), everywhere() as connection:
        written = [tick(connection, at=FROM + timedelta(days=n)) for n in range(DAYS)]
        connection.commit()
        return written


def everything(app: Flask) -> dict[str, list[str]]:
    """Every row of every table."""
    with app.app_context(), everywhere() as connection:
        return {
            table.name: sorted(str(tuple(row)) for row in connection.execute(sa.select(table)))
            for table in Base.metadata.sorted_tables
        }


def test_list_is_what_is_written_afterwards_day_by_day(app: Flask, make: Factory) -> None:
    place = Place(make)
    set_county(make, place.county, settings={"calendar": {"days_off": {"2026-12-22": "停电"}}})
    listed = ahead(app)
    written = in_earnest(app)

    by_day = [sum(one.on == (FROM + timedelta(days=n)).date() for one in listed) for n in range(DAYS)]
    assert by_day == written
    assert sum(written) > 10
    assert ahead(app) == []


def test_list_is_empty_of_what_was_told_already(app: Flask, make: Factory) -> None:
    Place(make)
    whole = ahead(app)
    with app.app_context(), everywhere() as connection:
        tick(connection, at=FROM)
        connection.commit()

    assert ahead(app) == [one for one in whole if one.on != FROM.date()]


def test_words_say_who_is_told_what_and_why(app: Flask, make: Factory) -> None:
    place = Place(make)
    [told] = [
        one
        for one in ahead(app, datetime.combine(DUE, time(9), ZONE), 1, code_of(make, place.county))
        if "完成时限" in one.sentence
    ]

    assert (told.on, told.name, told.rule) == (DUE, place.unit.name, "完成时限当天")
    assert told.audience == "责任人，没有明确责任人时为牵头单位全体"
    assert told.sentence.endswith("今天到期")


def test_nothing_is_written(app: Flask, make: Factory) -> None:
    Place(make)
    before = everything(app)

    assert ahead(app) != []
    assert everything(app) == before


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_nothing_is_locked_while_somebody_else_writes(app: Flask, make: Factory) -> None:
    Place(make)
    with app.app_context():
        path = db.engine.url.database
    assert path is not None
    writer = sqlite3.connect(path, isolation_level=None)
    version = writer.execute("pragma data_version").fetchone()
    writer.execute("begin immediate")

    listed = ahead(app)
    writer.execute("rollback")
    done = app.test_cli_runner().invoke(args=["jobs", "rehearse", "--now", "2026-12-01T09:00"])

    assert (listed != [], done.exit_code) == (True, 0)
    assert writer.execute("pragma data_version").fetchone() == version
    writer.close()


def test_command_prints_one_county_and_counts(app: Flask, make: Factory) -> None:
    place = Place(make)
    asked = ["jobs", "rehearse", "--now", "2026-12-31T09:00", "--days", "1", "--county"]

    done = app.test_cli_runner().invoke(args=[*asked, code_of(make, place.county)])
    lines = done.output.splitlines()

    assert done.exit_code == 0, done.output
    assert lines[-1] == f"共 {len(lines) - 1} 条，均未写入。"
    assert [line for line in lines if place.unit.name in line and "完成时限当天" in line] != []
    assert {line[:10] for line in lines[:-1]} == {"2026-12-31"}
    assert not any("第2示例县" in line for line in lines)


@pytest.mark.parametrize(("days", "told"), [(31, []), (32, ["2027 年放假安排尚未公布"])])
def test_command_says_that_days_off_are_not_announced_yet(
    app: Flask, make: Factory, days: int, told: list[str]
) -> None:
    Place(make)
    done = app.test_cli_runner().invoke(
        args=["jobs", "rehearse", "--now", "2026-12-01T09:00", "--days", str(days)]
    )

    assert re.findall("2027 年放假安排尚未公布", done.output) == told


def test_code_of_no_county_is_refused(app: Flask, make: Factory) -> None:
    Place(make)
    done = app.test_cli_runner().invoke(args=["jobs", "rehearse", "--county", "000000"])

    assert (done.exit_code, "000000" in done.output) == (1, True)


def test_own_day_off_moves_the_slot_of_that_county_alone(app: Flask, make: Factory) -> None:
    place = Place(make)
    set_county(make, place.county, settings={"calendar": {"days_off": {str(DUE): "停电检修"}}})
    eve = DUE - timedelta(days=1)
    with app.app_context(), everywhere() as connection:
        tick(connection, at=datetime.combine(eve, time(9), ZONE))
        tick(connection, at=datetime.combine(DUE, time(9), ZONE))
        connection.commit()

    days = {account: day for account, rule, day in place.told() if rule == "deadline-day"}
    assert (days.pop(place.unit.user_id), list(days.values())) == (eve, [DUE])


def test_own_working_day_takes_a_slot(app: Flask, make: Factory) -> None:
    sunday = date(2026, 12, 27)
    place = Place(make)
    set_county(make, place.county, settings={"calendar": {"work_days": [str(sunday)]}})
    with make.session(place.county) as session:
        session.get_one(Task, (place.county, place.task_id)).due_on = sunday
    with app.app_context(), everywhere() as connection:
        tick(connection, at=datetime.combine(sunday, time(9), ZONE))
        connection.commit()

    assert (place.unit.user_id, "deadline-day", sunday) in place.told()


def test_suspended_county_is_passed_over(app: Flask, make: Factory) -> None:
    place = Place(make)
    set_county(make, place.county, suspended_at=FROM)
    with app.app_context(), everywhere() as connection:
        tick(connection, at=datetime.combine(DUE, time(9), ZONE))
        connection.commit()

    told = {account for account, _rule, _day in place.told()}
    assert (place.unit.user_id in told, len(told)) == (False, 1)
