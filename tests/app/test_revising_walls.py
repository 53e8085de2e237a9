"""Who may revise a plan, whose plan it is, and what the page of differences costs."""

import pytest
import time_machine
from flask import Flask

from plans.actors import Role
from plans.models import Measure
from tests.app.plan_scene import PlanScene, cells, plan_scene
from tests.conftest import NOW
from tests.factories import Factory
from tests.pages import PageClient
from tests.plans.drafts import measure
from tests.queries import count_queries


@pytest.fixture(autouse=True)
def _fixed_clock() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene(make: Factory, client: PageClient) -> PlanScene:
    scene = plan_scene(make)
    client.sign_in(scene.office)
    return scene


@pytest.mark.parametrize("role", [Role.UNIT, Role.SUPERVISOR, Role.OVERSEER])
def test_others_read_the_differences_and_change_nothing(
    client: PageClient, make: Factory, scene: PlanScene, role: Role
) -> None:
    unit_id = make.unit(scene.county) if role is Role.UNIT else None
    client.sign_in(make.member(scene.county, role, unit_id))

    page = client.get_page(scene.changes)

    assert page.select("main form") == []
    client.get_page(scene.measure(), 403)
    client.post_page(scene.measure(), {"seen": 1, "title": "试"}, 403)
    client.post_page(f"/plans/{scene.plan_id}/approve", {"seen": "x"}, 403)


def test_office_does_not_approve(client: PageClient, scene: PlanScene) -> None:
    client.post_page(f"/plans/{scene.plan_id}/approve", {"seen": "x"}, 403)


def test_nothing_of_another_county_or_of_another_plan_is_found(
    client: PageClient, make: Factory, scene: PlanScene
) -> None:
    other = plan_scene(make)
    own_other_plan = make.plan(scene.county)

    for path in (
        other.measure(),
        other.changes,
        f"/plans/{own_other_plan}/parts/measure/{scene.row(Measure)}",
    ):
        client.get_page(path, 404)
    client.get_page(f"/plans/{scene.plan_id}/parts/nonsense/1", 404)
    client.post_page(other.measure(), {"seen": 1, "title": "试"}, 404)


@pytest.mark.parametrize("n", [1, 40])
def test_differences_take_the_same_statements_for_any_length(
    app: Flask, client: PageClient, make: Factory, n: int
) -> None:
    rows = [measure(no, f"措施{no}", ["县教育局", "县住建局"]) for no in range(1, n + 1)]
    scene = plan_scene(make, groups=[{"title": "任务", "measures": rows}])
    scene.approve()
    with make.session(scene.county) as session:
        for row in session.query(Measure).filter_by(plan_id=scene.plan_id):
            row.weight = 9
    client.sign_in(scene.office)
    client.get_page("/plan")

    with count_queries(app) as sent:
        page = client.get_page(scene.changes)

    assert len(cells(page, "differences")) == n
    assert len(sent) == 20


def test_long_texts_show_what_of_them_differs(client: PageClient, make: Factory) -> None:
    before, after = "前文" * 40 + "每年核查" + "后文" * 40, "前文" * 40 + "每学期核查" + "后文" * 40
    rows = [measure(1, "控辍保学", ["县教育局"]) | {"text": before}]
    scene = plan_scene(make, groups=[{"title": "任务", "measures": rows}])
    scene.approve()
    with make.session(scene.county) as session:
        session.query(Measure).filter_by(plan_id=scene.plan_id).one().text = after
    client.sign_in(scene.office)

    [row] = client.get_page(scene.changes).select("#differences tbody tr")

    assert [summary.text for summary in row.select("summary")] == [
        "…文" + "前文" * 5 + "每年核查后文后文后文后文后文…",
        "…文" + "前文" * 5 + "每学期核查后文后文后文后文后文…",
    ]
