"""Each finding of the plan check leads to the very form that puts it right."""

from datetime import date

import pytest
import time_machine
from flask import Flask

from plans.actors import Role
from plans.base import County
from plans.checks import FindingKind
from plans.models import IndicatorDuty, Phase, Plan, PlanTarget, Quantity, Task, Unit
from plans.targets import Aim, set_target
from tests.app.plan_scene import PlanScene, change, plan_scene
from tests.conftest import NOW
from tests.factories import Factory
from tests.pages import PageClient
from tests.plans.drafts import measure
from tests.queries import count_queries


@pytest.fixture(autouse=True)
def _fixed_clock() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


def promise(value: float, sentence: str) -> dict[str, object]:
    figure = {"indicator_code": "Q1", "stage": None, "relation": ">=", "unit": "%", "year": 2029}
    return figure | {"value": value, "sentence": sentence, "paragraph": 12}


def a_plan_with_everything_wrong(make: Factory) -> PlanScene:
    low, fine = promise(90.0, "巩固率达到90%"), promise(95.0, "巩固率达到95%")
    rows = [
        measure(1, "加强管理", []) | {"text": "常抓不懈", "recurrence": ["每年"]},
        measure(2, "控辍保学", ["县教育局"]) | {"text": "巩固率达到90%", "targets": [low]},
        measure(3, "保障入学", ["县教育局"]) | {"text": "巩固率达到95%", "targets": [fine]},
        measure(4, "提升质量", ["县教育局"]) | {"text": "提高水平"},
        measure(5, "建设学校", ["县教育局", "县教育体育局"]) | {"text": "提高水平"},
    ]
    scene = plan_scene(
        make,
        groups=[{"title": "任务", "measures": rows}],
        duties=[{"units": ["县统计局"], "text": "数据核对"}],
        phases=[
            {"title": "启动阶段", "start": None, "end": "2026-12", "steps": []},
            {"title": "实施阶段", "start": "2027-01", "end": "2028-12", "steps": []},
            {"title": "验收阶段", "start": "2028-09", "end": "2029-09", "steps": []},
        ],
        milestones=[{"due": "2031-02", "text": "完成自评"}],
        units=[{"name": "县统计局", "aliases": []}],
    )
    with make.session(scene.county) as session:
        unit_id = session.query(Unit).filter_by(name="县教育局").one().id
        phase = session.query(Phase).filter_by(title="启动阶段").one()
        phase.starts_on = None
        reversed_one = Phase(plan_id=scene.plan_id, no=4, title="扫尾", steps=[])
        reversed_one.starts_on, reversed_one.ends_on = date(2030, 2, 1), date(2030, 1, 1)
        session.add(reversed_one)
    late = make.task(scene.county, unit_id=unit_id, plan_id=scene.plan_id, due_on=date(2029, 12, 1))
    with make.session(scene.county) as session:
        session.query(Task).filter_by(id=late).one().due_on = date(2030, 1, 4)
        session.get_one(County, scene.county).horizon_year = 2032
    return scene


@pytest.fixture
def scene(make: Factory, client: PageClient) -> PlanScene:
    scene = a_plan_with_everything_wrong(make)
    client.sign_in(scene.office)
    return scene


def way_out(client: PageClient, scene: PlanScene, kind: FindingKind) -> str:
    page = client.get_page(f"/plans/{scene.plan_id}/check")
    return str(page.select_one(f"#{kind.value} tbody a")["href"])


WAYS = {
    FindingKind.NO_LEAD: "/parts/measure/",
    FindingKind.LEAD_ASSUMED: "/parts/measure/",
    FindingKind.NO_TASK: "/tasks/new?measure=",
    FindingKind.NO_DEADLINE: "/parts/measure/",
    FindingKind.NO_RESULT: "/parts/measure/",
    FindingKind.NO_INDICATOR: "/parts/measure/",
    FindingKind.DUTY_WITHOUT_LEAD: "/duties/",
    FindingKind.UNIT_IDLE: "/tasks/new",
    FindingKind.UNIT_DOMINANT: "#measures",
    FindingKind.UNIT_TWICE: "/units",
    FindingKind.TARGET_TOO_LOW: "/parts/measure/",
    FindingKind.TARGETS_CONFLICT: "/parts/measure/",
    FindingKind.PHASE_UNDATED: "/parts/phase/",
    FindingKind.PHASE_REVERSED: "/parts/phase/",
    FindingKind.PHASES_OVERLAP: "/parts/phase/",
    FindingKind.MILESTONE_OUTSIDE: "/milestones/",
    FindingKind.TASK_LATE: "/tasks/",
    FindingKind.HORIZON_SHORT: "/parts/head/",
}


def test_findings_lead_to_pages_with_a_form(client: PageClient, scene: PlanScene) -> None:
    for kind in FindingKind:
        address = way_out(client, scene, kind)
        assert WAYS[kind] in address
        page = client.get_page(address)
        assert page.select("main form, main a[href*='/parts/measure/']"), kind


def test_lead_is_named_in_the_form_and_the_check_has_it_no_more(client: PageClient, scene: PlanScene) -> None:
    address = way_out(client, scene, FindingKind.NO_LEAD)
    with scene.make.session(scene.county) as session:
        unit_id = session.query(Unit).filter_by(name="县教育局").one().id

    page = change(client, address, lead_unit_id=unit_id)

    assert page.h1.text.startswith("方案检查")
    assert page.select("#no_lead") == []


