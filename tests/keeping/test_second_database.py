"""Another database on a server that has the roles already, as a backup is restored beside the first."""

import subprocess

import psycopg
from psycopg import sql

from tests.conftest import ON_POSTGRESQL
from tests.databases import Database
from tests.postgres import ROOT


@ON_POSTGRESQL
def test_roles_stay_and_second_database_is_made(migrated_database: Database) -> None:
    first, folder = migrated_database.url.partition("@/")[2].split("?host=")
    second = f"{first}_second"
    with psycopg.connect(host=folder, user="postgres", dbname="postgres", autocommit=True) as admin:
        kept = _passwords(admin)

        _prepare(folder, second)

        try:
            assert _passwords(admin) == kept
            with psycopg.connect(host=folder, user="ledger_app", dbname=second) as app:
                assert app.execute("select current_database()").fetchone() == (second,)
        finally:
            admin.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(second)))


def _prepare(folder: str, database: str) -> None:
    values = {"database": database, "owner_password": "another's", "app_password": "another's"}
    command = ["psql", "-q", "-h", folder, "-U", "postgres", "-d", "postgres"]
    command += [word for name, value in values.items() for word in ("-v", f"{name}={value}")]
    subprocess.run([*command, "-f", ROOT / "deploy" / "postgres.sql"], check=True)


def _passwords(admin: psycopg.Connection) -> list[tuple[str, str]]:
    roles = "select rolname, rolpassword from pg_authid where rolname like 'ledger%' order by rolname"
    return admin.execute(roles).fetchall()
