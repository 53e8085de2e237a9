"""What of each part of a plan is compared: titles, days, units, weights, as plain text."""

from collections.abc import Callable
from datetime import date
from typing import Any

from plans.models import (
    IndicatorDuty,
    Measure,
    Milestone,
    Phase,
    Plan,
    PlanPart,
    Quantity,
    RecurringDuty,
    Target,
    UnitDuty,
)
from plans.rule_words import rule_words
from plans.words import _, listed

Fields = dict[str, str]
Row = Plan | Phase | Measure | Milestone | IndicatorDuty | UnitDuty | RecurringDuty | Target
STAGE_WORDS = {"primary": _("小学"), "junior": _("初中")}
QUANTITY_WORDS = {
    Quantity.MEAN: _("全县均值"),
    Quantity.SPREAD: _("差异系数"),
    Quantity.SHARE: _("达标学校比例"),
}


def part_of(row: Row) -> PlanPart:
    """Which part of a plan a row is."""
    return _KINDS[type(row)][0]


def fields_of(row: Row) -> Fields:
    """The fields of one row that are compared; "" = nothing stands there."""
    return {field: "" if value is None else str(value) for field, value in _KINDS[type(row)][1](row).items()}


def title_of(row: Row) -> str:
    """What a row is called."""
    if isinstance(row, Milestone | IndicatorDuty):
        return row.text[:200]
    if isinstance(row, UnitDuty):
        return listed(row.unit_names)[:200]
    if isinstance(row, Target):
        stage = STAGE_WORDS.get(row.stage, row.stage)
        return f"{row.indicator_code} {stage}{QUANTITY_WORDS[row.quantity]}"
    return row.title


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "title": plan.title,
        "document_no": plan.document_no,
        "horizon_year": plan.horizon_year,
        "goals": "\n".join(plan.goals),
    }


def _phase(phase: Phase) -> dict[str, Any]:
    return {
        "title": phase.title,
        "starts_on": phase.starts_on,
        "ends_on": phase.ends_on,
        "steps": "\n".join(phase.steps),
        "weight": phase.weight,
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "title": measure.title,
        "text": measure.text,
        "stated_due_on": measure.stated_due_on,
        "lead": measure.lead.name if measure.lead else "",
        "supports": _names(unit.name for unit in measure.supports),
        "supervising": measure.supervising_unit.name if measure.supervising_unit else "",
        "person": measure.person_name,
        "indicators": _names(link.code for link in measure.indicators),
        "weight": measure.weight,
    }


def _milestone(stone: Milestone) -> dict[str, Any]:
    return {"text": stone.text, "criteria": stone.criteria, "stated_due_on": stone.stated_due_on}


def _indicator(duty: IndicatorDuty) -> dict[str, Any]:
    return {
        "text": duty.text,
        "indicator_code": duty.indicator_code,
        "units": _names(link.unit.name for link in duty.units),
    }


def _unit_duty(duty: UnitDuty) -> dict[str, Any]:
    return {"unit_names": _names(duty.unit_names), "text": duty.text}


def _recurring(duty: RecurringDuty) -> dict[str, Any]:
    return {
        "title": duty.title,
        "details": duty.details,
        "rule": rule_words(duty.every, duty.rule),
        "measure": duty.measure.title if duty.measure else "",
        "lead": duty.lead_unit.name if duty.lead_unit else "",
        "supports": _names(sorted(link.unit.name for link in duty.supports)),
    }


def _target(target: Target) -> dict[str, Any]:
    return {
        "baseline": _(
            "%(baseline_year)s年 %(baseline)s",
            baseline_year=target.baseline_year,
            baseline=f"{target.baseline:g}",
        ),
        "due": _("%(horizon_year)s年 %(due)s", horizon_year=target.horizon_year, due=f"{target.due:g}"),
        "path": listed(
            (
                _("%(year)s年 %(value)s", year=year, value=f"{value:g}")
                for year, value in target.steps.items()
            ),
            "；",
        ),
    }


def _names(names: Any) -> str:
    return listed(names)


_KINDS: dict[type[Any], tuple[PlanPart, Callable[[Any], dict[str, date | str | int | None]]]] = {
    Plan: (PlanPart.PLAN, _plan),
    Phase: (PlanPart.PHASE, _phase),
    Measure: (PlanPart.MEASURE, _measure),
    Milestone: (PlanPart.MILESTONE, _milestone),
    IndicatorDuty: (PlanPart.INDICATOR, _indicator),
    UnitDuty: (PlanPart.UNIT_DUTY, _unit_duty),
    RecurringDuty: (PlanPart.DUTY, _recurring),
    Target: (PlanPart.TARGET, _target),
}
