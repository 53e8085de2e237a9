"""Bulletins (通报): drafted with the figures of a day, published with a number, unchangeable from then on.

One that is out can be read and confirmed, and be withdrawn with a reason; it keeps its number and its words.

Nobody commits here.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from plans.actors import Actor
from plans.base import new_id
from plans.calendar import ZONE
from plans.commands.finding import found, hold
from plans.commands.moving import check_reason, day_of
from plans.errors import NotFound
from plans.models import Bulletin, BulletinReading, Series, Task, Unit
from plans.numbering import next_number
from plans.progress import TimeStatus
from plans.queries import counts, in_time
from plans.rights import Act, check, may
from plans.states import TaskState
from plans.units import plan_order
from plans.words import _
from plans.work_errors import (
    AlreadyPublished,
    AlreadyWithdrawn,
    EndsBeforeStart,
    NotPublished,
    StalePlan,
    WordsMissing,
)

THING = _("通报")
_READERS = selectinload(Bulletin.readings).joinedload(BulletinReading.unit)


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
    check(actor, Act.PUBLISH_BULLETIN)
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


def discard_bulletin(session: Session, actor: Actor, *, bulletin_id: int, seen_version: int) -> None:
    """Throw away a bulletin that is not out; it has no number yet and leaves no gap.

    Only the leading group or the programme office.

    Raises ActNotAllowed, NotFound, StalePlan, AlreadyPublished.
    """
    session.delete(_unpublished(session, actor, bulletin_id, seen_version))
    session.flush()


def withdraw_bulletin(
    session: Session, actor: Actor, *, bulletin_id: int, reason: str, at: datetime
) -> Bulletin:
    """Take back a bulletin that is out; number and words stay, with the reason beside them.

    Only the leading group or the programme office.

    Raises ActNotAllowed, NotFound, ReasonMissing, NotPublished, AlreadyWithdrawn.
    """
    check(actor, Act.PUBLISH_BULLETIN)
    check_reason(reason, _("撤回通报"))
    bulletin: Bulletin = found(session, Bulletin, bulletin_id, THING)
    hold(session, bulletin)
    if not bulletin.is_published:
        raise NotPublished(_("撤回"))
    if bulletin.is_withdrawn:
        raise AlreadyWithdrawn()
    bulletin.withdrawn_at, bulletin.withdrawn_by = at, actor.name
    bulletin.withdrawn_reason = reason.strip()
    session.flush()
    return bulletin


def read_bulletin(session: Session, actor: Actor, *, bulletin_id: int, at: datetime) -> Bulletin:
    """Confirm having read a bulletin (已阅); a second click changes nothing.

    Whoever takes part in the work.

    Raises ActNotAllowed, NotFound, NotPublished.
    """
    check(actor, Act.READ_BULLETIN)
    bulletin = find_bulletin(session, actor, bulletin_id)
    hold(session, bulletin)
    if not bulletin.is_published:
        raise NotPublished(_("签阅"))
    if all(reading.account_id != actor.user_id for reading in bulletin.readings):
        bulletin.readings.append(
            BulletinReading(
                id=new_id(), account_id=actor.user_id, name=actor.name, unit_id=actor.unit_id, read_at=at
            )
        )
        session.flush()
    return bulletin


def bulletins(session: Session, actor: Actor) -> list[Bulletin]:
    """Drafts, for those who write them, and what is out, the newest first, with who read it."""
    order = Bulletin.published_at.is_not(None), Bulletin.year.desc(), Bulletin.no.desc(), Bulletin.id.desc()
    statement = sa.select(Bulletin).where(bulletin_seen_by(actor)).order_by(*order)
    return list(session.scalars(statement.options(_READERS)))


def find_bulletin(session: Session, actor: Actor, bulletin_id: int) -> Bulletin:
    """One of them.

    Raises NotFound.
    """
    statement = sa.select(Bulletin).where(Bulletin.id == bulletin_id, bulletin_seen_by(actor))
    bulletin = session.scalar(statement.options(_READERS))
    if bulletin is None:
        raise NotFound(THING)
    return bulletin


def bulletin_seen_by(actor: Actor) -> sa.ColumnElement[bool]:
    """Whether the actor sees a bulletin: drafts are for those who write them."""
    return sa.true() if may(actor, Act.PUBLISH_BULLETIN) else Bulletin.published_at.is_not(None)


def bulletin_figures(
    session: Session, actor: Actor, *, today: date, since: date, until: date
) -> dict[str, Any]:
    """What a bulletin says in numbers, as JSON: the whole county, and each unit that leads a task.

    Units stand in the order of the plan, never by how they do.
    """
    whole, place = counts(session, actor, today=today), plan_order(session)
    units = session.execute(_by_unit(today)).all()
    return {
        "total": whole.total,
        "overdue": whole.overdue,
        "due_soon": whole.due_soon,
        "closed_in_period": closed_between(session, since, until),
        "by_state": {state.value: whole.of(state) for state in TaskState},
        "units": [
            {"unit": unit, "total": total, "closed": closed, "overdue": overdue}
            for _id, unit, total, closed, overdue in sorted(
                units, key=lambda row: (place.get(row[0], len(place)), row[1])
            )
        ],
    }


def closed_between(session: Session, first: date, last: date) -> int:
    """How many tasks that are closed now were closed from one day to another, both counted."""
    start = datetime.combine(first, time(), ZONE)
    end = datetime.combine(last + timedelta(days=1), time(), ZONE)
    within = sa.and_(Task.closed_at >= start, Task.closed_at < end)
    statement = sa.select(sa.func.count()).select_from(Task).where(Task.state == TaskState.CLOSED, within)
    return session.scalar(statement) or 0


def _by_unit(today: date) -> sa.Select[int, str, int, int, int]:
    closed = sa.case((Task.state == TaskState.CLOSED, 1), else_=0)
    overdue = sa.case((in_time(TimeStatus.OVERDUE, today), 1), else_=0)
    return (
        sa.select(Unit.id, Unit.name, sa.func.count(Task.id), sa.func.sum(closed), sa.func.sum(overdue))
        .join(Task, Task.lead_unit_id == Unit.id)
        .group_by(Unit.id, Unit.name)
    )


def _unpublished(session: Session, actor: Actor, bulletin_id: int, seen_version: int) -> Bulletin:
    check(actor, Act.PUBLISH_BULLETIN)
    bulletin: Bulletin = found(session, Bulletin, bulletin_id, THING)
    hold(session, bulletin)
    if bulletin.is_published:
        raise AlreadyPublished()
    if bulletin.version != seen_version:
        raise StalePlan(THING)
    return bulletin


def _apply(session: Session, actor: Actor, bulletin: Bulletin, terms: BulletinTerms, today: date) -> None:
    for text, what in ((terms.title, _("标题")), (terms.text, _("正文"))):
        if not text.strip():
            raise WordsMissing(what)
    if terms.ends_on < terms.starts_on:
        raise EndsBeforeStart(_("通报期间"))
    bulletin.title, bulletin.text = terms.title.strip(), terms.text.strip()
    bulletin.starts_on, bulletin.ends_on = terms.starts_on, terms.ends_on
    figures = bulletin_figures(session, actor, today=today, since=terms.starts_on, until=terms.ends_on)
    bulletin.figures, bulletin.counted_on = figures, today
