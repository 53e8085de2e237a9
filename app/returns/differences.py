"""What a workbook would change in the returns that are held: pure comparison, nothing is written."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.returns.values import YearValues

ROOMS = "rooms"  # stands for the list of rooms where an element code is asked for


@dataclass(frozen=True)
class Change:
    """One value of one return; None on a side means missing there."""

    school_code: str | None  # None = the county's own return
    element: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Held:
    """The returns of a year as they stand."""

    values: YearValues
    names: Mapping[str, str]  # every known school of the county: code → name
    county_name: str  # what the county's own return is called
    locked: Collection[str | None]  # schools whose return is checked; None = the county's


@dataclass(frozen=True)
class Difference:
    """What saving would do, and what it would leave alone."""

    changes: tuple[Change, ...]
    new: tuple[str, ...]  # codes of schools that report this year for the first time
    left_out: tuple[str, ...]  # names of known schools that the workbook does not list
    locked: tuple[str, ...]  # names of checked returns that the workbook would have changed

    @property
    def replaced(self) -> tuple[Change, ...]:
        """Changes that would overwrite or clear something reported before."""
        return tuple(change for change in self.changes if change.before is not None)

    @property
    def needs_a_look(self) -> bool:
        """Whether somebody should see this before it is saved."""
        return bool(self.replaced or self.left_out or self.locked)


def merged(held: YearValues, told: YearValues, covered: Collection[str]) -> YearValues:
    """The held data with what is told laid over it.

    An empty cell clears a figure; a column, a sheet or a school that the workbook lacks says nothing.
    """
    kept = {code: _without(held.schools.get(code, {}), covered) for code in told.schools}
    schools = {code: {**kept[code], **values} for code, values in told.schools.items()}
    rooms = {code: told.rooms.get(code, []) for code in told.schools} if told.rooms else held.rooms
    return YearValues(
        {**held.schools, **schools}, {**held.rooms, **rooms}, told.county if told.county else held.county
    )


def difference(held: Held, wanted: YearValues, listed: Collection[str]) -> Difference:
    """From the held returns to the wanted ones; ``listed`` are the schools of the workbook."""
    changes = list(_changes(held.values, wanted))
    blocked = dict.fromkeys(change.school_code for change in changes if change.school_code in held.locked)
    return Difference(
        changes=tuple(change for change in changes if change.school_code not in blocked),
        new=tuple(code for code in listed if code not in held.values.schools),
        left_out=tuple(name for code, name in held.names.items() if code not in listed),
        locked=tuple(held.names[code] if code else held.county_name for code in blocked),
    )


def _without(values: Mapping[str, Any], covered: Collection[str]) -> dict[str, Any]:
    return {code: value for code, value in values.items() if code not in covered}


def _changes(held: YearValues, wanted: YearValues) -> Iterator[Change]:
    for code, values in wanted.schools.items():
        yield from _of_one(code, _with_rooms(held, code), {**values, ROOMS: wanted.rooms.get(code) or None})
    yield from _of_one(None, held.county, wanted.county)


def _with_rooms(held: YearValues, code: str) -> dict[str, Any]:
    return {**held.schools.get(code, {}), ROOMS: held.rooms.get(code) or None}


def _of_one(code: str | None, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for element in dict.fromkeys([*before, *after]):
        if before.get(element) != after.get(element):
            yield Change(code, element, before.get(element), after.get(element))
