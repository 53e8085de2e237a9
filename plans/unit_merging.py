"""Two names of one office become one unit: everything that pointed at the one points at the other."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapper, Session

from plans.actors import Actor
from plans.base import Base
from plans.change_log import check_revision, record_change
from plans.commands.finding import found
from plans.models import DutySupport, Plan, PlanPart, RecurringDuty, Task, TaskSupport, Unit, UnitDuty
from plans.rights import Act, check
from plans.words import _
from plans.work_errors import SameUnit


def merge_units(
    session: Session, actor: Actor, *, plan_id: int, unit_id: int, into_id: int, reason: str, at: datetime
) -> Unit:
    """Let a unit be another one: its work, people and names go over, and it is no more.

    Only the leading group or the programme office; noted as a change of the plan, with a reason once that is
    approved.

    Raises ActNotAllowed, NotFound, ReasonMissing, SameUnit.
    """
    check(actor, Act.EDIT_PLAN)
    plan: Plan = found(session, Plan, plan_id, _("实施方案"))
    unit: Unit = found(session, Unit, unit_id, _("单位"))
    into: Unit = found(session, Unit, into_id, _("单位"))
    check_revision(session, plan_id, reason)
    if unit is into:
        raise SameUnit(unit.name)
    for mapper, column in _arrows():
        _repoint(session, mapper, column, unit.id, into.id)
    _drop_own_helpers(session)
    _rename_in_duties(session, unit.name, into.name)
    names = dict.fromkeys([*into.aliases, unit.name, *unit.aliases])
    into.aliases = [name for name in names if name != into.name]
    record_change(
        session,
        actor,
        PlanPart.PLAN,
        plan,
        {"units": (unit.name, _("并入%(name)s", name=into.name))},
        reason,
        at,
    )
    session.expire_all()
    session.delete(unit)
    session.flush()
    return into


def _arrows() -> Iterator[tuple[Mapper[Any], str]]:
    """Every column of every table that points at a unit."""
    for mapper in Base.registry.mappers:
        for key in mapper.local_table.foreign_key_constraints:  # type: ignore[attr-defined]
            if key.referred_table.name == Unit.__tablename__:
                yield mapper, next(name for name in key.column_keys if name != "county_id")


def _repoint(session: Session, mapper: Mapper[Any], column: str, unit_id: int, into_id: int) -> None:
    kind = mapper.class_
    with_key = _beside(mapper, column)
    there = {with_key(row) for row in session.scalars(sa.select(kind).where(_at(kind, column, into_id)))}
    for row in session.scalars(sa.select(kind).where(_at(kind, column, unit_id))).all():
        if with_key is not _alone and with_key(row) in there:
            _hand_over_lead(session, row, column, into_id)
            session.delete(row)
        else:
            setattr(row, column, into_id)
    session.flush()


def _at(kind: type[Any], column: str, unit_id: int) -> sa.ColumnElement[bool]:
    matches: sa.ColumnElement[bool] = getattr(kind, column) == unit_id
    return matches


def _beside(mapper: Mapper[Any], column: str) -> Any:
    """What must not occur twice together with the unit, as a function of the row; ``_alone`` = nothing."""
    for rule in mapper.local_table.constraints:  # type: ignore[attr-defined]
        names = [one.name for one in rule.columns] if isinstance(rule, sa.UniqueConstraint) else []
        if column in names:
            others = [name for name in names if name not in (column, "county_id")]
            return lambda row: tuple(getattr(row, name) for name in others)
    return _alone


def _alone(_row: Any) -> None:
    return None


def _hand_over_lead(session: Session, row: Any, column: str, into_id: int) -> None:
    """A measure led under the one name and helped under the other is led."""
    if getattr(row, "is_lead", False):
        kind = type(row)
        same = sa.select(kind).where(_at(kind, column, into_id), kind.measure_id == row.measure_id)
        session.scalars(same).one().is_lead = True


def _drop_own_helpers(session: Session) -> None:
    """A unit that leads does not help itself."""
    tasks = sa.select(TaskSupport).join(Task, Task.id == TaskSupport.task_id)
    duties = sa.select(DutySupport).join(RecurringDuty, RecurringDuty.id == DutySupport.duty_id)
    for link in session.scalars(tasks.where(Task.lead_unit_id == TaskSupport.unit_id)).all():
        session.delete(link)
    for helper in session.scalars(duties.where(RecurringDuty.lead_unit_id == DutySupport.unit_id)).all():
        session.delete(helper)
    session.flush()


def _rename_in_duties(session: Session, name: str, new_name: str) -> None:
    for duty in session.scalars(sa.select(UnitDuty)):
        if name in duty.unit_names:
            names = (new_name if one == name else one for one in duty.unit_names)
            duty.unit_names = list(dict.fromkeys(names))
