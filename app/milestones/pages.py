"""What the pages of milestones show; the session is only read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments.items import ItemLine
from app.dates import moment_words
from app.milestones.acting import StoneOffer, offers
from app.milestones.forms import MilestoneForm, StoneActForm
from app.planning.assigning import indicator_choices
from app.planning.queries import Choice, data_status
from app.work.line import TimeLine, time_line
from plans.actors import Actor
from plans.base import new_id
from plans.errors import NotFound
from plans.milestone_queries import (
    StoneRow,
    milestone_changes,
    milestone_row,
    milestone_rows,
    stone_deed,
    tasks_behind,
)
from plans.milestones import MilestoneState, MilestoneStatus, state_of
from plans.models import Milestone, Plan, PlanChange, Task
from plans.overview import current_plan
from plans.progress import TimeStanding
from plans.rights import Act, may


@dataclass(frozen=True)
class MilestonesPage:
    """All milestones of one plan."""

    plan: Plan | None
    headline: str
    rows: list[StoneRow]
    line: TimeLine | None  # all of them; None where there is nothing to draw
    may_add: bool


@dataclass(frozen=True)
class MilestonePage:
    """One milestone: what is promised, what it stands on, what was done, what the person may do."""

    row: StoneRow
    plan: Plan
    tasks: list[tuple[Task, TimeStanding]]  # those that the person sees
    known: dict[str, ItemLine]
    story: list[tuple[PlanChange, str, str]]  # the change, what was done, when
    offers: list[StoneOffer]
    may_change: bool
    may_fetch: bool  # whether the person may open the files
    refusal: str = ""

    @property
    def codes(self) -> list[str]:
        """The indicators that the milestone or its tasks work for."""
        own = [link.code for link in self.row.stone.indicators]
        return list(dict.fromkeys([*own, *(link.code for task, _ in self.tasks for link in task.indicators)]))


def milestones_page(
    session: Session, actor: Actor, *, plan_id: int | None, today: date, status: MilestoneStatus | None
) -> MilestonesPage:
    """The milestones of the plan, or of the current one, narrowed to a status if wanted.

    Raises NotFound.
    """
    plan = current_plan(session) if plan_id is None else _plan(session, plan_id)
    rows = milestone_rows(session, plan.id, today) if plan else []
    shown = [row for row in rows if status in (None, row.standing.status)]
    line = time_line(plan, [row.stone for row in rows], today) if plan and rows else None
    may_add = plan is not None and may(actor, Act.PLAN_MILESTONES)
    return MilestonesPage(plan, _headline(rows), shown, line, may_add)


def milestone_page(
    session: Session,
    actor: Actor,
    *,
    milestone_id: int,
    year: int | None,
    today: date,
    refused: tuple[str, StoneActForm] | None = None,
    refusal: str = "",
) -> MilestonePage:
    """One milestone for one person; ``refused`` is an act's form to show again.

    Raises NotFound.
    """
    row = milestone_row(session, milestone_id, today)
    tasks = tasks_behind(session, actor, milestone_id, today)
    return MilestonePage(
        row=row,
        plan=_plan(session, row.stone.plan_id),
        tasks=tasks,
        known=data_status(session, year),
        story=[(one, stone_deed(one), _moment(one)) for one in milestone_changes(session, milestone_id)],
        offers=offers(actor, row, refused),
        may_change=may(actor, Act.PLAN_MILESTONES) and state_of(row.stone) is MilestoneState.OPEN,
        may_fetch=may(actor, Act.READ_STATEMENTS) or bool(tasks),
        refusal=refusal,
    )


def blank_form(session: Session, plan: Plan, year: int | None) -> MilestoneForm:
    """The form of a new milestone."""
    return offer_choices(session, MilestoneForm(formdata=None, milestone_id=new_id()), plan, year)


def filled_form(session: Session, stone: Milestone, plan: Plan, year: int | None) -> MilestoneForm:
    """The form of a milestone as it stands."""
    form = MilestoneForm(
        formdata=None,
        seen_version=stone.version,
        text=stone.text,
        stated_due_on=stone.stated_due_on,
        criteria=stone.criteria,
        phase_id=str(stone.phase_id or ""),
        task_ids=[str(link.task_id) for link in stone.tasks],
        indicator_codes=[link.code for link in stone.indicators],
    )
    return offer_choices(session, form, plan, year)


def offer_choices(session: Session, form: MilestoneForm, plan: Plan, year: int | None) -> MilestoneForm:
    """Fill the lists of the form: phases and tasks of the plan, and the indicators known in a year."""
    statement = sa.select(Task.id, Task.title).where(Task.plan_id == plan.id, Task.parent_id.is_(None))
    tasks = session.execute(statement.order_by(Task.due_on, Task.id))
    phases: list[Choice] = [(str(phase.id), phase.title) for phase in plan.phases]
    codes = indicator_choices(plan, data_status(session, year), form.indicator_codes.data or [])
    form.offer(phases, [(str(task_id), title) for task_id, title in tasks], codes)
    return form


def _plan(session: Session, plan_id: int) -> Plan:
    plan = session.scalar(sa.select(Plan).where(Plan.id == plan_id))
    if plan is None:
        raise NotFound(_("实施方案"))
    return plan


def _headline(rows: Sequence[StoneRow]) -> str:
    if not rows:
        return _("方案还没有里程碑。")
    found = Counter(row.standing.status for row in rows)
    n = {status: found[status] for status in MilestoneStatus}
    waiting = sum(row.is_claimed for row in rows)
    told = _(
        "%(n)s 个里程碑达成 %(m)s 个、错过 %(k)s 个、未到 %(a)s 个",
        n=len(rows),
        m=n[MilestoneStatus.ACHIEVED],
        k=n[MilestoneStatus.MISSED],
        a=n[MilestoneStatus.AHEAD],
    )
    return told + (_("，%(n)s 个待督导室确认", n=waiting) if waiting else "") + _("。")


def _moment(change: PlanChange) -> str:
    return moment_words(change.at)
