"""Bulletins (通报): drafted with the figures of a day, published with a number, unchangeable from then on.

Nobody commits here.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from plans.actors import Actor
from plans.base import new_id
from plans.commands.finding import found
from plans.commands.moving import day_of
from plans.guards import ASSIGNERS, only_assigners
from plans.models import Bulletin, Series, Task, Unit
from plans.numbering import next_number
from plans.progress import TimeStatus
from plans.queries import counts, in_time
from plans.states import TaskState
from plans.work_errors import AlreadyPublished, EndsBeforeStart, StalePlan, WordsMissing


@dataclass(frozen=True)
class BulletinTerms:
    """What a bulletin says, and over which days it reports."""

    title: str
    starts_on: date
    ends_on: date
    text: str


def draft_bulletin(
    session: Session, actor: Actor, *, terms: BulletinTerms, at: datetime, bulletin_id: int | None = None
) -> Bulletin:
    """Write a bulletin with today's figures; it has no number yet.

    Only the leading group or the programme office. A form with its ``bulletin_id`` makes one.

    Raises ActNotAllowed, WordsMissing, EndsBeforeStart.
    """
    only_assigners(actor)
    if bulletin_id is not None:
        made = session.scalar(sa.select(Bulletin).where(Bulletin.id == bulletin_id))
        if made is not None:
            return made
    bulletin = Bulletin(id=bulletin_id or new_id(), drafted_at=at, drafted_by=actor.name)
    _apply(session, actor, bulletin, terms, day_of(at))
    session.add(bulletin)
    session.flush()
    return bulletin


def revise_bulletin(
    session: Session, actor: Actor, *, bulletin_id: int, terms: BulletinTerms, seen_version: int, at: datetime
) -> Bulletin:
    """Change a bulletin that is not out; its figures become those of today.

    Only the leading group or the programme office.

    Raises ActNotAllowed, NotFound, StalePlan, AlreadyPublished, WordsMissing, EndsBeforeStart.
    """
    bulletin = _unpublished(session, actor, bulletin_id, seen_version)
    _apply(session, actor, bulletin, terms, day_of(at))
    session.flush()
    return bulletin


def publish_bulletin(
    session: Session, actor: Actor, *, bulletin_id: int, seen_version: int, at: datetime
) -> Bulletin:
    """Put a bulletin out with the figures that were read in it; it takes the next number of the year.

    Only the leading group or the programme office.

    Raises ActNotAllowed, NotFound, StalePlan, AlreadyPublished.
    """
    bulletin = _unpublished(session, actor, bulletin_id, seen_version)
    bulletin.year = day_of(at).year
    bulletin.no = next_number(session, Series.BULLETIN, bulletin.year)
    bulletin.published_at, bulletin.published_by = at, actor.name
    session.flush()
    return bulletin


def bulletins(session: Session, actor: Actor) -> list[Bulletin]:
    """Drafts, for those who write them, and what is out, the newest first."""
    statement = sa.select(Bulletin).order_by(
        Bulletin.published_at.is_not(None), Bulletin.year.desc(), Bulletin.no.desc(), Bulletin.id.desc()
    )
    if actor.role not in ASSIGNERS:
        statement = statement.where(Bulletin.published_at.is_not(None))
    return list(session.scalars(statement))


def bulletin_figures(session: Session, actor: Actor, *, today: date) -> dict[str, Any]:
    """What a bulletin says in numbers, as JSON: the whole county, and each unit that leads a task by name."""
    whole = counts(session, actor, today=today)
    return {
        "total": whole.total,
        "overdue": whole.overdue,
        "due_soon": whole.due_soon,
        "by_state": {state.value: whole.of(state) for state in TaskState},
        "units": [
            {"unit": unit, "total": total, "closed": closed, "overdue": overdue}
            for unit, total, closed, overdue in session.execute(_by_unit(today))
        ],
    }


def _by_unit(today: date) -> sa.Select[str, int, int, int]:
    closed = sa.case((Task.state == TaskState.CLOSED, 1), else_=0)
    overdue = sa.case((in_time(TimeStatus.OVERDUE, today), 1), else_=0)
    return (
        sa.select(Unit.name, sa.func.count(Task.id), sa.func.sum(closed), sa.func.sum(overdue))
        .join(Task, Task.lead_unit_id == Unit.id)
        .group_by(Unit.id, Unit.name)
        .order_by(Unit.name)
    )


def _unpublished(session: Session, actor: Actor, bulletin_id: int, seen_version: int) -> Bulletin:
    only_assigners(actor)
    bulletin: Bulletin = found(session, Bulletin, bulletin_id, "通报")
    session.refresh(bulletin, with_for_update=True)
    if bulletin.is_published:
        raise AlreadyPublished()
    if bulletin.version != seen_version:
        raise StalePlan("通报")
    return bulletin


def _apply(session: Session, actor: Actor, bulletin: Bulletin, terms: BulletinTerms, today: date) -> None:
    for text, what in ((terms.title, "标题"), (terms.text, "正文")):
        if not text.strip():
            raise WordsMissing(what)
    if terms.ends_on < terms.starts_on:
        raise EndsBeforeStart("通报期间")
    bulletin.title, bulletin.text = terms.title.strip(), terms.text.strip()
    bulletin.starts_on, bulletin.ends_on = terms.starts_on, terms.ends_on
    bulletin.figures, bulletin.counted_on = bulletin_figures(session, actor, today=today), today
