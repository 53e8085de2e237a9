"""The form of a new task: what it offers, how it starts, and how it becomes a task."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.assessments.items import ItemLine
from app.keys import read_key
from app.planning.forms import TaskForm
from app.planning.queries import unit_choices
from plans.actors import Actor
from plans.base import new_id
from plans.commands import assign_task
from plans.models import IndicatorDuty, Measure, Plan, Task
from plans.units import UnitRoster


def blank_form(
    session: Session,
    plan: Plan,
    known: dict[str, ItemLine],
    *,
    measure_id: int | None,
    code: str | None,
    words: Mapping[str, str],
    today: date,
) -> TaskForm:
    """A form that starts from a measure or an indicator that is not met; ``words`` replace what they say."""
    measure = next((one for one in plan.measures if one.id == measure_id), None)
    duty = next((one for one in plan.indicator_duties if code and one.indicator_code == code), None)
    start = _start(measure, duty, code, known) | {name: text for name, text in words.items() if text}
    form = TaskForm(formdata=None, task_id=new_id(), **start)
    return offer_choices(session, form, plan, known, today=today)


def sent_task_form(session: Session, plan: Plan, known: dict[str, ItemLine], *, today: date) -> TaskForm:
    """The form as it was sent."""
    return offer_choices(session, TaskForm(), plan, known, today=today)


def offer_choices(
    session: Session, form: TaskForm, plan: Plan, known: dict[str, ItemLine], *, today: date
) -> TaskForm:
    """Fill the lists of the form: units of the county, measures of the plan, indicators known by either."""
    form.offer(
        units=unit_choices(session),
        measures=[(str(measure.id), f"{measure.no}. {measure.title}") for measure in plan.measures],
        indicators=indicator_choices(plan, known, form.indicator_codes.data or []),
        today=today,
    )
    return form


def indicator_choices(plan: Plan, known: dict[str, ItemLine], given: list[str]) -> list[tuple[str, str]]:
    """Codes with their names: those judged, those in the plan's table, and those asked for."""
    labels = {duty.indicator_code: duty.text for duty in plan.indicator_duties if duty.indicator_code}
    labels.update({code: line.label for code, line in known.items()})
    # Only codes of our own shape: whatever else stands in an address is not offered.
    asked = {code: "" for code in given if code.isalnum() and len(code) <= 20 and code not in labels}
    return [(code, f"{code} {_short(label)}".strip()) for code, label in {**labels, **asked}.items()]


def assign_from(session: Session, actor: Actor, form: TaskForm, plan: Plan, *, at: datetime) -> Task:
    """Make the task; a unit that is not yet on the list is added to it.

    Raises what ``assign_task`` raises.
    """
    return assign_task(
        session,
        actor,
        plan_id=plan.id,
        measure_id=int(form.measure_id.data) if form.measure_id.data else None,
        title=form.title.data.strip(),
        details=(form.details.data or "").strip(),
        lead_unit_id=_lead_unit(session, form),
        support_unit_ids=[int(unit_id) for unit_id in form.support_unit_ids.data],
        indicator_codes=form.indicator_codes.data,
        due_on=form.due_on.data,
        at=at,
        task_id=int(form.task_id.data),
        weight=form.weight.data,
        supervising_unit_id=read_key(form.supervising_unit_id.data),
    )


def _lead_unit(session: Session, form: TaskForm) -> int:
    if form.lead_unit_id.data:
        return int(form.lead_unit_id.data)
    unit = UnitRoster(session).find_or_add(form.new_unit.data)
    session.flush()
    return unit.id


def _start(
    measure: Measure | None, duty: IndicatorDuty | None, code: str | None, known: dict[str, ItemLine]
) -> dict[str, object]:
    source = measure or duty
    units = [str(link.unit_id) for link in source.units] if source else []
    if measure and measure.lead:
        units = [str(measure.lead.id), *(str(unit.id) for unit in measure.supports)]
    line = known.get(code or "")
    return {
        "title": measure.title if measure else line.label if line else _short(duty.text) if duty else "",
        "details": measure.text if measure else line.reason if line else "",
        "measure_id": str(measure.id) if measure else "",
        "lead_unit_id": next(iter(units), ""),
        "support_unit_ids": units[1:],
        "supervising_unit_id": str((measure and measure.supervising_unit_id) or ""),
        "indicator_codes": [code] if code else [],
    }


def _short(text: str, length: int = 40) -> str:
    text = re.split("[：:。，]", text, maxsplit=1)[0]  # the name stands before the figures
    return text if len(text) <= length else text[: length - 1] + "…"
