"""The audit log: a chain of entries for each county and one for the platform."""

import sqlalchemy as sa
from alembic import op

from migrations import audit_triggers

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ACTS = [
    "sign_in",
    "sign_in_failed",
    "sign_out",
    "read",
    "change",
    "role",
    "lock",
    "verdict",
    "export",
    "setting",
    "prune",
]


def upgrade() -> None:
    op.create_table(
        "platform_checkpoint",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        *checkpoint_columns(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_checkpoint")),
        sa.UniqueConstraint("upto", name=op.f("uq_platform_checkpoint_upto")),
    )
    op.create_table(
        "platform_entry",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        *entry_columns(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_entry")),
        sa.UniqueConstraint("no", name=op.f("uq_platform_entry_no")),
    )
    op.create_index("ix_platform_entry_at", "platform_entry", ["at"])
    op.create_table(
        "platform_head",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        *head_columns(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_head")),
    )
    op.create_table(
        "audit_checkpoint",
        *checkpoint_columns(),
        *owned("audit_checkpoint"),
        sa.UniqueConstraint("county_id", "upto", name=op.f("uq_audit_checkpoint_county_id_upto")),
    )
    op.create_table(
        "audit_entry",
        *entry_columns(),
        *owned("audit_entry"),
        sa.UniqueConstraint("county_id", "no", name=op.f("uq_audit_entry_county_id_no")),
    )
    op.create_index("ix_audit_entry_at", "audit_entry", ["county_id", "at"])
    op.create_table(
        "audit_head",
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        *head_columns(),
        *owned("audit_head"),
        sa.UniqueConstraint("county_id", name=op.f("uq_audit_head_county_id")),
    )
    audit_triggers.add()


def downgrade() -> None:
    audit_triggers.drop()
    op.drop_table("audit_head")
    op.drop_table("audit_entry")
    op.drop_table("audit_checkpoint")
    op.drop_table("platform_head")
    op.drop_table("platform_entry")
    op.drop_table("platform_checkpoint")


def entry_columns() -> list[sa.Column]:
    return [
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("act", sa.Enum(*ACTS, name="act", native_enum=False, length=20), nullable=False),
        sa.Column("thing", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
    ]


def head_columns() -> list[sa.Column]:
    return [
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
    ]


def checkpoint_columns() -> list[sa.Column]:
    return [
        sa.Column("upto", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("before", sa.DateTime(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
    ]


def owned(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f(f"fk_{table}_county_id")),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f(f"pk_{table}")),
    ]
