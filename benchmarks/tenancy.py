"""Times the walls between counties: ``python -m benchmarks.tenancy [--counties N] [--tasks N]``."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import pytest
import sqlalchemy as sa
from flask_migrate import upgrade

from app import guard
from app.extensions import db
from app.tenancy import enter_county
from plans.base import Base, County
from plans.models import Plan, Task, Unit
from plans.states import TaskState
from tests.conftest import close_database, open_app
from tests.databases import Database, Databases, PostgresDatabases, SqliteDatabases
from tests.postgres import socket_folder
from tests.tenancy.walls import guard_off, row_security_off, session_off

AT = datetime(2026, 11, 25, tzinfo=UTC)
ASKED = 20  # how often a transaction asks a question
COUNTY = 7  # whose rows are asked for
KEY = COUNTY * 1_000_000
Rows = list[list[str]]
Off = Callable[[pytest.MonkeyPatch, sa.Engine], None]
BY_HAND = {
    "a row by its key": f"select id, title, due_on from task where county_id = {COUNTY} and id = {KEY}",
    "fifty rows, sorted": f"select id, title, due_on from task where county_id = {COUNTY} "
    "order by due_on, id limit 50",
    "a count of all rows": f"select count(*) from task where county_id = {COUNTY}",
}
COLUMNS = sa.select(Task.id, Task.title, Task.due_on)
BY_ORM = {
    "a row by its key": COLUMNS.where(Task.id == KEY),
    "fifty rows, sorted": COLUMNS.order_by(Task.due_on, Task.id).limit(50),
    "a count of all rows": sa.select(sa.func.count(Task.id)),
}


class Disagreement(Exception):
    """Two ways answered differently."""


@dataclass(frozen=True)
class Way:
    """How a question is asked: ``ask`` is timed, between the walls that ``walls`` leaves standing."""

    ask: Callable[[str], Rows]
    walls: Callable[[], Any] = nullcontext


def main() -> None:
    """Ask the same questions of one county's rows with more and more walls, in turns."""
    size = _parser().parse_args()
    for make, name in ((_sqlite, "SQLite"), (_postgres, "PostgreSQL")):
        with TemporaryDirectory() as folder:
            print(f"{name}: {size.counties:,} counties with {size.tasks:,} tasks each", flush=True)
            _compare(make(Path(folder)), Path(folder), size)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tenancy")
    parser.add_argument("--counties", type=int, default=300)
    parser.add_argument("--tasks", type=int, default=300, help="of each county")
    parser.add_argument("--turns", type=int, default=40, help="the best of so many is kept")
    return parser


def _sqlite(_folder: Path) -> Databases:
    return SqliteDatabases()


def _postgres(folder: Path) -> Databases:
    return PostgresDatabases(socket_folder(folder))


def _compare(databases: Databases, folder: Path, size: argparse.Namespace) -> None:
    database = databases.empty(folder)
    owner = sa.create_engine((database.owner_url or database.url).replace("ledger_owner@", "postgres@"))
    with open_app(folder, database).app_context():
        upgrade()
        _make(owner, size)
        ways = _ways(owner, database)
        for question in BY_HAND:
            _report(question, _timed(ways, question, size.turns))
        close_database()
    owner.dispose()
    databases.drop(database)


def _make(owner: sa.Engine, size: argparse.Namespace) -> None:
    """Rows of many counties; foreign keys hold, so nothing is switched off."""
    counties = range(1, size.counties + 1)
    named = {"horizon_year": 2029, "is_example": True, "settings": {}, "standard": "quality-2017"}
    rows: dict[type[Base], list[dict[str, Any]]] = {
        County: [{"id": n, "code": f"{n:06}", "name": f"示例县{n}", **named} for n in counties],
        Plan: [{"county_id": n, "id": 1, **_plan()} for n in counties],
        Unit: [{"county_id": n, "id": 1, "name": "示例单位", "aliases": []} for n in counties],
        Task: [
            {"county_id": n, "id": n * 1_000_000 + m, **_task(m)} for n in counties for m in range(size.tasks)
        ],
    }
    with owner.begin() as connection:
        for kind, some in rows.items():
            connection.execute(sa.insert(Base.metadata.tables[kind.__tablename__]), some)
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("analyze")


