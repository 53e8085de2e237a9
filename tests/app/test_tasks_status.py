"""Time status and data status stand side by side, and only data changes the second."""

import pytest
import time_machine
from flask import Flask

from plans.models import Task, TaskIndicator
from plans.states import TaskState
from tests.app.county_data import measures, report, school
from tests.app.task_scene import Scene, fields_of, task_scene
from tests.conftest import NOW
from tests.factories import Factory


@pytest.fixture(autouse=True)
def _fixed_clock() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene(app: Flask, make: Factory) -> Scene:
    """A task for R2 in a county whose one school has too few backbone teachers."""
    scene = task_scene(app, make)
    report(make, scene.office, measures(school(backbone_teachers_primary=2.0)))
    with make.session(scene.county) as session:
        session.add(TaskIndicator(task_id=scene.task_id, code="R2"))
    return scene


def statuses(scene: Scene) -> list[str]:
    row = scene.as_(scene.office).get_page("/tasks").select_one("#ledger tbody tr")
    return [pill.text for pill in row.select(".pill")]


def test_ledger_shows_data_status_beside_time_status(scene: Scene) -> None:
    assert statuses(scene) == ["未达标", "未到期"]


def test_closing_every_task_leaves_the_indicator_as_the_data_say(scene: Scene) -> None:
    with scene.make.session(scene.county) as session:
        task = session.query(Task).one()
        task.state, task.closed_at = TaskState.CLOSED, NOW

    assert statuses(scene) == ["未达标", "已完成"]


def test_task_page_gives_the_reason_of_the_data_status(scene: Scene) -> None:
    page = scene.as_(scene.supervisor).get_page(scene.path())

    line = page.select_one(".indicator-line").get_text(" ", strip=True)
    assert line == "R2 每百名学生拥有县级以上骨干教师数 未达标"
    assert "任务销号不改变指标状态" in page.text


def test_task_for_an_unmet_indicator_starts_with_its_name_and_reason(scene: Scene) -> None:
    page = scene.as_(scene.office).get_page("/tasks/new?indicator=R2")

    fields = fields_of(page, "/tasks/new")
    assert fields["title"] == "每百名学生拥有县级以上骨干教师数"
    assert fields["details"] != ""
