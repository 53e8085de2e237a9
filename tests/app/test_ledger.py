"""The ledger as a tool: many rows at once, Excel, views of one's own, size."""

import io
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from openpyxl import load_workbook

from app.models import SavedView
from plans.actors import Role
from plans.base import new_id
from plans.commands import ask_extension
from plans.models import Task, TaskIndicator, TaskSupport, Unit
from plans.states import TaskState
from tests.app.task_scene import Scene, task_scene
from tests.app.whole_plan import fill_plan
from tests.conftest import NOW
from tests.factories import Factory
from tests.queries import count_queries


@pytest.fixture(autouse=True)
def _fixed_clock() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene(app: Flask, make: Factory) -> Scene:
    return task_scene(app, make)


def test_export_says_what_the_screen_says(scene: Scene) -> None:
    scene.make.task(scene.county, unit_id=scene.unit_id, plan_id=scene.plan_id, title="=1+1 的任务")
    scene.make.task(
        scene.county, unit_id=scene.make.unit(scene.county), plan_id=scene.plan_id, title="别的单位的任务"
    )
    with scene.make.session(scene.county) as session:
        task = session.query(Task).filter_by(id=scene.task_id).one()
        task.due_on, task.latest_note = NOW.date() - timedelta(days=3), "@已开工"
        task.indicators = [TaskIndicator(code="R2"), TaskIndicator(code="R5")]
        helper = Unit(id=new_id(), name="县财政局", aliases=[])
        session.add_all([helper, TaskSupport(task_id=task.id, unit_id=helper.id)])
    client = scene.as_(scene.office)
    asked = f"?unit={scene.unit_id}"

    page = client.get_page("/tasks" + asked)
    answer = client.http.get("/tasks.xlsx" + asked)

    sheet = load_workbook(io.BytesIO(answer.data)).active
    rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    head = [cell.get_text(strip=True) for cell in page.select("#ledger thead th")]
    body = [[cell.get_text(" ", strip=True) for cell in row("td")] for row in page.select("#ledger tbody tr")]
    assert rows == [head, *body]
    assert len(rows) == 3
    assert (sheet.freeze_panes, sheet["B3"].data_type, sheet["B3"].quotePrefix) == ("C2", "s", True)


def test_export_holds_only_what_the_person_sees(scene: Scene) -> None:
    elsewhere = scene.make.county()
    scene.make.task(elsewhere, unit_id=scene.make.unit(elsewhere), title="别县的任务")
    stranger = scene.make.member(scene.county, Role.UNIT, scene.make.unit(scene.county))

    shown = [
        load_workbook(io.BytesIO(scene.as_(one).http.get("/tasks.xlsx").data)).active.max_row
        for one in (scene.office, stranger)
    ]

    assert shown == [2, 1]


def test_batch_gives_each_row_its_own_result(scene: Scene) -> None:
    closed = scene.make.task(scene.county, unit_id=scene.unit_id, plan_id=scene.plan_id, title="办完的任务")
    with scene.make.session(scene.county) as session:
        session.query(Task).filter_by(id=closed).one().state = TaskState.CLOSED
    chosen = [f"{scene.task_id}-1", f"{closed}-1", "junk"]

    page = scene.as_(scene.office).post_page(
        "/tasks/batch", {"act": "urge", "note": "请抓紧", "chosen": chosen}, 422
    )

    assert [line.text for line in page.select(".outcome li")] == [
        "补齐音乐教室：已办理",
        "办完的任务：任务当前状态不允许这一操作，可能已被他人处理。请刷新页面后再试。",
    ]
    assert "勾选的 2 项中，1 项没有办成。" in page.text
    assert page.select_one("#batch textarea").text.strip() == "请抓紧"
    assert scene.task()["acts"] == ["assign", "urge"]


