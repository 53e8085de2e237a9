"""A plan in force changed in place: forms of its parts, 原定 beside 现定, approval."""

import pytest
import time_machine

from plans.models import IndicatorDuty, Measure, MeasureUnit, PlanTarget, Unit, UnitDuty
from tests.app.plan_scene import PlanScene, cells, change, form_of, plan_scene
from tests.conftest import NOW
from tests.factories import Factory
from tests.pages import PageClient
from tests.plans.drafts import measure


@pytest.fixture(autouse=True)
def _fixed_clock() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene(make: Factory, client: PageClient) -> PlanScene:
    scene = plan_scene(make)
    client.sign_in(scene.office)
    return scene


def test_measure_is_changed_from_what_stands_there(client: PageClient, scene: PlanScene) -> None:
    page = change(
        client,
        scene.measure(),
        title="改善校舍和操场",
        stated_due_on="2027-01-31",
        indicator_codes=["R4", "R5"],
    )

    assert page.select_one("#measures summary").text == "改善校舍和操场"
    again = form_of(client.get_page(scene.measure()))
    assert (again["stated_due_on"], again["indicator_codes"]) == ("2027-01-31", ["R4", "R5"])
    assert [row[3:7] for row in cells(client.get_page(scene.changes), "log")] == [
        ["改善校舍", "对应指标", "空", "R4、R5"],
        ["改善校舍", "时限", "空", "2027-01-31"],
        ["改善校舍", "名称", "改善校舍", "改善校舍和操场"],
    ]


def test_saving_an_untouched_form_changes_nothing(client: PageClient, scene: PlanScene) -> None:
    for path in (scene.measure(), scene.phase(), f"/plans/{scene.plan_id}/parts/head/{scene.plan_id}"):
        change(client, path)

    assert cells(client.get_page(scene.changes), "log") == [["方案建立后还没有调整。"]]


def test_units_that_stay_keep_the_order_of_the_document(
    client: PageClient, make: Factory, scene: PlanScene
) -> None:
    make.unit(scene.county, "县财政局")
    with make.session(scene.county) as session:
        ids = {unit.name: unit.id for unit in session.query(Unit)}

    change(client, scene.measure(2), support_unit_ids=[ids["县财政局"], ids["县教育局"]])

    with make.session(scene.county) as session:
        links = session.query(MeasureUnit).filter_by(measure_id=scene.row(Measure, 2))
        assert [link.unit.name for link in links.order_by(MeasureUnit.no)] == [
            "县人社局",
            "县教育局",
            "县财政局",
        ]


def test_approved_plan_is_changed_with_a_reason_only(client: PageClient, scene: PlanScene) -> None:
    scene.approve()

    page = change(client, scene.phase(2), 422, ends_on="2029-10-31")
    saved = change(client, scene.phase(2), ends_on="2029-10-31", reason="验收推迟")

    assert "调整已批准的方案须写明理由" in page.select_one(".message-red").text
    assert page.select_one("#ends_on")["value"] == "2029-10-31"
    assert "2029-10-31" in saved.select_one("#phases").text


def test_what_differs_stands_beside_what_was_approved_with_who_when_and_why(
    client: PageClient, scene: PlanScene
) -> None:
    scene.approve()
    change(client, scene.phase(2), ends_on="2029-10-31", reason="验收推迟")

    page = client.get_page(scene.changes)

    assert page.h1.text == "与第 1 版批准的内容相比，1 处有调整，待领导小组批准。"
    assert cells(page, "differences") == [
        [
            "阶段",
            "验收阶段",
            "结束",
            "2029-09-30",
            "2029-10-31",
            f"{scene.office.actor.name} 2026年11月22日 09:00",
            "验收推迟",
            "调整",
        ]
    ]
    assert page.select_one("#differences a")["href"] == scene.phase(2)


def test_leader_approves_what_was_looked_at_and_it_becomes_the_original(
    client: PageClient, scene: PlanScene
) -> None:
    scene.approve()
    change(client, scene.phase(2), ends_on="2029-10-31", reason="验收推迟")
    client.sign_in(scene.leader)
    looked = client.get_page(scene.changes)
    seen = looked.select_one("[name=seen]")["value"]

    page = client.post_page(f"/plans/{scene.plan_id}/approve", {"seen": seen, "note": "第5次会议"})

    assert page.h1.text == "现行方案与第 2 版批准的内容一致。"
    assert [row[0] for row in cells(page, "versions")] == ["2", "1"]
    earlier = client.get_page(f"{scene.changes}?against=1")
    assert earlier.h1.text == "与第 1 版批准的内容相比，1 处有调整。"
    assert earlier.select("form[action$='/approve']") == []


