"""The rows of a plan → what the check looks at, in a number of statements that does not grow with them."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from plans.checks.facts import (
    DutyFacts,
    MeasureFacts,
    MilestoneFacts,
    PhaseFacts,
    PlanFacts,
    TargetFacts,
    TaskFacts,
    UnitFacts,
)
from plans.errors import NotFound
from plans.models import (
    IndicatorDuty,
    IndicatorDutyUnit,
    Measure,
    MeasureUnit,
    Plan,
    PlanTarget,
    Quantity,
    RecurringDuty,
    Target,
    Task,
    TaskSupport,
    Unit,
)


def plan_facts(session: Session, plan_id: int) -> PlanFacts:
    """What the check looks at in one plan of the county in scope.

    Raises NotFound.
    """
    plan = session.scalar(sa.select(Plan).where(Plan.id == plan_id).options(*_PARTS))
    if plan is None:
        raise NotFound("实施方案")
    duties = _duties(session, plan_id)
    return PlanFacts(
        horizon_year=plan.horizon_year,
        measures=tuple(_measure(measure, plan, duties) for measure in plan.measures),
        tasks=tuple(_tasks(session, plan_id)),
        phases=tuple(PhaseFacts(one.id, one.title, one.starts_on, one.ends_on) for one in plan.phases),
        milestones=tuple(
            MilestoneFacts(one.id, one.text, one.stated_due_on, one.phase_id) for one in plan.milestones
        ),
        duties=tuple(
            DutyFacts(duty.id, duty.title, duty.lead_unit.name if duty.lead_unit else None) for duty in duties
        ),
        targets=(*_promised(plan), *_set(session, plan_id)),
        units=tuple(_units(session, plan)),
    )


_PARTS = (
    selectinload(Plan.phases),
    selectinload(Plan.measures).selectinload(Measure.units).joinedload(MeasureUnit.unit),
    selectinload(Plan.measures).selectinload(Measure.indicators),
    selectinload(Plan.milestones),
    selectinload(Plan.targets),
    selectinload(Plan.indicator_duties).selectinload(IndicatorDuty.units).joinedload(IndicatorDutyUnit.unit),
    selectinload(Plan.unit_duties),
)


def _measure(measure: Measure, plan: Plan, duties: list[RecurringDuty]) -> MeasureFacts:
    lead = [measure.lead.name] if measure.lead else []
    return MeasureFacts(
        id=measure.id,
        no=measure.no,
        title=measure.title,
        text=measure.text,
        units=(*lead, *(unit.name for unit in measure.supports)),
        has_written_lead=not measure.lead_is_assumed,
        due_on=measure.stated_due_on,
        indicator_codes=frozenset(link.code for link in measure.indicators),
        has_target=any(target.measure_id == measure.id for target in plan.targets),
        recurs=any(duty.measure_id == measure.id for duty in duties),
    )


def _duties(session: Session, plan_id: int) -> list[RecurringDuty]:
    statement = sa.select(RecurringDuty).where(RecurringDuty.plan_id == plan_id).order_by(RecurringDuty.no)
    return list(session.scalars(statement.options(joinedload(RecurringDuty.lead_unit))))


def _tasks(session: Session, plan_id: int) -> Iterator[TaskFacts]:
    statement = (
        sa.select(Task)
        .where(Task.plan_id == plan_id)
        .order_by(Task.due_on, Task.id)
        .options(joinedload(Task.lead_unit), selectinload(Task.indicators))
        .options(selectinload(Task.supports).joinedload(TaskSupport.unit))
    )
    for task in session.scalars(statement):
        supports = (support.unit.name for support in task.supports)
        codes = frozenset(link.code for link in task.indicators)
        yield TaskFacts(
            task.id,
            task.title,
            task.due_on,
            frozenset({task.lead_unit.name, *supports}),
            task.measure_id,
            codes,
        )


def _promised(plan: Plan) -> Iterator[TargetFacts]:
    places = {measure.id: f"措施{measure.no} {measure.title}" for measure in plan.measures}
    for target in plan.targets:
        if target.indicator_code:
            yield TargetFacts(
                place=places.get(target.measure_id or 0) or _quoted(target),
                indicator_code=target.indicator_code,
                stage=target.stage,
                relation=target.relation,
                value=target.value,
                unit=target.unit,
                year=target.year,
            )


def _quoted(target: PlanTarget) -> str:
    return target.sentence if len(target.sentence) <= 40 else target.sentence[:39] + "…"


def _set(session: Session, plan_id: int) -> Iterator[TargetFacts]:
    """The county's own paths; a mean must not fall, a spread must not rise."""
    for target in session.scalars(sa.select(Target).where(Target.plan_id == plan_id).order_by(Target.id)):
        yield TargetFacts(
            place=f"目标表 {target.indicator_code}",
            indicator_code=target.indicator_code,
            stage=target.stage,
            relation="<=" if target.quantity is Quantity.SPREAD else ">=",
            value=target.due,
            unit=None,
            year=target.horizon_year,
            quantity=target.quantity.value,
            is_set=True,
        )


def _units(session: Session, plan: Plan) -> Iterator[UnitFacts]:
    """The units that the plan names, by name; a name in the list of duties may be an alias."""
    with_duty = {name for duty in plan.unit_duties for name in duty.unit_names}
    named = {link.unit_id for measure in plan.measures for link in measure.units}
    named |= {link.unit_id for duty in plan.indicator_duties for link in duty.units}
    for unit in session.scalars(sa.select(Unit).order_by(Unit.name)):
        has_duty = bool({unit.name, *unit.aliases} & with_duty)
        if has_duty or unit.id in named:
            yield UnitFacts(unit.name, tuple(unit.aliases), has_duty)
