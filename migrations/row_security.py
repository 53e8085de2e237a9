"""Row-level security of PostgreSQL for tables that a county owns; on SQLite nothing happens.

A migration that creates such a table calls ``protect("the_table")`` after ``op.create_table``. Policies go
with their table when it is dropped.
"""

from alembic import op

EVERY_COUNTY = "ledger_all_counties"
# nullif: after a transaction the setting of a pooled connection is empty, not absent.
OWN = "county_id = nullif(current_setting('app.county_id', true), '')::bigint"
# One policy a role, not one with "or": the county's own must stay a plain comparison that an index serves.
PROTECT = (
    "alter table {table} enable row level security",
    "alter table {table} force row level security",
    f"create policy own_county on {{table}} using ({OWN}) with check ({OWN})",
    f"create policy every_county on {{table}} to {EVERY_COUNTY} using (true) with check (true)",
)
UNPROTECT = (
    "drop policy every_county on {table}",
    "drop policy own_county on {table}",
    "alter table {table} no force row level security",
    "alter table {table} disable row level security",
)


def protect(*tables: str) -> None:
    """Let a transaction see and write the rows of its own county only."""
    _run(PROTECT, tables)


def unprotect(*tables: str) -> None:
    """Take the wall away again."""
    _run(UNPROTECT, tables)


def _run(statements: tuple[str, ...], tables: tuple[str, ...]) -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in tables:
        for statement in statements:
            op.execute(statement.format(table=table))
