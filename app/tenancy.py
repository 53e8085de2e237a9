"""One session serves one county: reads are narrowed, writes are stamped, and no county chosen is an error.

The single way out is the execution option ``all_counties=True``; a test keeps it to the platform's own
pages, to jobs and to the loader of accounts.
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, UOWTransaction, with_loader_criteria

from plans.base import CountyOwned

SCOPE = "county_id"
WAY_OUT = "all_counties"


class NoCountyChosen(RuntimeError):
    """A county's rows were asked for before any county was entered."""

    def __init__(self) -> None:
        super().__init__("No county is in scope; call enter_county(session, county_id) first.")


class OtherCounty(RuntimeError):
    """A row or a session of one county met another county."""

    def __init__(self, scope: int | None, met: object) -> None:
        super().__init__(f"The session serves county {scope} for its whole life and met {met!r}.")


class CountySession(FlaskSession):
    """The session of a request, a job item or a command."""

    def get(self, entity: Any, ident: Any, **options: Any) -> Any:
        # The identity map answers without any event, so the key itself is checked.
        if _is_owned(entity) and _county_of(ident) != scope_of(self):
            raise OtherCounty(scope_of(self), ident)
        return super().get(entity, ident, **options)


def enter_county(session: Session, county_id: int) -> None:
    """Pin the session to a county for its whole life.

    Raises OtherCounty when it already serves another one.
    """
    if session.info.setdefault(SCOPE, county_id) != county_id:
        raise OtherCounty(session.info[SCOPE], county_id)
    if session.in_transaction():
        _mark_connection(session, None, session.connection())


def scope_of(session: Session) -> int:
    """The county that the session serves.

    Raises NoCountyChosen.
    """
    county_id: int | None = session.info.get(SCOPE)
    if county_id is None:
        raise NoCountyChosen()
    return county_id


def _is_owned(entity: Any) -> bool:
    return isinstance(entity, type) and issubclass(entity, CountyOwned)


def _county_of(ident: Any) -> Any:
    return ident[SCOPE] if isinstance(ident, Mapping) else ident[0]


@event.listens_for(CountySession, "do_orm_execute")
def _narrow(state: ORMExecuteState) -> None:
    if state.execution_options.get(WAY_OUT):
        return
    if state.is_insert or _is_bulk_update(state):
        _stamp_rows(state)
    elif not state.is_column_load and (state.is_select or state.is_update or state.is_delete):
        _add_criterion(state)


def _is_bulk_update(state: ORMExecuteState) -> bool:
    return state.is_update and isinstance(state.parameters, list)


def _stamp_rows(state: ORMExecuteState) -> None:
    mapper = state.bind_mapper
    if mapper is None or not _is_owned(mapper.class_):
        return
    county_id = scope_of(state.session)
    rows: Any = state.parameters if isinstance(state.parameters, list) else [state.parameters or {}]
    for row in rows:
        if row.setdefault(SCOPE, county_id) != county_id:
            raise OtherCounty(county_id, row)


def _add_criterion(state: ORMExecuteState) -> None:
    if SCOPE not in state.session.info and not any(_is_owned(m.class_) for m in state.all_mappers):
        return  # global tables only; what hides in a subquery is refused by the engine guard
    county_id = scope_of(state.session)
    state.statement = state.statement.options(
        with_loader_criteria(CountyOwned, lambda row: row.county_id == county_id, include_aliases=True)
    )


@event.listens_for(CountySession, "before_flush")
def _stamp_and_check(session: Session, _context: UOWTransaction, _instances: object) -> None:
    rows: list[Any] = [*session.new, *session.dirty, *session.deleted]
    for row in rows:
        if isinstance(row, CountyOwned):
            _stamp(row, scope_of(session))


def _stamp(row: CountyOwned, county_id: int) -> None:
    given: int | None = row.county_id  # a new row has none yet
    if given is None:
        row.county_id = county_id
    elif given != county_id:
        raise OtherCounty(county_id, row)


@event.listens_for(CountySession, "after_begin")
def _mark_connection(
    session: Session, _transaction: SessionTransaction | None, connection: sa.Connection
) -> None:
    # The engine guard sees connections, not sessions.
    connection.execution_options(county_id=session.info.get(SCOPE))
