"""PostgreSQL's own wall: row-level security, told by each transaction which county it serves.

Every county's table has two policies (``migrations/row_security.py``): the rows of the county in
``app.county_id`` for everybody, all rows for the role ``ledger_all_counties``. The setting lives as long as
the transaction, so a pooled connection remembers no county; without it nothing is visible. A statement with
the execution option ``all_counties`` runs in that role, and only that statement.
"""

from typing import Any

import sqlalchemy as sa
from psycopg import IsolationLevel
from psycopg.pq import TransactionStatus
from sqlalchemy import event

from app.tenancy import SCOPE, WAY_OUT

EVERY_COUNTY = "ledger_all_counties"
# Writers of one county queue up, as all do on SQLite, so that what was read first is still true at the write.
_ENTER = "select set_config('app.county_id', %s, true), set_config('lock_timeout', '15s', true)"
_QUEUE = "select pg_advisory_xact_lock(%s)"
_REACHES = """
select bool_or(role.rolsuper), bool_or(role.rolbypassrls),
       exists (select from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
               and pg_has_role(current_user, relowner, 'member')),
       coalesce((select pg_has_role(current_user, oid, 'usage') from pg_roles where rolname = %s), false)
from pg_roles as role where pg_has_role(current_user, role.oid, 'member')
"""
_FAULTS = (
    "is a superuser, or may become one",
    "may pass by row-level security (BYPASSRLS)",
    "owns the ledger's tables, or may act as their owner",
    f"inherits {EVERY_COUNTY} (it must be NOINHERIT)",
)


class RoleTooPowerful(RuntimeError):
    """The application would sign in to PostgreSQL as somebody whom no policy binds."""

    def __init__(self, role: str, faults: list[str]) -> None:
        super().__init__(
            f"The application must not run as the database role “{role}”: it {'; it '.join(faults)}. "
            "Row-level security would not hold. Set DATABASE_URL to ledger_app of deploy/postgres.sql; "
            "the owner belongs into MIGRATION_DATABASE_URL only."
        )


def watch(engine: sa.Engine) -> None:
    """Put row-level security to work on an engine of PostgreSQL."""
    event.listen(engine, "begin", _choose_isolation)
    event.listen(engine, "set_connection_execution_options", _enter)
    event.listen(engine, "before_cursor_execute", _widen)
    event.listen(engine, "after_cursor_execute", _narrow_again)


def refuse_powerful_role(engine: sa.Engine) -> None:
    """Raise RoleTooPowerful unless the policies bind the role that the application signs in as."""
    with engine.connect() as connection:
        reached = connection.exec_driver_sql(_REACHES, (EVERY_COUNTY,)).one()
        role: str = connection.exec_driver_sql("select current_user").scalar_one()
    engine.dispose()  # a server that forks after this must not share the connection
    if faults := [fault for fault, is_so in zip(_FAULTS, reached, strict=True) if is_so]:
        raise RoleTooPowerful(role, faults)


def _choose_isolation(connection: sa.Connection) -> None:
    # A page shows one moment, as on SQLite; a writer sees what the writer before it has committed.
    _driver(connection).isolation_level = IsolationLevel.REPEATABLE_READ if _reads_only(connection) else None


def _enter(connection: sa.Connection, options: dict[str, Any]) -> None:
    county_id = options.get(SCOPE)
    if county_id is None:
        return
    connection.exec_driver_sql(_ENTER, (str(county_id),))
    if not _reads_only(connection):
        connection.exec_driver_sql(_QUEUE, (county_id,))


def _reads_only(connection: sa.Connection) -> bool:
    return bool(connection.get_execution_options().get("reads_only"))


def _widen(
    connection: sa.Connection, cursor: Any, _statement: str, _params: object, context: Any, _many: object
) -> None:
    is_wide = context is not None and context.execution_options.get(WAY_OUT)
    if is_wide:
        connection.info[WAY_OUT] = True
        cursor.execute(f"set local role {EVERY_COUNTY}")
    elif connection.info.get(WAY_OUT) and not _has_failed(connection):
        _narrow(connection)  # a wide statement failed, and what is asked next must not be wide


def _narrow_again(
    connection: sa.Connection, _cursor: Any, _statement: str, _params: object, _context: Any, _many: object
) -> None:
    if connection.info.get(WAY_OUT):
        _narrow(connection)


def _narrow(connection: sa.Connection) -> None:
    with _driver(connection).cursor() as cursor:
        cursor.execute("set local role none")
    connection.info[WAY_OUT] = False


def _has_failed(connection: sa.Connection) -> bool:
    # The database then takes nothing but the end of the transaction or of the savepoint.
    return _driver(connection).info.transaction_status == TransactionStatus.INERROR


def _driver(connection: sa.Connection) -> Any:
    return connection.connection.dbapi_connection
