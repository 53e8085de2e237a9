"""The ledger and what a unit owes, without JavaScript."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from plans.actors import Role
from plans.models import Task, TaskSupport
from tests.app.task_scene import Scene, a_file, fields_of, task_scene
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


def test_ledger_shows_the_tasks_of_the_own_county_with_their_standing(scene: Scene) -> None:
    elsewhere = scene.make.county()
    scene.make.task(elsewhere, unit_id=scene.make.unit(elsewhere), title="别县的任务")
    with scene.make.session(scene.county) as session:
        session.query(Task).one().due_on = NOW.date() - timedelta(days=3)

    page = scene.as_(scene.office).get_page("/tasks")

    cells = [cell.get_text(" ", strip=True) for cell in page.select("#ledger tbody td")]
    assert cells == [
        "1",
        "补齐音乐教室",
        "—",
        "—",
        "县教育局",
        "—",
        "2026-11-19 原定 2027-01-21",
        "0%",
        "逾期 3 天",
        "待签收",
        "0",
        "—",
    ]
    assert page.select_one("#ledger .facts").text == "1 项・待签收 1・逾期 1"


@pytest.mark.parametrize(
    ("asked", "n_rows"),
    [
        ("unit={unit}", 1),
        ("unit=1", 0),
        ("state=assigned", 1),
        ("state=closed", 0),
        ("light=not_due", 1),
        ("light=overdue", 0),
        ("indicator=R2", 0),
        ("phase=1", 0),
        ("measure=1", 0),
        ("unit=&state=&indicator=", 1),
        ("unit=abc&state=nonsense&phase=x", 1),
    ],
)
def test_ledger_filters_by_address(scene: Scene, asked: str, n_rows: int) -> None:
    page = scene.as_(scene.office).get_page("/tasks?" + asked.format(unit=scene.unit_id))

    assert len(page.select("#ledger td.task-cell")) == n_rows


def test_ledger_answers_htmx_with_its_part(scene: Scene) -> None:
    client = scene.as_(scene.office)

    answer = client.http.get("/tasks?light=overdue", headers={"HX-Request": "true"})

    assert answer.text.lstrip().startswith('<div id="ledger">')
    assert "HX-Request" in answer.headers["Vary"]


@pytest.mark.parametrize("rows", [1, 30])
def test_task_lists_take_the_same_statements_for_any_length(app: Flask, scene: Scene, rows: int) -> None:
    helper = scene.make.unit(scene.county)
    for _ in range(rows - 1):
        scene.make.task(scene.county, unit_id=scene.unit_id, plan_id=scene.plan_id)
    with scene.make.session(scene.county) as session:
        session.add_all(TaskSupport(task_id=task.id, unit_id=helper) for task in session.query(Task))
    office, unit = scene.as_(scene.office), scene.as_(scene.unit)

    with count_queries(app) as for_ledger:
        ledger = office.get_page("/tasks")
    with count_queries(app) as for_mine:
        mine = unit.get_page("/tasks")

    assert (len(ledger.select("td.task-cell")), len(mine.select("tbody.owed"))) == (rows, rows)
    assert (len(for_ledger), len(for_mine)) == (17, 9)


def test_unit_lands_on_what_it_owes(scene: Scene) -> None:
    scene.make.task(scene.county, unit_id=scene.make.unit(scene.county), title="别的单位的任务")
    page = scene.as_(scene.unit).get_page("/tasks")

    assert page.h1.text == "还有 1 项任务要办。"
    assert [link.text for link in page.select("td.owed-title a")] == ["补齐音乐教室"]


def test_unit_sees_full_list_of_its_own_tasks(scene: Scene) -> None:
    scene.make.task(scene.county, unit_id=scene.make.unit(scene.county), title="别的单位的任务")

    page = scene.as_(scene.unit).get_page("/tasks?list=all")

    assert [cell.text for cell in page.select("td.task-cell")] == ["补齐音乐教室"]


def test_one_save_stores_every_touched_task_and_leaves_the_others(scene: Scene) -> None:
    untouched = scene.make.task(scene.county, unit_id=scene.unit_id, plan_id=scene.plan_id, title="没动的")
    client = scene.as_(scene.unit)
    form = fields_of(client.get_page("/tasks"), "/tasks/progress")
    form.pop("task")

    page = client.post_page(
        "/tasks/progress",
        {
            **form,
            **scene.report(1, "70", "已封顶", files=a_file()),
            "task": [str(scene.task_id), str(untouched)],
        },
    )

    assert "已保存 1 项。" in page.select_one("#messages").text
    assert scene.task() == {
        "state": "working",
        "progress": 70,
        "note": "已封顶",
        "acts": ["assign", "sign", "progress"],
        "files": ["验收单.pdf"],
    }
    with scene.make.session(scene.county) as session:
        assert len(session.query(Task).filter_by(id=untouched).one().events) == 1


def test_one_refused_task_takes_no_other_with_it(scene: Scene) -> None:
    other = scene.make.task(scene.county, unit_id=scene.unit_id, plan_id=scene.plan_id, title="另一项")
    bad = {f"t{other}-percent": "120", f"t{other}-shown": "0", f"t{other}-seen_event": "1"}
    bad[f"t{other}-note"] = "写了很多"

    page = scene.as_(scene.unit).post_page(
        "/tasks/progress", {**scene.report(1), **bad, "task": [str(scene.task_id), str(other)]}, 422
    )

    assert scene.task()["progress"] == 40
    assert "已保存 1 项，1 项没有保存" in page.select_one("#my-tasks > .message").text
    refused = page.select_one("tbody.owed-refused")
    assert "进展填 0 至 100 的整数，如 72 或 72%。" in refused.text
    assert refused.textarea.text.strip() == "写了很多"
    assert refused.select_one("[name$=percent]")["value"] == "120"


def test_task_of_another_unit_in_the_form_is_not_reported(scene: Scene) -> None:
    other_unit = scene.make.unit(scene.county)
    stranger = scene.make.member(scene.county, Role.UNIT, other_unit)

    page = scene.as_(stranger).post_page(
        "/tasks/progress", {**scene.report(1), "task": str(scene.task_id)}, 422
    )

    assert "1 项已不由本单位办理，没有保存。" in page.text
    assert scene.task()["acts"] == ["assign"]
