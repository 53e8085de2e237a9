"""Rows that hold every word, of those that the lists show to the same person; one statement each."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.folding import folded
from app.models import School
from plans.actors import Actor
from plans.models import Measure, Milestone, Phase, Plan, RecurringDuty, Task, Unit
from plans.states import TaskState
from plans.visibility import seen_by, sees_all

Words = Sequence[str]
Found = Sequence[Any]  # rows as each function tells


def schools(session: Session, words: Words, limit: int) -> Found:
    """Code, name and kind of schools, by name or code; the last column is how many there are in all."""
    statement = sa.select(School.code, School.name, School.kind, _IN_ALL)
    return _first(session, statement, words, limit, [School.name, School.code], [School.code])


def tasks(session: Session, actor: Actor, words: Words, limit: int) -> Found:
    """Id, title, lead unit, deadline and state of tasks that the actor sees, open ones first."""
    statement = (
        sa.select(Task.id, Task.title, Unit.name, Task.due_on, Task.state, _IN_ALL)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(seen_by(actor))
    )
    order = [Task.state == TaskState.CLOSED, Task.due_on, Task.id]
    return _first(session, statement, words, limit, [Task.title], order)


def units(session: Session, actor: Actor) -> list[Unit]:
    """The units that the actor meets in lists: all, or the own one and those that lead tasks of his."""
    statement = sa.select(Unit).order_by(Unit.name)
    if not sees_all(actor):
        leading = sa.select(Task.lead_unit_id).where(seen_by(actor))
        statement = statement.where(sa.or_(Unit.id == actor.unit_id, Unit.id.in_(leading)))
    return list(session.scalars(statement))


def phases(session: Session, plan: Plan, words: Words, limit: int) -> Found:
    """Id and title."""
    statement = sa.select(Phase.id, Phase.title, _IN_ALL).where(Phase.plan_id == plan.id)
    return _first(session, statement, words, limit, [Phase.title], [Phase.no])


def measures(session: Session, plan: Plan, words: Words, limit: int) -> Found:
    """Id, number, title and text, by title or text."""
    statement = sa.select(Measure.id, Measure.no, Measure.title, Measure.text, _IN_ALL)
    statement = statement.where(Measure.plan_id == plan.id)
    return _first(session, statement, words, limit, [Measure.title, Measure.text], [Measure.no])


def milestones(session: Session, plan: Plan, words: Words, limit: int) -> Found:
    """Id, text and day."""
    statement = sa.select(Milestone.id, Milestone.text, Milestone.due_on, _IN_ALL)
    statement = statement.where(Milestone.plan_id == plan.id)
    return _first(session, statement, words, limit, [Milestone.text], [Milestone.due_on, Milestone.id])


def duties(session: Session, plan: Plan, words: Words, limit: int) -> Found:
    """Id and title."""
    statement = sa.select(RecurringDuty.id, RecurringDuty.title, _IN_ALL)
    statement = statement.where(RecurringDuty.plan_id == plan.id)
    return _first(session, statement, words, limit, [RecurringDuty.title], [RecurringDuty.no])


_IN_ALL = sa.func.count().over()


def _first(
    session: Session,
    statement: sa.Select[*tuple[Any, ...]],
    words: Words,
    limit: int,
    texts: Sequence[sa.SQLColumnExpression[str]],
    order: Sequence[sa.SQLColumnExpression[Any]],
) -> Found:
    held = [folded(text) for text in texts]
    has_all = [sa.or_(*(text.contains(word, autoescape=True) for text in held)) for word in words]
    return session.execute(statement.where(*has_all).order_by(*order).limit(limit)).all()
