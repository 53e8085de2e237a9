"""The terms of milestones: words, day, phase, tasks; what is approved and what may still change."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from plans.actors import Role
from plans.base import new_id
from plans.errors import ActNotAllowed, DeadlineOutsidePlan, ReasonMissing
from plans.milestone_terms import Place, add_milestone
from plans.models import Milestone, Phase
from plans.revisions import MilestoneTerms, approve_plan
from plans.work_errors import MilestoneReached, NotInPlan, WordsMissing
from tests.conftest import NOW
from tests.plans.scene import Scene
from tests.plans.stones import DUE, TODAY, add, claim, deeds, revise


@pytest.fixture
def stone(scene: Scene) -> Milestone:
    return add(scene, "自评报告印发")


def test_added_milestone_lies_on_a_working_day_in_its_phase(scene: Scene) -> None:
    first, last = date(2027, 1, 1), date(2027, 12, 31)
    scene.session.add(Phase(plan_id=scene.plan_id, no=1, title="攻坚", starts_on=first, ends_on=last))
    scene.session.flush()
    key = new_id()

    stone = add(scene, "完成新建", date(2027, 10, 31), milestone_id=key)

    assert (stone.due_on, stone.original_due_on, stone.phase.title) == (
        date(2027, 10, 29),
        date(2027, 10, 29),
        "攻坚",
    )
    assert add(scene, "完成新建", date(2027, 10, 31), milestone_id=key) is stone


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), date(2030, 1, 1)])
def test_milestone_before_today_or_after_the_plan_is_refused(scene: Scene, day: date) -> None:
    with pytest.raises(DeadlineOutsidePlan):
        add(scene, day=day)


def test_milestone_needs_words_and_tasks_of_its_plan(scene: Scene) -> None:
    elsewhere = 1
    with pytest.raises(WordsMissing):
        add(scene, " ")
    for place in ({"task_ids": [elsewhere]}, {"phase_id": 1}):
        with pytest.raises(NotInPlan):
            add(scene, **place)
    with pytest.raises(ActNotAllowed):
        add_milestone(
            scene.session,
            scene.supervisor,
            plan_id=scene.plan_id,
            terms=MilestoneTerms("自评", DUE),
            place=Place(),
            at=NOW,
        )


def test_first_day_stays_once_the_plan_is_approved(scene: Scene, stone: Milestone) -> None:
    revise(scene, stone, date(2027, 6, 30))
    before = (stone.due_on, stone.original_due_on)
    leader = replace(scene.office, role=Role.LEADER)
    approve_plan(scene.session, leader, plan_id=scene.plan_id, note="", at=NOW)

    revise(scene, stone, date(2027, 12, 31), task_ids=[scene.task_id])

    assert before == (date(2027, 6, 30), date(2027, 6, 30))
    assert (stone.due_on, stone.original_due_on) == (date(2027, 12, 31), date(2027, 6, 30))
    assert sorted(deeds(scene, stone))[:2] == [
        "关联任务由“无”改为“补齐音乐教室”",
        "新增里程碑",
    ]


def test_another_day_needs_a_reason_and_what_is_claimed_stands_still(scene: Scene, stone: Milestone) -> None:
    with pytest.raises(ReasonMissing, match="调整里程碑时限"):
        revise(scene, stone, date(2027, 12, 31), " ")
    assert revise(scene, stone, stone.stated_due_on, "", text="自评报告盖章").text == "自评报告盖章"
    claim(scene, stone)
    with pytest.raises(MilestoneReached):
        revise(scene, stone, date(2027, 12, 31))


def test_indicators_of_a_milestone_are_changed_and_told(scene: Scene) -> None:
    stone = add(scene, "自评", codes=["R7", "R1", "R7"])
    first = sorted(link.code for link in stone.indicators)

    revise(scene, stone, stone.stated_due_on, codes=["R7", "G4"])
    scene.session.flush()
    revise(scene, stone, stone.stated_due_on)  # a form without them leaves them

    assert (first, sorted(link.code for link in stone.indicators)) == (["R1", "R7"], ["G4", "R7"])
    assert deeds(scene, stone)[0] == "对应指标由“R1、R7”改为“G4、R7”"
