"""What people do to tasks: each act checks who may, moves the state and writes its event.

Nobody commits here.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from plans.actors import Actor, Role
from plans.base import new_id
from plans.errors import (
    ActNotAllowed,
    DeadlineOutsidePlan,
    EvidenceMissing,
    NotFound,
    ReasonMissing,
    StaleTask,
)
from plans.models import Evidence, Plan, Task, TaskEvent, TaskEvidence, TaskIndicator, TaskSupport
from plans.states import TaskMove, TaskState, next_state

ASSIGNERS = (Role.LEADER, Role.OFFICE)


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
) -> Task:
    """Hand a piece of work to a unit with a deadline.

    Only the leading group or the programme office assigns.

    Raises ActNotAllowed, NotFound, DeadlineOutsidePlan.
    """
    _only(actor, ASSIGNERS, "领导小组或创建办")
    plan = session.scalar(sa.select(Plan).where(Plan.id == plan_id))
    if plan is None:
        raise NotFound("实施方案")
    if due_on < at.date() or (plan.horizon_year and due_on.year > plan.horizon_year):
        raise DeadlineOutsidePlan(due_on, plan.horizon_year)
    task = Task(
        id=new_id(),
        plan_id=plan_id,
        measure_id=measure_id,
        title=title,
        details=details,
        lead_unit_id=lead_unit_id,
        due_on=due_on,
        original_due_on=due_on,
        state=TaskState.ASSIGNED,
        assigned_at=at,
        assigned_by_id=actor.user_id,
        supports=[TaskSupport(unit_id=unit) for unit in support_unit_ids if unit != lead_unit_id],
        indicators=[TaskIndicator(code=code) for code in indicator_codes],
    )
    session.add(task)
    _record(task, actor, "assign", details, at)
    return task


def sign_task(session: Session, actor: Actor, *, task_id: int, at: datetime) -> Task:
    """Take note of a task (签收) and start work on it.

    Only the lead unit signs.

    Raises NotFound, ActNotAllowed, MoveNotAllowed.
    """
    task = find_task(session, task_id)
    _only_lead_unit(actor, task)
    return _move(task, actor, TaskMove.SIGN, "", at)


def report_progress(
    session: Session,
    actor: Actor,
    *,
    task_id: int,
    percent: int,
    note: str,
    evidence: list[Evidence],
    seen_version: int,
    at: datetime,
) -> Task:
    """Record how far the work is, in percent and words, with evidence if there is any.

    Only the lead unit reports, and only on work that it has signed for.

    Raises NotFound, ActNotAllowed, StaleTask, MoveNotAllowed.
    """
    task = find_task(session, task_id)
    _only_lead_unit(actor, task)
    _not_stale(task, seen_version)
    if task.state is TaskState.ASSIGNED:
        _move(task, actor, TaskMove.SIGN, "", at)
    next_state(task.state, TaskMove.SUBMIT)  # reporting is for work in hand only
    _attach(session, task, evidence, at)
    task.progress, task.latest_note = percent, note
    _record(task, actor, "progress", note, at)
    return task


def submit_task(session: Session, actor: Actor, *, task_id: int, note: str, at: datetime) -> Task:
    """Ask for close-out (申请销号).

    Only the lead unit asks, with at least one piece of evidence on the task.

    Raises NotFound, ActNotAllowed, EvidenceMissing, MoveNotAllowed.
    """
    task = find_task(session, task_id)
    _only_lead_unit(actor, task)
    if not task.evidence:
        raise EvidenceMissing()
    task.submitted_by_id = actor.user_id
    return _move(task, actor, TaskMove.SUBMIT, note, at)


def close_task(session: Session, actor: Actor, *, task_id: int, note: str, at: datetime) -> Task:
    """Verify the evidence and close the task out (销号).

    Only a supervisor who did not hand the work in himself.

    Raises NotFound, ActNotAllowed, MoveNotAllowed.
    """
    task = find_task(session, task_id)
    _only_verifier(actor, task)
    _move(task, actor, TaskMove.CLOSE, note, at)
    task.progress, task.closed_at = 100, at
    return task


def return_task(session: Session, actor: Actor, *, task_id: int, note: str, at: datetime) -> Task:
    """Send a submitted task back with a reason (退回).

    Only a supervisor who did not hand the work in himself.

    Raises NotFound, ActNotAllowed, ReasonMissing, MoveNotAllowed.
    """
    task = find_task(session, task_id)
    _only_verifier(actor, task)
    if not note.strip():
        raise ReasonMissing("退回")
    return _move(task, actor, TaskMove.RETURN, note, at)


def find_task(session: Session, task_id: int) -> Task:
    """The task, if it is in the county in scope.

    Raises NotFound.
    """
    task = session.scalar(sa.select(Task).where(Task.id == task_id))
    if task is None:
        raise NotFound("任务")
    return task


def _only(actor: Actor, roles: tuple[Role, ...], who_may: str) -> None:
    if actor.role not in roles:
        raise ActNotAllowed(who_may)


def _only_lead_unit(actor: Actor, task: Task) -> None:
    if actor.role is not Role.UNIT or actor.unit_id != task.lead_unit_id:
        raise ActNotAllowed("牵头单位")


def _only_verifier(actor: Actor, task: Task) -> None:
    if actor.role is not Role.SUPERVISOR or actor.user_id == task.submitted_by_id:
        raise ActNotAllowed("未经手该任务的督导人员")


def _not_stale(task: Task, seen_version: int) -> None:
    if task.version != seen_version:
        last = task.events[-1]
        raise StaleTask(last.actor_name, last.at.astimezone().strftime("%m月%d日 %H:%M"))


def _attach(session: Session, task: Task, evidence: list[Evidence], at: datetime) -> None:
    known = {link.evidence_id for link in task.evidence}
    for file in evidence:
        if file.id not in known:
            task.evidence.append(TaskEvidence(evidence_id=file.id, added_at=at))
            known.add(file.id)


def _move(task: Task, actor: Actor, move: TaskMove, note: str, at: datetime) -> Task:
    task.state = next_state(task.state, move)
    _record(task, actor, move.value, note, at)
    return task


def _record(task: Task, actor: Actor, act: str, note: str, at: datetime) -> None:
    task.events.append(
        TaskEvent(
            id=new_id(),
            at=at,
            actor_id=actor.user_id,
            actor_name=actor.name,
            act=act,
            note=note,
            progress=task.progress,
            state=task.state,
        )
    )
