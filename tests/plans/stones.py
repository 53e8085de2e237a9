"""Milestones of the scene: added, claimed, confirmed, revised; shared by the tests of milestones."""

from datetime import date

from plans.actors import Actor
from plans.milestone_acts import claim_milestone, confirm_milestone
from plans.milestone_queries import milestone_changes, stone_deed
from plans.milestone_terms import Place, add_milestone, revise_milestone
from plans.models import Milestone
from plans.revisions import MilestoneTerms
from tests.conftest import NOW
from tests.plans.scene import Scene

DUE, TODAY = date(2027, 9, 30), NOW.date()


def add(scene: Scene, text: str = "自评", day: date = DUE, **more: object) -> Milestone:
    place = Place(more.pop("phase_id", None), more.pop("task_ids", ()), more.pop("codes", None))
    given = {"plan_id": scene.plan_id, "terms": MilestoneTerms(text, day, "报告盖章"), "place": place}
    return add_milestone(scene.session, scene.office, **given, at=NOW, **more)


def claim(
    scene: Scene, stone: Milestone, day: date = TODAY, actor: Actor | None = None, files: int = 1
) -> Milestone:
    return claim_milestone(
        scene.session,
        actor or scene.office,
        milestone_id=stone.id,
        reached_on=day,
        evidence=[scene.evidence() for _ in range(files)],
        note="报告已印发",
        seen_version=stone.version,
        at=NOW,
    )


def confirm(scene: Scene, stone: Milestone, actor: Actor | None = None) -> Milestone:
    return confirm_milestone(
        scene.session,
        actor or scene.supervisor,
        milestone_id=stone.id,
        note="属实",
        seen_version=stone.version,
        at=NOW,
    )


def revise(scene: Scene, stone: Milestone, day: date, reason: str = "校舍推迟", **more: object) -> Milestone:
    return revise_milestone(
        scene.session,
        scene.office,
        milestone_id=stone.id,
        terms=MilestoneTerms(more.pop("text", stone.text), day, stone.criteria),
        place=Place(**more),
        seen_version=stone.version,
        reason=reason,
        at=NOW,
    )


def deeds(scene: Scene, stone: Milestone) -> list[str]:
    scene.session.flush()
    return [stone_deed(change) for change in milestone_changes(scene.session, stone.id)]
