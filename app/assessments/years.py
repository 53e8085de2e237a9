"""The years that a county has data of, each with the newest version of its result."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments.queries import by_main_standard
from app.dates import moment_words
from app.models import Assessment, SchoolReturn


@dataclass(frozen=True)
class KnownYear:
    """A year with returns; the moments are those of its newest version, None where it was never judged."""

    year: int
    made_at: datetime | None
    frozen_at: datetime | None


def known_years(session: Session) -> list[KnownYear]:
    """The newest year first. One query."""
    years = sa.select(SchoolReturn.county_id, SchoolReturn.year).distinct().subquery()
    newest = (
        sa.select(Assessment.id)
        .where(Assessment.county_id == years.c.county_id, Assessment.year == years.c.year, by_main_standard())
        .order_by(Assessment.made_at.desc(), Assessment.id.desc())
        .limit(1)
        .correlate(years)
        .scalar_subquery()
    )
    is_newest = sa.and_(Assessment.county_id == years.c.county_id, Assessment.id == newest)
    statement = (
        sa.select(years.c.year, Assessment.made_at, Assessment.frozen_at)
        .select_from(years)
        .outerjoin(Assessment, is_newest)
        .order_by(years.c.year.desc())
    )
    return [KnownYear(*row) for row in session.execute(statement)]


def version_words(version: KnownYear | Assessment) -> str:
    """Which version of a year's result this is and of what moment; empty where there is none."""
    if version.frozen_at:
        return str(_("上报版（%(at)s 冻结）", at=moment_words(version.frozen_at)))
    return str(_("草稿（%(at)s 评估）", at=moment_words(version.made_at))) if version.made_at else ""
