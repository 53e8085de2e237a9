"""Sub-tasks: the lead unit splits its work, the parts are followed, the whole waits for them."""

from datetime import date

import pytest
from flask import Flask

from plans.actors import Role
from plans.models import Task
from tests.app.task_scene import Scene, fields_of, task_scene
from tests.factories import Factory
from tests.queries import count_queries


@pytest.fixture
def scene(app: Flask, make: Factory) -> Scene:
    return task_scene(app, make)


def _new(scene: Scene) -> str:
    return scene.path("/parts/new")


def _split(scene: Scene, title: str = "采购设备", status: int = 200, **changed: str) -> dict[str, str]:
    client = scene.as_(scene.unit)
    form = fields_of(client.get_page(_new(scene)), _new(scene)) | {"title": title, **changed}
    client.post_page(_new(scene), form, status)
    return form


def _parts(scene: Scene) -> list[tuple[str, int, str]]:
    with scene.make.session(scene.county) as session:
        rows = session.query(Task).filter_by(parent_id=scene.task_id).order_by(Task.title)
        return [(row.title, row.lead_unit_id, row.due_on.isoformat()) for row in rows]


def test_lead_unit_hands_a_part_to_another_unit_and_follows_it(scene: Scene) -> None:
    other = scene.make.unit(scene.county, "县财政局")
    page = scene.as_(scene.unit).get_page(scene.path())
    assert page.select_one(f"a[href='{_new(scene)}']").text.startswith("分解子任务")

    _split(scene, lead_unit_id=str(other), due_on="2026-12-31")

    assert _parts(scene) == [("采购设备", other, "2026-12-31")]
    page = scene.as_(scene.unit).get_page(scene.path())
    (link,) = [a for a in page.select("article a") if a.text == "采购设备"]
    part = scene.as_(scene.unit).get_page(link["href"])
    assert part.select_one(f"dd a[href='{scene.path()}']").text == "补齐音乐教室"


def test_overdue_task_is_not_offered_a_part_with_a_past_day(scene: Scene) -> None:
    client = scene.as_(scene.unit)
    form = fields_of(client.get_page(_new(scene)), _new(scene)) | {"title": "采购设备"}
    with scene.make.session(scene.county) as session:
        task = session.query(Task).filter_by(id=scene.task_id).one()
        task.stated_due_on = task.due_on = date(2026, 11, 20)

    page = client.get_page(_new(scene))
    refused = client.post_page(_new(scene), form, 422)

    rule = "上级任务的时限2026年11月20日已过，子任务没有可选的日期。请先由交办方调整上级任务的时限。"
    assert page.select_one(".message-amber").find(string=True).strip() == rule
    assert page.select("[name=due_on]") == []
    assert refused.select_one("#due_on-error").text == rule
    assert _parts(scene) == []


def test_unit_of_a_part_does_not_see_the_whole(scene: Scene) -> None:
    other = scene.make.unit(scene.county, "县财政局")
    _split(scene, lead_unit_id=str(other))
    doer = scene.as_(scene.make.member(scene.county, Role.UNIT, other))

    page = doer.get_page("/tasks")
    (link,) = [a for a in page.select("a") if a.text == "采购设备"]
    part = doer.get_page(link["href"])

    assert "上级任务" not in part.text
    doer.get_page(scene.path(), 404)


def test_second_click_makes_no_second_part(scene: Scene) -> None:
    form = _split(scene)
    scene.as_(scene.unit).post_page(_new(scene), form)

    assert len(_parts(scene)) == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"due_on": "2027-06-30"}, "2027"),  # after the whole
        ({"title": ""}, "请写明任务"),
        ({"lead_unit_id": ""}, "请选择牵头单位"),
        ({"weight": "0"}, "权重是 1 至 100 的整数"),
    ],
)
def test_refused_part_keeps_what_was_typed(scene: Scene, changed: dict[str, str], words: str) -> None:
    client = scene.as_(scene.unit)
    form = fields_of(client.get_page(_new(scene)), _new(scene)) | {"title": "采购设备", "details": "分两批"}

    page = client.post_page(_new(scene), form | changed, 422)

    assert any(words in error.text for error in page.select(".invalid-feedback, .field-error, [role=alert]"))
    assert page.select_one("[name=details]").text.strip() == "分两批"
    assert _parts(scene) == []


def test_whole_is_not_handed_in_before_its_parts_are_closed(scene: Scene) -> None:
    _split(scene)
    client = scene.as_(scene.unit)
    client.post_page(scene.path("/progress"), scene.report(1, percent="100"))

    page = client.post_page(
        scene.path("/progress"), scene.report(3, "100", "完成", "100", wants_close_out="y"), 422
    )

    assert "子任务" in page.select_one("#task").text
    assert scene.task()["state"] == "working"


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.OVERSEER, Role.SCHOOL])
def test_others_split_nothing(scene: Scene, role: Role) -> None:
    client = scene.as_(scene.make.member(scene.county, role))

    client.get_page(_new(scene), 404 if role is Role.SCHOOL else 403)
    client.post_page(_new(scene), {"title": "采购设备"}, 404 if role is Role.SCHOOL else 403)

    assert _parts(scene) == []


def test_other_county_finds_nothing_to_split(scene: Scene) -> None:
    stranger = scene.as_(scene.make.member(scene.make.county()))

    stranger.get_page(_new(scene), 404)
    stranger.post_page(_new(scene), {"title": "采购设备"}, 404)

    assert _parts(scene) == []


@pytest.mark.parametrize("n_parts", [1, 12])
def test_page_takes_the_same_statements_for_many_parts(app: Flask, scene: Scene, n_parts: int) -> None:
    for number in range(n_parts):
        _split(scene, f"第{number}部分")
    client = scene.as_(scene.unit)

    with count_queries(app) as sent:
        page = client.get_page(scene.path())

    assert len([a for a in page.select("article a") if a.text.endswith("部分")]) == n_parts
    assert len(sent) == 16
