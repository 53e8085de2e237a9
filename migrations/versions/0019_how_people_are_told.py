"""E-mail addresses, what people want to be told, webhooks of groups."""

import sqlalchemy as sa
from alembic import op

from migrations.row_security import protect

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KIND = sa.Enum("dingtalk", "wecom", "feishu", "json", name="channelkind", native_enum=False, length=20)


def upgrade() -> None:
    with op.batch_alter_table("account") as table:
        table.add_column(sa.Column("email", sa.String(length=200), nullable=True))
    op.create_table(
        "preference",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("muted", sa.JSON(), nullable=False),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.Column("feed_token_hash", sa.String(length=64), nullable=True),
        sa.Column("feed_made_at", sa.DateTime(), nullable=True),
        sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_preference_account_id")),
        sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_preference_county_id")),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_preference")),
        sa.UniqueConstraint("county_id", "account_id", name=op.f("uq_preference_county_id_account_id")),
        sa.UniqueConstraint("county_id", "feed_token_hash", name=op.f("uq_preference_county_id_feed_token_hash")),
    )
    op.create_table(
        "channel",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("secret", sa.String(length=500), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("is_repeatable", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_channel_county_id")),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_channel")),
    )
    protect("preference", "channel")


def downgrade() -> None:
    op.drop_table("channel")
    op.drop_table("preference")
    with op.batch_alter_table("account") as table:
        table.drop_column("email")
