"""The state of the work that a bulletin is drafted from. A constant number of queries."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.bulletins.changes import Changes, changes_since
from plans.actors import Actor
from plans.bulletins import bulletins, closed_between
from plans.milestone_queries import plan_milestones
from plans.milestones import MilestoneStanding
from plans.models import Milestone
from plans.overview import current_plan
from plans.progress import TimeStatus
from plans.queries import TaskRow, ledger
from plans.states import TaskState
from plans.units import plan_order

Stone = tuple[Milestone, MilestoneStanding]


@dataclass(frozen=True)
class Facts:
    """What happened over some days, and how the work stands today."""

    since: date
    until: date
    today: date
    rows: list[TaskRow]  # by deadline
    place: dict[int, int]  # unit → its place in the plan
    stones: list[Stone]
    changes: Changes | None
    n_closed_in_period: int

    def n(self, state: TaskState) -> int:
        """How many tasks stand there."""
        return sum(row.task.state is state for row in self.rows)

    def by_unit(self, status: TimeStatus) -> list[tuple[str, list[TaskRow]]]:
        """Tasks of a time status under their lead units, in the order of the plan: nobody is ranked."""
        found: dict[int, list[TaskRow]] = {}
        for row in self.rows:
            if row.time.status is status:
                found.setdefault(row.task.lead_unit_id, []).append(row)
        named = [(unit_id, own[0].task.lead_unit.name, own) for unit_id, own in found.items()]
        named.sort(key=lambda one: (self.place.get(one[0], len(self.place)), one[1]))
        return [(name, own) for _unit_id, name, own in named]


def gather_facts(session: Session, actor: Actor, *, since: date, until: date, today: date) -> Facts:
    """Everything that the text of a bulletin is made of."""
    plan = current_plan(session)
    return Facts(
        since=since,
        until=until,
        today=today,
        rows=ledger(session, actor, today=today),
        place=plan_order(session),
        stones=plan_milestones(session, plan.id, today) if plan else [],
        changes=changes_since(session, since),
        n_closed_in_period=closed_between(session, since, until),
    )


def next_period(session: Session, actor: Actor, today: date) -> tuple[date, date]:
    """From the day after the newest bulletin, or the beginning of the quarter, until today."""
    ends = [one.ends_on for one in bulletins(session, actor) if one.is_published and not one.is_withdrawn]
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    since = max(ends) + timedelta(days=1) if ends else quarter
    return min(since, today), today
