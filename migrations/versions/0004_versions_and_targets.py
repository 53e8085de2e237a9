"""The moves of a version on its way up, and the targets of a plan."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("assessment_move",
    sa.Column("assessment_id", sa.BigInteger(), nullable=False),
    sa.Column("no", sa.BigInteger(), nullable=False),
    sa.Column("at", sa.DateTime(), nullable=False),
    sa.Column("actor_id", sa.BigInteger(), nullable=False),
    sa.Column("actor_name", sa.String(length=60), nullable=False),
    sa.Column("move", sa.Enum("freeze", "submit", "accept", "return", name="versionmove", native_enum=False, length=20), nullable=False),
    sa.Column("note", sa.Text(), nullable=False),
    sa.Column("state", sa.Enum("draft", "frozen", "submitted", "accepted", "returned", name="assessmentstate", native_enum=False, length=20), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id", "assessment_id"], ["assessment.county_id", "assessment.id"], name=op.f("fk_assessment_move_county_id_assessment_id")),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_assessment_move_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_assessment_move")),
    sa.UniqueConstraint("county_id", "assessment_id", "no", name=op.f("uq_assessment_move_county_id_assessment_id_no"))
    )
    op.create_table("target",
    sa.Column("plan_id", sa.BigInteger(), nullable=False),
    sa.Column("indicator_code", sa.String(length=20), nullable=False),
    sa.Column("stage", sa.String(length=10), nullable=False),
    sa.Column("quantity", sa.Enum("mean", "cv", "share", name="quantity", native_enum=False, length=20), nullable=False),
    sa.Column("baseline_year", sa.BigInteger(), nullable=False),
    sa.Column("baseline", sa.Double(), nullable=False),
    sa.Column("horizon_year", sa.BigInteger(), nullable=False),
    sa.Column("due", sa.Double(), nullable=False),
    sa.Column("steps", sa.JSON(), nullable=False),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id", "plan_id"], ["plan.county_id", "plan.id"], name=op.f("fk_target_county_id_plan_id")),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_target_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_target")),
    sa.UniqueConstraint("county_id", "plan_id", "indicator_code", "stage", "quantity", name=op.f("uq_target_county_id_plan_id_indicator_code_stage_quantity"))
    )


def downgrade() -> None:
    op.drop_table("target")
    op.drop_table("assessment_move")
