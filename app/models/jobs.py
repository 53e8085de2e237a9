"""What the scheduler last did, for those who watch over it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plans.base import Base


class JobRun(Base):
    """The newest run of one job, whichever scheduler ran it; the heartbeat is a job like the others."""

    __tablename__ = "job_run"

    name: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    worker: Mapped[str] = mapped_column(sa.String(60))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # None = still running, or died
    words: Mapped[str] = mapped_column(sa.Text, default="")
    has_failed: Mapped[bool] = mapped_column(default=False)
