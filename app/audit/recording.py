"""Entries wait with their session and are written when it commits, in the same transaction.

What a transaction or a savepoint takes back is taken back here too.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from app.audit.doers import Doer, doer_from, doer_of
from app.audit.plain import plain
from app.models.audit import Act
from app.tenancy import CountySession
from plans.actors import Actor

_WAITING, _MARKS = "audit_waiting", "audit_marks"


@dataclass(frozen=True)
class Draft:
    """An entry that waits for the commit."""

    doer: Doer
    act: Act
    thing: str
    title: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    at: datetime | None = None  # None = the moment of the commit
    group: str = ""  # rows of one table written alike; "" = stands for itself
    for_platform: bool = False


def record(
    session: Session,
    actor: Actor | Doer | None = None,
    *,
    act: Act,
    thing: str,
    title: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    at: datetime | None = None,
    for_platform: bool = False,
) -> None:
    """Add an entry to the log, written when the session commits; nothing stays of a rollback.

    ``actor`` is who stands behind the session unless named. It goes into the chain of the county in scope,
    with ``for_platform`` or without a county into the platform's. Values under names like ``password`` or
    ``token`` are never kept. Changes of rows need no call: ``app/audit/changes.py`` sees them.
    """
    keep(
        session,
        Draft(
            doer=_doer(session, actor),
            act=act,
            thing=thing,
            title=title,
            before=_plain(before),
            after=_plain(after),
            at=at,
            for_platform=for_platform,
        ),
    )


def keep(session: Session, draft: Draft) -> None:
    """Let a draft wait for the commit."""
    session.info.setdefault(_WAITING, []).append(draft)


def take_waiting(session: Session) -> list[Draft]:
    """The drafts of the transaction that is about to be committed; they wait no longer."""
    drafts: list[Draft] = session.info.pop(_WAITING, [])
    return drafts


def _doer(session: Session, actor: Actor | Doer | None) -> Doer:
    behind = doer_of(session)
    if isinstance(actor, Actor):
        return doer_from(actor, behind.address)
    return actor or behind


def _plain(values: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if values is None else {name: plain(name, value) for name, value in values.items()}


@event.listens_for(CountySession, "after_transaction_create")
def _mark_savepoint(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        session.info.setdefault(_MARKS, {})[transaction] = len(session.info.get(_WAITING, ()))


@event.listens_for(CountySession, "after_soft_rollback")
def _forget_taken_back(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        mark = session.info.get(_MARKS, {}).get(transaction, 0)
        del session.info.get(_WAITING, [])[mark:]


@event.listens_for(CountySession, "after_transaction_end")
def _forget_ended(session: Session, transaction: SessionTransaction) -> None:
    # The mark of a savepoint stays until then, as its rollback is told after its end.
    if transaction.parent is None:
        session.info.pop(_MARKS, None)
        session.info.pop(_WAITING, None)
