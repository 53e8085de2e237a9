"""Forms of targets: what they offer and how they begin."""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments.workings import short_name
from app.targets.actuals import actuals, known
from app.targets.defaults import default_aim
from app.targets.forms import TargetForm, start_from
from app.targets.pages import standard_in
from plans.actors import Actor
from plans.errors import NotFound
from plans.models import Plan, Quantity, Target
from plans.overview import current_plan
from plans.targets import revise_target
from scoring.standard import Standard


def plan_with_data(session: Session, year: int | None) -> tuple[Plan, Standard]:
    """The plan whose targets are set, and the standard that names its indicators. Raises NotFound."""
    plan, standard = current_plan(session), standard_in(session, year)
    if plan is None:
        raise NotFound(_("实施方案"))
    if standard is None:
        raise NotFound(_("评估结果"))
    return plan, standard


def blank_form(
    session: Session, standard: Standard, asked: Mapping[str, str], *, horizon_year: int
) -> TargetForm:
    """A form that begins with the standard's line for the figure asked for."""
    code, stage, word = (asked.get(name, "") for name in ("code", "stage", "quantity"))
    start: dict[str, object] = {"horizon_year": horizon_year}
    if code in standard.codes and stage in standard.indicator(code).at_least and word in list(Quantity):
        history = known(actuals(session).get((code, stage, Quantity(word))))
        aim = default_aim(standard.indicator(code), stage, Quantity(word), history, horizon_year)
        start |= start_from(aim) if aim else {}
    return _offered(TargetForm(formdata=None, **start), standard)


def sent_form(standard: Standard) -> TargetForm:
    """The form of a new target as it was sent."""
    return _offered(TargetForm(), standard)


def held_form(target: Target, *, sent: bool = False) -> TargetForm:
    """The form of a target that is there: which figure it is about cannot be changed."""
    start = start_from(target)
    form = TargetForm(**start) if sent else TargetForm(formdata=None, **start)
    form.offer([(target.indicator_code, target.indicator_code)])
    form.indicator_code.data, form.stage.data = target.indicator_code, target.stage
    form.quantity.data = target.quantity.value
    if not sent:
        form.seen.data = target.version
    return form


def save_target(session: Session, actor: Actor, *, target_id: int, form: TargetForm, at: datetime) -> None:
    """Change a target by its form. Raises what ``revise_target`` raises."""
    seen = form.seen.data or ""
    revise_target(
        session,
        actor,
        target_id=target_id,
        aim=form.aim(),
        seen_version=int(seen) if seen.isdecimal() else 0,
        reason=form.reason.data or "",
        at=at,
    )


def _offered(form: TargetForm, standard: Standard) -> TargetForm:
    form.offer([(one.code, f"{one.code} {short_name(one.label)}") for one in standard.indicators])
    return form
