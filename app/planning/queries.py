"""What the pages of this area need beside plans: choices of filters and forms, data status, evidence."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from app.assessments.items import ItemLine, item_lines
from app.assessments.queries import latest
from app.models import Account, AttestationEvidence, Membership, RelaxationEvidence
from plans.actors import Actor, Person
from plans.errors import NotFound
from plans.models import (
    Evidence,
    IndicatorDuty,
    Measure,
    MeasureUnit,
    MilestoneEvidence,
    MilestoneTask,
    Notice,
    NoticeEvidence,
    Plan,
    Task,
    TaskEvent,
    TaskEvidence,
    Unit,
)
from plans.notices import notice_seen_by
from plans.overview import current_plan
from plans.rights import Act, may
from plans.settings import strength_names
from plans.units import in_plan_order
from plans.visibility import seen_by
from plans.words import _

Choice = tuple[str, str]
WORST_FIRST = ("not_met", "close", "no_data", "pending", "met")


@dataclass(frozen=True)
class FilterChoices:
    """What the ledger can be narrowed to."""

    units: list[Choice]
    measures: list[Choice]
    phases: list[Choice]


def filter_choices(session: Session, actor: Actor) -> FilterChoices:
    """Units that lead a task, and the measures and phases of the current plan. Up to four queries."""
    lead_units = sa.select(Task.lead_unit_id).where(seen_by(actor))
    units = session.scalars(in_plan_order(sa.select(Unit).where(Unit.id.in_(lead_units))))
    plan = current_plan(session)
    return FilterChoices(
        units=[(str(unit.id), unit.name) for unit in units],
        measures=[(str(measure.id), f"{measure.no}. {measure.title}") for measure in plan.measures]
        if plan
        else [],
        phases=[(str(phase.id), phase.title) for phase in plan.phases] if plan else [],
    )


def data_status(session: Session, year: int | None) -> dict[str, ItemLine]:
    """Verdict and reason of each indicator by the year's newest assessment; empty before any."""
    assessment = None if year is None else latest(session, year)
    return {} if assessment is None else {line.code: line for line in item_lines(session, assessment)}


def worst(codes: list[str], known: dict[str, ItemLine]) -> str | None:
    """The worst verdict among indicators; None if none of them has been judged."""
    verdicts = {known[code].verdict for code in codes if code in known}
    return next((verdict for verdict in WORST_FIRST if verdict in verdicts), None)


def plan_for_tasks(session: Session) -> Plan | None:
    """The current plan with what a new task can be tied to."""
    plan = current_plan(session)
    if plan is None:
        return None
    statement = sa.select(Plan).where(Plan.id == plan.id)
    options = (
        selectinload(Plan.measures).selectinload(Measure.units).joinedload(MeasureUnit.unit),
        selectinload(Plan.indicator_duties).selectinload(IndicatorDuty.units),
    )
    return session.scalar(statement.options(*options))


def unit_choices(session: Session) -> list[Choice]:
    """All units of the county."""
    return [(str(unit.id), unit.name) for unit in session.scalars(in_plan_order(sa.select(Unit)))]


def last_events(session: Session, actor: Actor) -> dict[int, int]:
    """Task → number of its last act, so that an act chosen on a list is refused when it comes too late."""
    statement = (
        sa.select(TaskEvent.task_id, sa.func.max(TaskEvent.no))
        .join(Task, Task.id == TaskEvent.task_id)
        .where(seen_by(actor))
    )
    return dict(session.execute(statement.group_by(TaskEvent.task_id)).all())


def evidence_for(session: Session, actor: Actor, evidence_id: int) -> Evidence:
    """A kept file that the actor may fetch: of a task or notice that he sees, a plan's source, of an item.

    Files behind a milestone are for those who see one of its tasks; those behind attestations, relaxations
    and milestones for those who answer for the whole county.

    Raises NotFound.
    """
    of_tasks = (
        sa.select(TaskEvidence.evidence_id).join(Task, Task.id == TaskEvidence.task_id).where(seen_by(actor))
    )
    of_notices = (
        sa.select(NoticeEvidence.evidence_id)
        .join(Notice, Notice.id == NoticeEvidence.notice_id)
        .where(notice_seen_by(actor))
    )
    of_plans = sa.select(Plan.source_sha256)
    reasons = [
        Evidence.id.in_(of_tasks),
        Evidence.id.in_(of_notices),
        Evidence.id.in_(_of_milestones(actor)),
        Evidence.sha256.in_(of_plans),
    ]
    if may(actor, Act.READ_STATEMENTS):
        reasons += [
            Evidence.id.in_(sa.select(link.evidence_id))
            for link in (AttestationEvidence, RelaxationEvidence, MilestoneEvidence)
        ]
    statement = sa.select(Evidence).where(Evidence.id == evidence_id, sa.or_(*reasons))
    found = session.scalar(statement)
    if found is None:
        raise NotFound(_("材料"))
    return found


def _of_milestones(actor: Actor) -> sa.Select[int]:
    return (
        sa.select(MilestoneEvidence.evidence_id)
        .join(MilestoneTask, MilestoneTask.milestone_id == MilestoneEvidence.milestone_id)
        .join(Task, Task.id == MilestoneTask.task_id)
        .where(seen_by(actor))
    )


def evidence_of_others(session: Session, actor: Actor, task_id: int) -> list[Evidence]:
    """Files of other tasks that the actor sees and that this task has not got yet, the newest first."""
    seen = (
        sa.select(TaskEvidence.evidence_id).join(Task, Task.id == TaskEvidence.task_id).where(seen_by(actor))
    )
    own = sa.select(TaskEvidence.evidence_id).where(TaskEvidence.task_id == task_id)
    statement = sa.select(Evidence).where(Evidence.id.in_(seen), Evidence.id.not_in(own))
    return list(session.scalars(statement.order_by(Evidence.kept_at.desc(), Evidence.id.desc()).limit(200)))


def county_members(session: Session) -> list[Person]:
    """Everybody who belongs to the county."""
    statement = sa.select(Account.id, Account.name).join(Membership, Membership.account_id == Account.id)
    statement = statement.where(Membership.is_active)
    found = session.execute(statement.distinct().order_by(Account.name))
    return [Person(name, account_id) for account_id, name in found]


def strength_choices(session: Session, actor: Actor) -> list[Choice]:
    """Levels of evidence, by the county's names."""
    return [(str(int(level)), name) for level, name in strength_names(session, actor.county_id).items()]


def evidence_by_hash(session: Session, hashes: list[str]) -> list[Evidence]:
    """Kept files by content hash, which only somebody who had the content can name."""
    return list(session.scalars(sa.select(Evidence).where(Evidence.sha256.in_(hashes))))


def source_of(session: Session, source_sha256: str | None) -> Evidence | None:
    """The kept document that a plan was read from."""
    return session.scalar(sa.select(Evidence).where(Evidence.sha256 == source_sha256))
