"""What a county has set about days and words, in force while something is done for that county.

Working days and time statuses are asked for in dozens of pure functions, down to the word in one cell. So
the terms stand in the context of the request or the job, as the time zone of a program does: set where a
county is entered, taken back at the end, ours where none is set.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from plans.words import _

SOON_DAYS = 30
LATE_YEARS = 1
JUMP_PERCENT = 30
TIME_NAMES: Mapping[str, str] = {
    "not_due": _("未到期"),
    "due_soon": _("临期"),
    "overdue": _("逾期"),
    "done": _("已完成"),
}


@dataclass(frozen=True)
class Terms:
    """A county's own days and words; keys of the names are values of ``TimeStatus`` and ``Role``."""

    soon_days: int = SOON_DAYS
    late_years: int = LATE_YEARS  # behind a target's path, from which on its light is red
    jump_percent: int = JUMP_PERCENT  # a change of a figure against last year beyond which it is worth a look
    days_off: Mapping[date, str] = field(default_factory=dict)  # day → why
    work_days: frozenset[date] = frozenset()
    time_names: Mapping[str, str] = field(default_factory=dict)
    role_names: Mapping[str, str] = field(default_factory=dict)

    def time_name(self, status: str) -> str:
        """The word for a time status."""
        return self.time_names.get(status) or TIME_NAMES[status]


OURS = Terms()
_in_force: ContextVar[Terms | None] = ContextVar("terms", default=None)


def in_force() -> Terms:
    """The terms of the county that something is done for."""
    return _in_force.get() or OURS


def enter(terms: Terms | None) -> None:
    """Put terms in force for the rest of the context; None = ours."""
    _in_force.set(terms)


@contextmanager
def under(terms: Terms) -> Iterator[None]:
    """Terms in force for a block."""
    token = _in_force.set(terms)
    try:
        yield
    finally:
        _in_force.reset(token)


def terms_of(settings: Mapping[str, Any]) -> Terms:
    """The terms that a county's settings hold; what is not set is ours."""
    calendar = settings.get("calendar", {})
    return Terms(
        soon_days=int(settings.get("soon_days", SOON_DAYS)),
        late_years=int(settings.get("late_years", LATE_YEARS)),
        jump_percent=int(settings.get("jump_percent", JUMP_PERCENT)),
        days_off={date.fromisoformat(day): why for day, why in calendar.get("days_off", {}).items()},
        work_days=frozenset(date.fromisoformat(day) for day in calendar.get("work_days", ())),
        time_names=settings.get("time_names", {}),
        role_names=settings.get("role_names", {}),
    )
