"""Points by a rubric with their story; verdicts may be absent where a standard has no rule that judges."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

VERDICT = sa.String(length=20)
ROLE = sa.Enum(
    "leader", "office", "unit", "school", "supervisor", "overseer", name="role", native_enum=False, length=20
)
KIND = sa.Enum("self", "reviewer", name="scorekind", native_enum=False, length=20)


def upgrade() -> None:
    op.create_table(
        "rubric_score",
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("rubric", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("points", sa.Double(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_rubric_score_county_id")),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_rubric_score")),
        sa.UniqueConstraint(
            "county_id", "year", "rubric", "item", "kind",
            name=op.f("uq_rubric_score_county_id_year_rubric_item_kind"),
        ),
    )  # fmt: skip
    op.create_table(
        "rubric_score_event",
        sa.Column("score_id", sa.BigInteger(), nullable=False),
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.Double(), nullable=True),
        sa.Column("after", sa.Double(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("actor_name", sa.String(length=60), nullable=False),
        sa.Column("actor_role", ROLE, nullable=False),
        sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id", "score_id"], ["rubric_score.county_id", "rubric_score.id"],
            name=op.f("fk_rubric_score_event_county_id_score_id"),
        ),
        sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_rubric_score_event_county_id")),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_rubric_score_event")),
        sa.UniqueConstraint(
            "county_id", "score_id", "no", name=op.f("uq_rubric_score_event_county_id_score_id_no")
        ),
    )  # fmt: skip
    with op.batch_alter_table("assessment_section") as batch:
        batch.alter_column("verdict", existing_type=VERDICT, nullable=True)
    with op.batch_alter_table("assessment_indicator") as batch:
        batch.alter_column("cv_verdict", existing_type=VERDICT, nullable=True)
        batch.alter_column("schools_met", existing_type=sa.BigInteger(), nullable=True)


def downgrade() -> None:
    op.execute("update assessment_section set verdict = 'no_data' where verdict is null")
    op.execute("update assessment_indicator set cv_verdict = 'no_data' where cv_verdict is null")
    op.execute("update assessment_indicator set schools_met = 0 where schools_met is null")
    with op.batch_alter_table("assessment_indicator") as batch:
        batch.alter_column("schools_met", existing_type=sa.BigInteger(), nullable=False)
        batch.alter_column("cv_verdict", existing_type=VERDICT, nullable=False)
    with op.batch_alter_table("assessment_section") as batch:
        batch.alter_column("verdict", existing_type=VERDICT, nullable=False)
    op.drop_table("rubric_score_event")
    op.drop_table("rubric_score")
