"""Points by a rubric: the county's own score and the reviewer's, each with its story."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from plans.actors import Role
from plans.base import Base, CountyOwned, join_to, owned_fk


class ScoreKind(StrEnum):
    """Who gives points; the computed hint is no score and is never kept."""

    SELF = "self"  # 自评
    REVIEWER = "reviewer"  # 复核


class RubricScore(CountyOwned, Base):
    """The points of one kind for one item in one year; None = taken back."""

    __tablename__ = "rubric_score"
    __table_args__ = (sa.UniqueConstraint("county_id", "year", "rubric", "item", "kind"),)

    year: Mapped[int]
    rubric: Mapped[str] = mapped_column(sa.String(40))
    item: Mapped[str] = mapped_column(sa.String(20))
    kind: Mapped[ScoreKind]
    points: Mapped[float | None]
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}

    events: Mapped[list["RubricScoreEvent"]] = relationship(
        primaryjoin=join_to("RubricScore", "RubricScoreEvent", "score_id"),
        order_by="RubricScoreEvent.no",
        cascade="all, delete-orphan",
    )


class RubricScoreEvent(CountyOwned, Base):
    """One change of a score, written once and never edited."""

    __tablename__ = "rubric_score_event"
    __table_args__ = (
        owned_fk("score_id", "rubric_score"),
        sa.UniqueConstraint("county_id", "score_id", "no"),
    )

    score_id: Mapped[int]
    no: Mapped[int]
    before: Mapped[float | None]
    after: Mapped[float | None]
    at: Mapped[datetime]
    actor_id: Mapped[int]
    actor_name: Mapped[str] = mapped_column(sa.String(60))
    actor_role: Mapped[Role]
