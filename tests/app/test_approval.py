"""A version goes up county → prefecture → region and comes back down with words."""

from datetime import timedelta

import pytest
from flask import Flask

from app.models.assessments import AssessmentState, VersionMove
from app.versions.errors import VersionLocked
from app.versions.moves import ONE_ABOVE, TWO_ABOVE
from tests.app.county_data import measures, report, school
from tests.app.oversight_scene import Above, above_scene
from tests.factories import Factory, Member

S = AssessmentState


@pytest.fixture
def scene(app: Flask, make: Factory) -> Above:
    return above_scene(app, make)


def decide(scene: Above, member: Member, key: int, move: str, note: str = "", status: int = 200) -> str:
    page = scene.as_(member).post_page(f"/oversight/standings/{key}/{move}", {"note": note}, status)
    return page.text


def test_each_level_approves_in_its_turn(scene: Above) -> None:
    key = scene.hand_up()

    decide(scene, scene.prefecture, key, "forward")
    passed = scene.state()
    decide(scene, scene.region, key, "accept", "同意")

    assert (passed, scene.state()) == (S.PASSED, S.ACCEPTED)
    story = [(one["move"], one["who"], one["note"]) for one in scene.standing().story]
    assert story == [
        ("freeze", scene.office.actor.name, ""),
        ("submit", scene.office.actor.name, ""),
        ("forward", f"{scene.prefecture.actor.name}（甲市（示例））", ""),
        ("accept", f"{scene.region.actor.name}（示例区）", "同意"),
    ]


@pytest.mark.parametrize("move", ["accept", "forward", "return", "withdraw"])
def test_region_does_not_decide_before_the_prefecture(scene: Above, move: str) -> None:
    key = scene.hand_up()

    decide(scene, scene.region, key, move, "理由", 409 if move in ("accept", "withdraw") else 403)

    assert scene.state() is S.SUBMITTED


@pytest.mark.parametrize("move", ["accept", "return"])
def test_prefecture_does_not_decide_for_the_region(scene: Above, move: str) -> None:
    key = scene.hand_up()
    decide(scene, scene.prefecture, key, "forward")

    decide(scene, scene.prefecture, key, move, "理由", 403)

    assert scene.state() is S.PASSED


@pytest.mark.parametrize("move", ["accept", "forward", "return", "withdraw"])
def test_overseer_of_another_prefecture_finds_nothing(scene: Above, move: str) -> None:
    key = scene.hand_up()

    text = decide(scene, scene.stranger, key, move, "理由", 404)

    assert "甲县" not in text
    assert scene.state() is S.SUBMITTED


def test_story_of_a_version_is_told_in_chinese_time(scene: Above) -> None:
    key = scene.hand_up()

    page = scene.as_(scene.prefecture).get_page(f"/oversight/standings/{key}")

    assert [cell.text for cell in page.select("tbody td.tabular")] == ["2026年11月22日 09:00"] * 2


def test_return_goes_one_step_down_with_its_words(scene: Above) -> None:
    key = scene.hand_up()
    decide(scene, scene.prefecture, key, "forward")

    decide(scene, scene.region, key, "return", "校舍面积请复核")
    at_prefecture = scene.as_(scene.prefecture).get_page(f"/oversight/standings/{key}").text
    decide(scene, scene.prefecture, key, "return", "请按区里意见复核校舍面积")
    at_county = scene.as_(scene.office).get_page(f"/versions/{scene.version()}").text

    assert "校舍面积请复核" in at_prefecture
    assert "请按区里意见复核校舍面积" in at_county
    assert "校舍面积请复核" in at_county
    assert scene.state() is S.RETURNED


def test_return_waits_for_the_county_until_a_newer_version_is_frozen(scene: Above) -> None:
    key = scene.hand_up()
    decide(scene, scene.prefecture, key, "return", "请复核校舍面积")
    client = scene.as_(scene.office)

    told = client.get_page("/decisions").select_one("main tbody tr").get_text(" ", strip=True)
    listed = client.get_page("/versions").h1.text
    report(scene.make, scene.office, measures(school(1), school(2)), at=scene.make.now + timedelta(days=1))
    scene.move(VersionMove.FREEZE)

    who = f"{scene.prefecture.actor.name}（甲市（示例））"
    assert f"2026 年度上报结果被退回。{who}：请复核校舍面积" in told
    assert "2026 年度被上级退回" in listed
    assert "退回" not in client.get_page("/decisions").main.text + client.get_page("/versions").h1.text


