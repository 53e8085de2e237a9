"""The plan page rolls progress up by weight and shows it beside the data, which no close-out changes."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from plans.actors import Role
from plans.base import new_id
from plans.commands import close_task, report_progress, sign_task, submit_task
from plans.models import Evidence, Measure, MeasureIndicator, Phase, Task, TaskIndicator
from plans.states import TaskState
from tests.app.county_data import measures, report, school
from tests.app.task_scene import Scene, task_scene
from tests.conftest import NOW
from tests.factories import Factory

TODAY = NOW.date()
PILLS = ("达标", "接近", "未达标", "待定", "缺数据")


@pytest.fixture(autouse=True)
def _fixed_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene(app: Flask, make: Factory) -> Scene:
    return task_scene(app, make)


def add_measure(scene: Scene, title: str, no: int, weight: int = 1, code: str = "") -> int:
    with scene.make.session(scene.county) as session:
        measure = Measure(
            id=new_id(), plan_id=scene.plan_id, no=no, group_title="", title=title, text="", weight=weight
        )
        measure.indicators = [MeasureIndicator(code=code)] if code else []
        session.add(measure)
        return measure.id


def add_task(scene: Scene, measure: int, percent: int, *, days: int = 60, weight: int = 1) -> int:
    task_id = scene.make.task(scene.county, unit_id=scene.unit_id, plan_id=scene.plan_id, measure_id=measure)
    with scene.make.session(scene.county) as session:
        task = session.query(Task).filter_by(id=task_id).one()
        task.progress, task.weight, task.due_on = percent, weight, TODAY + timedelta(days=days)
    return task_id


def drop_first_task(scene: Scene) -> None:
    with scene.make.session(scene.county) as session:
        session.delete(session.query(Task).filter_by(id=scene.task_id).one())


def lines(page: BeautifulSoup, caption: str) -> list[list[str]]:
    rows = page.select(f"[aria-label='{caption}'] tbody tr")
    return [[" ".join(cell.text.split()) for cell in row("td")] for row in rows]


def test_progress_goes_up_by_weight_from_task_to_plan(scene: Scene) -> None:
    drop_first_task(scene)
    with scene.make.session(scene.county) as session:
        for no, (title, first, last, weight) in enumerate((("近", 2026, 2027, 3), ("远", 2028, 2029, 1)), 1):
            days = {"starts_on": date(first, 1, 1), "ends_on": date(last, 12, 31)}
            session.add(Phase(plan_id=scene.plan_id, no=no, title=title, weight=weight, **days))
    heavy, light = add_measure(scene, "重", 1, weight=3), add_measure(scene, "轻", 2)
    add_task(scene, heavy, 100, weight=3)
    add_task(scene, heavy, 20)
    add_task(scene, light, 0)
    add_task(scene, light, 40, days=600)

    page = scene.as_(scene.office).get_page("/plan")

    # 重 is (3·100 + 20) / 4 = 80; phase 近 is (3·80 + 0) / 4 = 60; the plan is (3·60 + 40) / 4 = 55.
    found = lines(page, "措施和责任单位")
    assert [(row[1], row[4], row[5], row[6]) for row in found] == [
        ("重", "3", "2", "80%"),
        ("轻", "1", "2", "20%"),
    ]
    assert [(row[0], row[3], row[4]) for row in lines(page, "阶段")] == [
        ("近", "3", "60%"),
        ("远", "1", "40%"),
    ]
    assert "总体进度 55%（销号 0 / 4 项）" in page.select_one(".basis").text


def test_measure_shows_its_tightest_deadline_and_its_worst_indicator(scene: Scene) -> None:
    report(scene.make, scene.office, measures(school(1, multimedia_rooms=0.0)))
    both = add_measure(scene, "补设备", 1, code="R2")
    task = add_task(scene, both, 10, days=-3)
    with scene.make.session(scene.county) as session:
        session.add(TaskIndicator(task_id=task, code="R7"))
    add_measure(scene, "没有任务", 2)

    found = lines(scene.as_(scene.office).get_page("/plan"), "措施和责任单位")

    assert found[0][6:9] == ["10%", "逾期", "未达标"]
    assert found[1][5:9] == ["0", "没有任务", "—", "—"]


def test_closing_every_task_turns_no_indicator_green(scene: Scene) -> None:
    report(scene.make, scene.office, measures(school(1, multimedia_rooms=0.0), school(2)))
    measure = add_measure(scene, "补设备", 1, code="R7")
    task = add_task(scene, measure, 50)
    with scene.make.session(scene.county) as session:
        session.add_all(TaskIndicator(task_id=one, code="R7") for one in (task, scene.task_id))
    before = _data_words(scene)
    unit_before = lines(scene.as_(scene.office).get_page("/plan"), "措施和责任单位")[0]

    _close_all(scene)

    page = scene.as_(scene.office).get_page("/plan")
    after = lines(page, "措施和责任单位")[0]
    assert unit_before[7:9] == ["未到期", "未达标"]
    assert after[6:9] == ["100%", "已完成", "未达标"]
    assert "总体进度 100%（销号 2 / 2 项）" in page.select_one(".basis").text
    assert _data_words(scene) == before
    assert any("未达标" in words for words in before.values())


@pytest.mark.parametrize("role", [Role.UNIT, Role.OVERSEER])
def test_those_who_only_read_see_the_standing_of_their_own_county_only(
    app: Flask, scene: Scene, make: Factory, role: Role
) -> None:
    other = task_scene(app, make)
    add_task(other, add_measure(other, "别县的措施", 1), 70)
    add_measure(scene, "本县的措施", 1)
    reader = make.member(scene.county, role, scene.unit_id if role is Role.UNIT else None)

    found = lines(scene.as_(reader).get_page("/plan"), "措施和责任单位")

    assert [row[1] for row in found] == ["本县的措施"]


def _close_all(scene: Scene) -> None:
    with scene.make.session(scene.county) as session:
        for task in session.query(Task):
            file = Evidence(
                id=new_id(),
                sha256=f"{new_id():064d}",
                name="验收单.pdf",
                media_type="application/pdf",
                size=1,
                kept_at=NOW,
                kept_by="示例",
            )
            session.add(file)
            session.flush()
            lead, given = scene.unit.actor, {"task_id": task.id, "at": NOW}
            sign_task(session, lead, seen_event=1, **given)
            report_progress(session, lead, percent=100, note="", evidence=[file], seen_event=2, **given)
            submit_task(session, lead, note="", seen_event=3, **given)
            close_task(session, scene.supervisor.actor, note="属实", seen_event=4, **given)
    with scene.make.session(scene.county) as session:
        assert {task.state for task in session.query(Task)} == {TaskState.CLOSED}


def _data_words(scene: Scene) -> dict[str, list[str]]:
    """Every data status on every page that shows one, in its order."""
    client = scene.as_(scene.make.member(scene.county, Role.LEADER))
    paths = (
        "/",
        "/indicators",
        "/ledgers/unmet",
        "/ledgers/met",
        "/schools",
        "/items/R7",
        "/gaps",
        "/versions",
    )
    pages = {path: client.get_page(path) for path in paths}
    return {
        path: [word for pill in page.select(".pill") if (word := pill.text.strip()) in PILLS]
        for path, page in pages.items()
    }
