"""Which phase a day lies in."""

from collections.abc import Iterable
from datetime import date

from plans.models import Phase
from plans.progress import TimeStatus


def phase_of(day: date, phases: Iterable[Phase]) -> Phase | None:
    """The first phase that holds the day; an end that is not written is open, one without any holds none."""
    return next((phase for phase in phases if _is_dated(phase) and phase_holds(phase, day)), None)


def phase_holds(phase: Phase, day: date) -> bool:
    """Whether the day lies in the phase; an end that is not written is open."""
    return (phase.starts_on or day) <= day <= (phase.ends_on or day)


def phase_status(phase: Phase, day: date) -> TimeStatus:
    """Past, running or to come; a phase without dates is taken as running."""
    if phase.ends_on and phase.ends_on < day:
        return TimeStatus.DONE
    return TimeStatus.DUE_SOON if phase_holds(phase, day) else TimeStatus.NOT_DUE


def _is_dated(phase: Phase) -> bool:
    return phase.starts_on is not None or phase.ends_on is not None
