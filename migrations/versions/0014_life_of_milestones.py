"""Milestones keep their first day, are claimed and confirmed, and stand on tasks."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("milestone") as table:
        table.add_column(sa.Column("original_due_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("claimed_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("claimed_by_id", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("claimed_by", sa.String(length=60), nullable=False, server_default=""))
        table.add_column(sa.Column("confirmed_at", sa.DateTime(), nullable=True))
        table.add_column(sa.Column("confirmed_by", sa.String(length=60), nullable=False, server_default=""))
        table.add_column(sa.Column("missed_reason", sa.Text(), nullable=False, server_default=""))
    op.execute("update milestone set original_due_on = due_on, claimed_on = achieved_on")
    with op.batch_alter_table("milestone") as table:
        table.alter_column("original_due_on", existing_type=sa.Date(), nullable=False)
        for name, kind in (("claimed_by", sa.String(60)), ("confirmed_by", sa.String(60))):
            table.alter_column(name, existing_type=kind, server_default=None)
        table.alter_column("missed_reason", existing_type=sa.Text(), server_default=None)
    op.create_table(
        "milestone_task",
        sa.Column("milestone_id", sa.BigInteger(), nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_milestone_task_county_id")),
        sa.ForeignKeyConstraint(
            ["county_id", "milestone_id"],
            ["milestone.county_id", "milestone.id"],
            name=op.f("fk_milestone_task_county_id_milestone_id"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "task_id"], ["task.county_id", "task.id"], name=op.f("fk_milestone_task_county_id_task_id")
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_milestone_task")),
        sa.UniqueConstraint(
            "county_id",
            "milestone_id",
            "task_id",
            name=op.f("uq_milestone_task_county_id_milestone_id_task_id"),
        ),
    )


def downgrade() -> None:
    op.drop_table("milestone_task")
    with op.batch_alter_table("milestone") as table:
        for name in (
            "missed_reason",
            "confirmed_by",
            "confirmed_at",
            "claimed_by",
            "claimed_by_id",
            "claimed_on",
            "original_due_on",
        ):
            table.drop_column(name)