def test_draft_beside_a_version_handed_up_leads_there_and_offers_no_freezing(scene: Above) -> None:
    scene.hand_up()
    handed_up = scene.version()
    report(scene.make, scene.office, measures(school(1), school(2)), at=scene.make.now + timedelta(days=1))

    page = scene.as_(scene.office).get_page(f"/versions/{scene.version()}")

    assert page.select(".version-acts") == []
    assert page.select_one(".message-amber a")["href"] == f"/versions/{handed_up}"


def test_prefecture_is_told_who_decides_above_it(scene: Above) -> None:
    key = scene.hand_up()
    decide(scene, scene.prefecture, key, "forward")

    assert "应由更上一级的督导办理" in decide(scene, scene.prefecture, key, "return", "理由", 403)


@pytest.mark.parametrize(("who", "before"), [("prefecture", []), ("region", ["forward"])])
def test_return_needs_a_reason(scene: Above, who: str, before: list[str]) -> None:
    key = scene.hand_up()
    for step in before:
        decide(scene, scene.prefecture, key, step)
    was = scene.state()

    text = decide(scene, getattr(scene, who), key, "return", "  ", 422)

    assert "退回须写明理由" in text
    assert scene.state() is was


def test_withdrawal_unlocks_with_a_reason_step_by_step(scene: Above) -> None:
    key = scene.hand_up()
    decide(scene, scene.prefecture, key, "forward")
    decide(scene, scene.region, key, "accept")

    decide(scene, scene.prefecture, key, "withdraw", "有误", 403)
    decide(scene, scene.region, key, "withdraw", "", 422)
    decide(scene, scene.region, key, "withdraw", "发现数据有误")
    back_at_region = scene.state()
    decide(scene, scene.prefecture, key, "withdraw", "重新核对")

    assert (back_at_region, scene.state()) == (S.PASSED, S.SUBMITTED)


@pytest.mark.parametrize("moves", [[], ["forward"], ["forward", "accept"]])
def test_what_is_on_its_way_or_approved_locks_the_year(scene: Above, moves: list[str]) -> None:
    key = scene.hand_up()
    for move in moves:
        decide(scene, scene.region if move == "accept" else scene.prefecture, key, move)
    report(scene.make, scene.office, measures(school(1), school(2)))

    with pytest.raises(VersionLocked):
        scene.move(VersionMove.FREEZE)


def test_another_year_is_not_locked(scene: Above) -> None:
    scene.hand_up()
    report(scene.make, scene.office, measures(school(1), school(2)), year=2025)

    scene.move(VersionMove.FREEZE)

    assert scene.state() is S.FROZEN


def test_county_recalls_what_nobody_has_decided_about(scene: Above) -> None:
    scene.hand_up()
    page = scene.as_(scene.office).post_page(f"/versions/{scene.version()}/recall", {"note": ""}, 422)

    scene.move(VersionMove.RECALL, "数据有误")

    assert "撤回上报须写明理由" in page.text
    assert scene.state() is S.FROZEN


def test_county_does_not_recall_what_was_passed_on(scene: Above) -> None:
    key = scene.hand_up()
    decide(scene, scene.prefecture, key, "forward")

    scene.as_(scene.office).post_page(f"/versions/{scene.version()}/recall", {"note": "有误"}, 409)

    assert scene.state() is S.PASSED


def test_returned_year_takes_a_new_version(scene: Above) -> None:
    key = scene.hand_up()
    decide(scene, scene.prefecture, key, "return", "请复核")
    report(scene.make, scene.office, measures(school(1), school(2)))

    scene.hand_up()

    assert scene.standing().assessment_id == scene.version()
    assert (scene.standing().state, scene.standing().sections_met) == (S.SUBMITTED, 2)


@pytest.mark.parametrize("move", ["accept", "forward", "return", "withdraw"])
def test_people_of_the_county_decide_nothing_from_above(scene: Above, move: str) -> None:
    key = scene.hand_up()

    for member in (scene.office, scene.leader()):
        decide(scene, member, key, move, "理由", 404)
        status = 409 if move in ("accept", "withdraw") else 403
        scene.as_(member).post_page(f"/versions/{scene.version()}/{move}", {"note": "理由"}, status)

    assert scene.state() is S.SUBMITTED


@pytest.mark.parametrize("way", [ONE_ABOVE, TWO_ABOVE], ids=["one level", "two levels"])
def test_no_state_on_its_way_is_a_dead_end(way) -> None:
    for state in (S.SUBMITTED, S.PASSED, S.ACCEPTED):
        assert [move for at, move in way if at is state], state
