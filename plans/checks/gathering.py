"""The rows of a plan → what the check looks at, in a number of statements that does not grow with them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

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
from plans.checks.finding import Fix
from plans.checks.finding import Target as Place
from plans.errors import NotFound
from plans.models import (
    IndicatorDuty,
    IndicatorDutyUnit,
    Measure,
    MeasureIndicator,
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
from plans.words import _


def checked_plan(session: Session, plan_id: int) -> Plan:
    """A plan of the county in scope with the parts that ``plan_facts`` reads. Raises NotFound."""
    plan = session.scalar(sa.select(Plan).where(Plan.id == plan_id).options(*_PARTS))
    if plan is None:
        raise NotFound(_("实施方案"))
    return plan


def plan_facts(session: Session, plan: Plan, county_year: int | None = None) -> PlanFacts:
    """What the check looks at in a plan whose parts are loaded already; ``county_year``: its target year."""
    duties = _duties(session, plan.id)
    targets = _stated(session, plan.id)
    codes = _codes(session, plan.id)
    return PlanFacts(
        horizon_year=plan.horizon_year,
        county_year=county_year,
        id=plan.id,
        measures=tuple(_measure(measure, codes, targets, duties) for measure in plan.measures),
        tasks=tuple(_tasks(session, plan.id)),
        phases=tuple(PhaseFacts(one.id, one.title, one.starts_on, one.ends_on) for one in plan.phases),
        milestones=tuple(
            MilestoneFacts(one.id, one.text, one.stated_due_on, one.phase_id) for one in plan.milestones
        ),
        duties=tuple(
            DutyFacts(duty.id, duty.title, duty.lead_unit.name if duty.lead_unit else None) for duty in duties
        ),
        targets=(*_promised(plan, targets), *_set(session, plan.id)),
        units=tuple(_units(session, plan)),
    )


_PARTS = (
    selectinload(Plan.phases),
    selectinload(Plan.measures).selectinload(Measure.units).joinedload(MeasureUnit.unit),
    selectinload(Plan.milestones),
    selectinload(Plan.indicator_duties).selectinload(IndicatorDuty.units).joinedload(IndicatorDutyUnit.unit),
    selectinload(Plan.unit_duties),
)


def _measure(
    measure: Measure,
    codes: Mapping[int, set[str]],
    targets: Sequence[PlanTarget],
    duties: Sequence[RecurringDuty],
) -> MeasureFacts:
    lead = [measure.lead.name] if measure.lead else []
    return MeasureFacts(
        id=measure.id,
        no=measure.no,
        title=measure.title,
        text=measure.text,
        units=(*lead, *(unit.name for unit in measure.supports)),
        has_written_lead=not measure.lead_is_assumed,
        due_on=measure.stated_due_on,
        indicator_codes=frozenset(codes.get(measure.id, ())),
        has_target=any(target.measure_id == measure.id for target in targets),
        recurs=any(duty.measure_id == measure.id for duty in duties),
    )


def _stated(session: Session, plan_id: int) -> list[PlanTarget]:
    statement = sa.select(PlanTarget).where(PlanTarget.plan_id == plan_id).order_by(PlanTarget.no)
    return list(session.scalars(statement))


def _codes(session: Session, plan_id: int) -> dict[int, set[str]]:
    """Measure → the indicators that it works for."""
    statement = (
        sa.select(MeasureIndicator.measure_id, MeasureIndicator.code)
        .join(Measure, Measure.id == MeasureIndicator.measure_id)
        .where(Measure.plan_id == plan_id)
    )
    codes: dict[int, set[str]] = defaultdict(set)
    for measure_id, code in session.execute(statement):
        codes[measure_id].add(code)
    return codes


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


def _promised(plan: Plan, targets: Sequence[PlanTarget]) -> Iterator[TargetFacts]:
    places = {
        measure.id: _("措施%(no)s %(title)s", no=measure.no, title=measure.title) for measure in plan.measures
    }
    for target in targets:
        if target.indicator_code:
            yield TargetFacts(
                place=places.get(target.measure_id or 0) or _quoted(target),
                indicator_code=target.indicator_code,
                stage=target.stage,
                relation=target.relation,
                value=target.value,
                unit=target.unit,
                year=target.year,
                home=_home(plan, target),
            )


def _home(plan: Plan, target: PlanTarget) -> Fix:
    """The text that makes the promise: a measure, a row of the indicator table, or a goal."""
    if target.measure_id is not None:
        return Fix("", Place.MEASURE, target.measure_id)
    rows = (duty.id for duty in plan.indicator_duties if target.sentence in duty.text)
    row_id = next(rows, None)
    return Fix("", Place.HEAD, plan.id) if row_id is None else Fix("", Place.INDICATOR, row_id)


def _quoted(target: PlanTarget) -> str:
    return target.sentence if len(target.sentence) <= 40 else target.sentence[:39] + "…"


def _set(session: Session, plan_id: int) -> Iterator[TargetFacts]:
    """The county's own paths; a mean must not fall, a spread must not rise."""
    for target in session.scalars(sa.select(Target).where(Target.plan_id == plan_id).order_by(Target.id)):
        yield TargetFacts(
            place=_("目标表 %(indicator_code)s", indicator_code=target.indicator_code),
            indicator_code=target.indicator_code,
            stage=target.stage,
            relation="<=" if target.quantity is Quantity.SPREAD else ">=",
            value=target.due,
            unit=None,
            year=target.horizon_year,
            quantity=target.quantity.value,
            home=Fix("", Place.TARGETS, target.id),
        )


def _units(session: Session, plan: Plan) -> Iterator[UnitFacts]:
    """The units that the plan names, by name; a name in the list of duties may be an alias."""
    with_duty = {name: duty.id for duty in plan.unit_duties for name in duty.unit_names}
    named = {link.unit_id for measure in plan.measures for link in measure.units}
    named |= {link.unit_id for duty in plan.indicator_duties for link in duty.units}
    for unit in session.scalars(sa.select(Unit).order_by(Unit.name)):
        duty_id = next((with_duty[name] for name in (unit.name, *unit.aliases) if name in with_duty), None)
        if duty_id is not None or unit.id in named:
            yield UnitFacts(unit.name, tuple(unit.aliases), duty_id is not None, duty_id)
