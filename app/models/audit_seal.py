"""Entries of the audit log are written once: every session refuses to change or delete one.

Two acts take entries away, pruning after the time of keeping and erasing a whole county; they say so with
an execution option. Triggers of the database let them through on the same conditions and nobody else.
"""

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from app.models.audit import AuditCheckpoint, AuditEntry, PlatformCheckpoint, PlatformEntry

PRUNES = "prunes_audit"  # execution option
_WRITTEN_ONCE = (AuditEntry, AuditCheckpoint, PlatformEntry, PlatformCheckpoint)
_TABLES = {kind.__tablename__ for kind in _WRITTEN_ONCE}


class AuditIsAppendOnly(RuntimeError):
    """Something would have changed or deleted an entry of the audit log."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}: entries of the audit log are written once; add another entry instead.")


@event.listens_for(Session, "before_flush")
def _refuse_changes(session: Session, _context: UOWTransaction, _instances: object) -> None:
    touched = [row for row in session.dirty if session.is_modified(row)] + list(session.deleted)
    if kinds := {type(row).__name__ for row in touched if isinstance(row, _WRITTEN_ONCE)}:
        raise AuditIsAppendOnly(f"A change of {sorted(kinds)}")


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk(state: ORMExecuteState) -> None:
    table = getattr(getattr(state.statement, "table", None), "name", None)
    if table not in _TABLES or not (state.is_update or state.is_delete):
        return
    if state.is_update or not state.execution_options.get(PRUNES):
        raise AuditIsAppendOnly(f"A bulk change of {table}")