def test_assumed_lead_is_confirmed_by_saving(client: PageClient, scene: PlanScene) -> None:
    before = client.get_page(f"/plans/{scene.plan_id}/check").select("#lead_assumed tbody tr")

    page = change(client, way_out(client, scene, FindingKind.LEAD_ASSUMED))

    assert len(page.select("#lead_assumed tbody tr")) == len(before) - 1


def test_indicator_and_deadline_are_filled_in(client: PageClient, scene: PlanScene) -> None:
    page = change(
        client,
        way_out(client, scene, FindingKind.NO_INDICATOR),
        indicator_codes=["Q1"],
        stated_due_on="2028-06-30",
        text="全部学校达标",
    )

    assert "措施1 " not in page.select_one("#no_indicator").text
    assert "措施1 " not in page.select_one("#no_result").text


def test_unit_under_two_names_is_merged(client: PageClient, scene: PlanScene) -> None:
    page = client.get_page(way_out(client, scene, FindingKind.UNIT_TWICE))
    with scene.make.session(scene.county) as session:
        ids = {unit.name: unit.id for unit in session.query(Unit)}
    [form] = page.select("form[action$='/units/merge']")

    merged = client.post_page(form["action"], {"unit": ids["县教育体育局"], "into": ids["县教育局"]})

    assert "县教育体育局" not in [cell.text for cell in merged.select("td.cell-main")]
    assert client.get_page(f"/plans/{scene.plan_id}/check").select("#unit_twice") == []


def test_merger_without_a_reason_in_an_approved_plan_keeps_the_choice(
    client: PageClient, scene: PlanScene
) -> None:
    scene.approve()
    with scene.make.session(scene.county) as session:
        ids = {unit.name: unit.id for unit in session.query(Unit)}
    chosen = {"unit": ids["县教育体育局"], "into": ids["县教育局"]}

    page = client.post_page(f"/plans/{scene.plan_id}/units/merge", chosen, 422)

    assert "须写明理由" in page.select_one(".message-red").text
    kept = [option.text for option in page.select("details[open] option[selected]")]
    assert kept == ["县教育体育局", "县教育局"]


def test_target_of_the_county_leads_to_that_target(client: PageClient, scene: PlanScene) -> None:
    aim = Aim("R7", "primary", Quantity.SPREAD, 2025, 0.7, 2029, 0.6)
    with scene.make.session(scene.county) as session:
        session.query(PlanTarget).delete()
        target = set_target(session, scene.office.actor, plan_id=scene.plan_id, aim=aim, at=NOW).id

    assert way_out(client, scene, FindingKind.TARGET_TOO_LOW) == f"/targets/{target}"


@pytest.mark.parametrize(("where", "part"), [("goal", "head"), ("table", "indicator")])
def test_promise_outside_of_measures_leads_to_its_own_text(
    client: PageClient, scene: PlanScene, where: str, part: str
) -> None:
    with scene.make.session(scene.county) as session:
        session.query(PlanTarget).delete()
        if where == "goal":
            session.query(Plan).filter_by(id=scene.plan_id).one().goals = ["巩固率达到80%"]
        else:
            session.query(IndicatorDuty).one().text = "巩固率达到80%"
        row = promise(80.0, "巩固率达到80%")
        row["source_paragraph"] = row.pop("paragraph")
        session.add(PlanTarget(plan_id=scene.plan_id, no=9, measure_id=None, **row))

    assert f"/parts/{part}/" in way_out(client, scene, FindingKind.TARGET_TOO_LOW)


def test_unit_that_is_only_listed_leads_to_what_it_is_listed_for(
    client: PageClient, scene: PlanScene
) -> None:
    page = client.get_page(f"/plans/{scene.plan_id}/check")

    [row] = [row for row in page.select("#unit_idle tbody tr") if "县统计局" in row.text]

    assert "/parts/unit-duty/" in row.a["href"]


@pytest.mark.parametrize("role", [Role.UNIT, Role.SUPERVISOR, Role.OVERSEER])
def test_others_see_the_units_and_merge_none(
    client: PageClient, make: Factory, scene: PlanScene, role: Role
) -> None:
    unit_id = make.unit(scene.county) if role is Role.UNIT else None
    client.sign_in(make.member(scene.county, role, unit_id))

    assert client.get_page(f"/plans/{scene.plan_id}/units").select("main form") == []
    client.post_page(f"/plans/{scene.plan_id}/units/merge", {"unit": 1, "into": 2}, 403)


def test_units_of_another_county_are_neither_shown_nor_merged(
    client: PageClient, make: Factory, scene: PlanScene
) -> None:
    elsewhere = make.county()
    strange = make.unit(elsewhere, "县外地局")
    with make.session(scene.county) as session:
        own = session.query(Unit).filter_by(name="县教育局").one().id

    page = client.get_page(f"/plans/{scene.plan_id}/units")

    assert "县外地局" not in page.text
    client.post_page(f"/plans/{scene.plan_id}/units/merge", {"unit": strange, "into": own}, 404)
    client.get_page(f"/plans/{make.plan(elsewhere)}/units", 404)


@pytest.mark.parametrize("n", [1, 30])
def test_units_take_the_same_statements_for_any_number(
    app: Flask, client: PageClient, make: Factory, n: int
) -> None:
    scene = plan_scene(make)
    for _unit in range(n):
        make.unit(scene.county)
    client.sign_in(scene.office)

    with count_queries(app) as sent:
        page = client.get_page(f"/plans/{scene.plan_id}/units")

    assert len(page.select("tbody tr")) == n + 3
    assert len(sent) == 8
