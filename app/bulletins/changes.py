"""What turned between the result before a period and the newest one, by the county's own standard."""

from dataclasses import dataclass
from datetime import date, datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.assessments.items import item_lines
from app.assessments.queries import by_main_standard
from app.clock import ZONE
from app.models import Assessment


@dataclass(frozen=True)
class Turn:
    """One item whose verdict is another one now."""

    name: str
    then: str
    now: str


@dataclass(frozen=True)
class Changes:
    """Two results and what turned between them; ``earlier`` is None where there was none to compare with."""

    earlier: Assessment | None
    later: Assessment
    turns: list[Turn]
    n_unmet: int  # items that are not met now


def changes_since(session: Session, first_day: date) -> Changes | None:
    """The newest result against the newest one made before a day; None without any result. Four queries."""
    later = _newest(session, None)
    if later is None:
        return None
    earlier = _newest(session, datetime.combine(first_day, time(), ZONE))
    if earlier is not None and earlier.id == later.id:
        earlier = None
    now = item_lines(session, later)
    then = {line.code: line.verdict for line in item_lines(session, earlier)} if earlier else {}
    turns = [
        Turn(f"{line.code} {line.label}", then[line.code], line.verdict)
        for line in now
        if line.code in then and then[line.code] != line.verdict
    ]
    return Changes(earlier, later, turns, sum(line.verdict == "not_met" for line in now))


def _newest(session: Session, before: datetime | None) -> Assessment | None:
    is_early = sa.true() if before is None else Assessment.made_at < before
    order = Assessment.year.desc(), Assessment.made_at.desc(), Assessment.id.desc()
    statement = sa.select(Assessment).where(is_early, by_main_standard())
    return session.scalar(statement.order_by(*order).limit(1))
