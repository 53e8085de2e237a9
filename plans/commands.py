"""What people do to tasks: each act checks who may, moves the state and writes its event.

Nobody commits here. Every act on an existing task says which event it has seen last (``seen_event``):
an act that follows somebody else's is refused as stale, a repeat of one's own (a double click) changes
nothing.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from plans.actors import Actor
from plans.base import new_id
from plans.calendar import ZONE
from plans.errors import (
    DeadlineOutsidePlan,
    EvidenceMissing,
    MoveNotAllowed,
    NotFound,
    ProgressOutOfRange,
    ReasonMissing,
)
from plans.guards import only_assigners, only_lead_unit, only_verifier
from plans.history import is_repeat, record
from plans.models import (
    Evidence,
    Measure,
    Plan,
    Task,
    TaskEvidence,
    TaskIndicator,
    TaskSupport,
    Unit,
)
from plans.states import TaskMove, TaskState, next_state
from plans.visibility import seen_by

PROGRESS = "progress"


def assign_task(
    session: Session,
    actor: Actor,
    *,
    plan_id: int,
    measure_id: int | None,
    title: str,
    details: str,
    lead_unit_id: int,
    support_unit_ids: list[int],
    indicator_codes: list[str],
    due_on: date,
    at: datetime,
    task_id: int | None = None,
) -> Task:
    """Hand a piece of work to a unit with a deadline.

    Only the leading group or the programme office assigns. A form that was given its ``task_id`` before it
    was shown makes one task however often it is sent.

    Raises ActNotAllowed, NotFound, DeadlineOutsidePlan.
    """
    only_assigners(actor)
    made = _existing(session, task_id)
    if made is not None:
        return made
    supporters = [unit for unit in dict.fromkeys(support_unit_ids) if unit != lead_unit_id]
    plan = _found(session, Plan, plan_id, "实施方案")
    _check_duty(session, plan, measure_id, [lead_unit_id, *supporters])
    if due_on < at.astimezone(ZONE).date() or (plan.horizon_year and due_on.year > plan.horizon_year):
        raise DeadlineOutsidePlan(due_on, plan.horizon_year)
    task = Task(
        id=task_id or new_id(),
        plan_id=plan_id,
        measure_id=measure_id,
        title=title,
        details=details,
        lead_unit_id=lead_unit_id,
        due_on=due_on,
        original_due_on=due_on,
        supports=[TaskSupport(unit_id=unit) for unit in supporters],
        indicators=[TaskIndicator(code=code) for code in dict.fromkeys(indicator_codes)],
    )
    return _hand_over(session, actor, task, at)


def sign_task(session: Session, actor: Actor, *, task_id: int, seen_event: int, at: datetime) -> Task:
    """Take note of a task (签收) and start work on it.

    Only the lead unit signs.

    Raises NotFound, ActNotAllowed, StaleTask, MoveNotAllowed.
    """
    task = find_task(session, actor, task_id)
    only_lead_unit(actor, task)
    return _move(task, actor, TaskMove.SIGN, "", seen_event, at)


def report_progress(
    session: Session,
    actor: Actor,
    *,
    task_id: int,
    percent: int,
    note: str,
    evidence: list[Evidence],
    seen_event: int,
    at: datetime,
) -> Task:
    """Record how far the work is, in percent and words, with evidence if there is any.

    Only the lead unit reports; a report on a task not yet signed for signs for it first.

    Raises NotFound, ActNotAllowed, ProgressOutOfRange, StaleTask, MoveNotAllowed.
    """
    task = find_task(session, actor, task_id)
    only_lead_unit(actor, task)
    if not 0 <= percent <= 100:
        raise ProgressOutOfRange(percent)
    if is_repeat(task, actor, PROGRESS, note, seen_event, percent):
        return task
    if task.state is TaskState.ASSIGNED:
        _move(task, actor, TaskMove.SIGN, "", seen_event, at)
    if task.state is not TaskState.WORKING:
        raise MoveNotAllowed(task.state, PROGRESS)
    _attach(task, evidence, at)
    task.progress, task.latest_note = percent, note or task.latest_note
    record(task, actor, PROGRESS, note, at)
    return task


def submit_task(
    session: Session, actor: Actor, *, task_id: int, note: str, seen_event: int, at: datetime
) -> Task:
    """Ask for close-out (申请销号).

    Only the lead unit asks, with at least one piece of evidence on the task.

    Raises NotFound, ActNotAllowed, EvidenceMissing, StaleTask, MoveNotAllowed.
    """
    task = find_task(session, actor, task_id)
    only_lead_unit(actor, task)
    if not task.evidence:
        raise EvidenceMissing()
    _move(task, actor, TaskMove.SUBMIT, note, seen_event, at)
    task.submitted_by_id = actor.user_id
    return task


def close_task(
    session: Session, actor: Actor, *, task_id: int, note: str, seen_event: int, at: datetime
) -> Task:
    """Verify the evidence and close the task out (销号).

    Only a supervisor without any part in the work.

    Raises NotFound, ActNotAllowed, StaleTask, MoveNotAllowed.
    """
    task = find_task(session, actor, task_id)
    only_verifier(actor, task)
    _move(task, actor, TaskMove.CLOSE, note, seen_event, at)
    task.progress, task.closed_at = 100, task.closed_at or at
    return task


def return_task(
    session: Session, actor: Actor, *, task_id: int, note: str, seen_event: int, at: datetime
) -> Task:
    """Send a submitted task back with a reason (退回).

    Only a supervisor without any part in the work.

    Raises NotFound, ActNotAllowed, ReasonMissing, StaleTask, MoveNotAllowed.
    """
    task = find_task(session, actor, task_id)
    only_verifier(actor, task)
    if not note.strip():
        raise ReasonMissing("退回")
    return _move(task, actor, TaskMove.RETURN, note, seen_event, at)


def find_task(session: Session, actor: Actor, task_id: int) -> Task:
    """The task, if the actor sees it, held until the transaction ends so that acts queue up.

    Raises NotFound.
    """
    statement = sa.select(Task).where(Task.id == task_id, seen_by(actor)).with_for_update()
    task = session.scalar(statement.execution_options(populate_existing=True))
    if task is None:
        raise NotFound("任务")
    return task


def _hand_over(session: Session, actor: Actor, task: Task, at: datetime) -> Task:
    task.state, task.progress = TaskState.ASSIGNED, 0
    task.assigned_at, task.assigned_by_id = at, actor.user_id
    session.add(task)
    record(task, actor, "assign", task.details, at)
    return task


def _existing(session: Session, task_id: int | None) -> Task | None:
    return None if task_id is None else session.scalar(sa.select(Task).where(Task.id == task_id))


def _found(session: Session, kind: type[Any], row_id: int, name: str) -> Any:
    row = session.scalar(sa.select(kind).where(kind.id == row_id))
    if row is None:
        raise NotFound(name)
    return row


def _check_duty(session: Session, plan: Plan, measure_id: int | None, unit_ids: Iterable[int]) -> None:
    if measure_id is not None and _found(session, Measure, measure_id, "措施").plan_id != plan.id:
        raise NotFound("措施")
    for unit_id in unit_ids:
        _found(session, Unit, unit_id, "单位")


def _attach(task: Task, evidence: list[Evidence], at: datetime) -> None:
    known = {link.evidence_id for link in task.evidence}
    for file in evidence:
        if file.id not in known:
            task.evidence.append(TaskEvidence(evidence_id=file.id, added_at=at))
            known.add(file.id)


def _move(task: Task, actor: Actor, move: TaskMove, note: str, seen_event: int, at: datetime) -> Task:
    if not is_repeat(task, actor, move.value, note, seen_event):
        task.state = next_state(task.state, move)
        record(task, actor, move.value, note, at)
    return task
