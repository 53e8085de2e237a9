"""Regions above counties, who oversees them, how each county stands. They belong to no county."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "region",
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_region")),
    )
    op.create_table(
        "oversight",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_oversight_account_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_oversight_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oversight")),
        sa.UniqueConstraint("account_id", "region_code", name=op.f("uq_oversight_account_id_region_code")),
    )
    _standings()


def _standings() -> None:
    op.create_table(
        "county_standing",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("standard", sa.String(length=40), nullable=False),
        sa.Column("standard_version", sa.String(length=20), nullable=False),
        sa.Column("assessment_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("sections", sa.BigInteger(), nullable=False),
        sa.Column("sections_met", sa.BigInteger(), nullable=False),
        sa.Column("verdicts", sa.JSON(), nullable=False),
        sa.Column("strain", sa.JSON(), nullable=False),
        sa.Column("forecast", sa.JSON(), nullable=False),
        sa.Column("story", sa.JSON(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(), nullable=False),
        sa.Column("moved_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["county_code"], ["county.code"], name=op.f("fk_county_standing_county_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_county_standing")),
        sa.UniqueConstraint(
            "county_code", "year", "standard", name=op.f("uq_county_standing_county_code_year_standard")
        ),
    )


def downgrade() -> None:
    op.drop_table("county_standing")
    op.drop_table("oversight")
    op.drop_table("region")
