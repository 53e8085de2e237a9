"""What the work of years needs: baselines, duties that come back, extensions, notices, bulletins."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("bulletin",
    sa.Column("year", sa.BigInteger(), nullable=True),
    sa.Column("no", sa.BigInteger(), nullable=True),
    sa.Column("title", sa.String(length=200), nullable=False),
    sa.Column("starts_on", sa.Date(), nullable=False),
    sa.Column("ends_on", sa.Date(), nullable=False),
    sa.Column("text", sa.Text(), nullable=False),
    sa.Column("figures", sa.JSON(), nullable=False),
    sa.Column("counted_on", sa.Date(), nullable=False),
    sa.Column("drafted_at", sa.DateTime(), nullable=False),
    sa.Column("drafted_by", sa.String(length=60), nullable=False),
    sa.Column("published_at", sa.DateTime(), nullable=True),
    sa.Column("published_by", sa.String(length=60), nullable=True),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_bulletin_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_bulletin")),
    sa.UniqueConstraint("county_id", "year", "no", name=op.f("uq_bulletin_county_id_year_no"))
    )
    op.create_table("number_series",
    sa.Column("series", sa.Enum("notice", "bulletin", name="series", native_enum=False, length=20), nullable=False),
    sa.Column("year", sa.BigInteger(), nullable=False),
    sa.Column("last", sa.Integer(), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_number_series_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_number_series")),
    sa.UniqueConstraint("county_id", "series", "year", name=op.f("uq_number_series_county_id_series_year"))
    )
    op.create_table("notice",
    sa.Column("year", sa.BigInteger(), nullable=True),
    sa.Column("no", sa.BigInteger(), nullable=True),
    sa.Column("title", sa.String(length=200), nullable=False),
    sa.Column("order_text", sa.Text(), nullable=False),
    sa.Column("to_unit_id", sa.BigInteger(), nullable=False),
    sa.Column("stated_due_on", sa.Date(), nullable=False),
    sa.Column("due_on", sa.Date(), nullable=False),
    sa.Column("state", sa.Enum("drafted", "sent", "signed", "answered", "closed", name="noticestate", native_enum=False, length=20), nullable=False),
    sa.Column("reply", sa.Text(), nullable=False),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id", "to_unit_id"], ["unit.county_id", "unit.id"], name=op.f("fk_notice_county_id_to_unit_id")),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_notice_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_notice")),
    sa.UniqueConstraint("county_id", "year", "no", name=op.f("uq_notice_county_id_year_no"))
    )
    with op.batch_alter_table("notice") as batch:
        batch.create_index("ix_notice_county_id_state", ["county_id", "state"], unique=False)

    op.create_table("plan_baseline",
    sa.Column("plan_id", sa.BigInteger(), nullable=False),
    sa.Column("no", sa.BigInteger(), nullable=False),
    sa.Column("approved_at", sa.DateTime(), nullable=False),
    sa.Column("approved_by", sa.String(length=60), nullable=False),
    sa.Column("note", sa.Text(), nullable=False),
    sa.Column("body", sa.JSON(), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id", "plan_id"], ["plan.county_id", "plan.id"], name=op.f("fk_plan_baseline_county_id_plan_id")),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_plan_baseline_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_plan_baseline")),
    sa.UniqueConstraint("county_id", "plan_id", "no", name=op.f("uq_plan_baseline_county_id_plan_id_no"))
    )
    op.create_table("plan_change",
    sa.Column("plan_id", sa.BigInteger(), nullable=False),
    sa.Column("at", sa.DateTime(), nullable=False),
    sa.Column("actor_id", sa.BigInteger(), nullable=False),
    sa.Column("actor_name", sa.String(length=60), nullable=False),
    sa.Column("part", sa.Enum("plan", "phase", "measure", "milestone", "duty", name="planpart", native_enum=False, length=20), nullable=False),
    sa.Column("row_id", sa.BigInteger(), nullable=False),
    sa.Column("title", sa.String(length=200), nullable=False),
    sa.Column("field", sa.String(length=30), nullable=False),
    sa.Column("before", sa.Text(), nullable=False),
    sa.Column("after", sa.Text(), nullable=False),
    sa.Column("reason", sa.Text(), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id", "plan_id"], ["plan.county_id", "plan.id"], name=op.f("fk_plan_change_county_id_plan_id")),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_plan_change_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_plan_change"))
    )
    with op.batch_alter_table("plan_change") as batch:
        batch.create_index("ix_plan_change_plan", ["county_id", "plan_id", "at"], unique=False)

    op.create_table("measure_indicator",
    sa.Column("measure_id", sa.BigInteger(), nullable=False),
    sa.Column("code", sa.String(length=20), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id", "measure_id"], ["measure.county_id", "measure.id"], name=op.f("fk_measure_indicator_county_id_measure_id")),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_measure_indicator_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_measure_indicator")),
    sa.UniqueConstraint("county_id", "measure_id", "code", name=op.f("uq_measure_indicator_county_id_measure_id_code"))
    )
    op.create_table("notice_event",
    sa.Column("notice_id", sa.BigInteger(), nullable=False),
    sa.Column("no", sa.BigInteger(), nullable=False),
    sa.Column("at", sa.DateTime(), nullable=False),
    sa.Column("actor_id", sa.BigInteger(), nullable=False),
    sa.Column("actor_name", sa.String(length=60), nullable=False),
    sa.Column("act", sa.String(length=20), nullable=False),
    sa.Column("note", sa.Text(), nullable=False),
    sa.Column("state", sa.Enum("drafted", "sent", "signed", "answered", "closed", name="noticestate", native_enum=False, length=20), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id", "notice_id"], ["notice.county_id", "notice.id"], name=op.f("fk_notice_event_county_id_notice_id")),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_notice_event_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_notice_event")),
    sa.UniqueConstraint("county_id", "notice_id", "no", name=op.f("uq_notice_event_county_id_notice_id_no"))
    )
    op.create_table("notice_evidence",
    sa.Column("notice_id", sa.BigInteger(), nullable=False),
    sa.Column("evidence_id", sa.BigInteger(), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id", "evidence_id"], ["evidence.county_id", "evidence.id"], name=op.f("fk_notice_evidence_county_id_evidence_id")),
    sa.ForeignKeyConstraint(["county_id", "notice_id"], ["notice.county_id", "notice.id"], name=op.f("fk_notice_evidence_county_id_notice_id")),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_notice_evidence_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_notice_evidence")),
    sa.UniqueConstraint("county_id", "notice_id", "evidence_id", name=op.f("uq_notice_evidence_county_id_notice_id_evidence_id"))
    )
    op.create_table("plan_target",
    sa.Column("plan_id", sa.BigInteger(), nullable=False),
    sa.Column("no", sa.BigInteger(), nullable=False),
    sa.Column("measure_id", sa.BigInteger(), nullable=True),
    sa.Column("indicator_code", sa.String(length=20), nullable=True),
    sa.Column("stage", sa.String(length=10), nullable=True),
    sa.Column("relation", sa.String(length=2), nullable=False),
    sa.Column("value", sa.Double(), nullable=False),
    sa.Column("unit", sa.String(length=10), nullable=True),
    sa.Column("year", sa.BigInteger(), nullable=True),
    sa.Column("sentence", sa.Text(), nullable=False),
    sa.Column("source_paragraph", sa.BigInteger(), nullable=True),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id", "measure_id"], ["measure.county_id", "measure.id"], name=op.f("fk_plan_target_county_id_measure_id")),
    sa.ForeignKeyConstraint(["county_id", "plan_id"], ["plan.county_id", "plan.id"], name=op.f("fk_plan_target_county_id_plan_id")),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_plan_target_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_plan_target")),
    sa.UniqueConstraint("county_id", "plan_id", "no", name=op.f("uq_plan_target_county_id_plan_id_no"))
    )
    op.create_table("recurring_duty",
    sa.Column("plan_id", sa.BigInteger(), nullable=False),
    sa.Column("no", sa.BigInteger(), nullable=False),
    sa.Column("measure_id", sa.BigInteger(), nullable=True),
    sa.Column("title", sa.String(length=200), nullable=False),
    sa.Column("details", sa.Text(), nullable=False),
    sa.Column("every", sa.Enum("year", "school_year", "half_year", "term", "quarter", "month", name="every", native_enum=False, length=20), nullable=False),
    sa.Column("rule", sa.String(length=200), nullable=False),
    sa.Column("is_assumed", sa.Boolean(), nullable=False),
    sa.Column("lead_unit_id", sa.BigInteger(), nullable=True),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id", "lead_unit_id"], ["unit.county_id", "unit.id"], name=op.f("fk_recurring_duty_county_id_lead_unit_id")),
    sa.ForeignKeyConstraint(["county_id", "measure_id"], ["measure.county_id", "measure.id"], name=op.f("fk_recurring_duty_county_id_measure_id")),
    sa.ForeignKeyConstraint(["county_id", "plan_id"], ["plan.county_id", "plan.id"], name=op.f("fk_recurring_duty_county_id_plan_id")),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_recurring_duty_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_recurring_duty")),
    sa.UniqueConstraint("county_id", "plan_id", "no", name=op.f("uq_recurring_duty_county_id_plan_id_no"))
    )
    op.create_table("duty_support",
    sa.Column("duty_id", sa.BigInteger(), nullable=False),
    sa.Column("unit_id", sa.BigInteger(), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id", "duty_id"], ["recurring_duty.county_id", "recurring_duty.id"], name=op.f("fk_duty_support_county_id_duty_id")),
    sa.ForeignKeyConstraint(["county_id", "unit_id"], ["unit.county_id", "unit.id"], name=op.f("fk_duty_support_county_id_unit_id")),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_duty_support_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_duty_support")),
    sa.UniqueConstraint("county_id", "duty_id", "unit_id", name=op.f("uq_duty_support_county_id_duty_id_unit_id"))
    )
    op.create_table("milestone_evidence",
    sa.Column("milestone_id", sa.BigInteger(), nullable=False),
    sa.Column("evidence_id", sa.BigInteger(), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id", "evidence_id"], ["evidence.county_id", "evidence.id"], name=op.f("fk_milestone_evidence_county_id_evidence_id")),
    sa.ForeignKeyConstraint(["county_id", "milestone_id"], ["milestone.county_id", "milestone.id"], name=op.f("fk_milestone_evidence_county_id_milestone_id")),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_milestone_evidence_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_milestone_evidence")),
    sa.UniqueConstraint("county_id", "milestone_id", "evidence_id", name=op.f("uq_milestone_evidence_county_id_milestone_id_evidence_id"))
    )
    op.create_table("milestone_indicator",
    sa.Column("milestone_id", sa.BigInteger(), nullable=False),
    sa.Column("code", sa.String(length=20), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id", "milestone_id"], ["milestone.county_id", "milestone.id"], name=op.f("fk_milestone_indicator_county_id_milestone_id")),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_milestone_indicator_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_milestone_indicator")),
    sa.UniqueConstraint("county_id", "milestone_id", "code", name=op.f("uq_milestone_indicator_county_id_milestone_id_code"))
    )
    op.create_table("occurrence",
    sa.Column("duty_id", sa.BigInteger(), nullable=False),
    sa.Column("period", sa.String(length=12), nullable=False),
    sa.Column("stated_due_on", sa.Date(), nullable=False),
    sa.Column("due_on", sa.Date(), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id", "duty_id"], ["recurring_duty.county_id", "recurring_duty.id"], name=op.f("fk_occurrence_county_id_duty_id")),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_occurrence_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_occurrence")),
    sa.UniqueConstraint("county_id", "duty_id", "period", name=op.f("uq_occurrence_county_id_duty_id_period"))
    )
    with op.batch_alter_table("occurrence") as batch:
        batch.create_index("ix_occurrence_county_id_due_on", ["county_id", "due_on"], unique=False)

    op.create_table("notice_task",
    sa.Column("notice_id", sa.BigInteger(), nullable=False),
    sa.Column("task_id", sa.BigInteger(), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id", "notice_id"], ["notice.county_id", "notice.id"], name=op.f("fk_notice_task_county_id_notice_id")),
    sa.ForeignKeyConstraint(["county_id", "task_id"], ["task.county_id", "task.id"], name=op.f("fk_notice_task_county_id_task_id")),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_notice_task_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_notice_task")),
    sa.UniqueConstraint("county_id", "notice_id", "task_id", name=op.f("uq_notice_task_county_id_notice_id_task_id"))
    )
    op.create_table("task_extension",
    sa.Column("task_id", sa.BigInteger(), nullable=False),
    sa.Column("no", sa.BigInteger(), nullable=False),
    sa.Column("asked_at", sa.DateTime(), nullable=False),
    sa.Column("asked_by_id", sa.BigInteger(), nullable=False),
    sa.Column("asked_by", sa.String(length=60), nullable=False),
    sa.Column("reason", sa.Text(), nullable=False),
    sa.Column("due_before", sa.Date(), nullable=False),
    sa.Column("wanted_on", sa.Date(), nullable=False),
    sa.Column("answer", sa.Enum("granted", "refused", name="answer", native_enum=False, length=20), nullable=True),
    sa.Column("answered_at", sa.DateTime(), nullable=True),
    sa.Column("answered_by", sa.String(length=60), nullable=True),
    sa.Column("answer_note", sa.Text(), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id", "task_id"], ["task.county_id", "task.id"], name=op.f("fk_task_extension_county_id_task_id")),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_task_extension_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_task_extension")),
    sa.UniqueConstraint("county_id", "task_id", "no", name=op.f("uq_task_extension_county_id_task_id_no"))
    )
    op.create_table("mention",
    sa.Column("event_id", sa.BigInteger(), nullable=False),
    sa.Column("account_id", sa.BigInteger(), nullable=False),
    sa.Column("name", sa.String(length=60), nullable=False),
    sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["county_id", "event_id"], ["task_event.county_id", "task_event.id"], name=op.f("fk_mention_county_id_event_id")),
    sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_mention_county_id")),
    sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_mention")),
    sa.UniqueConstraint("county_id", "event_id", "account_id", name=op.f("uq_mention_county_id_event_id_account_id"))
    )
    with op.batch_alter_table("mention") as batch:
        batch.create_index("ix_mention_account", ["county_id", "account_id"], unique=False)

    with op.batch_alter_table("evidence") as batch:
        batch.add_column(sa.Column("strength", sa.SmallInteger(), nullable=True))
        batch.create_check_constraint(op.f("ck_evidence_strength"), "strength between 1 and 4")

    with op.batch_alter_table("measure") as batch:
        batch.add_column(sa.Column("stated_due_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("due_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("supervising_unit_id", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("person_id", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("person_name", sa.String(length=60), nullable=False, server_default=""))
        batch.add_column(sa.Column("weight", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch.create_foreign_key(batch.f("fk_measure_county_id_supervising_unit_id"), "unit", ["county_id", "supervising_unit_id"], ["county_id", "id"])

    with op.batch_alter_table("milestone") as batch:
        batch.add_column(sa.Column("phase_id", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("stated_due_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("criteria", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("achieved_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch.create_foreign_key(batch.f("fk_milestone_county_id_phase_id"), "phase", ["county_id", "phase_id"], ["county_id", "id"])

    with op.batch_alter_table("phase") as batch:
        batch.add_column(sa.Column("weight", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))

    with op.batch_alter_table("plan") as batch:
        batch.add_column(sa.Column("approved_at", sa.DateTime(), nullable=True))
        batch.add_column(sa.Column("approved_by", sa.String(length=60), nullable=True))

    with op.batch_alter_table("task") as batch:
        batch.add_column(sa.Column("parent_id", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("occurrence_id", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("supervising_unit_id", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("person_id", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("person_name", sa.String(length=60), nullable=False, server_default=""))
        batch.add_column(sa.Column("weight", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("stated_due_on", sa.Date(), nullable=True))
        batch.create_index("ix_task_county_id_parent_id", ["county_id", "parent_id"], unique=False)
        batch.create_unique_constraint(batch.f("uq_task_county_id_occurrence_id"), ["county_id", "occurrence_id"])
        batch.create_foreign_key(batch.f("fk_task_county_id_occurrence_id"), "occurrence", ["county_id", "occurrence_id"], ["county_id", "id"])
        batch.create_foreign_key(batch.f("fk_task_county_id_parent_id"), "task", ["county_id", "parent_id"], ["county_id", "id"])
        batch.create_foreign_key(batch.f("fk_task_county_id_supervising_unit_id"), "unit", ["county_id", "supervising_unit_id"], ["county_id", "id"])

    with op.batch_alter_table("task_event") as batch:
        batch.add_column(sa.Column("details", sa.JSON(), nullable=False, server_default="{}"))

    with op.batch_alter_table("task_evidence") as batch:
        batch.add_column(sa.Column("added_by", sa.String(length=60), nullable=False, server_default=""))
        batch.add_column(sa.Column("version_no", sa.Integer(), nullable=False, server_default="1"))

    for table in ("milestone", "task"):
        op.execute(f"update {table} set stated_due_on = due_on")
        with op.batch_alter_table(table) as batch:
            batch.alter_column("stated_due_on", existing_type=sa.Date(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("task_evidence") as batch:
        batch.drop_column("version_no")
        batch.drop_column("added_by")

    with op.batch_alter_table("task_event") as batch:
        batch.drop_column("details")

    with op.batch_alter_table("task") as batch:
        batch.drop_constraint(batch.f("fk_task_county_id_supervising_unit_id"), type_="foreignkey")
        batch.drop_constraint(batch.f("fk_task_county_id_parent_id"), type_="foreignkey")
        batch.drop_constraint(batch.f("fk_task_county_id_occurrence_id"), type_="foreignkey")
        batch.drop_constraint(batch.f("uq_task_county_id_occurrence_id"), type_="unique")
        batch.drop_index("ix_task_county_id_parent_id")
        batch.drop_column("stated_due_on")
        batch.drop_column("weight")
        batch.drop_column("person_name")
        batch.drop_column("person_id")
        batch.drop_column("supervising_unit_id")
        batch.drop_column("occurrence_id")
        batch.drop_column("parent_id")

    with op.batch_alter_table("plan") as batch:
        batch.drop_column("approved_by")
        batch.drop_column("approved_at")

    with op.batch_alter_table("phase") as batch:
        batch.drop_column("version")
        batch.drop_column("weight")

    with op.batch_alter_table("milestone") as batch:
        batch.drop_constraint(batch.f("fk_milestone_county_id_phase_id"), type_="foreignkey")
        batch.drop_column("version")
        batch.drop_column("achieved_on")
        batch.drop_column("criteria")
        batch.drop_column("stated_due_on")
        batch.drop_column("phase_id")

    with op.batch_alter_table("measure") as batch:
        batch.drop_constraint(batch.f("fk_measure_county_id_supervising_unit_id"), type_="foreignkey")
        batch.drop_column("version")
        batch.drop_column("weight")
        batch.drop_column("person_name")
        batch.drop_column("person_id")
        batch.drop_column("supervising_unit_id")
        batch.drop_column("due_on")
        batch.drop_column("stated_due_on")

    with op.batch_alter_table("evidence") as batch:
        batch.drop_constraint(op.f("ck_evidence_strength"), type_="check")
        batch.drop_column("strength")

    with op.batch_alter_table("mention") as batch:
        batch.drop_index("ix_mention_account")

    op.drop_table("mention")
    op.drop_table("task_extension")
    op.drop_table("notice_task")
    with op.batch_alter_table("occurrence") as batch:
        batch.drop_index("ix_occurrence_county_id_due_on")

    op.drop_table("occurrence")
    op.drop_table("milestone_indicator")
    op.drop_table("milestone_evidence")
    op.drop_table("duty_support")
    op.drop_table("recurring_duty")
    op.drop_table("plan_target")
    op.drop_table("notice_evidence")
    op.drop_table("notice_event")
    op.drop_table("measure_indicator")
    with op.batch_alter_table("plan_change") as batch:
        batch.drop_index("ix_plan_change_plan")

    op.drop_table("plan_change")
    op.drop_table("plan_baseline")
    with op.batch_alter_table("notice") as batch:
        batch.drop_index("ix_notice_county_id_state")

    op.drop_table("notice")
    op.drop_table("number_series")
    op.drop_table("bulletin")
