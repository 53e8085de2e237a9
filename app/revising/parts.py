"""The parts of a plan that have a form: how each begins from its row and what becomes of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from app.planning.draft_forms import split_names
from app.planning.queries import county_members
from app.revising.forms import HeadForm, IndicatorForm, MeasureForm, PhaseForm, RevisionForm, UnitDutyForm
from plans.actors import Actor, Person
from plans.models import IndicatorDuty, Measure, Phase, Plan, UnitDuty
from plans.revisions import MeasureTerms, PhaseTerms, change_measure, change_phase
from plans.table_revisions import (
    HeadTerms,
    IndicatorTerms,
    UnitDutyTerms,
    change_head,
    change_indicator_duty,
    change_unit_duty,
)


@dataclass(frozen=True)
class Revision:
    """A filled form on its way to a command."""

    session: Session
    actor: Actor
    row: Any
    form: Any
    at: datetime

    @property
    def common(self) -> dict[str, Any]:
        reason = (self.form.reason.data or "").strip()
        return {"seen_version": self.form.seen_version, "reason": reason, "at": self.at}


@dataclass(frozen=True)
class PartKind:
    """One part: its model, what it is called, its form, where it stands on the page of the plan."""

    model: type[Any]
    name: Any
    form: type[RevisionForm]
    anchor: str
    start: Callable[[Any], dict[str, Any]]
    save: Callable[[Revision], object]


def _start_head(plan: Plan) -> dict[str, Any]:
    return {
        "title": plan.title,
        "document_no": plan.document_no or "",
        "horizon_year": plan.horizon_year,
        "goals": "\n".join(plan.goals),
    }


def _save_head(given: Revision) -> None:
    form = given.form
    terms = HeadTerms(
        form.title.data or "", form.document_no.data, form.horizon_year.data, _lines(form.goals.data)
    )
    change_head(given.session, given.actor, plan_id=given.row.id, terms=terms, **given.common)


def _start_phase(phase: Phase) -> dict[str, Any]:
    return {
        "title": phase.title,
        "starts_on": phase.starts_on,
        "ends_on": phase.ends_on,
        "weight": phase.weight,
        "steps": "\n".join(phase.steps),
    }


def _save_phase(given: Revision) -> None:
    form = given.form
    terms = PhaseTerms(
        form.title.data or "",
        form.starts_on.data,
        form.ends_on.data,
        form.weight.data or 0,
        _lines(form.steps.data),
    )
    change_phase(given.session, given.actor, phase_id=given.row.id, terms=terms, **given.common)


def _start_measure(measure: Measure) -> dict[str, Any]:
    return {
        "title": measure.title,
        "text": measure.text,
        "stated_due_on": measure.stated_due_on,
        "lead_unit_id": str(measure.lead.id) if measure.lead else "",
        "supervising_unit_id": str(measure.supervising_unit_id or ""),
        "person": measure.person_name,
        "weight": measure.weight,
        "support_unit_ids": [str(unit.id) for unit in measure.supports],
        "indicator_codes": [link.code for link in measure.indicators],
    }


def _save_measure(given: Revision) -> None:
    form = given.form
    terms = MeasureTerms(
        title=form.title.data or "",
        text=(form.text.data or "").replace("\r\n", "\n"),
        stated_due_on=form.stated_due_on.data,
        lead_unit_id=_id(form.lead_unit_id.data),
        support_unit_ids=_kept_order(form.support_unit_ids.data, (one.id for one in given.row.supports)),
        supervising_unit_id=_id(form.supervising_unit_id.data),
        person=_person(given.session, form.person.data or ""),
        weight=form.weight.data or 0,
        indicator_codes=form.indicator_codes.data,
    )
    change_measure(given.session, given.actor, measure_id=given.row.id, terms=terms, **given.common)


def _start_indicator(duty: IndicatorDuty) -> dict[str, Any]:
    return {
        "text": duty.text,
        "indicator_code": duty.indicator_code or "",
        "unit_ids": [str(link.unit_id) for link in duty.units],
    }


def _save_indicator(given: Revision) -> None:
    form = given.form
    units = _kept_order(form.unit_ids.data, (link.unit_id for link in given.row.units))
    terms = IndicatorTerms(form.text.data or "", form.indicator_code.data or None, units)
    change_indicator_duty(given.session, given.actor, duty_id=given.row.id, terms=terms, **given.common)


def _start_unit_duty(duty: UnitDuty) -> dict[str, Any]:
    return {"unit_names": "、".join(duty.unit_names), "text": duty.text}


def _save_unit_duty(given: Revision) -> None:
    form = given.form
    names = split_names(form.unit_names.data or "", [name for name in given.row.unit_names if "、" in name])
    terms = UnitDutyTerms(names, (form.text.data or "").replace("\r\n", "\n"))
    change_unit_duty(given.session, given.actor, duty_id=given.row.id, terms=terms, **given.common)


PARTS: Mapping[str, PartKind] = {
    "head": PartKind(Plan, _("方案"), HeadForm, "", _start_head, _save_head),
    "phase": PartKind(Phase, _("阶段"), PhaseForm, "phases", _start_phase, _save_phase),
    "measure": PartKind(Measure, _("措施"), MeasureForm, "measures", _start_measure, _save_measure),
    "indicator": PartKind(
        IndicatorDuty, _("指标分工"), IndicatorForm, "indicators", _start_indicator, _save_indicator
    ),
    "unit-duty": PartKind(UnitDuty, _("单位职责"), UnitDutyForm, "duties", _start_unit_duty, _save_unit_duty),
}


def _lines(text: str | None) -> list[str]:
    return (text or "").splitlines()


def _id(text: str | None) -> int | None:
    return int(text) if text else None


def _kept_order(chosen: Iterable[str], before: Iterable[int]) -> list[int]:
    """Boxes are ticked in the order of names; units that stay keep the order of the document."""
    ids, order = [int(one) for one in chosen], list(before)
    return [*(one for one in order if one in ids), *(one for one in ids if one not in order)]


def _person(session: Session, name: str) -> Person | None:
    if not name.strip():
        return None
    members = {person.name: person for person in county_members(session)}
    return members.get(name.strip(), Person(name.strip()))
