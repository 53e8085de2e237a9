"""The plan page: one plan with everything in it, and how far it has been turned into work."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from plans.errors import NotFound
from plans.milestone_queries import StoneRow, milestone_rows
from plans.models import (
    IndicatorDuty,
    IndicatorDutyUnit,
    KeptDraft,
    Measure,
    MeasureUnit,
    Phase,
    Plan,
    Task,
    TaskIndicator,
    Unit,
)
from plans.phases import phase_holds
from plans.words import _


@dataclass(frozen=True)
class PlanOverview:
    """A plan and the tasks under it, as far as a page about the plan needs them."""

    plan: Plan
    groups: list[tuple[str, list[Measure]]]
    milestones: list[StoneRow]
    tasks_of_measure: Mapping[int, int]
    tasks_of_indicator: Mapping[str, int]
    current_phase: Phase | None
    others: list[Plan]

    @property
    def n_without_task(self) -> int:
        """Measures that no task stands for yet."""
        return sum(measure.id not in self.tasks_of_measure for measure in self.plan.measures)

    @property
    def n_without_units(self) -> int:
        return sum(not measure.units for measure in self.plan.measures)

    @property
    def has_assumed_lead(self) -> bool:
        return any(measure.lead_is_assumed for measure in self.plan.measures)

    @property
    def units(self) -> list[Unit]:
        """The units named for measures or indicators, by name."""
        named = {link.unit for measure in self.plan.measures for link in measure.units}
        named |= {link.unit for duty in self.plan.indicator_duties for link in duty.units}
        return sorted(named, key=lambda unit: unit.name)


def current_plan(session: Session) -> Plan | None:
    """The plan accepted last, without its parts; None before any."""
    return session.scalar(sa.select(Plan).order_by(Plan.accepted_at.desc(), Plan.id.desc()).limit(1))


def plan_overview(session: Session, *, today: date, plan_id: int | None = None) -> PlanOverview | None:
    """The plan, or the current one; None before any plan was accepted.

    Raises NotFound for an id that is not the county's.
    """
    plans = list(session.scalars(sa.select(Plan).order_by(Plan.accepted_at.desc(), Plan.id.desc())))
    if plan_id is None and not plans:
        return None
    wanted = plans[0].id if plan_id is None else plan_id
    plan = session.scalar(sa.select(Plan).where(Plan.id == wanted).options(*_PARTS))
    if plan is None:
        raise NotFound(_("实施方案"))
    return PlanOverview(
        plan=plan,
        groups=[(title, list(part)) for title, part in groupby(plan.measures, lambda m: m.group_title)],
        milestones=milestone_rows(session, plan.id, today),
        tasks_of_measure=_tasks_of_measure(session, plan.id),
        tasks_of_indicator=_tasks_of_indicator(session, plan.id),
        current_phase=next((phase for phase in plan.phases if phase_holds(phase, today)), None),
        others=[other for other in plans if other.id != plan.id],
    )


def kept_draft(session: Session, draft_id: int) -> KeptDraft:
    """A draft that waits for acceptance.

    Raises NotFound.
    """
    draft = session.scalar(sa.select(KeptDraft).where(KeptDraft.id == draft_id))
    if draft is None:
        raise NotFound(_("方案草稿"))
    return draft


_PARTS = (
    selectinload(Plan.phases),
    selectinload(Plan.measures).selectinload(Measure.units).joinedload(MeasureUnit.unit),
    selectinload(Plan.indicator_duties).selectinload(IndicatorDuty.units).joinedload(IndicatorDutyUnit.unit),
    selectinload(Plan.unit_duties),
)


def _tasks_of_measure(session: Session, plan_id: int) -> dict[int, int]:
    statement = sa.select(Task.measure_id, sa.func.count()).where(Task.plan_id == plan_id)
    found = session.execute(statement.group_by(Task.measure_id))
    return {key: number for key, number in found if key is not None}


def _tasks_of_indicator(session: Session, plan_id: int) -> dict[str, int]:
    statement = (
        sa.select(TaskIndicator.code, sa.func.count())
        .join(Task, Task.id == TaskIndicator.task_id)
        .where(Task.plan_id == plan_id)
    )
    return dict(session.execute(statement.group_by(TaskIndicator.code)).all())
