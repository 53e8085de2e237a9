"""A plan as a draft: its rows back in the JSON shape of ``plans.reading``."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from plans.models import (
    DutySupport,
    IndicatorDuty,
    IndicatorDutyUnit,
    Measure,
    MeasureUnit,
    Milestone,
    Phase,
    Plan,
    RecurringDuty,
    Unit,
)
from plans.periods import WORDS


def body_of(session: Session, plan_id: int) -> dict[str, Any]:
    """The draft that a plan of the county in scope would have been made of; ``from_id`` names its rows.

    Raises sqlalchemy.exc.NoResultFound.
    """
    plan = session.scalars(sa.select(Plan).where(Plan.id == plan_id).options(*_PARTS)).one()
    phases = {phase.id: phase.title for phase in plan.phases}
    return {
        "title": plan.title,
        "document_no": plan.document_no,
        "horizon": plan.horizon_year,
        "goals": list(plan.goals),
        "goal_sources": [
            {"text": goal, "paragraph": None, "targets": _targets(plan, None, goal)} for goal in plan.goals
        ],
        "groups": _groups(plan),
        "phases": [_phase(phase) for phase in plan.phases],
        "milestones": [_milestone(stone, phases) for stone in plan.milestones],
        "indicators": [_indicator(plan, duty) for duty in plan.indicator_duties],
        "duties": [
            {"units": list(duty.unit_names), "text": duty.text, "paragraph": None}
            for duty in plan.unit_duties
        ],
        "recurring": _recurring(session, plan),
        "units": [
            {"name": unit.name, "aliases": list(unit.aliases)} for unit in session.scalars(sa.select(Unit))
        ],
        "gaps": [],
    }


_TARGET_FIELDS = ("indicator_code", "stage", "relation", "value", "unit", "year", "sentence")
_PARTS = (
    selectinload(Plan.phases),
    selectinload(Plan.measures).selectinload(Measure.units).joinedload(MeasureUnit.unit),
    selectinload(Plan.milestones),
    selectinload(Plan.targets),
    selectinload(Plan.indicator_duties).selectinload(IndicatorDuty.units).joinedload(IndicatorDutyUnit.unit),
    selectinload(Plan.unit_duties),
)


def _phase(phase: Phase) -> dict[str, Any]:
    return {
        "title": phase.title,
        "start": _iso(phase.starts_on),
        "end": _iso(phase.ends_on),
        "steps": list(phase.steps),
        "paragraph": None,
    }


def _milestone(stone: Milestone, phases: dict[int, str]) -> dict[str, Any]:
    return {
        "from_id": stone.id,
        "due": stone.stated_due_on.isoformat(),
        "text": stone.text,
        "phase": phases.get(stone.phase_id or 0, ""),
        "paragraph": None,
    }


def _groups(plan: Plan) -> list[dict[str, Any]]:
    titles = list(dict.fromkeys(measure.group_title for measure in plan.measures))
    return [
        {
            "title": title,
            "paragraph": None,
            "measures": [_measure(plan, one) for one in plan.measures if one.group_title == title],
        }
        for title in titles
    ]


def _measure(plan: Plan, measure: Measure) -> dict[str, Any]:
    leads = [link.unit.name for link in measure.units if link.is_lead]
    units = list(dict.fromkeys([*leads, *(link.unit.name for link in measure.units)]))
    return {
        "from_id": measure.id,
        "no": measure.no,
        "title": measure.title,
        "text": measure.text,
        "units": units,
        "lead": leads,
        "support": [name for name in units if name not in leads] if leads else [],
        "due": _iso(measure.stated_due_on),
        "paragraph": measure.source_paragraph,
        "targets": _targets(plan, measure.id),
    }


def _indicator(plan: Plan, duty: IndicatorDuty) -> dict[str, Any]:
    return {
        "code": duty.code,
        "indicator_code": duty.indicator_code,
        "group": duty.group_title,
        "text": duty.text,
        "units": [link.unit.name for link in duty.units],
        "paragraph": None,
        "targets": _targets(plan, None, duty.text),
    }


def _targets(plan: Plan, measure_id: int | None, text: str = "") -> list[dict[str, Any]]:
    """The numbers that a measure promises, or a text that belongs to no measure."""
    return [
        {field: getattr(target, field) for field in _TARGET_FIELDS} | {"paragraph": target.source_paragraph}
        for target in plan.targets
        if target.measure_id == measure_id and (measure_id is not None or target.sentence in text)
    ]


def _recurring(session: Session, plan: Plan) -> list[dict[str, Any]]:
    """In the shape of a template; a duty of no measure cannot be told there and is left to the old plan."""
    numbers = {measure.id: measure.no for measure in plan.measures}
    statement = (
        sa.select(RecurringDuty)
        .where(RecurringDuty.plan_id == plan.id)
        .order_by(RecurringDuty.no)
        .options(
            joinedload(RecurringDuty.lead_unit),
            selectinload(RecurringDuty.supports).joinedload(DutySupport.unit),
        )
    )
    return [
        {
            "title": duty.title,
            "every": WORDS[duty.every],
            "rule": duty.rule,
            "measure": numbers[duty.measure_id],
            "units": [
                *([duty.lead_unit.name] if duty.lead_unit else []),
                *(support.unit.name for support in duty.supports),
            ],
        }
        for duty in session.scalars(statement)
        if duty.measure_id in numbers
    ]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
