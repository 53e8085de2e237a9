"""A plan is approved, and held against what was approved: 原定 beside 现定. Nobody commits here."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from plans.actors import Actor
from plans.commands.finding import found, hold
from plans.models import Plan, PlanBaseline, PlanChange
from plans.rights import Act, check
from plans.snapshots import Difference, Snapshot, differences, snapshot
from plans.words import _
from plans.work_errors import StalePlan


def approve_plan(
    session: Session, actor: Actor, *, plan_id: int, note: str, at: datetime, seen: str | None = None
) -> PlanBaseline:
    """Approve the plan as it stands and keep it as the baseline (原定); unchanged, it is approved once.

    Only the leading group. ``seen`` is the fingerprint of what was looked at; None = whatever stands there.

    Raises ActNotAllowed, NotFound, StalePlan.
    """
    check(actor, Act.APPROVE_PLAN)
    plan: Plan = found(session, Plan, plan_id, _("实施方案"))
    hold(session, plan)
    body, last = snapshot(session, plan_id), baseline(session, plan_id)
    if seen is not None and seen != fingerprint(body):
        raise StalePlan(_("方案"))
    if last is not None and last.body == body:
        return last
    kept = PlanBaseline(
        plan_id=plan_id,
        no=(last.no if last else 0) + 1,
        approved_at=at,
        approved_by=actor.name,
        note=note,
        body=body,
    )
    plan.approved_at, plan.approved_by = at, actor.name
    session.add(kept)
    session.flush()
    return kept


def baselines(session: Session, plan_id: int) -> Sequence[PlanBaseline]:
    """Every approved version of a plan, the newest first."""
    statement = sa.select(PlanBaseline).where(PlanBaseline.plan_id == plan_id)
    return session.scalars(statement.order_by(PlanBaseline.no.desc())).all()


def baseline(session: Session, plan_id: int) -> PlanBaseline | None:
    """The newest approved version of a plan; None before any."""
    statement = sa.select(PlanBaseline).where(PlanBaseline.plan_id == plan_id)
    return session.scalar(statement.order_by(PlanBaseline.no.desc()).limit(1))


def plan_differences(session: Session, plan: Plan) -> list[Difference]:
    """What is not as it was approved; empty before any approval."""
    approved = baseline(session, plan.id)
    return [] if approved is None else differences(approved.body, snapshot(session, plan.id))


def plan_changes(session: Session, plan_id: int) -> list[PlanChange]:
    """Every change of a plan, the newest first."""
    statement = sa.select(PlanChange).where(PlanChange.plan_id == plan_id)
    return list(session.scalars(statement.order_by(PlanChange.at.desc(), PlanChange.id.desc())))


def fingerprint(body: Snapshot) -> str:
    """Tells one state of a plan from another."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:16]