def _plan() -> dict[str, Any]:
    told = {"goals": [], "gaps": [], "horizon_year": 2029}
    return {"title": "示例实施方案", "accepted_at": AT, "accepted_by": "示例", **told}


def _task(number: int) -> dict[str, Any]:
    due_on = date(2026, 11, 25) + timedelta(days=number * 7 % 1000)
    dates = {"due_on": due_on, "stated_due_on": due_on, "original_due_on": due_on, "assigned_at": AT}
    words = {"title": f"示例任务第{number}项", "details": "", "person_name": "", "latest_note": ""}
    others = {"plan_id": 1, "lead_unit_id": 1, "assigned_by_id": 1, "weight": 1, "progress": 0, "version": 1}
    return {**dates, **words, **others, "state": TaskState.WORKING}


def _ways(owner: sa.Engine, database: Database) -> dict[str, Way]:
    orm = {
        "the ORM without walls": Way(
            _ask_by_hand_in_orm, lambda: _without(session_off, guard_off, row_security_off)
        ),
        "+ scope of the session": Way(_ask, lambda: _without(guard_off, row_security_off)),
        "+ guard": Way(_ask, lambda: _without(row_security_off)),
    }
    if not database.owner_url:
        return {"bare SQL": Way(lambda question: _bare(owner, question)), **orm}
    bound = sa.create_engine(database.url)
    return {
        "bare SQL": Way(lambda question: _bare(owner, question)),
        "bare SQL under row security": Way(lambda question: _bare(bound, question)),
        **orm,
        "+ row security": Way(_ask),
    }


def _bare(engine: sa.Engine, question: str) -> Rows:
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("select set_config('app.county_id', %s, true)", (str(COUNTY),))
        return _asked(lambda: connection.exec_driver_sql(BY_HAND[question]))


def _ask(question: str) -> Rows:
    return _in_session(BY_ORM[question])


def _ask_by_hand_in_orm(question: str) -> Rows:
    return _in_session(BY_ORM[question].where(Task.county_id == COUNTY))


def _in_session(statement: sa.Select[Any]) -> Rows:
    """As a page does that only reads."""
    session = db.session()
    session.connection(execution_options={"reads_only": True})
    enter_county(session, COUNTY)
    rows = _asked(lambda: session.execute(statement))
    db.session.remove()
    return rows


def _asked(ask: Callable[[], sa.Result[Any]]) -> Rows:
    for _time in range(ASKED):
        rows = ask().all()
    return [[str(value) for value in row] for row in rows]


@contextmanager
def _without(*off: Off) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for switch_off in off:
            switch_off(patch, db.engine)
        yield
    if guard_off in off:
        guard.watch(db.engine)


def _timed(ways: dict[str, Way], question: str, turns: int) -> dict[str, float]:
    """The best time of a question in microseconds, each way; all must answer the same."""
    best, answers = dict.fromkeys(ways, float("inf")), {}
    for _turn in range(turns):
        for name, way in ways.items():
            with way.walls():
                started = perf_counter()
                answers[name] = way.ask(question)
                best[name] = min(best[name], (perf_counter() - started) / ASKED * 1e6)
    if any(answer != answers["bare SQL"] for answer in answers.values()):
        raise Disagreement(question)
    return best


def _report(question: str, best: dict[str, float]) -> None:
    print(f"  {question}")
    for name, micros in best.items():
        ratios = [micros / best[other] for other in ("bare SQL", "the ORM without walls")]
        print(f"    {name:28} {micros:8.0f} µs  {ratios[0]:5.2f} × bare  {ratios[1]:5.2f} × ORM", flush=True)


if __name__ == "__main__":
    main()
