"""What a county states beside figures: attestations, monitoring, relaxations, choices, own targets."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("attestation",
    sa.Column("year", sa.BigInteger(), nullable=False),
    sa.Column("item", sa.String(length=20), nullable=False),
    sa.Column("part", sa.String(length=30), nullable=False),
    sa.Column("conclusion", sa.String(length=10), nullable=False),
    sa.Column("statement", sa.Text(), nullable=False),
    sa.Column("failing", sa.JSON(), nullable=False),
    sa.Column("signed_at", sa.DateTime(), nullable=True),
    sa.Column("signed_by", sa.String(length=60), nullable=False),
    sa.Column("signed_role", sa.Enum("leader", "office", "unit", "school", "supervisor", "overseer", name="role", native_enum=False, length=20), nullable=True),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_attestation_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_attestation")),
    sa.UniqueConstraint("county_id", "year", "item", "part", name=op.f("uq_attestation_county_id_year_item_part"))
    )
    op.create_table("county_target",
    sa.Column("item", sa.String(length=20), nullable=False),
    sa.Column("part", sa.String(length=30), nullable=False),
    sa.Column("sense", sa.String(length=12), nullable=False),
    sa.Column("key", sa.String(length=30), nullable=False),
    sa.Column("limit", sa.String(length=20), nullable=False),
    sa.Column("source", sa.String(length=200), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_county_target_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_county_target")),
    sa.UniqueConstraint("county_id", "item", "part", "sense", "key", name=op.f("uq_county_target_county_id_item_part_sense_key"))
    )
    op.create_table("input_event",
    sa.Column("kind", sa.String(length=20), nullable=False),
    sa.Column("code", sa.String(length=60), nullable=False),
    sa.Column("note", sa.Text(), nullable=False),
    sa.Column("at", sa.DateTime(), nullable=False),
    sa.Column("actor_id", sa.BigInteger(), nullable=False),
    sa.Column("actor_name", sa.String(length=60), nullable=False),
    sa.Column("actor_role", sa.Enum("leader", "office", "unit", "school", "supervisor", "overseer", name="role", native_enum=False, length=20), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_input_event_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_input_event"))
    )
    with op.batch_alter_table("input_event") as batch:
        batch.create_index("ix_input_event_at", ["county_id", "kind", "at"], unique=False)
    op.create_table("monitoring_result",
    sa.Column("year", sa.BigInteger(), nullable=False),
    sa.Column("subject", sa.String(length=20), nullable=False),
    sa.Column("level", sa.SmallInteger(), nullable=True),
    sa.Column("difference_rate", sa.Double(), nullable=True),
    sa.Column("source", sa.String(length=200), nullable=False),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_monitoring_result_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_monitoring_result")),
    sa.UniqueConstraint("county_id", "year", "subject", name=op.f("uq_monitoring_result_county_id_year_subject"))
    )
    op.create_table("relaxation_switch",
    sa.Column("code", sa.String(length=40), nullable=False),
    sa.Column("starts_on", sa.Date(), nullable=False),
    sa.Column("ends_on", sa.Date(), nullable=False),
    sa.Column("schools", sa.JSON(), nullable=False),
    sa.Column("reason", sa.Text(), nullable=False),
    sa.Column("on_at", sa.DateTime(), nullable=False),
    sa.Column("on_by", sa.String(length=60), nullable=False),
    sa.Column("off_at", sa.DateTime(), nullable=True),
    sa.Column("off_by", sa.String(length=60), nullable=False),
    sa.Column("off_reason", sa.Text(), nullable=False),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_relaxation_switch_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_relaxation_switch"))
    )
    op.create_table("rule_choice",
    sa.Column("kind", sa.String(length=10), nullable=False),
    sa.Column("name", sa.String(length=40), nullable=False),
    sa.Column("choice", sa.String(length=60), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_rule_choice_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_rule_choice")),
    sa.UniqueConstraint("county_id", "kind", "name", name=op.f("uq_rule_choice_county_id_kind_name"))
    )
    op.create_table("attestation_event",
    sa.Column("attestation_id", sa.BigInteger(), nullable=False),
    sa.Column("no", sa.BigInteger(), nullable=False),
    sa.Column("act", sa.String(length=20), nullable=False),
    sa.Column("at", sa.DateTime(), nullable=False),
    sa.Column("actor_id", sa.BigInteger(), nullable=False),
    sa.Column("actor_name", sa.String(length=60), nullable=False),
    sa.Column("actor_role", sa.Enum("leader", "office", "unit", "school", "supervisor", "overseer", name="role", native_enum=False, length=20), nullable=False),
    sa.Column("note", sa.Text(), nullable=False),
    sa.Column("content", sa.JSON(), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id", "attestation_id"], ["attestation.county_id", "attestation.id"], name=op.f("fk_attestation_event_county_id_attestation_id")),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_attestation_event_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_attestation_event")),
    sa.UniqueConstraint("county_id", "attestation_id", "no", name=op.f("uq_attestation_event_county_id_attestation_id_no"))
    )
    op.create_table("attestation_evidence",
    sa.Column("attestation_id", sa.BigInteger(), nullable=False),
    sa.Column("evidence_id", sa.BigInteger(), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id", "attestation_id"], ["attestation.county_id", "attestation.id"], name=op.f("fk_attestation_evidence_county_id_attestation_id")),
    sa.ForeignKeyConstraint(["county_id", "evidence_id"], ["evidence.county_id", "evidence.id"], name=op.f("fk_attestation_evidence_county_id_evidence_id")),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_attestation_evidence_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_attestation_evidence")),
    sa.UniqueConstraint("county_id", "attestation_id", "evidence_id", name=op.f("uq_attestation_evidence_county_id_attestation_id_evidence_id"))
    )
    op.create_table("relaxation_evidence",
    sa.Column("switch_id", sa.BigInteger(), nullable=False),
    sa.Column("evidence_id", sa.BigInteger(), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id", "evidence_id"], ["evidence.county_id", "evidence.id"], name=op.f("fk_relaxation_evidence_county_id_evidence_id")),
    sa.ForeignKeyConstraint(["county_id", "switch_id"], ["relaxation_switch.county_id", "relaxation_switch.id"], name=op.f("fk_relaxation_evidence_county_id_switch_id")),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_relaxation_evidence_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_relaxation_evidence")),
    sa.UniqueConstraint("county_id", "switch_id", "evidence_id", name=op.f("uq_relaxation_evidence_county_id_switch_id_evidence_id"))
    )
    with op.batch_alter_table("assessment") as batch:
        batch.add_column(sa.Column("inputs", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("assessment_item") as batch:
        batch.add_column(sa.Column("failing", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("warnings", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("settings", sa.JSON(), nullable=False, server_default="{}"))
        batch.add_column(sa.Column("relaxed", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("parts", sa.JSON(), nullable=False, server_default="[]"))



def downgrade() -> None:
    with op.batch_alter_table("assessment_item") as batch:
        batch.drop_column("parts")
        batch.drop_column("relaxed")
        batch.drop_column("settings")
        batch.drop_column("warnings")
        batch.drop_column("failing")
    with op.batch_alter_table("assessment") as batch:
        batch.drop_column("inputs")
    op.drop_table("relaxation_evidence")
    op.drop_table("attestation_evidence")
    op.drop_table("attestation_event")
    op.drop_table("rule_choice")
    op.drop_table("relaxation_switch")
    op.drop_table("monitoring_result")
    with op.batch_alter_table("input_event") as batch:
        batch.drop_index("ix_input_event_at")
    op.drop_table("input_event")
    op.drop_table("county_target")
    op.drop_table("attestation")
