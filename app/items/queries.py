"""Reading what stands behind an item; each function with a constant number of queries."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from app.models import Attestation, AttestationEvidence, InputEvent
from plans.models import Evidence

OFFERED = 60  # kept files that a form offers for use once more
LOG_LENGTH = 30


def attestations_of(session: Session, year: int, item: str) -> dict[str, Attestation]:
    """Statements on an item with files and story, part → row. Four queries."""
    statement = (
        sa.select(Attestation)
        .where(Attestation.year == year, Attestation.item == item)
        .options(selectinload(Attestation.events))
        .options(selectinload(Attestation.evidence).joinedload(AttestationEvidence.file))
        .execution_options(populate_existing=True)
    )
    return {row.part: row for row in session.scalars(statement)}


def files_to_offer(session: Session, held: Iterable[int]) -> list[tuple[int, str]]:
    """The newest kept files of the county and those already ``held``, id and name. One query."""
    listed = list(held)
    newest = sa.select(Evidence.id).order_by(Evidence.kept_at.desc(), Evidence.id.desc()).limit(OFFERED)
    statement = sa.select(Evidence.id, Evidence.name).where(
        sa.or_(Evidence.id.in_(newest.scalar_subquery()), Evidence.id.in_(listed))
    )
    rows = session.execute(statement.order_by(Evidence.kept_at.desc(), Evidence.id.desc()))
    pairs = [(row.id, row.name) for row in rows]
    return sorted(pairs, key=lambda pair: pair[0] not in listed)


def files_by_id(session: Session, ids: Iterable[int]) -> list[Evidence]:
    """Kept files of the county. One query."""
    return list(session.scalars(sa.select(Evidence).where(Evidence.id.in_(list(ids))).order_by(Evidence.id)))


def input_log(session: Session, kinds: Iterable[str]) -> list[InputEvent]:
    """The last changes of some kinds, newest first. One query."""
    statement = sa.select(InputEvent).where(InputEvent.kind.in_(list(kinds)))
    return list(
        session.scalars(statement.order_by(InputEvent.at.desc(), InputEvent.id.desc()).limit(LOG_LENGTH))
    )
