"""A plan as it was read from a document, waiting to be accepted."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from plans.base import Base, CountyOwned, join_to, owned_fk


def _as_read(row: Any) -> Any:
    """A new draft has no corrections yet."""
    return row.get_current_parameters()["body"]


class KeptDraft(CountyOwned, Base):
    """What reading found in one document, kept as it was shown, and what people corrected since.

    ``original`` is the JSON of ``plans.reading``, ``body`` the same with all corrections. They are kept
    rather than read again from the file, so that what is accepted is what was seen on the preview, even if
    the reader has changed in between. ``source_texts`` holds the words of the document by place.
    """

    __tablename__ = "plan_draft"
    __table_args__ = (sa.UniqueConstraint("county_id", "source_sha256"),)

    source_sha256: Mapped[str] = mapped_column(sa.String(64))
    source_name: Mapped[str] = mapped_column(sa.String(200))
    body: Mapped[dict[str, Any]]
    original: Mapped[dict[str, Any]] = mapped_column(default=_as_read)
    source_texts: Mapped[dict[str, Any]] = mapped_column(default=dict)  # "12" or "t1r3" → words
    read_at: Mapped[datetime]
    read_by: Mapped[str] = mapped_column(sa.String(60))
    locked_parts: Mapped[list[Any]] = mapped_column(default=list)  # of plans.corrections.parts.Part
    locked_by: Mapped[str | None] = mapped_column(sa.String(60))  # who sent it down
    version: Mapped[int] = mapped_column(sa.Integer)

    corrections: Mapped[list["DraftCorrection"]] = relationship(
        primaryjoin=join_to("KeptDraft", "DraftCorrection", "draft_id"),
        order_by="DraftCorrection.no",
        cascade="all, delete-orphan",
    )

    __mapper_args__ = {"version_id_col": version}


class DraftCorrection(CountyOwned, Base):
    """One correction of a draft: who changed what, from what, to what. Never changed itself."""

    __tablename__ = "plan_draft_correction"
    __table_args__ = (
        owned_fk("draft_id", "plan_draft"),
        sa.UniqueConstraint("county_id", "draft_id", "no"),
    )

    draft_id: Mapped[int]
    no: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[int]
    actor_name: Mapped[str] = mapped_column(sa.String(60))
    act: Mapped[str] = mapped_column(sa.String(20))
    part: Mapped[str] = mapped_column(sa.String(20))
    row_key: Mapped[str] = mapped_column(sa.String(80))
    before: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
