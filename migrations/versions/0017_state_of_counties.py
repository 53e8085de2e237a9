"""A county may be suspended, and erased after a waiting time."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("county") as batch:
        batch.add_column(sa.Column("suspended_at", sa.DateTime(), nullable=True))
        batch.add_column(sa.Column("erase_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("erase_asked_by", sa.String(length=60), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("county") as batch:
        batch.drop_column("erase_asked_by")
        batch.drop_column("erase_on")
        batch.drop_column("suspended_at")
