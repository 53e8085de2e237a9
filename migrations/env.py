"""Runs migrations with the application's own metadata, on PostgreSQL as the owner of the tables."""

import sqlalchemy as sa
from alembic import context
from flask import current_app

import app.models  # noqa: F401 -- fills the metadata
import plans.models  # noqa: F401 -- fills the metadata
from plans.base import Instant

migrate = current_app.extensions["migrate"]
database = migrate.db


def plain_types(kind, item, _context):
    """Write an Instant as the plain column that it is, so that migrations import nothing of ours."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, Instant) else False


def rest_foreign_keys(connection):
    """Let SQLite rebuild a table that others point at; it obeys only before the transaction begins."""
    if connection.dialect.name == "sqlite":
        connection.connection.dbapi_connection.execute("pragma foreign_keys=off")


def check_foreign_keys(connection):
    """Refuse a migration that leaves a row pointing at nothing."""
    if connection.dialect.name == "sqlite" and (
        loose := connection.exec_driver_sql("pragma foreign_key_check").fetchall()
    ):
        raise RuntimeError(f"The migration leaves rows that point at nothing: {loose}")


def engine_of_owner():
    """The application's own engine on SQLite; on PostgreSQL the application may not change tables."""
    if database.engine.dialect.name == "sqlite":
        return database.engine
    if not (address := current_app.config["MIGRATION_DATABASE_URI"]):
        raise RuntimeError(
            "MIGRATION_DATABASE_URL is not set. On PostgreSQL the tables belong to ledger_owner, as whom the "
            "application never runs; set its address for this command (see deploy/postgres.sql)."
        )
    return sa.create_engine(address, poolclass=sa.NullPool)


def run() -> None:
    # A migration works on the tables of all counties at once.
    with engine_of_owner().connect().execution_options(all_counties=True) as connection:
        rest_foreign_keys(connection)
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_item=plain_types,
            **migrate.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
            check_foreign_keys(connection)
        connection.detach()  # foreign keys stay off on it


run()
