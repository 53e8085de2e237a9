"""Units by name: one row an office, however a document spells it."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from plans.base import new_id
from plans.models import Measure, MeasureUnit, Unit

NAME_LENGTH = 80


def plan_order(session: Session) -> dict[int, int]:
    """Unit → its place in the order in which plans name units; those that none names are left out."""
    named = sa.select(MeasureUnit.unit_id).join(Measure, Measure.id == MeasureUnit.measure_id)
    rows = session.scalars(named.order_by(Measure.plan_id.desc(), Measure.no, MeasureUnit.no))
    return {unit_id: place for place, unit_id in enumerate(dict.fromkeys(rows))}


def in_plan_order(units: sa.Select[Any]) -> sa.Select[Any]:
    """A choice of units in the order in which plans name them; the others follow, by name."""
    place = sa.func.row_number().over(order_by=(Measure.plan_id.desc(), Measure.no, MeasureUnit.no))
    named = (
        sa.select(MeasureUnit.unit_id, place.label("place"))
        .join(Measure, Measure.id == MeasureUnit.measure_id)
        .subquery()
    )
    first = sa.select(named.c.unit_id, sa.func.min(named.c.place).label("place")).group_by(named.c.unit_id)
    places = first.subquery()
    return units.outerjoin(places, places.c.unit_id == Unit.id).order_by(
        places.c.place.nulls_last(), Unit.name
    )


class UnitRoster:
    """The units of the county in scope, found by name or alias."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, Unit] = {}
        for unit in session.scalars(sa.select(Unit).order_by(Unit.id)):
            self._learn(unit, [unit.name, *unit.aliases])

    def find_or_add(self, name: str, aliases: Iterable[str] = ()) -> Unit:
        """The unit under any of the names, which are then its aliases; a new one if none is known."""
        name = name.strip()[:NAME_LENGTH]
        names = [name, *aliases]
        unit = next((self._known[known] for known in names if known in self._known), None) or self._add(name)
        new = [one for one in dict.fromkeys(names) if one != unit.name and one not in unit.aliases]
        if new:
            unit.aliases = [*unit.aliases, *new]
        self._learn(unit, names)
        return unit

    def _add(self, name: str) -> Unit:
        unit = Unit(id=new_id(), name=name, aliases=[])
        self._session.add(unit)
        return unit

    def _learn(self, unit: Unit, names: Iterable[str]) -> None:
        for name in names:
            self._known.setdefault(name, unit)
