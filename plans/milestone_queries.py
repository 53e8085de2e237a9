"""Lists of milestones and one of them with its story, in statements that do not grow with the rows."""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from plans.actors import Actor
from plans.errors import NotFound
from plans.milestones import MilestoneStanding, MilestoneState, state_of, stone_standing
from plans.models import Milestone, MilestoneEvidence, MilestoneTask, PlanChange, PlanPart, Task
from plans.progress import TimeStanding
from plans.queries import standing_of
from plans.snapshots import FIELD_WORDS
from plans.visibility import seen_by
from plans.words import _, day_words

DAYS = frozenset({"stated_due_on", "claimed_on", "achieved_on"})


@dataclass(frozen=True)
class StoneRow:
    """A milestone as lists show it."""

    stone: Milestone
    standing: MilestoneStanding

    @property
    def is_claimed(self) -> bool:
        """Whether it waits for a supervisor's word."""
        return state_of(self.stone) is MilestoneState.CLAIMED

    @property
    def n_closed(self) -> int:
        """Tasks under it that are closed."""
        return sum(link.task.is_closed for link in self.stone.tasks)


def milestone_rows(session: Session, plan_id: int, today: date) -> list[StoneRow]:
    """The milestones of a plan by their day, with phase, tasks and files. Four statements."""
    return _rows(session, today, Milestone.plan_id == plan_id)


def plan_milestones(session: Session, plan_id: int, today: date) -> list[tuple[Milestone, MilestoneStanding]]:
    """The same by themselves, without phase, tasks and files. One statement."""
    statement = sa.select(Milestone).where(Milestone.plan_id == plan_id)
    stones = session.scalars(statement.order_by(Milestone.due_on, Milestone.id))
    return [(stone, stone_standing(stone, today)) for stone in stones]


def milestones_ahead(session: Session, plan_id: int, today: date, days: int = 90) -> list[StoneRow]:
    """Those to be reached within so many days, and before them all that were missed."""
    near = Milestone.due_on <= today + timedelta(days=days)
    return _rows(session, today, sa.and_(Milestone.plan_id == plan_id, near, Milestone.achieved_on.is_(None)))


def watched_milestones(session: Session, plan_id: int, today: date) -> list[StoneRow]:
    """Those that wait for a supervisor: claimed, the longest first, then missed."""
    open_ones = sa.and_(Milestone.plan_id == plan_id, Milestone.achieved_on.is_(None))
    waiting = sa.or_(Milestone.claimed_on.is_not(None), Milestone.due_on < today)
    rows = _rows(session, today, sa.and_(open_ones, waiting))
    return sorted(rows, key=lambda row: (not row.is_claimed, row.stone.claimed_on or row.stone.due_on))


def milestone_row(session: Session, milestone_id: int, today: date) -> StoneRow:
    """One milestone.

    Raises NotFound.
    """
    task = selectinload(Milestone.tasks).joinedload(MilestoneTask.task)
    rows = _rows(
        session,
        today,
        Milestone.id == milestone_id,
        task.selectinload(Task.events),
        task.selectinload(Task.subtasks).selectinload(Task.events),
        task.selectinload(Task.subtasks).selectinload(Task.supports),
    )
    if not rows:
        raise NotFound(_("里程碑"))
    return rows[0]


def tasks_behind(
    session: Session, actor: Actor, milestone_id: int, today: date
) -> list[tuple[Task, TimeStanding]]:
    """The tasks that a milestone stands on, as far as the actor sees them. Two statements."""
    statement = (
        sa.select(Task)
        .join(MilestoneTask, MilestoneTask.task_id == Task.id)
        .where(MilestoneTask.milestone_id == milestone_id, seen_by(actor))
        .order_by(Task.due_on, Task.id)
        .options(joinedload(Task.lead_unit), selectinload(Task.indicators))
    )
    return [(task, standing_of(task, today)) for task in session.scalars(statement)]


def milestone_changes(session: Session, milestone_id: int) -> list[PlanChange]:
    """What was done to a milestone, in earlier versions of its plan too, newest first. One statement."""
    first = sa.func.coalesce(Milestone.origin_id, Milestone.id)
    origin = sa.select(first).where(Milestone.id == milestone_id).scalar_subquery()
    line = sa.select(Milestone.id).where(Milestone.id <= milestone_id, first == origin)
    own = (PlanChange.part == PlanPart.MILESTONE, PlanChange.row_id.in_(line))
    statement = sa.select(PlanChange).where(*own)
    return list(session.scalars(statement.order_by(PlanChange.at.desc(), PlanChange.id.desc())))


def stone_deed(change: PlanChange) -> str:
    """One change of a milestone, in the words of offices."""
    before, after = _told(change)
    deeds = {
        ("text", False, True): _("新增里程碑"),
        ("claimed_on", False, True): _("申报达成，达成日期 %(after)s", after=after),
        ("claimed_on", True, False): _("退回申报"),
        ("achieved_on", False, True): _("确认达成，达成日期 %(after)s", after=after),
        ("achieved_on", True, False): _("撤回达成"),
        ("missed_reason", False, True): _("认定错过：%(after)s", after=after),
    }
    told = deeds.get((change.field, bool(change.before), bool(change.after)))
    name = FIELD_WORDS.get(change.field, change.field)
    return told or _(
        "%(name)s由“%(before)s”改为“%(after)s”", name=name, before=before or _("无"), after=after or _("无")
    )


def _told(change: PlanChange) -> tuple[str, str]:
    """Before and after; days in words."""
    if change.field not in DAYS:
        return change.before, change.after
    before, after = (
        day_words(date.fromisoformat(text)) if text else "" for text in (change.before, change.after)
    )
    return before, after


def _rows(
    session: Session, today: date, condition: sa.ColumnElement[bool], *more: ExecutableOption
) -> list[StoneRow]:
    statement = (
        sa.select(Milestone)
        .where(condition)
        .order_by(Milestone.due_on, Milestone.id)
        .options(joinedload(Milestone.phase))
        .options(selectinload(Milestone.tasks).joinedload(MilestoneTask.task).selectinload(Task.supports))
        .options(selectinload(Milestone.evidence).joinedload(MilestoneEvidence.file), *more)
        .execution_options(populate_existing=True)
    )
    return [StoneRow(stone, stone_standing(stone, today)) for stone in session.scalars(statement)]
