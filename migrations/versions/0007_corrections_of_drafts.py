"""Drafts of plans keep what was read, the words of the document, what people corrected, and what is locked."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("plan_draft") as batch:
        batch.add_column(sa.Column("original", sa.JSON(), nullable=True))
        batch.add_column(sa.Column("source_texts", sa.JSON(), nullable=False, server_default="{}"))
        batch.add_column(sa.Column("locked_parts", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("locked_by", sa.String(length=60), nullable=True))
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.execute("update plan_draft set original = body")
    with op.batch_alter_table("plan_draft") as batch:
        batch.alter_column("original", existing_type=sa.JSON(), nullable=False)
        for column in ("source_texts", "locked_parts"):
            batch.alter_column(column, existing_type=sa.JSON(), server_default=None)
        batch.alter_column("version", existing_type=sa.Integer(), server_default=None)
    op.create_table(
        "plan_draft_correction",
        sa.Column("draft_id", sa.BigInteger(), nullable=False),
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("actor_name", sa.String(length=60), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("row_key", sa.String(length=80), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["county_id", "draft_id"], ["plan_draft.county_id", "plan_draft.id"], name=op.f("fk_plan_draft_correction_county_id_draft_id")),
        sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_plan_draft_correction_county_id")),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_plan_draft_correction")),
        sa.UniqueConstraint("county_id", "draft_id", "no", name=op.f("uq_plan_draft_correction_county_id_draft_id_no")),
    )


def downgrade() -> None:
    op.drop_table("plan_draft_correction")
    with op.batch_alter_table("plan_draft") as batch:
        for column in ("version", "locked_by", "locked_parts", "source_texts", "original"):
            batch.drop_column(column)
