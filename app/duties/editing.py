"""The form of a duty: how it begins and what becomes of it."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.duties.forms import DutyForm
from app.planning.queries import unit_choices
from plans.actors import Actor
from plans.commands.finding import found
from plans.duties import DutyTerms, change_duty, last_year, plan_duty
from plans.models import Measure, Plan, RecurringDuty
from plans.periods import PROGRAMME_ENDS
from plans.rule_words import days_in, rule_of
from plans.words import _


def blank_form(session: Session, plan_id: int, *, today: date) -> DutyForm:
    """The form of a new duty. Raises NotFound."""
    found(session, Plan, plan_id, _("实施方案"))
    return offered(session, DutyForm(formdata=None, until_year=str(PROGRAMME_ENDS)), plan_id, today=today)


def held_form(session: Session, duty: RecurringDuty, *, today: date) -> DutyForm:
    """The form of a duty as it stands."""
    months, day = days_in(duty.rule) or ([], None)
    start: dict[str, Any] = {
        "seen": str(duty.version),
        "title": duty.title,
        "details": duty.details,
        "every": duty.every.value,
        "months": [str(month) for month in months],
        "day": "" if day is None else str(day),
        "until_year": str(last_year(duty) or today.year - 1),
        "measure_id": str(duty.measure_id or ""),
        "lead_unit_id": str(duty.lead_unit_id or ""),
        "support_unit_ids": [str(link.unit_id) for link in duty.supports],
    }
    return offered(session, DutyForm(formdata=None, **start), duty.plan_id, today=today)


def offered(session: Session, form: DutyForm, plan_id: int, *, today: date) -> DutyForm:
    """The form with its choices: units of the county, measures of the plan."""
    measures = session.scalars(sa.select(Measure).where(Measure.plan_id == plan_id).order_by(Measure.no))
    form.offer(
        units=unit_choices(session),
        measures=[(str(one.id), f"{one.no}. {one.title}") for one in measures],
        this_year=today.year,
    )
    return form


def add_from(session: Session, actor: Actor, form: DutyForm, plan_id: int, *, at: datetime) -> RecurringDuty:
    """Write a new duty. Raises what ``plan_duty`` raises."""
    return plan_duty(
        session,
        actor,
        plan_id=plan_id,
        terms=_terms(form, None),
        reason=form.reason.data or "",
        at=at,
        until_year=int(form.until_year.data),
    )


def change_from(session: Session, actor: Actor, form: DutyForm, duty: RecurringDuty, *, at: datetime) -> None:
    """Change a duty. Raises what ``change_duty`` raises."""
    change_duty(
        session,
        actor,
        duty_id=duty.id,
        terms=_terms(form, duty),
        seen_version=form.seen_version,
        reason=form.reason.data or "",
        at=at,
        until_year=int(form.until_year.data),
    )


def _terms(form: DutyForm, duty: RecurringDuty | None) -> DutyTerms:
    lead, measure = form.lead_unit_id.data, form.measure_id.data
    return DutyTerms(
        title=form.title.data or "",
        details=(form.details.data or "").replace("\r\n", "\n"),
        every=form.period,
        rule=_rule(form, duty),
        measure_id=int(measure) if measure else None,
        lead_unit_id=int(lead) if lead else None,
        support_unit_ids=[int(unit) for unit in form.support_unit_ids.data],
    )


def _rule(form: DutyForm, duty: RecurringDuty | None) -> str:
    """A rule that the form cannot show (the first Monday, say) stays as long as no day is chosen over it."""
    is_left_open = not form.chosen_months and form.chosen_day is None
    if duty is not None and is_left_open and form.period is duty.every and days_in(duty.rule) is None:
        return duty.rule
    return rule_of(form.period, form.chosen_months, form.chosen_day)
