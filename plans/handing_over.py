"""Open work that one person answers for goes to another; what was done stays under the name of who did it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from plans.actors import Actor, Person
from plans.events import record
from plans.models import Measure, Plan, Task
from plans.overview import current_plan
from plans.rights import Act, check
from plans.states import OPEN, TaskAct


@dataclass(frozen=True)
class OpenWork:
    """What a person answers for: tasks not closed out, and measures of the plan in force."""

    tasks: list[Task]
    measures: list[Measure]


def open_work(session: Session, account_id: int) -> OpenWork:
    """What the person would hand over. Four queries."""
    tasks = sa.select(Task).where(Task.person_id == account_id, Task.state.in_(OPEN))
    plan = current_plan(session)
    return OpenWork(
        tasks=list(session.scalars(tasks.order_by(Task.due_on, Task.id).options(selectinload(Task.events)))),
        measures=_measures(session, plan, account_id) if plan else [],
    )


def hand_over_work(
    session: Session, actor: Actor, *, from_id: int, to: Person, note: str, at: datetime
) -> OpenWork:
    """Let the successor answer for all that the person answers for; returns what went over.

    Only the office.

    Raises ActNotAllowed.
    """
    check(actor, Act.HAND_OVER)
    work = open_work(session, from_id)
    for task in work.tasks:
        before = task.person_name
        task.person_id, task.person_name = to.account_id, to.name
        record(task, actor, TaskAct.HAND_OVER, note, at, {"from": before, "to": to.name})
    for measure in work.measures:
        measure.person_id, measure.person_name = to.account_id, to.name
    session.flush()
    return work


def _measures(session: Session, plan: Plan, account_id: int) -> list[Measure]:
    mine = sa.select(Measure).where(Measure.plan_id == plan.id, Measure.person_id == account_id)
    return list(session.scalars(mine.order_by(Measure.no)))
