"""A milestone of a plan's next version knows the first of its line, and so its history."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KEY = "fk_milestone_county_id_origin_id"


def upgrade() -> None:
    with op.batch_alter_table("milestone") as batch:
        batch.add_column(sa.Column("origin_id", sa.BigInteger(), nullable=True))
        batch.create_foreign_key(KEY, "milestone", ["county_id", "origin_id"], ["county_id", "id"])


def downgrade() -> None:
    with op.batch_alter_table("milestone") as batch:
        batch.drop_constraint(KEY, type_="foreignkey")
        batch.drop_column("origin_id")
