"""A milestone in the next version of its plan: the same one, as far as it came."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from plans.acceptance import accept_draft
from plans.actors import Role
from plans.corrections.commands import correct_row, fingerprint
from plans.corrections.parts import Part, find_row, rows_of
from plans.milestone_acts import return_claim
from plans.milestones import MilestoneState, state_of
from plans.models import KeptDraft, Measure, Milestone, MilestoneIndicator
from plans.revisions import approve_plan
from plans.successor import draft_next_version, hand_over
from tests.conftest import NOW
from tests.plans.scene import Scene
from tests.plans.stones import DUE, TODAY, add, claim, confirm, deeds, revise

Heirs = Callable[..., Milestone]
LATER = date(2027, 12, 31)


@pytest.fixture
def heir_of(scene: Scene) -> Heirs:
    """The milestone in an accepted next version; with other words if given."""
    measure = {"no": 1, "group_title": "重点任务", "title": "补齐短板", "text": "补齐短板。"}
    scene.session.add(Measure(plan_id=scene.plan_id, **measure))

    def made(stone: Milestone, text: str | None = None) -> Milestone:
        scene.session.flush()
        draft = draft_next_version(scene.session, scene.office, plan_id=stone.plan_id, at=NOW)
        place = [row["from_id"] for row in draft.body["milestones"]].index(stone.id)
        if text is not None:
            _reword(scene, draft, place, text)
        plan = accept_draft(
            scene.session,
            scene.office,
            draft=draft.body,
            source_sha256=draft.source_sha256,
            source_name=draft.source_name,
            at=NOW,
        )
        hand_over(scene.session, draft, plan)
        return sorted(plan.milestones, key=lambda one: one.id)[place]

    return made


def test_confirmed_milestone_stays_reached_with_all_that_proves_it(scene: Scene, heir_of: Heirs) -> None:
    stone = add(scene, "自评", task_ids=[scene.task_id])
    stone.indicators.append(MilestoneIndicator(code="R7"))
    confirm(scene, claim(scene, stone))

    heir = heir_of(stone)

    assert heir.id != stone.id
    assert (heir.achieved_on, heir.claimed_by, heir.confirmed_by, heir.confirmed_at) == (
        TODAY,
        scene.office.name,
        scene.supervisor.name,
        NOW,
    )
    assert heir.criteria == "报告盖章"
    assert [link.code for link in heir.indicators] == ["R7"]
    assert [link.task_id for link in heir.tasks] == [scene.task_id]
    assert [link.evidence_id for link in heir.evidence] == [link.evidence_id for link in stone.evidence]
    assert deeds(scene, heir) == deeds(scene, stone)
    assert len(deeds(scene, heir)) == 3 + 1  # its day, its words, claimed, confirmed


def test_claim_still_waits_and_one_sent_back_is_open(scene: Scene, heir_of: Heirs) -> None:
    claimed, returned = claim(scene, add(scene, "自评")), claim(scene, add(scene, "整改"))
    return_claim(
        scene.session,
        scene.supervisor,
        milestone_id=returned.id,
        reason="没有盖章",
        seen_version=returned.version,
        at=NOW,
    )

    heir = heir_of(claimed)
    other = next(one for one in scene.session.query(Milestone) if one.origin_id == returned.id)

    assert state_of(heir) is MilestoneState.CLAIMED
    assert confirm(scene, heir).achieved_on == TODAY
    assert (state_of(other), len(other.evidence)) == (MilestoneState.OPEN, 1)
    assert "退回申报" in deeds(scene, other)


def test_two_milestones_of_the_same_words_are_told_apart(scene: Scene, heir_of: Heirs) -> None:
    reached, open_one = confirm(scene, claim(scene, add(scene, "自评"))), add(scene, "自评", LATER)

    assert heir_of(open_one).achieved_on is None
    assert reached.id in {one.origin_id for one in scene.session.query(Milestone) if one.achieved_on}


def test_word_about_other_words_does_not_go_over(scene: Scene, heir_of: Heirs) -> None:
    stone = confirm(scene, claim(scene, add(scene, "自评")))

    heir = heir_of(stone, "自评并通过省级审核")

    assert state_of(heir) is MilestoneState.OPEN
    assert (len(heir.evidence), heir.confirmed_by) == (1, "")
    assert "新增里程碑" in deeds(scene, heir)


def test_first_approved_day_stays_through_the_versions(scene: Scene, heir_of: Heirs) -> None:
    stone = add(scene, "自评")
    leader = replace(scene.office, role=Role.LEADER)
    approve_plan(scene.session, leader, plan_id=scene.plan_id, note="", at=NOW)
    revise(scene, stone, LATER)

    heir = revise(scene, heir_of(stone), date(2028, 6, 30))

    assert (heir.due_on, heir.original_due_on) == (date(2028, 6, 30), DUE)
    assert heir_of(heir).original_due_on == DUE


def test_day_that_nobody_approved_is_no_first_day(scene: Scene, heir_of: Heirs) -> None:
    heir = revise(scene, heir_of(add(scene, "自评")), LATER)

    assert heir.original_due_on == LATER


def test_what_happens_later_is_no_history_of_the_earlier_version(scene: Scene, heir_of: Heirs) -> None:
    stone = add(scene, "自评")
    heir = heir_of(stone)

    claim(scene, heir)

    assert len(deeds(scene, heir)) == len(deeds(scene, stone)) + 1


def _reword(scene: Scene, draft: KeptDraft, place: int, text: str) -> None:
    row = rows_of(draft.body, Part.MILESTONES)[place]
    correct_row(
        scene.session,
        scene.office,
        draft_id=draft.id,
        part=Part.MILESTONES,
        key=row["key"],
        values={"due": row["due"], "text": text, "phase": row["phase"]},
        seen=fingerprint(find_row(draft.body, Part.MILESTONES, row["key"])),
        at=NOW,
    )
