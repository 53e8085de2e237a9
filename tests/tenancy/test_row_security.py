"""Row-level security on PostgreSQL: every table has it, every transaction sets it, nobody starts above it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.extensions import db
from app.factory import create_app
from app.row_security import RoleTooPowerful
from app.tenancy import SCOPE, enter_county
from migrations.row_security import EVERY_COUNTY
from plans.base import Base
from plans.models import Task, Unit
from tests.conftest import ON_POSTGRESQL, close_database, settings_in
from tests.databases import Database, owner_connection
from tests.tenancy.conftest import OTHER_UNIT, OWN_TITLES, OWN_UNIT, Scene
from tests.tenancy.walls import only

pytestmark = ON_POSTGRESQL
OWN = "(county_id = (NULLIF(current_setting('app.county_id'::text, true), ''::text))::bigint)"
WALLS = """
select relname, relrowsecurity, relforcerowsecurity from pg_class
where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
  and exists (select from pg_attribute where attrelid = pg_class.oid and attname = 'county_id')
"""
POLICIES = """
select tablename, policyname, permissive, roles, cmd, qual, with_check
from pg_policies where schemaname = 'public'
"""
ALL_TITLES = "select title from task"


@pytest.fixture
def owner(app: Flask) -> Iterator[sa.Connection]:
    with owner_connection(app) as connection:
        yield connection


def test_every_county_table_has_row_security_even_for_its_owner(owner: sa.Connection) -> None:
    found = {name: (is_on, is_forced) for name, is_on, is_forced in owner.exec_driver_sql(WALLS)}

    owned = {name for name, table in Base.metadata.tables.items() if SCOPE in table.c}
    assert found == dict.fromkeys(owned, (True, True)), "migrations/row_security.py: protect(table)"


def test_every_county_table_has_its_two_policies_and_no_other(owner: sa.Connection) -> None:
    found = {(row.tablename, row.policyname): tuple(row)[2:] for row in owner.exec_driver_sql(POLICIES)}

    expected = {}
    for name, table in Base.metadata.tables.items():
        if SCOPE in table.c:
            expected[name, "own_county"] = ("PERMISSIVE", ["public"], "ALL", OWN, OWN)
            expected[name, "every_county"] = ("PERMISSIVE", [EVERY_COUNTY], "ALL", "true", "true")
    assert found == expected


def test_connection_without_a_county_sees_nothing(scene: Scene) -> None:
    with only("row_security", db.engine), db.engine.connect() as connection:
        assert connection.exec_driver_sql(ALL_TITLES).all() == []


def test_session_without_a_county_sees_nothing(scene: Scene) -> None:
    with only("row_security", db.engine), Session(db.engine) as session:
        assert session.scalars(sa.select(Task)).all() == []


def test_county_is_forgotten_at_the_end_of_each_transaction(scene: Scene) -> None:
    with only("row_security", db.engine):
        seen = db.session.scalars(sa.text(ALL_TITLES)).all()
        db.session.remove()

        with db.engine.connect() as connection:  # the same one, from the pool
            left = connection.exec_driver_sql("select current_setting('app.county_id', true)").scalar()
            assert (sorted(seen), left, connection.exec_driver_sql(ALL_TITLES).all()) == (OWN_TITLES, "", [])


def test_county_entered_in_mid_transaction_is_seen_at_once(app: Flask, scene: Scene) -> None:
    db.session.remove()
    with only("row_security", db.engine):
        before = db.session.scalars(sa.text(ALL_TITLES)).all()
        enter_county(db.session(), scene.own.county_id)

        assert (before, sorted(db.session.scalars(sa.text(ALL_TITLES)))) == ([], OWN_TITLES)


def test_row_of_another_county_cannot_be_written(scene: Scene) -> None:
    values = {"county_id": scene.other.county_id, "id": 1, "name": "多出的单位", "aliases": []}

    with only("row_security", db.engine), pytest.raises(DBAPIError, match="violates row-level security"):
        db.session.execute(sa.insert(Unit.__table__).values(values))


def test_way_out_lasts_for_one_statement(scene: Scene) -> None:
    names = sa.select(Unit.name).order_by(Unit.name)
    with only("row_security", db.engine):
        every = db.session.scalars(names, execution_options={"all_counties": True}).all()

        assert (every, db.session.scalars(names).all()) == ([OTHER_UNIT, OWN_UNIT], [OWN_UNIT])


def test_way_out_ends_with_an_error_too(scene: Scene) -> None:
    wide = {"all_counties": True}
    with only("row_security", db.engine):
        # Refused by the driver before it is sent: the transaction goes on.
        with pytest.raises(DBAPIError):
            db.session.execute(sa.text("select :what"), {"what": object()}, execution_options=wide)

        assert db.session.scalars(sa.select(Unit.name)).all() == [OWN_UNIT]


def test_way_out_ends_with_an_error_in_a_savepoint(scene: Scene) -> None:
    wide = {"all_counties": True}
    with only("row_security", db.engine):
        with pytest.raises(DBAPIError), db.session.begin_nested():
            db.session.execute(sa.text("select 1 / 0"), execution_options=wide)

        assert db.session.scalars(sa.select(Unit.name)).all() == [OWN_UNIT]


@pytest.mark.parametrize(
    ("alter", "fault"),
    [
        ("superuser", "is a superuser"),
        ("bypassrls", "BYPASSRLS"),
        ("inherit", "inherits ledger_all_counties"),
    ],
)
def test_powerful_role_is_refused_at_the_start(
    database: Database, tmp_path: Path, admin: sa.Connection, alter: str, fault: str
) -> None:
    powerful = member_of(admin, EVERY_COUNTY)
    admin.exec_driver_sql(f"alter role {powerful} {alter}")

    with pytest.raises(RoleTooPowerful, match=fault):
        create_app(settings_in(tmp_path, _signed_in_as(powerful, database)))


def test_owner_and_who_may_become_it_are_refused_at_the_start(
    database: Database, tmp_path: Path, admin: sa.Connection
) -> None:
    for role in ("ledger_owner", member_of(admin, "ledger_owner")):
        with pytest.raises(RoleTooPowerful, match="owns the ledger's tables"):
            create_app(settings_in(tmp_path, _signed_in_as(role, database)))


def test_migration_without_its_owner_is_refused_in_words(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(settings_in(tmp_path, Database(database.url)))

    answer = app.test_cli_runner().invoke(args=["db", "upgrade"])

    assert answer.exit_code == 1
    assert "MIGRATION_DATABASE_URL is not set" in caplog.text
    with app.app_context():
        close_database()


@pytest.fixture
def admin(database: Database) -> Iterator[sa.Connection]:
    """A superuser, whose new role goes again."""
    engine = sa.create_engine(_signed_in_as("postgres", database).url, poolclass=sa.NullPool)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection
        connection.exec_driver_sql(f"drop role if exists {_role_of(connection)}")


def member_of(admin: sa.Connection, group: str) -> str:
    """A new role that may become another."""
    admin.exec_driver_sql(f"create role {_role_of(admin)} login noinherit in role {group}")
    return _role_of(admin)


def _role_of(admin: sa.Connection) -> str:
    """Roles belong to the whole server, where other tests are at work: its name is this connection's own."""
    return f"new_role_{admin.scalar(sa.text('select pg_backend_pid()'))}"


def _signed_in_as(role: str, database: Database) -> Database:
    return Database(database.url.replace("ledger_app@", f"{role}@"))
