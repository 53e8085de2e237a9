"""Who read a bulletin, bulletins withdrawn, the first deadline of a notice."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bulletin_reading",
        sa.Column("bulletin_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id", "bulletin_id"],
            ["bulletin.county_id", "bulletin.id"],
            name=op.f("fk_bulletin_reading_county_id_bulletin_id"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "unit_id"],
            ["unit.county_id", "unit.id"],
            name=op.f("fk_bulletin_reading_county_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_bulletin_reading_county_id")),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_bulletin_reading")),
        sa.UniqueConstraint(
            "county_id",
            "bulletin_id",
            "account_id",
            name=op.f("uq_bulletin_reading_county_id_bulletin_id_account_id"),
        ),
    )
    with op.batch_alter_table("bulletin") as batch:
        batch.add_column(sa.Column("withdrawn_at", sa.DateTime(), nullable=True))
        batch.add_column(sa.Column("withdrawn_by", sa.String(length=60), nullable=True))
        batch.add_column(sa.Column("withdrawn_reason", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("notice") as batch:
        batch.add_column(sa.Column("original_due_on", sa.Date(), nullable=True))
    op.execute("update notice set original_due_on = due_on")
    with op.batch_alter_table("notice") as batch:
        batch.alter_column("original_due_on", existing_type=sa.Date(), nullable=False)
    with op.batch_alter_table("bulletin") as batch:
        batch.alter_column(
            "withdrawn_reason", existing_type=sa.Text(), existing_nullable=False, server_default=None
        )


def downgrade() -> None:
    with op.batch_alter_table("notice") as batch:
        batch.drop_column("original_due_on")
    with op.batch_alter_table("bulletin") as batch:
        batch.drop_column("withdrawn_reason")
        batch.drop_column("withdrawn_by")
        batch.drop_column("withdrawn_at")
    op.drop_table("bulletin_reading")
