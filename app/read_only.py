"""A session that only looks: who enters a county from above cannot change a row there, whatever a view does.

The session refuses to flush and to execute any change; below it the engine refuses what did not come through
the ORM. PostgreSQL is told besides that the transaction is read-only.
"""

import re
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, UOWTransaction
from sqlalchemy.sql import dml, elements, visitors

from app.tenancy import CountySession
from plans.words import _

LOOKS_ONLY = "looks_only"
_READING = re.compile(
    r"\s*(select|with|explain|values|show|pragma|savepoint|release|rollback)\b", re.IGNORECASE
)
_WRITING = re.compile(r"\b(insert|update|delete|replace|merge|truncate|alter|create|drop)\b", re.IGNORECASE)


class ReadOnlyScope(RuntimeError):
    """Something would have been written in a county that was entered to look only."""

    def __init__(self) -> None:
        super().__init__(_("现在是只读查看，不能办理，内容没有改变。审核意见请在“所辖县”页面提出。"))


def look_only(session: Session) -> None:
    """Let the session change nothing for the rest of its life."""
    session.info[LOOKS_ONLY] = True
    if session.in_transaction():
        _mark(session, None, session.connection())


def watch(engine: sa.Engine) -> None:
    """Refuse changes below the ORM on connections of sessions that only look."""
    event.listen(engine, "before_execute", _refuse_clause)
    event.listen(engine, "before_cursor_execute", _refuse_text)


@event.listens_for(CountySession, "after_begin")
def _mark(session: Session, _transaction: SessionTransaction | None, connection: sa.Connection) -> None:
    if not session.info.get(LOOKS_ONLY):
        return
    connection.execution_options(looks_only=True)
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("set transaction read only")


@event.listens_for(CountySession, "before_flush")
def _refuse_rows(session: Session, _context: UOWTransaction, _instances: object) -> None:
    changed = any(session.is_modified(row) for row in session.dirty)
    if session.info.get(LOOKS_ONLY) and (session.new or session.deleted or changed):
        raise ReadOnlyScope()


@event.listens_for(CountySession, "do_orm_execute")
def _refuse_statement(state: ORMExecuteState) -> None:
    if state.session.info.get(LOOKS_ONLY) and (state.is_insert or state.is_update or state.is_delete):
        raise ReadOnlyScope()


def _refuse_clause(_connection: sa.Connection, clause: Any, many: Any, params: Any, options: Any) -> None:
    if not options.get(LOOKS_ONLY):
        return
    is_change = isinstance(clause, sa.schema.ExecutableDDLElement) or any(
        isinstance(part, dml.UpdateBase)
        or getattr(part, "_for_update_arg", None) is not None  # who locks a row is about to change it
        or (isinstance(part, elements.TextClause) and _WRITING.search(part.text))
        for part in visitors.iterate(clause)
    )
    if is_change:
        raise ReadOnlyScope()


def _refuse_text(
    connection: sa.Connection, _cursor: object, statement: str, _params: object, context: Any, _many: object
) -> None:
    is_driver_text = context is not None and context.compiled is None
    if not is_driver_text or not connection.get_execution_options().get(LOOKS_ONLY):
        return
    if statement.lower() != "set transaction read only" and (
        not _READING.match(statement) or _WRITING.search(statement)
    ):
        raise ReadOnlyScope()
