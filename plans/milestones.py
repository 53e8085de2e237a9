"""Milestones: reached with evidence, or withdrawn with a reason; each act is a change of the plan.

Nobody commits here.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from plans.actors import Actor
from plans.commands.finding import found
from plans.commands.moving import check_reason, day_of
from plans.errors import EvidenceMissing
from plans.models import Evidence, Milestone, MilestoneEvidence, PlanPart
from plans.revisions import record_change
from plans.rights import Act, check
from plans.work_errors import InTheFuture, StalePlan


class MilestoneStatus(StrEnum):
    """Where a milestone stands; it is either reached or not."""

    AHEAD = "ahead"  # 未到
    ACHIEVED = "achieved"  # 达成
    MISSED = "missed"  # 错过


@dataclass(frozen=True)
class MilestoneStanding:
    """A milestone's status with the words for it."""

    status: MilestoneStatus
    word: str
    sentence: str


def milestone_standing(due_on: date, achieved_on: date | None, today: date) -> MilestoneStanding:
    """Where a milestone stands on a day.

    >>> milestone_standing(date(2027, 9, 30), None, date(2027, 9, 30)).word
    '未到'
    >>> milestone_standing(date(2027, 9, 30), date(2027, 10, 8), date(2027, 11, 1)).sentence
    '2027年10月8日达成，比时限晚 8 天。'
    """
    if achieved_on is not None:
        late = (achieved_on - due_on).days
        how = f"比时限晚 {late} 天" if late > 0 else "未超过时限"
        return MilestoneStanding(MilestoneStatus.ACHIEVED, "达成", f"{_day(achieved_on)}达成，{how}。")
    days = (today - due_on).days
    if days > 0:
        return MilestoneStanding(
            MilestoneStatus.MISSED, "错过", f"时限{_day(due_on)}已过 {days} 天，还没有达成。"
        )
    left = f"还有 {-days} 天" if days else "今天到期"
    return MilestoneStanding(MilestoneStatus.AHEAD, "未到", f"时限{_day(due_on)}，{left}。")


def achieve_milestone(
    session: Session,
    actor: Actor,
    *,
    milestone_id: int,
    achieved_on: date,
    evidence: list[Evidence],
    note: str,
    seen_version: int,
    at: datetime,
) -> Milestone:
    """Record that a milestone was reached on a day, with at least one piece of evidence.

    Only the leading group or the programme office.

    Raises NotFound, ActNotAllowed, StalePlan, InTheFuture, EvidenceMissing.
    """
    check(actor, Act.PLAN_MILESTONES)
    stone = held_milestone(session, milestone_id, seen_version)
    if achieved_on > day_of(at):
        raise InTheFuture(achieved_on)
    known = {link.evidence_id for link in stone.evidence}
    new = [file for file in dict.fromkeys(evidence) if file.id not in known]
    if not known and not new:
        raise EvidenceMissing("记为达成")
    stone.evidence.extend(MilestoneEvidence(evidence_id=file.id, file=file) for file in new)
    _set_achieved(session, actor, stone, achieved_on, note, at)
    return stone


def withdraw_milestone(
    session: Session, actor: Actor, *, milestone_id: int, reason: str, seen_version: int, at: datetime
) -> Milestone:
    """Take back that a milestone was reached, with the reason; its evidence stays.

    Leading group, programme office or supervisor.

    Raises NotFound, ActNotAllowed, StalePlan, ReasonMissing.
    """
    check(actor, Act.CONFIRM_MILESTONE)
    check_reason(reason, "撤回达成")
    stone = held_milestone(session, milestone_id, seen_version)
    _set_achieved(session, actor, stone, None, reason, at)
    return stone


def held_milestone(session: Session, milestone_id: int, seen_version: int) -> Milestone:
    """The milestone as it was shown, held until the transaction ends.

    Raises NotFound, StalePlan.
    """
    stone: Milestone = found(session, Milestone, milestone_id, "里程碑")
    session.refresh(stone, with_for_update=True)
    if stone.version != seen_version:
        raise StalePlan("里程碑")
    return stone


def _set_achieved(
    session: Session, actor: Actor, stone: Milestone, day: date | None, reason: str, at: datetime
) -> None:
    before, stone.achieved_on = stone.achieved_on, day
    if before != day:
        changed = {"achieved_on": (before.isoformat() if before else "", day.isoformat() if day else "")}
        record_change(session, actor, PlanPart.MILESTONE, stone, changed, reason, at)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
