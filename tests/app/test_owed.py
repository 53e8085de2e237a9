"""What a unit owes (我的任务) as a table to fill in, without JavaScript."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from plans.actors import Role
from plans.models import Task, TaskSupport
from plans.states import TaskState
from tests.app.task_scene import Scene, a_file, fields_of, task_scene
from tests.app.whole_plan import fill_plan
from tests.conftest import NOW
from tests.factories import Factory
from tests.queries import count_queries

SAVE = "/tasks/progress"


@pytest.fixture(autouse=True)
def _fixed_clock() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene(app: Flask, make: Factory) -> Scene:
    return task_scene(app, make)


def rows_of(page: BeautifulSoup) -> list[list[str]]:
    """Number, standing, title, deadline of each row, with the section's heads between them."""
    return [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])[:4]]
        for row in page.select("#my-tasks tbody > tr:not(.owed-under)")
    ]


def test_all_that_is_owed_stands_in_one_table(scene: Scene) -> None:
    make, county, other = scene.make, scene.county, scene.make.unit(scene.county, "县财政局")
    late = make.task(county, unit_id=scene.unit_id, plan_id=scene.plan_id, title="晚了的")
    paused = make.task(county, unit_id=scene.unit_id, plan_id=scene.plan_id, title="停着的")
    done = make.task(county, unit_id=scene.unit_id, plan_id=scene.plan_id, title="办完的")
    helped = make.task(county, unit_id=other, plan_id=scene.plan_id, title="帮着办的")
    make.task(county, unit_id=other, plan_id=scene.plan_id, title="别人的")
    with make.session(county) as session:
        session.add(TaskSupport(task_id=helped, unit_id=scene.unit_id))
        tasks = {task.id: task for task in session.query(Task)}
        tasks[late].due_on, tasks[late].state = NOW.date() - timedelta(days=3), TaskState.WORKING
        tasks[paused].state, tasks[done].state = TaskState.PAUSED, TaskState.CLOSED

    page = scene.as_(scene.unit).get_page("/tasks")

    assert rows_of(page) == [
        ["本单位牵头，要办 2 项"],
        ["1", "逾期 3 天", "晚了的", "2026-11-19 原定 2027-01-21"],
        ["2", "未到期", "补齐音乐教室 待签收，填报即签收", "2027-01-21"],
        ["待核实或暂停 1 项"],
        ["3", "未到期", "停着的", "2027-01-21"],
        ["本单位配合 1 项，由牵头单位填报"],
        ["4", "未到期", "帮着办的 县财政局牵头", "2027-01-21"],
    ]
    assert len(page.select("#my-tasks textarea")) == 2


def test_unit_that_owes_nothing_is_told_so(scene: Scene) -> None:
    idle = scene.make.member(scene.county, Role.UNIT, scene.make.unit(scene.county))

    page = scene.as_(idle).get_page("/tasks")

    assert page.h1.text == "目前没有要办的任务。"
    assert page.select("#my-tasks form") == []
    assert "交办给本单位牵头或配合的任务会出现在这里。" in page.select_one(".empty-state").text


@pytest.mark.parametrize(
    ("typed", "kept"), [("72", 72), ("72%", 72), ("７２％", 72), ("72.00%", 72), ("0", 0), ("100", 100)]
)
def test_percentage_is_taken_as_people_write_it(scene: Scene, typed: str, kept: int) -> None:
    data = scene.report(1, typed, "写了") | {"task": scene.task_id}

    scene.as_(scene.unit).post_page(SAVE, data)

    assert (scene.task()["progress"], scene.task()["note"]) == (kept, "写了")


@pytest.mark.parametrize("typed", ["0.72", "72.5", "101", "-1", "约七成", ""])
def test_percentage_that_is_none_is_refused_and_stays_in_its_cell(scene: Scene, typed: str) -> None:
    data = scene.report(1, typed, "写了很多") | {"task": scene.task_id}

    page = scene.as_(scene.unit).post_page(SAVE, data, 422)

    cell = page.select_one("[data-cell=percent]")
    assert (cell["value"], cell["aria-invalid"]) == (typed, "true")
    assert page.select_one("[data-cell=note]").text.strip() == "写了很多"
    assert "0 至 100" in page.select_one(".owed-under .over").text
    assert page.select_one("form[data-unsaved]") is not None
    assert scene.task()["acts"] == ["assign"]


