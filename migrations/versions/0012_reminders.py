"""Reminders as rows and the messages that carry them; who answers among the members; targets off their path."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

POST = sa.Enum("member", "head", "deputy", name="post", native_enum=False, length=20)
FAMILY = sa.String(length=20)
LEVEL = sa.Enum("blue", "yellow", "red", name="level", native_enum=False, length=20)
STATE = sa.Enum(
    "queued", "sending", "sent", "failed", "unknown", name="messagestate", native_enum=False, length=20
)


def upgrade() -> None:
    with op.batch_alter_table("membership") as batch:
        batch.add_column(sa.Column("post", POST, nullable=False, server_default="member"))
        batch.add_column(sa.Column("is_active", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch.add_column(sa.Column("reminded_from", sa.Date(), nullable=False, server_default="2000-01-01"))
    with op.batch_alter_table("target") as batch:
        batch.add_column(sa.Column("off_path_on", sa.Date(), nullable=True))
    op.create_table(
        "reminder",
        sa.Column("family", FAMILY, nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("slot_on", sa.Date(), nullable=False),
        sa.Column("anchor_on", sa.Date(), nullable=False),
        sa.Column("level", LEVEL, nullable=False),
        sa.Column("is_immediate", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_reminder_county_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_reminder_account_id")),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "county_id", "family", "item_id", "account_id", "rule", "slot_on",
            name=op.f("uq_reminder_county_id_family_item_id_account_id_rule_slot_on"),
        ),
    )  # fmt: skip
    op.create_index(
        "ix_reminder_county_id_account_id_created_at", "reminder", ["county_id", "account_id", "created_at"]
    )
    op.create_table(
        "message",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("dedup_key", sa.String(length=120), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("reminder_ids", sa.JSON(), nullable=False),
        sa.Column("is_repeatable", sa.Boolean(), nullable=False),
        sa.Column("state", STATE, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(), nullable=False),
        sa.Column("claimed_by", sa.String(length=60), nullable=False),
        sa.Column("lease_until", sa.DateTime(), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_message_county_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_message_account_id")),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_message")),
        sa.UniqueConstraint("county_id", "dedup_key", name=op.f("uq_message_county_id_dedup_key")),
    )
    op.create_index("ix_message_state_next_try_at", "message", ["state", "next_try_at"])
    op.create_index(
        "ix_message_county_id_account_id_day", "message", ["county_id", "account_id", "day"]
    )


def downgrade() -> None:
    op.drop_table("message")
    op.drop_table("reminder")
    with op.batch_alter_table("target") as batch:
        batch.drop_column("off_path_on")
    with op.batch_alter_table("membership") as batch:
        batch.drop_column("reminded_from")
        batch.drop_column("is_active")
        batch.drop_column("post")
