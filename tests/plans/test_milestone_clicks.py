"""Clicks on a milestone that come twice change nothing; those that come too late are told so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from plans.milestone_acts import claim_milestone, return_claim, withdraw_milestone
from plans.models import Milestone
from plans.work_errors import StalePlan
from tests.conftest import NOW
from tests.plans.scene import Scene
from tests.plans.stones import TODAY, add, claim, confirm, deeds, revise


def _second_clicks(scene: Scene, act: Callable[[Milestone], Milestone], stone: Milestone) -> tuple[int, int]:
    """How many deeds one click made, and how many a second one of the same page added."""
    seen, before = stone.version, len(deeds(scene, stone))
    act(stone)
    scene.session.flush()
    once, version = len(deeds(scene, stone)), stone.version
    assert version != seen
    shown = SimpleNamespace(id=stone.id, version=seen)
    again = act(shown)
    assert (again.id, again.version) == (stone.id, version)
    return once - before, len(deeds(scene, stone)) - once


def test_second_click_of_the_same_page_changes_nothing(scene: Scene) -> None:
    stone, key = add(scene, "自评"), {"session": scene.session, "at": NOW}
    office, supervisor = scene.office, scene.supervisor

    def send_back(one: Milestone) -> Milestone:
        given = {"milestone_id": one.id, "seen_version": one.version, "reason": " 没有盖章 "}
        return return_claim(actor=supervisor, **given, **key)

    def withdraw(one: Milestone) -> Milestone:
        given = {"milestone_id": one.id, "seen_version": one.version, "reason": "数据有误"}
        return withdraw_milestone(actor=office, **given, **key)

    file = [scene.evidence()]

    def claim_it(one: Milestone) -> Milestone:
        given = {"milestone_id": one.id, "seen_version": one.version, "note": "报告已印发 "}
        return claim_milestone(actor=office, reached_on=TODAY, evidence=file, **given, **key)

    acts = [claim_it, send_back, claim_it, lambda one: confirm(scene, one), withdraw]

    assert [_second_clicks(scene, act, stone) for act in acts] == [(1, 0)] * 5
    assert len(stone.evidence) == 1


def test_click_after_somebody_elses_is_stale_and_so_is_one_with_other_words(scene: Scene) -> None:
    stone = add(scene, "自评")
    shown = SimpleNamespace(id=stone.id, version=stone.version)
    claim(scene, stone)
    scene.session.flush()

    with pytest.raises(StalePlan):
        claim(scene, shown, TODAY - timedelta(days=1))
    with pytest.raises(StalePlan):
        claim(scene, shown, actor=replace(scene.office, user_id=scene.office.user_id + 1))


def test_second_click_on_the_form_saves_once(scene: Scene) -> None:
    stone = add(scene, "自评")
    shown = SimpleNamespace(id=stone.id, version=stone.version, text="自评", criteria=stone.criteria)
    revise(scene, stone, date(2027, 12, 31))
    scene.session.flush()
    told = deeds(scene, stone)

    assert revise(scene, shown, date(2027, 12, 31)).id == stone.id
    assert deeds(scene, stone) == told
    with pytest.raises(StalePlan):
        revise(scene, shown, date(2027, 12, 30))
