"""Invitations, the history of people, platform admins, roles with the unit or school they need."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("account") as table:
        table.add_column(sa.Column("is_platform_admin", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("membership") as table:
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        table.create_check_constraint("unit_has_unit", "role <> 'unit' or unit_id is not null")
        table.create_check_constraint("school_has_school", "role <> 'school' or school_code is not null")
    _invitations()
    _events()


def _invitations() -> None:
    op.create_table(
        "invitation",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("school_code", sa.String(length=20), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by_id", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.String(length=60), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_invitation_account_id")),
        sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_invitation_county_id")),
        sa.ForeignKeyConstraint(
            ["county_id", "unit_id"], ["unit.county_id", "unit.id"], name=op.f("fk_invitation_county_id_unit_id")
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("county_id", "token_hash", name=op.f("uq_invitation_county_id_token_hash")),
    )


def _events() -> None:
    op.create_table(
        "people_event",
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("actor_name", sa.String(length=60), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_people_event_county_id")),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_people_event")),
    )
    op.create_index("ix_people_event_county_id_at", "people_event", ["county_id", "at"])


def downgrade() -> None:
    op.drop_index("ix_people_event_county_id_at", table_name="people_event")
    op.drop_table("people_event")
    op.drop_table("invitation")
    with op.batch_alter_table("membership") as table:
        table.drop_constraint(op.f("ck_membership_school_has_school"), type_="check")
        table.drop_constraint(op.f("ck_membership_unit_has_unit"), type_="check")
        table.drop_column("version")
    with op.batch_alter_table("account") as table:
        table.drop_column("is_platform_admin")
