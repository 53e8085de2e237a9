"""Triggers that keep entries of the audit log as they were written, on SQLite and on PostgreSQL.

Nothing is ever updated. An entry may be deleted when a checkpoint stands behind it, or with everything else
of its county once the chain was closed.
"""

from alembic import op

CLOSED = "exists (select 1 from audit_head h where h.county_id = old.county_id and h.is_closed)"
BEHIND = "exists (select 1 from audit_checkpoint c where c.county_id = old.county_id and c.upto >= old.no)"
PLATFORM_BEHIND = "exists (select 1 from platform_checkpoint c where c.upto >= old.no)"
# Table → when a row of it may be deleted.
TABLES = {
    "audit_entry": f"{BEHIND} or {CLOSED}",
    "audit_checkpoint": CLOSED,
    "platform_entry": PLATFORM_BEHIND,
    "platform_checkpoint": "false",
}
WORDS = "the audit log is written once"


def add():
    for table, condition in TABLES.items():
        _add_on_postgresql(table, condition) if _is_postgresql() else _add_on_sqlite(table, condition)


def drop():
    for table in TABLES:
        if _is_postgresql():
            op.execute(f"drop trigger {table}_kept on {table}")
            op.execute(f"drop trigger {table}_whole on {table}")
            op.execute(f"drop function {table}_kept()")
        else:
            op.execute(f"drop trigger {table}_no_update")
            op.execute(f"drop trigger {table}_no_delete")


def _add_on_sqlite(table, condition):
    refuse = f"begin select raise(abort, '{WORDS}'); end"
    op.execute(f"create trigger {table}_no_update before update on {table} {refuse}")
    op.execute(f"create trigger {table}_no_delete before delete on {table} when not ({condition}) {refuse}")


def _add_on_postgresql(table, condition):
    op.execute(
        f"""create function {table}_kept() returns trigger language plpgsql as $$
        begin
            if tg_op = 'DELETE' then
                if {condition} then return old; end if;
            end if;
            raise exception '{WORDS}';
        end $$"""
    )
    op.execute(
        f"create trigger {table}_kept before update or delete on {table} "
        f"for each row execute function {table}_kept()"
    )
    op.execute(
        f"create trigger {table}_whole before truncate on {table} "
        f"for each statement execute function {table}_kept()"
    )


def _is_postgresql():
    return op.get_bind().dialect.name == "postgresql"