def test_batch_grants_extensions_that_were_asked_for(scene: Scene) -> None:
    wanted = date(2027, 3, 31)
    with scene.make.session(scene.county) as session:
        ask_extension(
            session,
            scene.unit.actor,
            task_id=scene.task_id,
            wanted_on=wanted,
            reason="设备晚到",
            seen_event=1,
            at=NOW,
        )

    page = scene.as_(scene.office).post_page("/tasks/batch", {"act": "grant", "chosen": f"{scene.task_id}-2"})

    assert "已办理 1 项。" in page.select_one("#messages").text
    assert "2027-03-31 原定 2027-01-21" in page.select_one("#ledger tbody").get_text(" ", strip=True)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"act": "urge"}, "请先在台账中勾选任务。"),
        ({"chosen": "{task}-1"}, "请选择要办理的事项。"),
        ({"act": "pause", "chosen": "{task}-1"}, "任务当前状态不允许这一操作"),
    ],
)
def test_batch_that_cannot_be_done_says_why(scene: Scene, sent: dict[str, str], said: str) -> None:
    data = {name: value.format(task=scene.task_id) for name, value in sent.items()} | {"note": "工期调整"}

    page = scene.as_(scene.office).post_page("/tasks/batch", data, 422)

    assert said in page.select_one("#ledger").text
    assert scene.task()["acts"] == ["assign"]


def test_batch_is_for_those_who_assign(scene: Scene) -> None:
    for member in (scene.unit, scene.supervisor):
        client = scene.as_(member)

        assert client.get_page("/tasks?list=all").select("#batch, [name=chosen]") == []
        client.post_page("/tasks/batch", {"act": "urge", "chosen": f"{scene.task_id}-1"}, 403)

    assert scene.task()["acts"] == ["assign"]


def test_saved_view_belongs_to_one_person_in_one_county(scene: Scene) -> None:
    colleague = scene.make.member(scene.county)
    client = scene.as_(scene.office)

    client.post_page("/tasks/views?light=overdue&nonsense=1", {"name": "逾期的"})
    page = client.post_page("/tasks/views?light=due_soon", {"name": "逾期的"})

    assert [link["href"] for link in page.select(".view a")] == ["/tasks?light=due_soon"]
    other = scene.as_(colleague)
    assert other.get_page("/tasks").select(".view a") == []
    with scene.make.session(scene.county) as session:
        view_id = session.query(SavedView).one().id
    other.post_page(f"/tasks/views/{view_id}/drop", {}, 404)
    assert client.post_page(f"/tasks/views/{view_id}/drop", {}).select(".view a") == []


@pytest.mark.parametrize("name", ["", "名" * 21])
def test_view_without_a_fitting_name_is_refused(scene: Scene, name: str) -> None:
    page = scene.as_(scene.office).post_page("/tasks/views?light=overdue", {"name": name})

    assert "名称" in page.select_one("#messages").text
    assert page.select(".view a") == []


@pytest.mark.parametrize("n_tasks", [1, 300])
def test_ledger_of_a_whole_plan_takes_the_same_statements(app: Flask, scene: Scene, n_tasks: int) -> None:
    fill_plan(scene, n_tasks)
    client = scene.as_(scene.office)

    with count_queries(app) as for_screen:
        page = client.get_page("/tasks")
    with count_queries(app) as for_excel:
        client.http.get("/tasks.xlsx")

    assert len(page.select("td.task-cell")) == n_tasks
    assert (len(for_screen), len(for_excel)) == (17, 18)


def test_batch_moves_deadlines_and_keeps_the_first_ones(scene: Scene) -> None:
    sent = {"act": "move", "note": "统一推迟", "chosen": f"{scene.task_id}-1"}

    refused = scene.as_(scene.office).post_page("/tasks/batch", sent, 422)
    page = scene.as_(scene.office).post_page("/tasks/batch", sent | {"due_on": "2027-03-31"})

    assert "新的完成时限未填写" in refused.select_one(".outcome li").text
    assert "2027-03-31 原定 2027-01-21" in page.select_one("#ledger tbody").get_text(" ", strip=True)
