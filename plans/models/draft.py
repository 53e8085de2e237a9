"""A plan as it was read from a document, waiting to be accepted."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plans.base import Base, CountyOwned


class KeptDraft(CountyOwned, Base):
    """What reading found in one document, kept as it was shown.

    ``body`` is the JSON of ``plans.reading``. It is kept rather than read again from the file, so that what
    is accepted is what was seen on the preview, even if the reader has changed in between.
    """

    __tablename__ = "plan_draft"
    __table_args__ = (sa.UniqueConstraint("county_id", "source_sha256"),)

    source_sha256: Mapped[str] = mapped_column(sa.String(64))
    source_name: Mapped[str] = mapped_column(sa.String(200))
    body: Mapped[dict[str, Any]]
    read_at: Mapped[datetime]
    read_by: Mapped[str] = mapped_column(sa.String(60))
