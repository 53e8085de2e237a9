"""Views of the ledger that people keep."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("query", sa.String(length=300), nullable=False),
        sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_saved_view_county_id")),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint(
            "county_id", "account_id", "name", name=op.f("uq_saved_view_county_id_account_id_name")
        ),
    )


def downgrade() -> None:
    op.drop_table("saved_view")
