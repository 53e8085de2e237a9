"""A guard below the ORM: it refuses what the session's own filter cannot see.

Every level of a statement (each SELECT, UPDATE or DELETE in it) must narrow every county table that it
names: by the session's criterion when the table stands there as an ORM entity, else by a condition
``table.county_id = <county in scope>`` that holds for the whole level. Inserts state the county in scope,
updates never change it, and text that names a county table is refused whatever it does with it.

It is a net for mistakes, not a wall against an attacker. Out of its reach: the driver's own connection
(``engine.raw_connection()``), table names put together inside the database or hidden in hints, the
execution options ``all_counties`` and ``county_id`` themselves, and files of the database. Core conditions
that are right but written in another way (in a join, on the other side of ``=``) are refused too.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm.util import LoaderCriteriaOption
from sqlalchemy.sql import dml, elements, operators, selectable, visitors

from app.tenancy import SCOPE, WAY_OUT
from plans.base import Base, CountyOwned

_NOT_CODE = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)
_QUERIES = (selectable.SelectBase, dml.UpdateBase)
Rows = list[dict[str, Any]]


class UnscopedStatement(RuntimeError):
    """A statement reached a county's table without naming the county in scope."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}: go through the ORM in a session that has entered a county.")


def watch(engine: sa.Engine) -> None:
    """Put the guard on an engine."""
    event.listen(engine, "before_execute", _check_clause)
    event.listen(engine, "before_cursor_execute", _check_driver_text)


def _check_clause(_connection: sa.Connection, clause: Any, many: Any, params: Any, options: Any) -> None:
    if options.get(WAY_OUT):
        return
    if isinstance(clause, sa.schema.ExecutableDDLElement):
        raise UnscopedStatement("A change of tables")
    parts = list(visitors.iterate(clause))
    _check_texts(parts)
    county_id, rows = options.get(SCOPE), [*(many or []), *([params] if params else [])]
    is_narrowed = county_id is not None and _has_criterion(clause)
    for part in parts:
        if isinstance(part, (dml.Insert, dml.Update)) and _is_owned(part.table):
            _check_written(part, rows, county_id)
        if isinstance(part, (selectable.Select, dml.Update, dml.Delete)):
            _check_level(part, rows, county_id, is_narrowed)


def _check_driver_text(
    _connection: sa.Connection, _cursor: object, statement: str, _params: object, context: Any, _many: object
) -> None:
    is_driver_text = context is not None and context.compiled is None
    if is_driver_text and not context.execution_options.get(WAY_OUT) and _names_owned_table(statement):
        raise UnscopedStatement("Driver SQL that names a county's table")


def _check_texts(parts: list[Any]) -> None:
    if any(_names_owned_table(text) for part in parts for text in _raw_texts(part)):
        raise UnscopedStatement("Textual SQL that names a county's table")


def _raw_texts(part: Any) -> list[str]:
    if isinstance(part, elements.ColumnClause):
        return [part.name] if part.is_literal else []
    if isinstance(part, elements.TextClause):
        return [part.text]
    if isinstance(part, selectable.HasPrefixes):
        around = (*part._prefixes, *getattr(part, "_suffixes", ()))
        return [text.text for text, _dialect in around if isinstance(text, elements.TextClause)]
    operator = getattr(part, "operator", None)
    return [operator.opstring] if isinstance(operator, operators.custom_op) else []


def _has_criterion(clause: Any) -> bool:
    is_orm = getattr(clause, "_propagate_attrs", {}).get("compile_state_plugin") == "orm"
    options = getattr(clause, "_with_options", ())
    return is_orm and any(
        isinstance(option, LoaderCriteriaOption) and option.root_entity is CountyOwned for option in options
    )


def _check_level(query: Any, rows: Rows, county_id: int | None, is_narrowed: bool) -> None:
    named, narrowed = set(), _pinned(query, rows, county_id)
    for part in _own_parts(query):
        table: Any = part.table if isinstance(part, elements.ColumnClause) else part
        if _is_owned(table):
            named.add(str(table.name))
            if is_narrowed and _is_entity(part) and _takes_criterion(query, table):
                narrowed.add(str(table.name))
    if named - narrowed:
        raise UnscopedStatement(f"No county named for {', '.join(sorted(named - narrowed))}")


def _own_parts(query: Any) -> Iterator[Any]:
    """The parts of one level: everything but the inside of the queries within it."""
    waiting = list(query.get_children())
    while waiting:
        part = waiting.pop()
        yield part
        if not isinstance(part, (*_QUERIES, selectable.AliasedReturnsRows)):
            waiting.extend(part.get_children())


def _is_entity(part: Any) -> bool:
    return "parententity" in getattr(part, "_annotations", {})


def _takes_criterion(query: Any, table: Any) -> bool:
    # SQLAlchemy narrows the target of an UPDATE or DELETE, but not the other tables that it reads.
    return isinstance(query, selectable.Select) or str(table.name) == query.table.name


def _pinned(query: Any, rows: Rows, county_id: int | None) -> set[str]:
    conditions = _conjuncts(query._where_criteria)
    return {str(found.left.table.name) for found in conditions if _is_pin(found, rows, county_id)}


def _conjuncts(conditions: Iterable[Any]) -> Iterator[Any]:
    for condition in conditions:
        if isinstance(condition, elements.BooleanClauseList) and condition.operator is operators.and_:
            yield from _conjuncts(condition.clauses)
        else:
            yield condition


def _is_pin(condition: Any, rows: Rows, county_id: int | None) -> bool:
    if not isinstance(condition, elements.BinaryExpression) or condition.operator is not operators.eq:
        return False
    column, value = condition.left, condition.right
    if not isinstance(column, elements.ColumnClause) or column.key != SCOPE or county_id is None:
        return False
    return all(_value(value, row) == county_id for row in rows or [{}])


def _check_written(write: Any, rows: Rows, county_id: int | None) -> None:
    for values, row in _written(write, rows):
        counties = [value for column, value in values.items() if getattr(column, "key", column) == SCOPE]
        is_missing = not counties and isinstance(write, dml.Insert)
        if is_missing or any(_value(value, row) != county_id for value in counties):
            raise UnscopedStatement("A row written for no county or another one")


def _written(write: Any, rows: Rows) -> Iterator[tuple[dict[Any, Any], dict[str, Any]]]:
    """What each row states, with the parameters that it states it by."""
    stated = {**(write._values or {}), **dict(getattr(write, "_ordered_values", None) or ())}
    several = [values for many in write._multi_values for values in many]
    if several:
        return ((values, row) for values in several for row in rows or [{}])
    return (({**stated, **row}, row) for row in rows or [{}])


def _value(given: Any, row: dict[str, Any]) -> Any:
    return row.get(given.key, given.value) if isinstance(given, elements.BindParameter) else given


def _is_owned(table: Any) -> bool:
    while isinstance(table, selectable.AliasedReturnsRows):
        table = table.element
    return isinstance(table, selectable.TableClause) and table.name in _owned_tables()


def _owned_tables() -> frozenset[str]:
    return _owned_among(len(Base.metadata.tables))


@cache
def _owned_among(_n_tables: int) -> frozenset[str]:
    # Counted, so that a table declared after the first statement is watched too.
    return frozenset(table.name for table in Base.metadata.tables.values() if SCOPE in table.c)


def _names_owned_table(text: str) -> bool:
    words = re.findall(r"\w+", _NOT_CODE.sub(" ", text).lower())
    return not _owned_tables().isdisjoint(words)