def test_approval_of_what_was_changed_meanwhile_is_refused(client: PageClient, scene: PlanScene) -> None:
    client.sign_in(scene.leader)
    seen = client.get_page(scene.changes).select_one("[name=seen]")["value"]
    change(client, scene.phase(2), ends_on="2029-10-31")

    page = client.post_page(f"/plans/{scene.plan_id}/approve", {"seen": seen, "note": "第5次会议"}, 422)

    assert "方案已被他人修改" in page.select_one(".message-red").text
    assert page.select_one("details[open] [name=note]")["value"] == "第5次会议"
    assert "还没有批准" in page.h1.text


def test_stale_form_shows_both_texts(client: PageClient, scene: PlanScene) -> None:
    mine = form_of(client.get_page(scene.measure()))
    change(client, scene.measure(), title="别人改的名称")

    page = client.post_page(scene.measure(), mine | {"title": "我改的名称"}, 422)

    assert "已被他人修改" in page.select_one(".message-red").text
    assert "别人改的名称" in page.select_one(".now").text
    assert page.select_one("#title")["value"] == "我改的名称"
    client.post_page(scene.measure(), form_of(page))
    assert client.get_page("/plan").select_one("#measures summary").text == "我改的名称"


@pytest.mark.parametrize(
    ("kind", "part", "given", "shown"),
    [
        (IndicatorDuty, "indicator", {"text": "高于规定学历教师达到4.2人以上"}, "指标分工"),
        (UnitDuty, "unit-duty", {"unit_names": "县教育局、县财政局"}, "单位职责"),
    ],
)
def test_rows_of_the_tables_are_changed_and_stale_ones_refused(
    client: PageClient, scene: PlanScene, kind: type, part: str, given: dict[str, str], shown: str
) -> None:
    path = f"/plans/{scene.plan_id}/parts/{part}/{scene.row(kind)}"
    first = form_of(client.get_page(path))

    change(client, path, **given)
    stale = client.post_page(path, first | {"text": "别的"}, 422)

    assert [row[2] for row in cells(client.get_page(scene.changes), "log")] == [shown]
    assert "已被他人修改" in stale.select_one(".message-red").text


def test_horizon_and_goals_are_changed(client: PageClient, scene: PlanScene) -> None:
    path = f"/plans/{scene.plan_id}/parts/head/{scene.plan_id}"

    page = change(client, path, horizon_year="2030", goals="布局更合理\n巩固率达到96%以上\n")

    assert [item.text for item in page.select(".card-inside > ol.plain > li")] == [
        "布局更合理",
        "巩固率达到96%以上",
    ]
    with scene.make.session(scene.county) as session:
        [promise] = session.query(PlanTarget).filter_by(plan_id=scene.plan_id)
        assert (promise.indicator_code, promise.value, promise.sentence) == ("Q1", 96.0, "巩固率达到96%以上")


def test_promised_numbers_follow_the_words(client: PageClient, make: Factory) -> None:
    promise = {"indicator_code": "Q1", "stage": None, "relation": ">=", "unit": "%", "year": 2029}
    low = promise | {"value": 90.0, "sentence": "巩固率达到90%。", "paragraph": 12}
    row = measure(1, "控辍保学", ["县教育局"]) | {"text": "巩固率达到90%。办学满意。", "targets": [low]}
    scene = plan_scene(make, groups=[{"title": "任务", "measures": [row]}])
    client.sign_in(scene.office)
    found = client.get_page(f"/plans/{scene.plan_id}/check").select("#target_too_low tbody tr")

    change(client, scene.measure(), text="巩固率达到96%。办学满意。")

    assert len(found) == 1
    assert client.get_page(f"/plans/{scene.plan_id}/check").select("#target_too_low") == []


def test_locked_parts_are_shown_and_stay(client: PageClient, scene: PlanScene) -> None:
    scene.lock("measures")

    page = client.get_page(scene.measure())
    change(client, scene.measure(), weight="5", title="改了锁定的名称", text="改了")

    assert "由上级统一下发并锁定" in page.select_one("main form").text
    assert page.select("#title, #text, #stated_due_on") == []
    log = cells(client.get_page(scene.changes), "log")
    assert [row[4:7] for row in log] == [["权重", "1", "5"]]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"title": " "}, "阶段名称未填写"),
        ({"starts_on": "2029-12-31"}, "结束日期早于开始日期"),
        ({"weight": "0"}, "权重0不在可填范围内"),
        ({"weight": "101"}, "权重101不在可填范围内"),
    ],
)
def test_impossible_phase_is_refused_and_loses_no_word(
    client: PageClient, scene: PlanScene, given: dict[str, str], message: str
) -> None:
    page = change(client, scene.phase(2), 422, steps="准备材料", **given)

    assert message in page.select_one(".message-red").text
    assert page.select_one("#steps").text.strip() == "准备材料"
