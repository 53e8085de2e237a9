"""The units of a plan: what each carries, its other names, and which may be one office."""

from collections import Counter
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from plans.commands.finding import found
from plans.models import Measure, MeasureUnit, Plan, Task, Unit
from plans.units import in_plan_order


@dataclass(frozen=True)
class UnitLine:
    """One unit."""

    unit: Unit
    n_measures: int  # of this plan
    n_tasks: int  # that it leads, of all plans


@dataclass(frozen=True)
class UnitsPage:
    """The units of the county as a plan uses them."""

    plan: Plan
    lines: list[UnitLine]

    @property
    def units(self) -> list[Unit]:
        return [line.unit for line in self.lines]


def units_page(session: Session, plan_id: int) -> UnitsPage:
    """Four queries. Raises NotFound."""
    plan: Plan = found(session, Plan, plan_id, _("实施方案"))
    named = sa.select(MeasureUnit.unit_id).join(Measure, Measure.id == MeasureUnit.measure_id)
    measures = Counter(session.scalars(named.where(Measure.plan_id == plan_id)))
    tasks = Counter(session.scalars(sa.select(Task.lead_unit_id)))
    units = session.scalars(in_plan_order(sa.select(Unit)))
    return UnitsPage(plan, [UnitLine(unit, measures[unit.id], tasks[unit.id]) for unit in units])
