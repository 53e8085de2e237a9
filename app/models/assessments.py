"""Assessments: a year's data judged by one dated standard, kept as it was."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from plans.base import Base, CountyOwned, join_to, owned_fk


class AssessmentState(StrEnum):
    """A draft may be replaced by a newer one; from FROZEN on nothing but the state ever changes."""

    DRAFT = "draft"
    FROZEN = "frozen"  # 上报版
    SUBMITTED = "submitted"  # 已上报
    PASSED = "passed"  # 市级已审，待上一级审定
    ACCEPTED = "accepted"  # 已接收
    RETURNED = "returned"  # 退回


class VersionMove(StrEnum):
    """What can be done to a version of a year's result."""

    FREEZE = "freeze"  # 冻结
    SUBMIT = "submit"  # 上报
    RECALL = "recall"  # 撤回上报
    FORWARD = "forward"  # 审核通过，报上一级
    ACCEPT = "accept"  # 审定，接收
    RETURN = "return"  # 退回
    WITHDRAW = "withdraw"  # 撤回审核意见


class Assessment(CountyOwned, Base):
    """One run of a standard over one year's returns.

    ``data`` is the very data that was judged (``app.returns.values.YearValues`` as JSON), ``data_sha256`` its
    hash; so every figure can be worked out again after the returns have moved on.
    """

    __tablename__ = "assessment"
    __table_args__ = (sa.Index("ix_assessment_year", "county_id", "year", "made_at"),)

    year: Mapped[int]
    standard: Mapped[str] = mapped_column(sa.String(40))
    standard_version: Mapped[str] = mapped_column(sa.String(20))
    standard_sha256: Mapped[str] = mapped_column(sa.String(64))
    relaxations: Mapped[list[Any]] = mapped_column(default=list)  # as scoring's SwitchedOn.parse reads them
    inputs: Mapped[dict[str, Any]] = mapped_column(default=dict)  # app.assessments.inputs.Inputs as JSON
    data_sha256: Mapped[str] = mapped_column(sa.String(64))
    state: Mapped[AssessmentState] = mapped_column(default=AssessmentState.DRAFT)
    verdict: Mapped[str] = mapped_column(sa.String(20))
    summary: Mapped[dict[str, Any]]  # schools_passing, composite_cv as scoring gives them
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(sa.String(60))
    frozen_at: Mapped[datetime | None]
    frozen_by: Mapped[str | None] = mapped_column(sa.String(60))
    data: Mapped[dict[str, Any]] = mapped_column(deferred=True)

    sections: Mapped[list["AssessmentSection"]] = relationship(
        primaryjoin=join_to("Assessment", "AssessmentSection", "assessment_id"), cascade="all, delete-orphan"
    )
    indicators: Mapped[list["AssessmentIndicator"]] = relationship(
        primaryjoin=join_to("Assessment", "AssessmentIndicator", "assessment_id"),
        cascade="all, delete-orphan",
    )
    items: Mapped[list["AssessmentItem"]] = relationship(
        primaryjoin=join_to("Assessment", "AssessmentItem", "assessment_id"), cascade="all, delete-orphan"
    )
    moves: Mapped[list["AssessmentMove"]] = relationship(
        primaryjoin=join_to("Assessment", "AssessmentMove", "assessment_id"),
        order_by="AssessmentMove.no",
        cascade="all, delete-orphan",
    )

    @property
    def is_frozen(self) -> bool:
        """Whether this is a version for good, on its way up or not yet."""
        return self.state is not AssessmentState.DRAFT


class AssessmentSection(CountyOwned, Base):
    """One school and stage: its values, which are met, and its verdict."""

    __tablename__ = "assessment_section"
    __table_args__ = (
        owned_fk("assessment_id", "assessment"),
        sa.UniqueConstraint("county_id", "assessment_id", "school_code", "stage"),
    )

    assessment_id: Mapped[int]
    school_code: Mapped[str] = mapped_column(sa.String(20))
    school_name: Mapped[str] = mapped_column(sa.String(80))
    stage: Mapped[str] = mapped_column(sa.String(10))
    students: Mapped[int | None]
    values: Mapped[dict[str, Any]]  # code → value in the indicator's unit, None = missing
    met: Mapped[list[Any]]
    missed: Mapped[list[Any]]
    below_floor: Mapped[list[Any]]
    verdict: Mapped[str | None] = mapped_column(sa.String(20))  # None = no rule judges a school


class AssessmentIndicator(CountyOwned, Base):
    """One indicator and stage over the whole county."""

    __tablename__ = "assessment_indicator"
    __table_args__ = (
        owned_fk("assessment_id", "assessment"),
        sa.UniqueConstraint("county_id", "assessment_id", "code", "stage"),
    )

    assessment_id: Mapped[int]
    code: Mapped[str] = mapped_column(sa.String(20))
    stage: Mapped[str] = mapped_column(sa.String(10))
    mean: Mapped[float | None]
    sd: Mapped[float | None]
    cv: Mapped[float | None]
    cv_limit: Mapped[float | None]
    cv_verdict: Mapped[str | None] = mapped_column(sa.String(20))  # None = no rule judges it by itself
    schools_met: Mapped[int | None]
    schools: Mapped[int]
    rounding_flips: Mapped[list[Any]] = mapped_column(default=list)


class AssessmentItem(CountyOwned, Base):
    """The county's verdict on one item, with the clause and the reason in words."""

    __tablename__ = "assessment_item"
    __table_args__ = (
        owned_fk("assessment_id", "assessment"),
        sa.UniqueConstraint("county_id", "assessment_id", "code"),
    )

    assessment_id: Mapped[int]
    code: Mapped[str] = mapped_column(sa.String(20))
    verdict: Mapped[str] = mapped_column(sa.String(20))
    value: Mapped[Any | None] = mapped_column(sa.JSON)
    reason: Mapped[str] = mapped_column(sa.Text)
    clause: Mapped[str] = mapped_column(sa.String(200))
    failing: Mapped[list[Any]] = mapped_column(default=list)  # these five as scoring.rollup tells them
    warnings: Mapped[list[Any]] = mapped_column(default=list)
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    relaxed: Mapped[list[Any]] = mapped_column(default=list)
    parts: Mapped[list[Any]] = mapped_column(default=list)


class AssessmentMove(CountyOwned, Base):
    """One move of a version: who did what when and why; written once, never edited."""

    __tablename__ = "assessment_move"
    __table_args__ = (
        owned_fk("assessment_id", "assessment"),
        sa.UniqueConstraint("county_id", "assessment_id", "no"),
    )

    assessment_id: Mapped[int]
    no: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[int]
    actor_name: Mapped[str] = mapped_column(sa.String(60))
    move: Mapped[VersionMove]
    note: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[AssessmentState]  # after the move
