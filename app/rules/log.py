"""The log of changes of what assessments rest on beside figures."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.models import InputEvent
from plans.actors import Actor
from plans.base import new_id


def log_input(session: Session, actor: Actor, kind: str, code: str, note: str, at: datetime) -> None:
    """Write one change; it is never edited."""
    session.add(
        InputEvent(
            id=new_id(),
            kind=kind,
            code=code,
            note=note,
            at=at,
            actor_id=actor.user_id,
            actor_name=actor.name,
            actor_role=actor.role,
        )
    )
