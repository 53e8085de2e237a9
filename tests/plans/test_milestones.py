"""Milestones: where they stand by their days, who claims and who confirms, what a moved day cannot hide."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from plans.actors import Role
from plans.base import new_id
from plans.errors import ActNotAllowed, EvidenceMissing, MoveNotAllowed, ReasonMissing
from plans.milestone_acts import (
    explain_miss,
    return_claim,
    withdraw_milestone,
)
from plans.milestone_queries import (
    milestone_rows,
    milestones_ahead,
    watched_milestones,
)
from plans.milestones import MilestoneStatus, milestone_standing, stone_standing
from plans.models import Milestone, Plan, Unit
from plans.work_errors import InTheFuture, NotMissed, StalePlan
from tests.conftest import NOW
from tests.factories import Factory
from tests.plans.scene import Scene
from tests.plans.stones import DUE, TODAY, add, claim, confirm, deeds
from tests.queries import count_queries

AHEAD, MISSED, ACHIEVED = MilestoneStatus.AHEAD, MilestoneStatus.MISSED, MilestoneStatus.ACHIEVED


@pytest.fixture
def stone(scene: Scene) -> Milestone:
    return add(scene, "自评报告印发")


@pytest.mark.parametrize(
    ("reached", "claimed", "today", "status", "sentence"),
    [
        (None, None, date(2027, 9, 29), AHEAD, "时限2027年9月30日，还有 1 天。"),
        (None, None, DUE, AHEAD, "时限2027年9月30日，今天到期。"),
        (None, None, date(2027, 10, 1), MISSED, "时限2027年9月30日已过 1 天，还没有达成。"),
        (None, DUE, date(2027, 10, 9), AHEAD, "2027年9月30日申报达成，待督导室确认。"),
        (
            None,
            date(2027, 10, 1),
            date(2027, 10, 9),
            MISSED,
            "时限2027年9月30日已过 9 天，还没有达成。2027年10月1日申报达成，待督导室确认。",
        ),
        (DUE, DUE, date(2028, 1, 1), ACHIEVED, "2027年9月30日达成，未超过时限。"),
        (date(2027, 10, 1), None, date(2028, 1, 1), ACHIEVED, "2027年10月1日达成，比时限晚 1 天。"),
    ],
)
def test_milestone_stands_by_its_dates(
    reached: date | None, claimed: date | None, today: date, status: MilestoneStatus, sentence: str
) -> None:
    standing = milestone_standing(DUE, reached, today, claimed_on=claimed)

    assert (standing.status, standing.sentence) == (status, sentence)


@pytest.mark.parametrize(
    ("today", "slipped"), [(date(2027, 6, 30), False), (date(2027, 7, 1), True), (date(2027, 12, 1), True)]
)
def test_moved_day_does_not_hide_that_the_first_one_went_by(today: date, slipped: bool) -> None:
    standing = milestone_standing(DUE, None, today, original_due_on=date(2027, 6, 30))

    assert standing.slipped is slipped
    assert standing.sentence.endswith("原定2027年6月30日，已错过。") is slipped


def test_milestone_reached_by_its_first_day_never_slipped() -> None:
    standing = milestone_standing(DUE, date(2027, 6, 30), DUE, original_due_on=date(2027, 6, 30))

    assert not standing.slipped


def test_thirty_days_before_the_day_it_is_soon() -> None:
    def soon(days: int) -> bool:
        return milestone_standing(DUE, None, DUE - timedelta(days=days)).is_soon

    assert (soon(31), soon(30), soon(0)) == (False, True, True)


def test_claim_with_evidence_waits_until_a_supervisor_confirms(scene: Scene, stone: Milestone) -> None:
    claim(scene, stone)
    waiting = (stone.achieved_on, stone.claimed_by)

    confirm(scene, stone)

    assert waiting == (None, scene.office.name)
    assert (stone.achieved_on, stone.confirmed_by, stone.confirmed_at) == (TODAY, scene.supervisor.name, NOW)
    assert deeds(scene, stone)[:2] == [
        "确认达成，达成日期 2026年11月22日",
        "申报达成，达成日期 2026年11月22日",
    ]


def test_claim_needs_a_file_and_a_day_that_has_come(scene: Scene, stone: Milestone) -> None:
    with pytest.raises(EvidenceMissing, match="申报达成"):
        claim(scene, stone, files=0)
    with pytest.raises(InTheFuture):
        claim(scene, stone, TODAY + timedelta(days=1))

    assert stone.claimed_on is None


def test_claim_is_made_by_those_who_work_and_by_no_other_unit(scene: Scene) -> None:
    stone = add(scene, task_ids=[scene.task_id])
    idle = Unit(id=new_id(), name="县文旅局", aliases=[])
    scene.session.add(idle)
    other = replace(scene.unit, unit_id=idle.id)
    for actor in (other, scene.supervisor, replace(scene.office, role=Role.OVERSEER)):
        with pytest.raises(ActNotAllowed):
            claim(scene, stone, actor=actor)

    assert claim(scene, stone, actor=scene.unit).claimed_by == scene.unit.name


def test_nobody_confirms_own_work(scene: Scene) -> None:
    stone = add(scene, task_ids=[scene.task_id])
    scene.sign()  # by the unit's person
    claim(scene, stone)
    worked = replace(scene.supervisor, user_id=scene.unit.user_id)
    claimed = replace(scene.supervisor, user_id=scene.office.user_id)
    for actor in (scene.office, scene.unit, worked, claimed):
        with pytest.raises(ActNotAllowed):
            confirm(scene, stone, actor)

    assert confirm(scene, stone).achieved_on == TODAY


def test_returned_claim_is_open_again_and_keeps_its_evidence(scene: Scene, stone: Milestone) -> None:
    claim(scene, stone)
    given = {"milestone_id": stone.id, "seen_version": stone.version, "at": NOW}
    with pytest.raises(ReasonMissing):
        return_claim(scene.session, scene.supervisor, reason=" ", **given)

    return_claim(scene.session, scene.supervisor, reason="缺盖章", **given)

    assert (stone.claimed_on, len(stone.evidence)) == (None, 1)
    assert claim(scene, stone, files=0).claimed_on == TODAY
    assert deeds(scene, stone)[1] == "退回申报"


def test_reached_milestone_is_withdrawn_with_a_reason(scene: Scene, stone: Milestone) -> None:
    confirm(scene, claim(scene, stone))

    withdraw_milestone(
        scene.session,
        scene.supervisor,
        milestone_id=stone.id,
        reason="报告未印发",
        seen_version=stone.version,
        at=NOW,
    )

    assert (stone.achieved_on, stone.claimed_on, stone.confirmed_by) == (None, None, "")
    assert len(stone.evidence) == 1


def test_confirming_what_nobody_claimed_and_claiming_twice_are_refused(
    scene: Scene, stone: Milestone
) -> None:
    with pytest.raises(MoveNotAllowed):
        confirm(scene, stone)
    claim(scene, stone)
    with pytest.raises(MoveNotAllowed):
        claim(scene, stone)


def test_second_of_two_acts_on_one_milestone_is_refused(scene: Scene, stone: Milestone) -> None:
    seen = stone.version
    claim(scene, stone)

    with pytest.raises(StalePlan):
        return_claim(
            scene.session, scene.supervisor, milestone_id=stone.id, reason="缺", seen_version=seen, at=NOW
        )


def test_miss_is_explained_once_the_day_went_by_and_only_by_a_supervisor(scene: Scene) -> None:
    stone = add(scene, day=date(2026, 11, 23))
    given = {"milestone_id": stone.id, "seen_version": stone.version, "reason": "土地未批"}
    with pytest.raises(NotMissed):
        explain_miss(scene.session, scene.supervisor, **given, at=NOW + timedelta(days=1))
    with pytest.raises(ActNotAllowed):
        explain_miss(scene.session, scene.office, **given, at=NOW + timedelta(days=2))

    explain_miss(scene.session, scene.supervisor, **given, at=NOW + timedelta(days=2))

    assert stone.missed_reason == "土地未批"
    assert deeds(scene, stone)[0] == "认定错过：土地未批"


def test_lists_hold_what_is_near_missed_or_waits(scene: Scene, make: Factory) -> None:
    days = {"昨天": -1, "今天": 0, "第九十天": 90, "太远": 91}
    for text, offset in days.items():
        day = TODAY + timedelta(days=offset)
        scene.session.add(Milestone(plan_id=scene.plan_id, due_on=day, text=text))
    other = make.plan(scene.office.county_id)
    scene.session.add(Milestone(plan_id=other, due_on=TODAY, text="别的方案"))
    scene.session.flush()
    far = scene.session.query(Milestone).filter_by(text="太远").one()
    claim(scene, far)

    near = milestones_ahead(scene.session, scene.plan_id, TODAY)
    watched = watched_milestones(scene.session, scene.plan_id, TODAY)

    assert [row.stone.text for row in near] == ["昨天", "今天", "第九十天"]
    assert [row.stone.text for row in watched] == ["太远", "昨天"]


@pytest.mark.parametrize("n", [1, 30])
def test_list_takes_the_same_statements_for_any_length(app: Flask, scene: Scene, n: int) -> None:
    for number in range(n):
        claim(scene, add(scene, f"里程碑{number}", task_ids=[scene.task_id]))
    scene.session.flush()
    scene.session.expire_all()

    with count_queries(app) as sent:
        rows = milestone_rows(scene.session, scene.plan_id, TODAY)
        told = [(row.n_closed, row.stone.phase, row.stone.evidence[0].file.name) for row in rows]

    assert told == [(0, None, "验收单.pdf")] * n
    assert len(sent) == 4


def test_standing_of_a_row_is_that_of_its_days(scene: Scene, stone: Milestone) -> None:
    assert stone_standing(stone, DUE).status is AHEAD
    assert scene.session.get(Plan, (scene.office.county_id, scene.plan_id)).approved_at is None
