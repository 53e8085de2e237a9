"""Drafts of plans outlive a restart; the acts of a task are numbered."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER_EVENTS = """
update task_event set no = (
    select count(*) from task_event as earlier
    where earlier.county_id = task_event.county_id and earlier.task_id = task_event.task_id
      and (earlier.at < task_event.at or (earlier.at = task_event.at and earlier.id <= task_event.id))
)
"""


def upgrade() -> None:
    op.create_table(
        "plan_draft",
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("source_name", sa.String(length=200), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.Column("read_by", sa.String(length=60), nullable=False),
        sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_plan_draft_county_id")),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_plan_draft")),
        sa.UniqueConstraint("county_id", "source_sha256", name=op.f("uq_plan_draft_county_id_source_sha256")),
    )
    with op.batch_alter_table("task_event") as batch:
        batch.add_column(sa.Column("no", sa.BigInteger(), nullable=True))
    op.execute(NUMBER_EVENTS)
    with op.batch_alter_table("task_event") as batch:
        batch.alter_column("no", existing_type=sa.BigInteger(), nullable=False)
        batch.drop_index("ix_task_event_task")
        batch.create_unique_constraint(op.f("uq_task_event_county_id_task_id_no"), ["county_id", "task_id", "no"])


def downgrade() -> None:
    with op.batch_alter_table("task_event") as batch:
        batch.drop_constraint(op.f("uq_task_event_county_id_task_id_no"), type_="unique")
        batch.create_index("ix_task_event_task", ["county_id", "task_id"], unique=False)
        batch.drop_column("no")
    op.drop_table("plan_draft")
