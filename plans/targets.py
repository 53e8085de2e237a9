"""Targets of a plan: set, changed and dropped by the side that plans. Nobody commits here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from plans.actors import Actor
from plans.base import new_id
from plans.errors import NotFound, TargetYearsOutOfOrder
from plans.models import Plan, Quantity, Target
from plans.rights import Act, check


@dataclass(frozen=True)
class Aim:
    """What a target says: the figure, where it starts and where it shall be when."""

    indicator_code: str
    stage: str
    quantity: Quantity
    baseline_year: int
    baseline: float
    horizon_year: int
    due: float
    steps: Mapping[int, float] = field(default_factory=dict)  # year → value due from then on


def set_target(session: Session, actor: Actor, *, plan_id: int, aim: Aim) -> Target:
    """Write a target; one for the same figure of the same plan is replaced.

    Only the leading group or the programme office plans.

    Raises ActNotAllowed, NotFound, TargetYearsOutOfOrder.
    """
    check(actor, Act.SET_TARGETS)
    if session.scalar(sa.select(Plan.id).where(Plan.id == plan_id)) is None:
        raise NotFound("实施方案")
    _check_years(aim)
    target = session.scalar(sa.select(Target).where(*_same(plan_id, aim)))
    if target is None:
        target = Target(
            id=new_id(),
            plan_id=plan_id,
            indicator_code=aim.indicator_code,
            stage=aim.stage,
            quantity=aim.quantity,
        )
        session.add(target)
    target.baseline_year, target.baseline = aim.baseline_year, aim.baseline
    target.horizon_year, target.due = aim.horizon_year, aim.due
    target.steps = {str(year): aim.steps[year] for year in sorted(aim.steps)}
    session.flush()
    return target


def drop_target(session: Session, actor: Actor, *, target_id: int) -> None:
    """Take a target away.

    Raises ActNotAllowed, NotFound.
    """
    check(actor, Act.SET_TARGETS)
    session.delete(find_target(session, target_id))
    session.flush()


def find_target(session: Session, target_id: int) -> Target:
    """A target of the county in scope. Raises NotFound."""
    target = session.scalar(sa.select(Target).where(Target.id == target_id))
    if target is None:
        raise NotFound("目标")
    return target


def targets_of(session: Session, plan_id: int) -> list[Target]:
    """The targets of a plan by indicator, primary before junior. One query."""
    order = (Target.indicator_code, Target.stage.desc(), Target.quantity.desc())
    return list(session.scalars(sa.select(Target).where(Target.plan_id == plan_id).order_by(*order)))


def _same(plan_id: int, aim: Aim) -> list[sa.ColumnElement[bool]]:
    return [
        Target.plan_id == plan_id,
        Target.indicator_code == aim.indicator_code,
        Target.stage == aim.stage,
        Target.quantity == aim.quantity,
    ]


def _check_years(aim: Aim) -> None:
    if not all(aim.baseline_year < year < aim.horizon_year for year in aim.steps):
        raise TargetYearsOutOfOrder(aim.baseline_year, aim.horizon_year)
    if aim.baseline_year >= aim.horizon_year:
        raise TargetYearsOutOfOrder(aim.baseline_year, aim.horizon_year)
