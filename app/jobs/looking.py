"""A look across counties that writes nothing and takes no write lock."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from app.extensions import db


@contextmanager
def looking() -> Iterator[sa.Connection]:
    """A reading transaction on a line of its own, beside the session that may be bound to a county."""
    with db.session.session_factory() as session:
        yield session.connection(execution_options={"all_counties": True, "reads_only": True})
