"""Milestones of the demo that are past: reached and confirmed, one late, the newest missed."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from app.files import keep_content
from plans.actors import Actor
from plans.calendar import ZONE
from plans.milestone_acts import claim_milestone, confirm_milestone, explain_miss
from plans.models import Milestone, Plan

EARLY, LATE = timedelta(days=-6), timedelta(days=12)
NOTE = "历史节点补录（示例）。"
WHY = "一所新建学校尚未投用，编入学区的程序未走完（示例）。"


def play_milestones(
    session: Session, offices: Mapping[str, Actor], plan: Plan, *, files: Path, at: datetime
) -> None:
    """Put the past milestones of a plan on record: the office claims, the supervisor confirms."""
    today = at.astimezone(ZONE).date()
    past = sorted((one for one in plan.milestones if one.due_on < today), key=lambda one: one.due_on)
    for number, stone in enumerate(past[:-1]):
        day = min(stone.due_on + (LATE if number == 1 else EARLY), today)
        _reach(session, offices, stone, day, files=files, at=at)
    for stone in past[-1:]:
        explain_miss(
            session,
            offices["supervisor"],
            milestone_id=stone.id,
            reason=WHY,
            seen_version=stone.version,
            at=at,
        )
        session.flush()


def _reach(
    session: Session,
    offices: Mapping[str, Actor],
    stone: Milestone,
    day: date,
    *,
    files: Path,
    at: datetime,
) -> None:
    content = f"里程碑达成证明（示例）\n{stone.text}\n".encode()
    file = keep_content(
        session, offices["office"], content, f"里程碑达成证明{day.year}.txt", folder=files, at=at
    )
    claim_milestone(
        session,
        offices["office"],
        milestone_id=stone.id,
        reached_on=day,
        evidence=[file],
        note=NOTE,
        seen_version=stone.version,
        at=at,
    )
    session.flush()  # the claim has to be a version of its own before it can be confirmed
    confirm_milestone(
        session,
        offices["supervisor"],
        milestone_id=stone.id,
        note="材料齐全，予以确认（示例）。",
        seen_version=stone.version,
        at=at,
    )
    session.flush()
