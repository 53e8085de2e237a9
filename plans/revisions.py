"""A plan is approved, and changed afterwards: 原定 beside 现定. Nobody commits here.

Every change is recorded; once the plan is approved each needs a reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from plans.actors import Actor, Person
from plans.approvals import approve_plan, baseline, plan_changes, plan_differences
from plans.calendar import deadline
from plans.change_log import held_row, record_change, write_change
from plans.commands.assigning import check_weight
from plans.commands.finding import check_units
from plans.models import Measure, MeasureIndicator, MeasureUnit, Milestone, Phase
from plans.part_fields import fields_of
from plans.promises import reread_promises
from plans.words import _
from plans.work_errors import EndsBeforeStart, WordsMissing

__all__ = [
    "MeasureTerms",
    "MilestoneTerms",
    "PhaseTerms",
    "approve_plan",
    "baseline",
    "change_measure",
    "change_milestone",
    "change_phase",
    "plan_changes",
    "plan_differences",
    "record_change",
]


@dataclass(frozen=True)
class PhaseTerms:
    """What can be changed of a phase."""

    title: str
    starts_on: date | None
    ends_on: date | None
    weight: int = 1
    steps: Sequence[str] | None = None  # None = as they are


@dataclass(frozen=True)
class MeasureTerms:
    """What can be changed of a measure; the deadline moves to a working day."""

    title: str
    text: str
    stated_due_on: date | None
    lead_unit_id: int | None
    support_unit_ids: Sequence[int] = ()
    supervising_unit_id: int | None = None
    person: Person | None = None
    weight: int = 1
    indicator_codes: Sequence[str] | None = None  # None = as they are


@dataclass(frozen=True)
class MilestoneTerms:
    """What can be changed of a milestone; the deadline moves to a working day."""

    text: str
    stated_due_on: date
    criteria: str = ""


def change_phase(
    session: Session,
    actor: Actor,
    *,
    phase_id: int,
    terms: PhaseTerms,
    seen_version: int,
    reason: str,
    at: datetime,
) -> Phase:
    """Change a phase.

    Only the leading group or the programme office.

    Raises ActNotAllowed, NotFound, StalePlan, ReasonMissing, WordsMissing, EndsBeforeStart, WeightOutOfRange,
    PartLocked.
    """
    phase: Phase = held_row(session, actor, Phase, phase_id, _("阶段"), seen_version, reason)
    _check_words(terms.title, _("阶段名称"))
    check_weight(terms.weight)
    if terms.starts_on and terms.ends_on and terms.ends_on < terms.starts_on:
        raise EndsBeforeStart(_("阶段"))
    before = fields_of(phase)
    phase.title, phase.starts_on, phase.ends_on = terms.title.strip(), terms.starts_on, terms.ends_on
    phase.weight = terms.weight
    if terms.steps is not None:
        phase.steps = [step.strip() for step in terms.steps if step.strip()]
    write_change(session, actor, phase, before, reason, at)
    return phase


def change_measure(
    session: Session,
    actor: Actor,
    *,
    measure_id: int,
    terms: MeasureTerms,
    seen_version: int,
    reason: str,
    at: datetime,
) -> Measure:
    """Change a measure: its words, deadline, units, person, indicators and weight.

    Only the leading group or the programme office. Numbers that its words promise are read anew.

    Raises ActNotAllowed, NotFound, StalePlan, ReasonMissing, WordsMissing, WeightOutOfRange, PartLocked.
    """
    measure: Measure = held_row(session, actor, Measure, measure_id, _("措施"), seen_version, reason)
    _check_words(terms.title, _("措施名称"))
    check_weight(terms.weight)
    check_units(session, [terms.lead_unit_id, terms.supervising_unit_id, *terms.support_unit_ids])
    before, said = fields_of(measure), _words(measure)
    _apply(measure, terms)
    _set_units(session, measure, terms)
    if terms.indicator_codes is not None:
        _set_indicators(session, measure, terms.indicator_codes)
    changed = write_change(session, actor, measure, before, reason, at)
    if {"title", "text"} & set(changed):
        reread_promises(session, measure.plan_id, before=said, now=_words(measure), measure_id=measure.id)
    return measure


def change_milestone(
    session: Session,
    actor: Actor,
    *,
    milestone_id: int,
    terms: MilestoneTerms,
    seen_version: int,
    reason: str,
    at: datetime,
) -> Milestone:
    """Change a milestone: its words, its deadline, what counts as reached.

    Only the leading group or the programme office.

    Raises ActNotAllowed, NotFound, StalePlan, ReasonMissing, WordsMissing, PartLocked.
    """
    stone: Milestone = held_row(session, actor, Milestone, milestone_id, _("里程碑"), seen_version, reason)
    _check_words(terms.text, _("里程碑内容"))
    before = fields_of(stone)
    stone.text, stone.criteria = terms.text.strip(), terms.criteria.strip()
    stone.stated_due_on, stone.due_on = terms.stated_due_on, deadline(terms.stated_due_on)
    write_change(session, actor, stone, before, reason, at)
    return stone


def _check_words(text: str, what: str) -> None:
    if not text.strip():
        raise WordsMissing(what)


def _apply(measure: Measure, terms: MeasureTerms) -> None:
    measure.title, measure.text, measure.weight = terms.title.strip(), terms.text, terms.weight
    measure.stated_due_on = terms.stated_due_on
    measure.due_on = terms.stated_due_on and deadline(terms.stated_due_on)
    measure.supervising_unit_id = terms.supervising_unit_id
    measure.person_id = terms.person.account_id if terms.person else None
    measure.person_name = terms.person.name.strip() if terms.person else ""


def _set_units(session: Session, measure: Measure, terms: MeasureTerms) -> None:
    measure.units = []
    session.flush()  # a unit that stays would otherwise meet its own old row
    lead = [] if terms.lead_unit_id is None else [terms.lead_unit_id]
    measure.units = [
        MeasureUnit(unit_id=unit_id, no=no, is_lead=unit_id == terms.lead_unit_id)
        for no, unit_id in enumerate(dict.fromkeys([*lead, *terms.support_unit_ids]), 1)
    ]


def _set_indicators(session: Session, measure: Measure, codes: Sequence[str]) -> None:
    measure.indicators = []
    session.flush()  # as with the units
    measure.indicators = [MeasureIndicator(code=code) for code in dict.fromkeys(codes)]


def _words(measure: Measure) -> str:
    return f"{measure.title}。{measure.text}"
