"""Counting the statements of a request or a call."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from flask import Flask

from app.extensions import db

# What begins a transaction and names its county, once each, whatever the page asks for.
OF_THE_TRANSACTION = ("BEGIN", "select set_config(", "select pg_advisory_xact_lock(")


@contextmanager
def count_queries(app: Flask) -> Iterator[list[str]]:
    """Collects every statement sent to the database inside the block."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(OF_THE_TRANSACTION):
            sent.append(statement)

    with told_of_statements(app, note):
        yield sent


@contextmanager
def told_of_statements(app: Flask, note: Callable[..., None]) -> Iterator[None]:
    """Calls ``note`` before every statement, with what SQLAlchemy's ``before_cursor_execute`` gives."""
    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
