"""A line to the database for jobs that commit again and again in the middle of their work."""

import sqlalchemy as sa

from app.extensions import db


def everywhere() -> sa.Connection:
    """A connection of its own that looks across counties; whoever opens it closes it."""
    return db.engine.connect().execution_options(all_counties=True)
