"""What the plan check looks at, as plain values: units under their names, days as they are due.

None = the plan does not say.
"""

from dataclasses import dataclass
from datetime import date

from plans.checks.finding import Fix


@dataclass(frozen=True)
class MeasureFacts:
    """A measure with what stands behind it."""

    id: int
    no: int
    title: str
    text: str
    units: tuple[str, ...] = ()  # the lead first
    has_written_lead: bool = True  # the plan itself says who leads
    due_on: date | None = None
    indicator_codes: frozenset[str] = frozenset()
    has_target: bool = False  # a number that the plan promises in its words
    recurs: bool = False  # a recurring duty belongs to it


@dataclass(frozen=True)
class TaskFacts:
    """A task as far as the check needs it."""

    id: int
    title: str
    due_on: date
    units: frozenset[str]  # lead and supports
    measure_id: int | None = None
    indicator_codes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PhaseFacts:
    """A phase, in the order of the plan."""

    id: int
    title: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class MilestoneFacts:
    """A milestone with the day that the plan names; without a phase it may lie in any."""

    id: int
    text: str
    due_on: date
    phase_id: int | None = None


@dataclass(frozen=True)
class DutyFacts:
    """A recurring duty."""

    id: int
    title: str
    lead: str | None


@dataclass(frozen=True)
class TargetFacts:
    """A number that the plan promises or that the county has set itself.

    ``quantity`` tells what of the indicator is meant: mean, cv or share; "" = as the words say.
    """

    place: str
    indicator_code: str
    stage: str | None  # None = both
    relation: str  # >=, <=, > or <
    value: float
    unit: str | None
    year: int | None
    quantity: str = ""
    home: Fix | None = None  # where its value is changed


@dataclass(frozen=True)
class UnitFacts:
    """A unit that the plan names; ``has_duty`` = the plan lists what it is there for."""

    name: str
    aliases: tuple[str, ...] = ()
    has_duty: bool = False
    duty_id: int | None = None


@dataclass(frozen=True)
class NationalLimit:
    """The limit of the national standard for one figure; exactly one of the two limits is set."""

    indicator_code: str
    stage: str | None  # None = both
    at_least: float | None = None
    at_most: float | None = None
    unit: str = ""
    quantity: str = ""


@dataclass(frozen=True)
class PlanFacts:
    """One plan."""

    horizon_year: int | None
    measures: tuple[MeasureFacts, ...] = ()
    tasks: tuple[TaskFacts, ...] = ()
    phases: tuple[PhaseFacts, ...] = ()
    milestones: tuple[MilestoneFacts, ...] = ()
    duties: tuple[DutyFacts, ...] = ()
    targets: tuple[TargetFacts, ...] = ()
    units: tuple[UnitFacts, ...] = ()
    county_year: int | None = None  # until when the county has to meet the standard
    id: int | None = None
