"""The head of a plan and its two tables, indicators and duties of units, are changed. Nobody commits here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from plans.actors import Actor
from plans.change_log import held_row, write_change
from plans.commands.finding import check_units
from plans.models import IndicatorDuty, IndicatorDutyUnit, Plan, UnitDuty
from plans.part_fields import fields_of
from plans.promises import reread_promises
from plans.words import _
from plans.work_errors import WordsMissing


@dataclass(frozen=True)
class HeadTerms:
    """What can be changed of a plan as a whole."""

    title: str
    document_no: str | None
    horizon_year: int | None
    goals: Sequence[str]


@dataclass(frozen=True)
class IndicatorTerms:
    """What can be changed of a row of the indicator table."""

    text: str
    indicator_code: str | None
    unit_ids: Sequence[int]


@dataclass(frozen=True)
class UnitDutyTerms:
    """What can be changed of what a unit is there for."""

    unit_names: Sequence[str]
    text: str


def change_head(
    session: Session,
    actor: Actor,
    *,
    plan_id: int,
    terms: HeadTerms,
    seen_version: int,
    reason: str,
    at: datetime,
) -> Plan:
    """Change title, number, horizon and goals of a plan. Numbers that the goals promise are read anew.

    Only the leading group or the programme office.

    Raises ActNotAllowed, NotFound, StalePlan, ReasonMissing, WordsMissing, PartLocked.
    """
    plan: Plan = held_row(session, actor, Plan, plan_id, _("方案"), seen_version, reason)
    _check_words(terms.title, _("方案标题"))
    before, said = fields_of(plan), "\n".join(plan.goals)
    plan.title, plan.document_no = terms.title.strip(), (terms.document_no or "").strip() or None
    plan.horizon_year = terms.horizon_year
    plan.goals = [goal.strip() for goal in terms.goals if goal.strip()]
    if "goals" in write_change(session, actor, plan, before, reason, at):
        reread_promises(session, plan.id, before=said, now="\n".join(plan.goals), measure_id=None)
    return plan


def change_indicator_duty(
    session: Session,
    actor: Actor,
    *,
    duty_id: int,
    terms: IndicatorTerms,
    seen_version: int,
    reason: str,
    at: datetime,
) -> IndicatorDuty:
    """Change a row of the indicator table. Numbers that its words promise are read anew.

    Only the leading group or the programme office.

    Raises ActNotAllowed, NotFound, StalePlan, ReasonMissing, WordsMissing, PartLocked.
    """
    duty: IndicatorDuty = held_row(
        session, actor, IndicatorDuty, duty_id, _("指标分工"), seen_version, reason
    )
    _check_words(terms.text, _("内容"))
    check_units(session, terms.unit_ids)
    before, said = fields_of(duty), duty.text
    duty.text, duty.indicator_code = terms.text.strip(), terms.indicator_code or None
    duty.units = []
    session.flush()  # a unit that stays would otherwise meet its own old row
    ids = dict.fromkeys(terms.unit_ids)
    duty.units = [IndicatorDutyUnit(unit_id=unit_id, no=no) for no, unit_id in enumerate(ids, 1)]
    if "text" in write_change(session, actor, duty, before, reason, at):
        reread_promises(
            session,
            duty.plan_id,
            before=said,
            now=duty.text,
            measure_id=None,
            code=duty.indicator_code,
        )
    return duty


def change_unit_duty(
    session: Session,
    actor: Actor,
    *,
    duty_id: int,
    terms: UnitDutyTerms,
    seen_version: int,
    reason: str,
    at: datetime,
) -> UnitDuty:
    """Change what a unit is there for.

    Only the leading group or the programme office.

    Raises ActNotAllowed, NotFound, StalePlan, ReasonMissing, WordsMissing, PartLocked.
    """
    duty: UnitDuty = held_row(session, actor, UnitDuty, duty_id, _("单位职责"), seen_version, reason)
    names = [name.strip() for name in terms.unit_names if name.strip()]
    _check_words("".join(names), _("单位"))
    _check_words(terms.text, _("职责"))
    before = fields_of(duty)
    duty.unit_names, duty.text = list(dict.fromkeys(names)), terms.text.strip()
    write_change(session, actor, duty, before, reason, at)
    return duty


def _check_words(text: str, what: str) -> None:
    if not text.strip():
        raise WordsMissing(what)
