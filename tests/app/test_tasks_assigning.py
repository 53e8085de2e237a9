"""New tasks in the browser, without JavaScript."""

import pytest
import time_machine
from flask import Flask

from plans.actors import Role
from plans.models import Measure, MeasureUnit, Task, Unit
from tests.app.task_scene import Scene, fields_of, task_scene
from tests.conftest import NOW
from tests.factories import Factory
from tests.pages import PageClient


@pytest.fixture(autouse=True)
def _fixed_clock() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene(app: Flask, make: Factory) -> Scene:
    return task_scene(app, make)


def test_task_starts_from_a_measure_with_its_first_unit_as_lead(scene: Scene) -> None:
    helper = scene.make.unit(scene.county, "县财政局")
    with scene.make.session(scene.county) as session:
        links = [MeasureUnit(unit_id=scene.unit_id, no=1), MeasureUnit(unit_id=helper, no=2)]
        row = Measure(
            plan_id=scene.plan_id, no=1, group_title="", title="改善校舍", text="新建校舍", units=links
        )
        session.add(row)
        session.flush()
        measure_id = row.id

    page = scene.as_(scene.office).get_page(f"/tasks/new?measure={measure_id}")

    fields = fields_of(page, "/tasks/new")
    assert (fields["title"], fields["details"]) == ("改善校舍", "新建校舍")
    assert (fields["lead_unit_id"], fields["measure_id"]) == (str(scene.unit_id), str(measure_id))
    assert [box["value"] for box in page.select("[name=support_unit_ids][checked]")] == [str(helper)]


def test_task_starts_from_an_indicator(scene: Scene) -> None:
    page = scene.as_(scene.office).get_page("/tasks/new?indicator=R2")

    assert [box["value"] for box in page.select("[name=indicator_codes][checked]")] == ["R2"]


def test_assigned_task_is_made_once_however_often_it_is_sent(scene: Scene) -> None:
    client = scene.as_(scene.office)
    form = fields_of(client.get_page("/tasks/new?indicator=R2"), "/tasks/new")
    filled = {
        **form,
        "title": "补齐骨干教师",
        "lead_unit_id": str(scene.unit_id),
        "due_on": "2027-06-30",
        "indicator_codes": "R2",
        "weight": "5",
    }

    first, second = client.post_page("/tasks/new", filled), client.post_page("/tasks/new", filled)

    assert first.h1.text == second.h1.text == "补齐骨干教师"
    assert "已交办给县教育局" in first.select_one("#messages").text
    with scene.make.session(scene.county) as session:
        assert session.query(Task).filter_by(title="补齐骨干教师").one().weight == 5


def test_unit_not_on_the_list_is_added_with_the_task(scene: Scene) -> None:
    client = scene.as_(scene.office)
    form = fields_of(client.get_page("/tasks/new"), "/tasks/new")

    client.post_page("/tasks/new", {**form, "title": "补编", "new_unit": "县委编办", "due_on": "2027-06-30"})

    with scene.make.session(scene.county) as session:
        assert [task.lead_unit.name for task in session.query(Task).filter_by(title="补编")] == ["县委编办"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": ""}, "请写明任务。"),
        ({"lead_unit_id": ""}, "请选择牵头单位。"),
        ({"due_on": "2026-11-21"}, "完成时限2026年11月21日不在可选范围内"),
        ({"due_on": "2030-01-01"}, "不晚于2029年年底"),
        ({"due_on": ""}, "请选择完成时限。"),
    ],
)
def test_refused_task_keeps_what_was_typed(scene: Scene, change: dict[str, str], words: str) -> None:
    client = scene.as_(scene.office)
    form = fields_of(client.get_page("/tasks/new"), "/tasks/new")
    filled = {**form, "title": "补编", "details": "写了很多", "new_unit": "", "due_on": "2027-06-30"}
    filled["lead_unit_id"] = str(scene.unit_id)

    page = client.post_page("/tasks/new", {**filled, **change}, 422)

    assert words in page.select_one("#new-task").text
    again = fields_of(page, "/tasks/new")
    assert (again["details"], again["task_id"]) == ("写了很多", form["task_id"])
    with scene.make.session(scene.county) as session:
        assert (session.query(Task).count(), session.query(Unit).count()) == (1, 1)


@pytest.mark.parametrize("who", ["unit", "supervisor"])
def test_only_office_and_leader_assign(scene: Scene, who: str) -> None:
    client = scene.as_(getattr(scene, who))

    client.get_page("/tasks/new", 403)
    client.post_page("/tasks/new", {"title": "x"}, 403)


def test_county_without_plan_cannot_assign_yet(client: PageClient, make: Factory) -> None:
    client.sign_in(make.member(make.county()))

    assert client.get_page("/tasks/new").h2.text == "还没有实施方案"


def test_unit_that_supervises_is_named_sees_the_task_and_can_be_changed(scene: Scene) -> None:
    watcher = scene.make.unit(scene.county, "县政府督查室")
    office = scene.as_(scene.office)
    form = fields_of(office.get_page("/tasks/new"), "/tasks/new")
    filled = {"title": "补齐骨干教师", "lead_unit_id": str(scene.unit_id), "due_on": "2027-06-30"}
    office.post_page("/tasks/new", {**form, **filled, "supervising_unit_id": str(watcher)})
    with scene.make.session(scene.county) as session:
        task = session.query(Task).filter_by(title="补齐骨干教师").one()
        task_id, named = task.id, task.supervising_unit_id

    seen = scene.as_(scene.make.member(scene.county, Role.UNIT, watcher)).get_page(f"/tasks/{task_id}")
    act = f"/tasks/{task_id}/acts/amend"
    amended = fields_of(office.get_page(f"/tasks/{task_id}"), act)
    reason = {"amend-note": "不再督办"}
    office.post_page(act, amended | reason)
    without = {name: value for name, value in amended.items() if name != "amend-supervising_unit_id"}
    office.post_page(act, without | reason | {"amend-seen_event": "2"})
    with scene.make.session(scene.county) as session:
        kept = session.get_one(Task, (scene.county, task_id)).supervising_unit_id
    page = office.post_page(act, amended | reason | {"amend-supervising_unit_id": ""})

    assert (named, kept) == (watcher, watcher)
    assert "县政府督查室" in seen.select_one("dl").text
    assert "督办单位由“县政府督查室”改为“无”" in page.select_one(".story").text
    with scene.make.session(scene.county) as session:
        assert session.get_one(Task, (scene.county, task_id)).supervising_unit_id is None
