"""Targets of a plan: set, changed and dropped by the side that plans. Nobody commits here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from plans.actors import Actor
from plans.base import new_id
from plans.change_log import check_revision, held_row, record_change, write_change
from plans.errors import NotFound, TargetYearsOutOfOrder
from plans.models import PlanPart, Quantity, Target
from plans.part_fields import fields_of
from plans.rights import Act, check
from plans.snapshots import changed_fields
from plans.words import _


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


def set_target(
    session: Session, actor: Actor, *, plan_id: int, aim: Aim, at: datetime, reason: str = ""
) -> Target:
    """Write a target; one for the same figure of the same plan is replaced.

    Only the leading group or the programme office plans; with a reason once the plan is approved.

    Raises ActNotAllowed, NotFound, ReasonMissing, TargetYearsOutOfOrder.
    """
    check(actor, Act.SET_TARGETS)
    plan = check_revision(session, plan_id, reason)
    _check_years(aim)
    target = session.scalar(sa.select(Target).where(*_same(plan_id, aim)))
    before = fields_of(target) if target is not None else {}
    if target is None:
        target = Target(
            id=new_id(),
            plan_id=plan_id,
            indicator_code=aim.indicator_code,
            stage=aim.stage,
            quantity=aim.quantity,
        )
        session.add(target)
    _apply(target, aim)
    session.flush()
    if before or plan.approved_at is not None:  # the first targets of a plan in the making are no changes
        changed = changed_fields(before, fields_of(target))
        record_change(session, actor, PlanPart.TARGET, target, changed, reason, at)
    return target


def revise_target(
    session: Session, actor: Actor, *, target_id: int, aim: Aim, seen_version: int, reason: str, at: datetime
) -> Target:
    """Change where a target starts and where it shall be when; which figure it is about stays.

    Only the leading group or the programme office; with a reason once the plan is approved.

    Raises ActNotAllowed, NotFound, StalePlan, ReasonMissing, TargetYearsOutOfOrder.
    """
    target: Target = held_row(
        session, actor, Target, target_id, _("目标"), seen_version, reason, Act.SET_TARGETS
    )
    _check_years(aim)
    before = fields_of(target)
    _apply(target, aim)
    write_change(session, actor, target, before, reason, at)
    return target


def drop_target(
    session: Session, actor: Actor, *, target_id: int, seen_version: int, reason: str, at: datetime
) -> None:
    """Take a target away.

    Only the leading group or the programme office; with a reason once the plan is approved.

    Raises ActNotAllowed, NotFound, StalePlan, ReasonMissing.
    """
    target: Target = held_row(
        session, actor, Target, target_id, _("目标"), seen_version, reason, Act.SET_TARGETS
    )
    gone = {field: (value, "") for field, value in fields_of(target).items() if value}
    record_change(session, actor, PlanPart.TARGET, target, gone, reason, at)
    session.delete(target)
    session.flush()


def find_target(session: Session, target_id: int) -> Target:
    """A target of the county in scope. Raises NotFound."""
    target = session.scalar(sa.select(Target).where(Target.id == target_id))
    if target is None:
        raise NotFound(_("目标"))
    return target


def targets_of(session: Session, plan_id: int) -> list[Target]:
    """The targets of a plan by indicator, primary before junior. One query."""
    order = (Target.indicator_code, Target.stage.desc(), Target.quantity.desc())
    return list(session.scalars(sa.select(Target).where(Target.plan_id == plan_id).order_by(*order)))


def _held(session: Session, actor: Actor, target_id: int, seen_version: int, reason: str) -> Target:
    return held_row(session, actor, Target, target_id, _("目标"), seen_version, reason, Act.SET_TARGETS)


def _apply(target: Target, aim: Aim) -> None:
    target.baseline_year, target.baseline = aim.baseline_year, aim.baseline
    target.horizon_year, target.due = aim.horizon_year, aim.due
    target.steps = {str(year): aim.steps[year] for year in sorted(aim.steps)}


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
