"""Row-level security on every table that a county owns by now (PostgreSQL only)."""

import sqlalchemy as sa
from alembic import op

from migrations.row_security import protect, unprotect

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    protect(*_owned_tables())


def downgrade() -> None:
    unprotect(*_owned_tables())


def _owned_tables() -> list[str]:
    inspector = sa.inspect(op.get_bind())
    return [
        table
        for table in sorted(inspector.get_table_names())
        if "county_id" in {column["name"] for column in inspector.get_columns(table)}
    ]
