"""A frozen assessment never changes: every session refuses to write over one.

Sealed are the row, all its parts and the record of its moves; only the state may go on from move to move.
Bulk statements over these tables are refused whatever they say, as nobody could tell which rows they meet.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from app.models.assessments import (
    Assessment,
    AssessmentIndicator,
    AssessmentItem,
    AssessmentMove,
    AssessmentSection,
    AssessmentState,
)

_PARTS = (AssessmentSection, AssessmentIndicator, AssessmentItem)
_SEALED = (Assessment, *_PARTS, AssessmentMove)
_TABLES = {kind.__tablename__ for kind in _SEALED}


class FrozenAssessment(RuntimeError):
    """Something would have changed a version that was frozen."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}: a frozen assessment never changes; make a new version instead.")


@event.listens_for(Session, "before_flush")
def _refuse_changes(session: Session, _context: UOWTransaction, _instances: object) -> None:
    changed = [row for row in session.dirty if isinstance(row, _SEALED) and session.is_modified(row)]
    gone = [row for row in session.deleted if isinstance(row, _SEALED)]
    if any(_breaks_seal(row) for row in changed) or any(_is_sealed(row) for row in gone):
        raise FrozenAssessment("A change")
    _refuse_parts(session, [*session.new, *changed, *gone])


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk(state: ORMExecuteState) -> None:
    table = getattr(getattr(state.statement, "table", None), "name", None)
    if (state.is_update or state.is_delete) and table in _TABLES:
        raise FrozenAssessment(f"A bulk change of {table}")


def _breaks_seal(row: Any) -> bool:
    if not _is_sealed(row):
        return False
    names = [attribute.key for attribute in sa.inspect(row).mapper.column_attrs]
    changed = {name for name in names if _history(row, name).added}
    return isinstance(row, AssessmentMove) or changed != {"state"} or not row.is_frozen


def _is_sealed(row: Any) -> bool:
    return isinstance(row, AssessmentMove) or (isinstance(row, Assessment) and _was_frozen(row))


def _was_frozen(assessment: Assessment) -> bool:
    state = _history(assessment, "state")
    before = [*state.deleted, *state.unchanged]  # what the database holds
    return bool(before) and before[0] is not AssessmentState.DRAFT


def _refuse_parts(session: Session, rows: list[Any]) -> None:
    # The parent of a part that is made or deleted with it has been looked at already.
    seen = {row.id for row in [*session.new, *session.deleted] if isinstance(row, Assessment)}
    parents = {
        parent for row in rows if isinstance(row, _PARTS) for parent in _history(row, "assessment_id").sum()
    }
    touched = parents - seen - {None}
    if touched and any(_was_frozen(one) for one in _assessments(session, touched)):
        raise FrozenAssessment("A change of a part")


def _assessments(session: Session, ids: set[int]) -> list[Assessment]:
    with session.no_autoflush:
        return list(session.scalars(sa.select(Assessment).where(Assessment.id.in_(ids))))


def _history(row: Any, name: str) -> Any:
    return sa.inspect(row).attrs[name].history
