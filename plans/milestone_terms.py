"""Milestones are added to a plan and changed: words, day, phase, tasks. Nobody commits here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from plans.actors import Actor
from plans.base import new_id
from plans.calendar import deadline
from plans.commands.finding import found
from plans.commands.moving import check_deadline, check_reason, day_of
from plans.milestone_acts import held_milestone
from plans.milestone_heirs import was_approved
from plans.milestones import THING, MilestoneState, state_of
from plans.models import Milestone, MilestoneIndicator, MilestoneTask, Phase, Plan, PlanPart, Task
from plans.phases import phase_of
from plans.revisions import MilestoneTerms, change_milestone, record_change
from plans.rights import Act, check
from plans.words import _, listed
from plans.work_errors import MilestoneReached, NotInPlan, StalePlan, WordsMissing


@dataclass(frozen=True)
class Place:
    """Where a milestone belongs in its plan; ``phase_id`` None = the phase that its day lies in.

    ``codes`` are the indicators that it is about beside those of its tasks; None = as they are.
    """

    phase_id: int | None = None
    task_ids: Sequence[int] = ()
    codes: Sequence[str] | None = None


def add_milestone(
    session: Session,
    actor: Actor,
    *,
    plan_id: int,
    terms: MilestoneTerms,
    place: Place,
    at: datetime,
    milestone_id: int | None = None,
) -> Milestone:
    """Add a milestone to a plan. A form with its ``milestone_id`` makes one however often it is sent.

    Only the leading group or the programme office.

    Raises ActNotAllowed, NotFound, WordsMissing, DeadlineOutsidePlan, NotInPlan.
    """
    check(actor, Act.PLAN_MILESTONES)
    statement = sa.select(Milestone).where(Milestone.id == milestone_id)
    if milestone_id is not None and (made := session.scalar(statement)):
        return made
    plan: Plan = found(session, Plan, plan_id, _("实施方案"))
    if not terms.text.strip():
        raise WordsMissing(_("里程碑内容"))
    check_deadline(terms.stated_due_on, day_of(at), plan.horizon_year, None)
    due_on = deadline(terms.stated_due_on, not_before=day_of(at))
    stone = Milestone(
        id=milestone_id or new_id(),
        plan_id=plan_id,
        phase=_phase(plan, place.phase_id, due_on),
        text=terms.text.strip(),
        criteria=terms.criteria.strip(),
        stated_due_on=terms.stated_due_on,
        due_on=due_on,
        original_due_on=due_on,
        tasks=[MilestoneTask(task=task) for task in _tasks(session, plan_id, place.task_ids)],
        indicators=[MilestoneIndicator(code=code) for code in dict.fromkeys(place.codes or ())],
    )
    session.add(stone)
    session.flush()
    day = {"text": ("", stone.text), "stated_due_on": ("", stone.stated_due_on.isoformat())}
    record_change(session, actor, PlanPart.MILESTONE, stone, day, "", at)
    return stone


def revise_milestone(
    session: Session,
    actor: Actor,
    *,
    milestone_id: int,
    terms: MilestoneTerms,
    place: Place,
    seen_version: int,
    reason: str,
    at: datetime,
) -> Milestone:
    """Change a milestone that is neither claimed nor reached; another day needs a reason.

    The first day (原定) stays once the plan is approved. Only the leading group or the programme office.

    Raises ActNotAllowed, NotFound, StalePlan, MilestoneReached, ReasonMissing, WordsMissing,
    DeadlineOutsidePlan, NotInPlan.
    """
    check(actor, Act.PLAN_MILESTONES)
    stone = held_milestone(session, milestone_id)
    if stone.version != seen_version:
        if _says(stone, terms, place):
            return stone  # a second click
        raise StalePlan(THING)
    if state_of(stone) is not MilestoneState.OPEN:
        raise MilestoneReached()
    plan: Plan = found(session, Plan, stone.plan_id, _("实施方案"))
    if terms.stated_due_on != stone.stated_due_on:
        check_reason(reason, _("调整里程碑时限"))
        check_deadline(terms.stated_due_on, day_of(at), plan.horizon_year, None)
    _put(session, actor, stone, plan, place, terms, reason, at)
    change_milestone(
        session,
        actor,
        milestone_id=milestone_id,
        terms=terms,
        seen_version=stone.version,
        reason=reason,
        at=at,
    )
    if not was_approved(session, stone):
        stone.original_due_on = stone.due_on
    return stone


def _says(stone: Milestone, terms: MilestoneTerms, place: Place) -> bool:
    words = stone.text, stone.stated_due_on, stone.criteria
    wanted = terms.text.strip(), terms.stated_due_on, terms.criteria.strip()
    tasks = {link.task_id for link in stone.tasks}
    codes = {link.code for link in stone.indicators}
    says = (*words, tasks, codes)
    meant = codes if place.codes is None else set(place.codes)
    return says == (*wanted, set(place.task_ids), meant) and place.phase_id in (None, stone.phase_id)


def _put(
    session: Session,
    actor: Actor,
    stone: Milestone,
    plan: Plan,
    place: Place,
    terms: MilestoneTerms,
    reason: str,
    at: datetime,
) -> None:
    before = _names(stone)
    stone.phase = _phase(plan, place.phase_id, deadline(terms.stated_due_on))
    _link(stone, _tasks(session, stone.plan_id, place.task_ids))
    if place.codes is not None:
        _name_indicators(stone, place.codes)
    session.flush()
    now = _names(stone)
    changed = {field: (before[field], now[field]) for field in now if before[field] != now[field]}
    record_change(session, actor, PlanPart.MILESTONE, stone, changed, reason, at)


def _names(stone: Milestone) -> dict[str, str]:
    titles = sorted(link.task.title for link in stone.tasks)
    codes = sorted(link.code for link in stone.indicators)
    phase = stone.phase.title if stone.phase else ""
    return {"phase": phase, "tasks": listed(titles), "indicators": listed(codes)}


def _link(stone: Milestone, tasks: Sequence[Task]) -> None:
    wanted = {task.id: task for task in tasks}
    kept = [link for link in stone.tasks if link.task_id in wanted]
    known = {link.task_id for link in kept}
    stone.tasks = [*kept, *(MilestoneTask(task=task) for key, task in wanted.items() if key not in known)]


def _name_indicators(stone: Milestone, codes: Sequence[str]) -> None:
    kept = [link for link in stone.indicators if link.code in codes]
    known = {link.code for link in kept}
    new = [MilestoneIndicator(code=code) for code in dict.fromkeys(codes) if code not in known]
    stone.indicators = [*kept, *new]


def _phase(plan: Plan, phase_id: int | None, due_on: date) -> Phase | None:
    if phase_id is None:
        return phase_of(due_on, plan.phases)
    chosen = next((phase for phase in plan.phases if phase.id == phase_id), None)
    if chosen is None:
        raise NotInPlan(_("阶段"))
    return chosen


def _tasks(session: Session, plan_id: int, task_ids: Sequence[int]) -> list[Task]:
    statement = sa.select(Task).where(Task.id.in_(task_ids), Task.plan_id == plan_id)
    tasks = list(session.scalars(statement.options(selectinload(Task.supports))))
    if len(tasks) != len(set(task_ids)):
        raise NotInPlan(_("任务"))
    return tasks
