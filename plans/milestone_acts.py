"""Milestones are claimed by those who work, confirmed by a supervisor; each act is a change of the plan.

Nobody commits here.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from plans.actors import Actor
from plans.commands.finding import found, hold
from plans.commands.moving import check_reason, day_of
from plans.errors import EvidenceMissing
from plans.milestones import (
    THING,
    MilestoneMove,
    MilestoneStatus,
    check_move,
    stone_standing,
)
from plans.models import Evidence, Milestone, MilestoneEvidence, PlanChange, PlanPart
from plans.revisions import record_change
from plans.rights import Act, check
from plans.words import _
from plans.work_errors import InTheFuture, NotMissed, StalePlan


def claim_milestone(
    session: Session,
    actor: Actor,
    *,
    milestone_id: int,
    reached_on: date,
    evidence: list[Evidence],
    note: str,
    seen_version: int,
    at: datetime,
) -> Milestone:
    """Say that a milestone was reached on a day, with at least one piece of evidence; a supervisor confirms.

    Leading group, programme office, or the unit that leads one of its tasks.

    Raises NotFound, ActNotAllowed, StalePlan, MoveNotAllowed, InTheFuture, EvidenceMissing.
    """
    stone = held_milestone(session, milestone_id)
    check(actor, Act.CLAIM_MILESTONE, stone)
    if is_repeated(session, actor, stone, ("claimed_on", reached_on.isoformat(), note), seen_version):
        return stone
    check_move(stone, MilestoneMove.CLAIM)
    if reached_on > day_of(at):
        raise InTheFuture(reached_on)
    _attach(stone, evidence)
    stone.claimed_on, stone.claimed_by_id, stone.claimed_by = reached_on, actor.user_id, actor.name
    _record(session, actor, stone, "claimed_on", "", reached_on.isoformat(), note, at)
    return stone


def confirm_milestone(
    session: Session, actor: Actor, *, milestone_id: int, note: str, seen_version: int, at: datetime
) -> Milestone:
    """Confirm what was claimed: the milestone was reached on that day.

    Only a supervisor without any part in the work.

    Raises NotFound, ActNotAllowed, StalePlan, MoveNotAllowed.
    """
    stone = _for_confirmer(session, actor, milestone_id)
    if is_repeated(session, actor, stone, ("achieved_on", str(stone.claimed_on), note), seen_version):
        return stone
    check_move(stone, MilestoneMove.CONFIRM)
    stone.achieved_on, stone.confirmed_at, stone.confirmed_by = stone.claimed_on, at, actor.name
    _record(session, actor, stone, "achieved_on", "", str(stone.claimed_on), note, at)
    return stone


def return_claim(
    session: Session, actor: Actor, *, milestone_id: int, reason: str, seen_version: int, at: datetime
) -> Milestone:
    """Send a claim back with the reason; the evidence stays.

    Only a supervisor without any part in the work.

    Raises NotFound, ActNotAllowed, StalePlan, MoveNotAllowed, ReasonMissing.
    """
    check_reason(reason, _("退回申报"))
    stone = _for_confirmer(session, actor, milestone_id)
    if is_repeated(session, actor, stone, ("claimed_on", "", reason), seen_version):
        return stone
    check_move(stone, MilestoneMove.RETURN)
    before = str(stone.claimed_on)
    _forget_claim(stone)
    _record(session, actor, stone, "claimed_on", before, "", reason, at)
    return stone


def withdraw_milestone(
    session: Session, actor: Actor, *, milestone_id: int, reason: str, seen_version: int, at: datetime
) -> Milestone:
    """Take back that a milestone was reached, with the reason; its evidence stays.

    Leading group, programme office or supervisor.

    Raises NotFound, ActNotAllowed, StalePlan, MoveNotAllowed, ReasonMissing.
    """
    check(actor, Act.WITHDRAW_MILESTONE)
    check_reason(reason, _("撤回达成"))
    stone = held_milestone(session, milestone_id)
    if is_repeated(session, actor, stone, ("achieved_on", "", reason), seen_version):
        return stone
    check_move(stone, MilestoneMove.WITHDRAW)
    before = str(stone.achieved_on)
    stone.achieved_on, stone.confirmed_at, stone.confirmed_by = None, None, ""
    _forget_claim(stone)
    _record(session, actor, stone, "achieved_on", before, "", reason, at)
    return stone


def explain_miss(
    session: Session, actor: Actor, *, milestone_id: int, reason: str, seen_version: int, at: datetime
) -> Milestone:
    """Write down why a milestone was missed. That it was missed follows from its days, marked or not.

    Only a supervisor without any part in the work, and only once the day has gone by.

    Raises NotFound, ActNotAllowed, StalePlan, ReasonMissing, NotMissed.
    """
    check_reason(reason, _("认定错过"))
    stone = _for_confirmer(session, actor, milestone_id)
    if is_repeated(session, actor, stone, ("missed_reason", reason.strip(), ""), seen_version):
        return stone
    if stone_standing(stone, day_of(at)).status is not MilestoneStatus.MISSED:
        raise NotMissed(stone.due_on)
    before, stone.missed_reason = stone.missed_reason, reason.strip()
    _record(session, actor, stone, "missed_reason", before, stone.missed_reason, "", at)
    return stone


def held_milestone(session: Session, milestone_id: int) -> Milestone:
    """The milestone, held until the transaction ends.

    Raises NotFound.
    """
    stone: Milestone = found(session, Milestone, milestone_id, THING)
    hold(session, stone)
    return stone


def is_repeated(
    session: Session, actor: Actor, stone: Milestone, deed: tuple[str, str, str], seen_version: int
) -> bool:
    """Whether a deed (field, value, words) is the last that was done, by the same person: a second click.

    Raises StalePlan where something else has been done since the milestone was shown.
    """
    if stone.version == seen_version:
        return False
    field, value, words = deed
    own = (PlanChange.part == PlanPart.MILESTONE, PlanChange.row_id == stone.id)
    statement = sa.select(PlanChange).where(*own).order_by(PlanChange.id.desc()).limit(1)
    last = session.scalar(statement)
    wanted = actor.user_id, field, value, words.strip()
    if last is None or (last.actor_id, last.field, last.after, last.reason) != wanted:
        raise StalePlan(THING)
    return True


def _for_confirmer(session: Session, actor: Actor, milestone_id: int) -> Milestone:
    stone = held_milestone(session, milestone_id)
    check(actor, Act.CONFIRM_MILESTONE, stone)
    return stone


def _attach(stone: Milestone, evidence: list[Evidence]) -> None:
    known = {link.evidence_id for link in stone.evidence}
    new = [file for file in dict.fromkeys(evidence) if file.id not in known]
    if not known and not new:
        raise EvidenceMissing(_("申报达成"))
    stone.evidence.extend(MilestoneEvidence(evidence_id=file.id, file=file) for file in new)


def _forget_claim(stone: Milestone) -> None:
    stone.claimed_on, stone.claimed_by_id, stone.claimed_by = None, None, ""


def _record(
    session: Session,
    actor: Actor,
    stone: Milestone,
    field: str,
    before: str,
    after: str,
    reason: str,
    at: datetime,
) -> None:
    record_change(session, actor, PlanPart.MILESTONE, stone, {field: (before, after)}, reason.strip(), at)
