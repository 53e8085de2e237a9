"""Milestones go over to the next version of their plan, with how far they came. Nobody commits here."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from plans.models import Milestone, MilestoneEvidence, MilestoneIndicator, MilestoneTask, Plan

# The word about a milestone is about its words: it goes over only where these are the same.
_WORD = (
    "claimed_on",
    "claimed_by_id",
    "claimed_by",
    "achieved_on",
    "confirmed_at",
    "confirmed_by",
    "missed_reason",
)


def inherit_milestones(session: Session, old_id: int, plan: Plan, rows: list[dict[str, Any]]) -> None:
    """Let each milestone of the new plan take over what its like of the old plan has.

    ``rows`` are those of the draft, in its order. A row names the milestone that it came from; one of a draft
    begun before rows did so is known by its words.
    """
    links = (selectinload(part) for part in (Milestone.evidence, Milestone.tasks, Milestone.indicators))
    statement = sa.select(Milestone).where(Milestone.plan_id == old_id).options(*links)
    old = list(session.scalars(statement))
    by_id, by_text = {stone.id: stone for stone in old}, {stone.text: stone for stone in old}
    heirs = sorted(plan.milestones, key=lambda stone: stone.id)
    for heir, row in zip(heirs, rows, strict=True):
        known = by_id.get(row["from_id"]) if row.get("from_id") else by_text.get(heir.text)
        if known is not None:
            _inherit(session, known, heir)
    session.flush()


def was_approved(session: Session, stone: Milestone) -> bool:
    """Whether a version of the plan that the milestone stood in was ever approved."""
    versions = [stone.id] if stone.origin_id is None else [stone.id, stone.origin_id]
    same = sa.or_(Milestone.id.in_(versions), Milestone.origin_id == stone.origin_id)
    statement = sa.select(Plan.id).join(Milestone, Milestone.plan_id == Plan.id)
    found = session.scalar(statement.where(same, Plan.approved_at.is_not(None)).limit(1))
    return found is not None


def _inherit(session: Session, known: Milestone, heir: Milestone) -> None:
    heir.origin_id, heir.criteria = known.origin_id or known.id, known.criteria
    if was_approved(session, known):
        heir.original_due_on = known.original_due_on
    if heir.text == known.text:
        for field in _WORD:
            setattr(heir, field, getattr(known, field))
    heir.evidence.extend(MilestoneEvidence(evidence_id=link.evidence_id) for link in known.evidence)
    heir.tasks.extend(MilestoneTask(task_id=link.task_id) for link in known.tasks)
    heir.indicators.extend(MilestoneIndicator(code=link.code) for link in known.indicators)
