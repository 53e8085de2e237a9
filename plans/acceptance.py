"""A draft becomes a plan: rows of the county, units found under any of their names.

A draft comes in its JSON form (``plans.reading`` describes it), because what was previewed is kept that way.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from plans.actors import Actor
from plans.base import new_id
from plans.calendar import deadline
from plans.draft_rows import duty_terms, link_indicators, plan_targets
from plans.duties import add_duty
from plans.errors import NothingToAccept, PlanAlreadyAccepted
from plans.models import (
    IndicatorDuty,
    IndicatorDutyUnit,
    Measure,
    MeasureUnit,
    Milestone,
    Phase,
    Plan,
    UnitDuty,
)
from plans.months import first_day, last_day
from plans.phases import phase_of
from plans.rights import Act, check
from plans.units import UnitRoster
from plans.words import _

Draft = Mapping[str, Any]
UNTITLED = _("未写标题的实施方案")


def accept_draft(
    session: Session, actor: Actor, *, draft: Draft, source_sha256: str, source_name: str, at: datetime
) -> Plan:
    """Make a plan of a draft, with its phases, measures, milestones, targets and duties.

    Only the leading group or the programme office accepts; one document makes one plan.

    Raises ActNotAllowed, NothingToAccept, PlanAlreadyAccepted.
    """
    check(actor, Act.EDIT_PLAN)
    if not draft["indicators"] and not any(group["measures"] for group in draft["groups"]):
        raise NothingToAccept()
    known = plan_of_document(session, source_sha256)
    if known is not None:
        raise PlanAlreadyAccepted(known.title)
    roster = UnitRoster(session)
    for unit in draft["units"]:
        roster.find_or_add(unit["name"], unit["aliases"])
    plan = _plan(draft, roster)
    plan.source_sha256, plan.source_name = source_sha256, source_name
    plan.accepted_at, plan.accepted_by = at, actor.name
    session.add(plan)
    session.flush()
    plan.targets = plan_targets(draft, plan.measures)
    link_indicators(plan.targets, plan.measures)
    for terms in duty_terms(draft, plan.measures, roster):
        add_duty(session, actor, plan_id=plan.id, terms=terms, at=at)
    session.flush()
    return plan


def plan_of_document(session: Session, source_sha256: str) -> Plan | None:
    """The plan that was made of a document, if any."""
    return session.scalar(sa.select(Plan).where(Plan.source_sha256 == source_sha256))


def _plan(draft: Draft, roster: UnitRoster) -> Plan:
    phases = [_phase(no, phase) for no, phase in enumerate(draft["phases"], 1)]
    return Plan(
        id=new_id(),
        title=_fit(draft["title"] or UNTITLED, 200),
        document_no=draft["document_no"],
        horizon_year=draft["horizon"],
        goals=list(draft["goals"]),
        gaps=list(draft["gaps"]),
        phases=phases,
        measures=_measures(draft["groups"], roster),
        milestones=[_milestone(milestone, phases) for milestone in draft["milestones"]],
        indicator_duties=[_indicator(no, row, roster) for no, row in enumerate(draft["indicators"], 1)],
        unit_duties=[
            UnitDuty(no=no, unit_names=list(duty["units"]), text=duty["text"])
            for no, duty in enumerate(draft["duties"], 1)
        ],
    )


def _phase(no: int, phase: Draft) -> Phase:
    return Phase(
        no=no,
        title=_fit(phase["title"], 120),
        starts_on=first_day(phase["start"]) if phase["start"] else None,
        ends_on=last_day(phase["end"]) if phase["end"] else None,
        steps=list(phase["steps"]),
    )


def _milestone(milestone: Draft, phases: Sequence[Phase]) -> Milestone:
    stated = last_day(milestone["due"])
    named = (phase for phase in phases if phase.title == milestone.get("phase"))
    return Milestone(
        id=new_id(),
        stated_due_on=stated,
        due_on=deadline(stated),
        text=milestone["text"],
        phase=next(named, None) or phase_of(stated, phases),
    )


def _measures(groups: Sequence[Draft], roster: UnitRoster) -> list[Measure]:
    # Some documents begin again at 1 in each group, so the running place is the number that orders them.
    placed = ((group, measure) for group in groups for measure in group["measures"])
    return [_measure(no, group["title"], measure, roster) for no, (group, measure) in enumerate(placed, 1)]


def _measure(no: int, group_title: str, measure: Draft, roster: UnitRoster) -> Measure:
    leads = _units(measure.get("lead", ())[:1], roster)
    units = _units(measure["units"], roster)
    title = _fit(measure["title"], 200)
    stated = last_day(measure["due"]) if measure.get("due") else None
    return Measure(
        id=new_id(),
        no=no,
        group_title=_fit(group_title, 200),
        title=title,
        text=measure["text"] if title == measure["title"] else f"{measure['title']}\n{measure['text']}",
        source_paragraph=measure["paragraph"],
        stated_due_on=stated,
        due_on=stated and deadline(stated),
        units=[
            MeasureUnit(unit=unit, no=place, is_lead=unit in leads) for place, unit in enumerate(units, 1)
        ],
    )


def _indicator(no: int, row: Draft, roster: UnitRoster) -> IndicatorDuty:
    return IndicatorDuty(
        no=no,
        code=row["code"],
        indicator_code=row.get("indicator_code"),
        group_title=row["group"] and _fit(row["group"], 120),
        text=row["text"],
        units=[
            IndicatorDutyUnit(unit=unit, no=place)
            for place, unit in enumerate(_units(row["units"], roster), 1)
        ],
    )


def _units(names: Sequence[str], roster: UnitRoster) -> list[Any]:
    return list(dict.fromkeys(roster.find_or_add(name) for name in names))


def _fit(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