def test_return_stays_in_sight_until_it_is_answered(scene: Scene) -> None:
    unit, supervisor = scene.as_(scene.unit), scene.as_(scene.supervisor)
    unit.post_page(SAVE, _whole_report(scene, 1, "100", "完工"))
    supervisor.post_page(scene.path("/return"), {"seen_event": "4", "note": "缺照片"})
    unit.post_page(SAVE, scene.report(5, "90", "正在补照片", "100") | {"task": scene.task_id})

    between = unit.get_page("/tasks")
    unit.post_page(SAVE, _whole_report(scene, 6, "100", "补好了", shown="90"))
    after = unit.get_page("/tasks")

    assert "退回 缺照片" in between.select_one(".owed-demand").get_text(" ", strip=True)
    assert after.select(".owed-demand") == []


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        ("grant", "同意延期到2027年3月底（3月31日），原为2027年1月21日"),
        ("refuse", "不同意延期到2027年3月底（3月31日），时限仍为2027年1月21日"),
    ],
)
def test_answer_to_a_wish_for_more_time_is_in_sight_until_the_next_report(
    scene: Scene, answer: str, word: str
) -> None:
    unit, office, path = scene.as_(scene.unit), scene.as_(scene.office), scene.path("/acts/")
    wish = {"ask-seen_event": "1", "ask-due_on": "2027-03-31", "ask-note": "冬季停工"}
    unit.post_page(f"{path}ask", wish)
    office.post_page(f"{path}{answer}", {f"{answer}-seen_event": "2", f"{answer}-note": "设备已到"})

    told = unit.get_page("/tasks").select_one(".owed-demand").get_text(" ", strip=True)
    unit.post_page(SAVE, scene.report(3, "40", "开工") | {"task": scene.task_id})

    assert told.startswith(f"{word} 设备已到")
    assert unit.get_page("/tasks").select(".owed-demand") == []


def test_second_person_sees_all_that_others_wrote_beside_the_own_words(scene: Scene) -> None:
    first, second = (scene.make.member(scene.county, Role.UNIT, scene.unit_id) for _ in range(2))
    mine = scene.as_(scene.unit)
    form = fields_of(mine.get_page("/tasks"), SAVE)
    scene.as_(first).post_page(SAVE, scene.report(1, "30", "已开工") | {"task": scene.task_id})
    scene.as_(second).post_page(SAVE, scene.report(3, "50", "已封顶", "30") | {"task": scene.task_id})
    scene.as_(scene.office).post_page(scene.path("/acts/urge"), {"urge-seen_event": 4, "urge-note": "请抓紧"})

    page = mine.post_page(SAVE, form | _typed(scene, "60", "我写的") | {_name(scene, "files"): a_file()}, 422)

    told = [line.get_text(" ", strip=True) for line in page.select(".owed-news")]
    at = "2026年11月22日 09:00"
    assert told == [
        f"{first.actor.name} {at} 签收",
        f"{first.actor.name} {at} 反馈进展 30%：已开工",
        f"{second.actor.name} {at} 反馈进展 50%：已封顶",
    ]
    again = {name: value for name, value in fields_of(page, SAVE).items() if not name.endswith("-files")}
    assert (again[_name(scene, "percent")], again[_name(scene, "note")]) == ("60", "我写的")
    assert "已收到：验收单.pdf" in page.select_one(".owed-kept").text

    mine.post_page(SAVE, again)

    assert scene.task()["acts"][-2:] == ["urge", "progress"]
    assert (scene.task()["note"], scene.task()["files"]) == ("我写的", ["验收单.pdf"])


def test_words_for_a_task_that_went_to_another_unit_are_given_back(scene: Scene) -> None:
    other = scene.make.unit(scene.county, "县财政局")
    mine = scene.as_(scene.unit)
    mine.post_page(scene.path("/acts/decline"), {"decline-seen_event": 1, "decline-note": "不属本单位"})
    scene.as_(scene.office).post_page(
        scene.path("/acts/reassign"),
        {"reassign-seen_event": 2, "reassign-lead_unit_id": other, "reassign-note": "改办"},
    )

    data = scene.report(1, "60", "写了很多", files=a_file()) | {"task": scene.task_id}
    page = mine.post_page(SAVE, data, 422)

    assert page.select_one(".owed-lost").text == "进展 60；写了很多；附件 验收单.pdf 没有上传"
    assert scene.task()["acts"] == ["assign", "decline", "reassign"]


@pytest.mark.parametrize("n_tasks", [1, 300])
def test_table_of_a_whole_plan_takes_the_same_statements(app: Flask, scene: Scene, n_tasks: int) -> None:
    fill_plan(scene, n_tasks, lead_id=scene.unit_id)
    client = scene.as_(scene.unit)

    with count_queries(app) as for_page:
        page = client.get_page("/tasks")
    form = fields_of(page, SAVE)
    every_id = [field["value"] for field in page.select("[name=task]")]
    with count_queries(app) as for_save:
        client.post_page(SAVE, form | {"task": every_id} | _typed(scene, "40", "已开工"))

    assert len(every_id) == n_tasks
    # A form of 300 rows is as large as an upload, and counted as one.
    assert (len(for_page), len(for_save)) == (9, {1: 27, 300: 33}[n_tasks])
    assert scene.task()["note"] == "已开工"


def _name(scene: Scene, field: str) -> str:
    return f"t{scene.task_id}-{field}"


def _typed(scene: Scene, percent: str, note: str) -> dict[str, str]:
    return {_name(scene, "percent"): percent, _name(scene, "note"): note}


def _whole_report(scene: Scene, seen: int, percent: str, note: str, shown: str = "0") -> dict[str, object]:
    report = scene.report(seen, percent, note, shown, files=a_file(), wants_close_out="y")
    return report | {"task": scene.task_id}
