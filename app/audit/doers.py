"""Who stands behind a session: set once at the edge, read when an entry is written."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from plans.actors import Actor
from plans.words import _

_DOER = "audit_doer"


@dataclass(frozen=True)
class Doer:
    """A person, or the system where no person acts."""

    account_id: int | None = None
    who: str = _("系统")
    role: str = ""
    address: str = ""


def doer_from(actor: Actor, address: str) -> Doer:
    """A signed-in person at an address."""
    return Doer(actor.user_id, actor.name, actor.role.value, address)


def act_as(session: Session, doer: Doer) -> None:
    """Say who does everything that this session does from now on."""
    session.info[_DOER] = doer


def doer_of(session: Session) -> Doer:
    """Who acts; the system where nobody was named."""
    doer: Doer = session.info.get(_DOER, Doer())
    return doer
