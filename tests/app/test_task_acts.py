"""Acts on a task's page beside reports and close-out."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from plans.actors import Role
from plans.models import Mention, Task
from plans.states import TaskState
from tests.app.task_scene import Scene, a_file, task_scene
from tests.conftest import NOW
from tests.factories import Factory, Member


@pytest.fixture(autouse=True)
def _fixed_clock() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene(app: Flask, make: Factory) -> Scene:
    return task_scene(app, make)


def do(
    scene: Scene, member: Member, act: str, status: int = 200, *, seen: int = 1, **given: Any
) -> BeautifulSoup:
    data = {f"{act}-{name}": value for name, value in {"seen_event": seen, **given}.items()}
    return scene.as_(member).post_page(scene.path(f"/acts/{act}"), data, status)


@pytest.mark.parametrize(
    ("state", "office", "unit", "supervisor"),
    [
        (
            TaskState.ASSIGNED,
            {"reassign", "move", "amend", "urge", "person"},
            {"decline", "ask", "person"},
            {"urge"},
        ),
        (
            TaskState.WORKING,
            {"reassign", "move", "amend", "urge", "pause", "person"},
            {"decline", "ask", "reuse", "person"},
            {"urge"},
        ),
        (TaskState.DECLINED, {"reassign", "person"}, {"person"}, set()),
        (TaskState.PAUSED, {"move", "amend", "resume", "person"}, {"person"}, set()),
        (TaskState.CLOSED, {"reopen"}, set(), {"reopen"}),
    ],
)
def test_each_person_is_offered_what_can_be_done_now(
    scene: Scene, state: TaskState, office: set[str], unit: set[str], supervisor: set[str]
) -> None:
    with scene.make.session(scene.county) as session:
        session.query(Task).one().state = state

    pages = [scene.as_(one).get_page(scene.path()) for one in (scene.office, scene.unit, scene.supervisor)]

    offered = [{form["action"].split("/")[-1] for form in page.select(".acts form")} for page in pages]
    assert offered == [office, unit, supervisor]


def test_declined_task_goes_to_the_unit_whose_duty_it_is(scene: Scene) -> None:
    other = scene.make.unit(scene.county, "县财政局")

    do(scene, scene.unit, "decline", note="不属于本单位职责")
    page = do(scene, scene.office, "reassign", seen=2, lead_unit_id=other, note="改由财政局办")

    assert scene.task()["acts"] == ["assign", "decline", "reassign"]
    assert "县财政局牵头" in page.select_one(".basis").text


def test_extension_is_asked_for_and_granted_and_the_first_deadline_stays(scene: Scene) -> None:
    asked = do(scene, scene.unit, "ask", due_on="2027-03-31", note="设备晚到")
    granted = do(scene, scene.office, "grant", seen=2)

    assert "申请延期到2027年3月31日：设备晚到" in asked.select_one(".message-amber").text
    assert "原定 2027年1月21日" in granted.select_one(".kv").get_text(" ", strip=True)
    assert scene.task()["acts"] == ["assign", "ask_extension", "grant_extension"]


def test_extension_after_the_deadline_is_refused_and_loses_no_word(scene: Scene) -> None:
    with scene.make.session(scene.county) as session:
        session.query(Task).one().due_on = NOW.date() - timedelta(days=1)

    page = do(scene, scene.unit, "ask", 422, due_on="2027-03-31", note="设备晚到")

    assert "已过，不能再申请延期" in page.select_one(".message-red").text
    assert page.select_one("details[open] textarea").text.strip() == "设备晚到"
    assert page.select_one("details[open] [name=ask-due_on]")["value"] == "2027-03-31"


def test_closed_task_is_reopened_with_a_reason_and_a_new_deadline(scene: Scene) -> None:
    with scene.make.session(scene.county) as session:
        task = session.query(Task).one()
        task.state, task.closed_at, task.progress = TaskState.CLOSED, NOW, 100

    refused = do(scene, scene.supervisor, "reopen", 422, note="问题反弹")
    page = do(scene, scene.supervisor, "reopen", note="问题反弹", due_on="2027-06-30")

    assert "新的完成时限未填写" in refused.select_one(".message-red").text
    assert (scene.task()["state"], scene.task()["progress"]) == ("working", 0)
    assert "反弹重开" in page.select_one(".story").text


def test_comment_mentions_a_member_of_the_own_county_only(scene: Scene) -> None:
    stranger = scene.make.member(scene.make.county())
    words = f"请@{scene.supervisor.actor.name}看，@{stranger.actor.name}也看"

    page = do(scene, scene.unit, "comment", note=words)

    assert words in page.select_one(".story").text
    with scene.make.session(scene.county) as session:
        assert [row.account_id for row in session.query(Mention)] == [scene.supervisor.actor.user_id]


def test_file_of_another_task_is_used_again_and_graded(scene: Scene) -> None:
    other = scene.make.task(scene.county, unit_id=scene.unit_id, plan_id=scene.plan_id)
    report = {f"t{other}-{k}": v for k, v in {"seen_event": 1, "shown": 0, "percent": 10, "note": ""}.items()}
    scene.as_(scene.unit).post_page(f"/tasks/{other}/progress", report | {f"t{other}-files": a_file()})
    scene.as_(scene.unit).post_page(scene.path("/sign"), {"seen_event": 1})
    page = scene.as_(scene.unit).get_page(scene.path())
    file_id = page.select_one("#reuse-evidence_id option:not([value=''])")["value"]

    do(scene, scene.unit, "reuse", seen=2, evidence_id=file_id)
    page = do(scene, scene.supervisor, "grade", seen=3, evidence_id=file_id, strength=2)

    assert scene.task()["files"] == ["验收单.pdf"]
    assert "二级・盖章材料" in page.text


@pytest.mark.parametrize("act", ["decline", "grant", "pause", "reassign", "move", "amend", "nonsense"])
def test_act_that_is_not_the_persons_is_refused(scene: Scene, act: str) -> None:
    status = 404 if act == "nonsense" else 403

    do(
        scene,
        scene.supervisor,
        act,
        status,
        note="试",
        lead_unit_id=scene.unit_id,
        title="试",
        due_on="2027-03-31",
    )

    assert scene.task()["acts"] == ["assign"]


def test_reader_from_above_sees_no_act(scene: Scene) -> None:
    overseer = scene.make.member(scene.county, Role.OVERSEER)

    page = scene.as_(overseer).get_page(scene.path())

    assert page.select(".acts, .comment") == []
    do(scene, overseer, "comment", 403, note="试")


def test_deadline_is_moved_by_the_office_and_the_first_one_stays_in_sight(scene: Scene) -> None:
    page = do(scene, scene.office, "move", due_on="2027-01-31", note="验收推迟")

    assert "2027年1月29日 原定 2027年1月21日" in page.select_one(".kv").get_text(" ", strip=True)
    assert "调整时限到2027年1月底" in page.select_one(".story").text
    assert "验收推迟" in page.select_one(".story-words").text


@pytest.mark.parametrize(
    ("due_on", "message"),
    [("", "新的完成时限未填写"), ("2026-11-21", "不在可选范围内"), ("2030-01-01", "不在可选范围内")],
)
def test_impossible_deadline_is_refused_with_the_reason_kept(scene: Scene, due_on: str, message: str) -> None:
    page = do(scene, scene.office, "move", 422, due_on=due_on, note="验收推迟")

    assert message in page.select_one(".message-red").text
    assert page.select_one("details[open] textarea").text.strip() == "验收推迟"


def test_words_and_supports_are_amended_from_what_stands_there(scene: Scene) -> None:
    other = scene.make.unit(scene.county, "县财政局")
    page = scene.as_(scene.office).get_page(scene.path())
    offered = page.select_one("form[action$='/acts/amend'] [name=amend-title]")["value"]

    page = do(scene, scene.office, "amend", title="补齐琴房", support_unit_ids=other, note="按会议要求")

    assert offered == "补齐音乐教室"
    assert page.select_one("h1").text == "补齐琴房"
    assert "任务名称由“补齐音乐教室”改为“补齐琴房”；配合单位由“无”改为“县财政局”" in page.text
    ticked = page.select("form[action$='/acts/amend'] [name=amend-support_unit_ids][checked]")
    assert [box["value"] for box in ticked] == [str(other)]


def test_weight_is_amended_where_the_task_is(scene: Scene) -> None:
    page = scene.as_(scene.office).get_page(scene.path())
    offered = page.select_one("form[action$='/acts/amend'] [name=amend-weight]")["value"]

    page = do(scene, scene.office, "amend", title="补齐音乐教室", weight="30", note="工作量大")
    refused = do(scene, scene.office, "amend", 422, seen=2, title="补齐音乐教室", weight="101", note="大")

    assert offered == "1"
    assert "权重由“1”改为“30”" in page.text
    assert page.find("dt", string="权重").find_next("dd").text == "30"
    assert "权重是 1 至 100 的整数。" in refused.text


def test_amendment_over_somebody_elses_act_shows_both_texts(scene: Scene) -> None:
    do(scene, scene.office, "amend", title="补齐琴房", note="会议要求")

    page = do(scene, scene.make.member(scene.county), "amend", 422, title="补齐舞蹈房", note="调研意见")

    assert "您的填写没有保存但已保留" in page.select_one(".message-red").text
    assert page.select_one("h1").text == "补齐琴房"
    assert page.select_one("details[open] [name=amend-title]")["value"] == "补齐舞蹈房"


def test_browser_asks_for_what_an_act_is_not_done_without(scene: Scene) -> None:
    page = scene.as_(scene.office).get_page(scene.path())

    must = {field["name"] for field in page.select("form[action*='/acts/'] [required]")}

    assert {"reassign-lead_unit_id", "reassign-note", "move-due_on", "move-note"} <= must
    assert not {"reassign-due_on", "urge-note", "amend-weight"} & must
