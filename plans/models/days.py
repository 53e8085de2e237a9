"""Days of rows that other days of the same row settle."""

from datetime import date
from typing import Any


def as_due(context: Any) -> date:
    """The deadline itself, for a row whose stated day is no other."""
    due_on: date = context.get_current_parameters()["due_on"]
    return due_on
