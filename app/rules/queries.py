"""Reading what a county chose; each function with a constant number of queries."""

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from app.models import CountyTarget, RelaxationEvidence, RelaxationSwitch


def switches(session: Session) -> list[RelaxationSwitch]:
    """Every use of a relaxation with its files, newest first. Two queries."""
    statement = (
        sa.select(RelaxationSwitch)
        .order_by(RelaxationSwitch.on_at.desc(), RelaxationSwitch.id.desc())
        .options(selectinload(RelaxationSwitch.evidence).joinedload(RelaxationEvidence.file))
    )
    return list(session.scalars(statement))


def target_rows(session: Session) -> list[CountyTarget]:
    """The county's own limits in one order. One query."""
    return list(session.scalars(sa.select(CountyTarget).order_by(CountyTarget.item, CountyTarget.id)))
