"""Where each figure of a result came from: who reported it when, and in what."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.models import ReturnChange


def sources(
    session: Session, year: int, school_code: str | None, elements: Collection[str], until: datetime
) -> dict[str, ReturnChange]:
    """Element → its last change up to a moment; ``school_code`` None = the county's return. One query."""
    statement = (
        sa.select(ReturnChange)
        .where(
            ReturnChange.year == year,
            ReturnChange.school_code == school_code,
            ReturnChange.element.in_(elements),
            ReturnChange.at <= until,
        )
        .order_by(ReturnChange.at, ReturnChange.id)
    )
    return {change.element: change for change in session.scalars(statement)}
