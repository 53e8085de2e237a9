"""What happened to the people of a county."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.models import Account, PeopleEvent
from app.models.membership import PeopleAct
from plans.actors import Actor
from plans.base import new_id

SHOWN = 50


def record(
    session: Session,
    actor: Actor,
    act: PeopleAct,
    person: Account | str,
    *,
    at: datetime,
    note: str = "",
    details: dict[str, Any] | None = None,
) -> None:
    """Write one act; ``person`` is a name as long as nobody has come for it."""
    session.add(
        PeopleEvent(
            id=new_id(),
            at=at,
            actor_id=actor.user_id,
            actor_name=actor.name,
            act=act,
            account_id=person.id if isinstance(person, Account) else None,
            name=person.name if isinstance(person, Account) else person,
            note=note,
            details=details or {},
        )
    )
    session.flush()


def people_events(session: Session) -> list[PeopleEvent]:
    """The newest acts. One query."""
    order = PeopleEvent.at.desc(), PeopleEvent.id.desc()
    return list(session.scalars(sa.select(PeopleEvent).order_by(*order).limit(SHOWN)))


def events_of(session: Session, account_id: int) -> list[PeopleEvent]:
    """The newest acts on one person. One query."""
    order = PeopleEvent.at.desc(), PeopleEvent.id.desc()
    mine = sa.select(PeopleEvent).where(PeopleEvent.account_id == account_id)
    return list(session.scalars(mine.order_by(*order).limit(SHOWN)))
