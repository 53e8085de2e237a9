"""What people do to attestations: the office prepares, the supervisor signs or withdraws.

Nobody commits here, and nobody assesses here: the views judge the year again after each act. Every act says
which event it has seen last (``seen``): 0 = none yet.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.items.errors import AttestationSigned, NotYetComplete, PreparerSigns, StaleAttestation
from app.models import Attestation, AttestationEvent, AttestationEvidence
from plans.actors import Actor
from plans.base import new_id
from plans.errors import NotFound, ReasonMissing
from plans.models import Evidence
from plans.rights import Act, check

PREPARE, SIGN, WITHDRAW = "prepare", "sign", "withdraw"


def prepare(
    session: Session,
    actor: Actor,
    *,
    year: int,
    item: str,
    part: str,
    conclusion: str,
    statement: str,
    failing: Sequence[tuple[str, str]],
    evidence: Sequence[Evidence],
    seen: int,
    at: datetime,
) -> Attestation:
    """Write or mend the statement on a part of an item; files are the whole list that shall stand behind it.

    Only the programme office prepares. ``failing``: code and figure of each school that does not comply.

    Raises ActNotAllowed, AttestationSigned, StaleAttestation.
    """
    only_preparer(actor)
    content: dict[str, Any] = {
        "conclusion": conclusion,
        "statement": statement.strip(),
        "failing": [{"school_code": code, "figure": figure} for code, figure in failing],
        "files": [file.name for file in evidence],
    }
    found = _find(session, year, item, part)
    if found is not None and _is_repeat(found, actor, content):
        return found
    attestation = found or Attestation(id=new_id(), year=year, item=item, part=part)
    if found is not None:
        _refuse_stale(found, seen)
    if attestation.is_signed:
        raise AttestationSigned()
    attestation.conclusion, attestation.statement = conclusion, content["statement"]
    attestation.failing = content["failing"]
    _attach(attestation, evidence)
    session.add(attestation)
    _record(attestation, actor, PREPARE, "", content, at)
    session.flush()
    return attestation


def sign(session: Session, actor: Actor, *, attestation_id: int, seen: int, at: datetime) -> Attestation:
    """Answer for a statement as it stands; it is locked from then on. Signing twice changes nothing.

    Only a supervisor who never prepared it signs.

    Raises ActNotAllowed, NotFound, PreparerSigns, StaleAttestation, NotYetComplete.
    """
    only_signer(actor)
    attestation = _by_id(session, attestation_id)
    if has_prepared(actor, attestation):
        raise PreparerSigns()
    if attestation.is_signed:
        return attestation
    _refuse_stale(attestation, seen)
    if missing := lacking(attestation):
        raise NotYetComplete(missing)
    attestation.signed_at, attestation.signed_by, attestation.signed_role = at, actor.name, actor.role
    _record(attestation, actor, SIGN, "", attestation.events[-1].content, at)
    return attestation


def withdraw(
    session: Session, actor: Actor, *, attestation_id: int, reason: str, at: datetime
) -> Attestation:
    """Take a signature back, which unlocks the statement; the reason stays in its story.

    Raises ActNotAllowed, NotFound, ReasonMissing.
    """
    only_signer(actor)
    attestation = _by_id(session, attestation_id)
    if not reason.strip():
        raise ReasonMissing(_("撤回签署"))
    if attestation.is_signed:
        attestation.signed_at, attestation.signed_by, attestation.signed_role = None, "", None
        _record(attestation, actor, WITHDRAW, reason.strip(), attestation.events[-1].content, at)
    return attestation


def lacking(attestation: Attestation) -> list[str]:
    """What the statement still needs before it can be signed."""
    wanted = {
        _("结论"): attestation.conclusion,
        _("情况说明"): attestation.statement,
        _("佐证材料"): attestation.evidence,
    }
    return [name for name, given in wanted.items() if not given]


def has_prepared(actor: Actor, attestation: Attestation) -> bool:
    """Whether this very person has written on it, in whatever role."""
    return any(event.act == PREPARE and event.actor_id == actor.user_id for event in attestation.events)


def only_preparer(actor: Actor) -> None:
    """The programme office."""
    check(actor, Act.STATE_ITEM)


def only_signer(actor: Actor) -> None:
    """The supervisor."""
    check(actor, Act.SIGN_ITEM)


def _find(session: Session, year: int, item: str, part: str) -> Attestation | None:
    place = (Attestation.year == year, Attestation.item == item, Attestation.part == part)
    return session.scalar(sa.select(Attestation).where(*place))


def _by_id(session: Session, attestation_id: int) -> Attestation:
    found = session.scalar(sa.select(Attestation).where(Attestation.id == attestation_id))
    if found is None:
        raise NotFound(_("佐证项目"))
    return found


def _refuse_stale(attestation: Attestation, seen: int) -> None:
    if attestation.last_event_no > seen:
        raise StaleAttestation(attestation.events[-1])


def _attach(attestation: Attestation, evidence: Sequence[Evidence]) -> None:
    wanted = list(dict.fromkeys(file.id for file in evidence))
    kept = [link for link in attestation.evidence if link.evidence_id in wanted]
    known = [link.evidence_id for link in kept]
    added = [AttestationEvidence(id=new_id(), evidence_id=one) for one in wanted if one not in known]
    attestation.evidence = [*kept, *added]


def _is_repeat(attestation: Attestation, actor: Actor, content: dict[str, Any]) -> bool:
    # A second click on the same form shall change nothing.
    last = attestation.events[-1]
    return (last.act, last.actor_id, last.content) == (PREPARE, actor.user_id, content)


def _record(
    attestation: Attestation, actor: Actor, act: str, note: str, content: dict[str, Any], at: datetime
) -> None:
    attestation.events.append(
        AttestationEvent(
            id=new_id(),
            no=len(attestation.events) + 1,
            act=act,
            at=at,
            actor_id=actor.user_id,
            actor_name=actor.name,
            actor_role=actor.role,
            note=note,
            content=content,
        )
    )
