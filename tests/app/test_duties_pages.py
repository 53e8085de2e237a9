"""Pages of recurring duties: the list, one duty with its periods, new and changed ones."""

from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from app.jobs.counties import for_each_county
from app.jobs.nightly import nightly
from plans.actors import Role
from plans.duties import DutyTerms, add_duty
from plans.models import Measure, RecurringDuty, Unit
from plans.periods import RULES, Every
from tests.app.plan_scene import PlanScene, plan_scene
from tests.conftest import NOW
from tests.factories import Factory
from tests.pages import PageClient
from tests.queries import count_queries

TERM = "每学期，1月10日、7月10日前"


@pytest.fixture(autouse=True)
def _fixed_clock() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene(make: Factory, client: PageClient) -> PlanScene:
    scene = plan_scene(make)
    client.sign_in(scene.office)
    return scene


def add(
    scene: PlanScene, every: Every = Every.MONTH, title: str = "工作调度", lead: bool = True, **more: Any
) -> int:
    with scene.make.session(scene.county) as session:
        unit = session.query(Unit).filter_by(name="县教育局").one()
        terms = DutyTerms(
            title, "", every, more.pop("rule", RULES[every]), None, unit.id if lead else None, **more
        )
        return add_duty(session, scene.office.actor, plan_id=scene.plan_id, terms=terms, at=NOW).id


def form_of(page: BeautifulSoup) -> dict[str, Any]:
    form = page.select_one("main form[data-guard]")
    sent: dict[str, Any] = {
        one["name"]: one.get("value", "") for one in form.select("input[name]:not([type=checkbox])")
    }
    sent |= {one["name"]: one.text.strip("\r\n") for one in form.select("textarea")}
    for one in form.select("select"):
        sent[one["name"]] = (one.select_one("[selected]") or one.option)["value"]
    for box in form.select("input[type=checkbox][checked]"):
        sent.setdefault(box["name"], []).append(box["value"])
    return sent


def rows(page: BeautifulSoup) -> list[list[str]]:
    return [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in page.select("tbody tr")]


def test_list_tells_rule_next_period_and_what_is_handed_out(
    app: Flask, client: PageClient, scene: PlanScene
) -> None:
    add(scene)
    add(scene, Every.TERM, "自查", lead=False, is_assumed=True)
    with app.app_context():
        for_each_county(nightly, at=NOW)

    page = client.get_page(f"/plans/{scene.plan_id}/duties")

    assert page.h1.text == "2 项周期性工作，未来 90 天有 4 期到期；1 项没有牵头单位，到期不会交办。"
    assert rows(page) == [
        ["1", "工作调度", "每月，月底前", "县教育局", "—", "2026年11月", "2026-11-30", "1 / 74", "—"],
        [
            "2",
            "自查",
            "每学期，1月10日、7月10日前 暂定",
            "未定",
            "—",
            "2026年秋季学期",
            "2027-01-08",
            "0 / 12",
            "—",
        ],
    ]


def test_duty_shows_every_period_through_2032_with_its_task(
    app: Flask, client: PageClient, scene: PlanScene
) -> None:
    duty = add(scene)
    with app.app_context():
        for_each_county(nightly, at=NOW)

    page = client.get_page(f"/duties/{duty}")

    shown = rows(page)
    assert (len(shown), shown[0], shown[-1][0]) == (
        74,
        ["2026年11月", "2026-11-30", "查看任务"],
        "2032年12月",
    )
    assert shown[2] == ["2027年1月", "2027-01-29 写明 2027-01-31", "未到交办时间"]


def test_changed_days_lay_out_the_rest_anew(client: PageClient, scene: PlanScene) -> None:
    duty = add(scene)
    form = form_of(client.get_page(f"/duties/{duty}"))

    page = client.post_page(f"/duties/{duty}", form | {"day": "25", "until_year": "2027"})

    assert "每月，25日前" in page.select_one(".basis").text
    assert [row[:2] for row in (rows(page)[0], rows(page)[-1])] == [
        ["2026年11月", "2026-11-25"],
        ["2027年12月", "2027-12-24 写明 2027-12-25"],
    ]
    log = client.get_page(scene.changes).select("#log tbody tr")
    assert [[cell.text for cell in row.select("td")[4:7]] for row in log] == [
        ["持续到（年）", "2032", "2027"],
        ["周期", "每月，月底前", "每月，25日前"],
    ]


def test_duty_that_ends_is_handed_out_no_more(app: Flask, client: PageClient, scene: PlanScene) -> None:
    duty = add(scene)
    form = form_of(client.get_page(f"/duties/{duty}"))

    page = client.post_page(f"/duties/{duty}", form | {"until_year": "2025"})

    assert "没有要办的期次" in page.text
    with app.app_context():
        assert {one.words for one in for_each_county(nightly, at=NOW)} == {"没有要交办的周期任务。"}


def test_rule_that_the_form_cannot_show_stays_until_days_are_chosen(
    client: PageClient, scene: PlanScene
) -> None:
    duty = add(scene, Every.YEAR, rule="FREQ=YEARLY;BYMONTH=9;BYDAY=1MO")
    form = form_of(client.get_page(f"/duties/{duty}"))

    kept = client.post_page(f"/duties/{duty}", form | {"title": "开学检查"})
    form = form_of(kept)
    chosen = client.post_page(f"/duties/{duty}", form | {"months": ["9"], "day": "10"})

    assert "按规则 FREQ=YEARLY;BYMONTH=9;BYDAY=1MO" in kept.select_one(".basis").text
    assert "每年，9月10日前" in chosen.select_one(".basis").text


def test_new_duty_is_laid_out_and_written_down(client: PageClient, scene: PlanScene) -> None:
    path = f"/plans/{scene.plan_id}/duties/new"
    form = form_of(client.get_page(path))
    measure = scene.row(Measure)

    page = client.post_page(path, form | {"title": "学位预警", "every": "year", "measure_id": measure})

    assert page.h1.text == "学位预警"
    assert len(rows(page)) == 7
    assert "周期性工作" in client.get_page(scene.changes).select_one("#log").text


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"title": ""}, "请写明工作。"),
        ({"months": ["2"], "day": "30"}, "无法识别的周期"),
    ],
)
def test_impossible_duty_is_refused_with_everything_typed(
    client: PageClient, scene: PlanScene, given: dict[str, Any], message: str
) -> None:
    path = f"/plans/{scene.plan_id}/duties/new"
    form = form_of(client.get_page(path)) | {"title": "学位预警", "every": "year", "details": "逐校测算"}

    page = client.post_page(path, form | given, 422)

    assert message in page.select_one("main").text
    assert page.select_one("#details").text.strip() == "逐校测算"


def test_stale_change_and_one_without_a_reason_are_refused(client: PageClient, scene: PlanScene) -> None:
    duty = add(scene)
    mine = form_of(client.get_page(f"/duties/{duty}"))
    client.post_page(f"/duties/{duty}", mine | {"title": "月度调度"})

    stale = client.post_page(f"/duties/{duty}", mine | {"title": "调度会"}, 422)
    scene.approve()
    unexplained = client.post_page(f"/duties/{duty}", form_of(stale), 422)
    saved = client.post_page(f"/duties/{duty}", form_of(unexplained) | {"reason": "统一名称"})

    assert "已被他人修改" in stale.select_one(".message-red").text
    assert (stale.h1.text, stale.select_one("#title")["value"]) == ("月度调度", "调度会")
    assert "须写明理由" in unexplained.select_one(".message-red").text
    assert saved.h1.text == "调度会"


@pytest.mark.parametrize("role", [Role.UNIT, Role.SUPERVISOR, Role.OVERSEER])
def test_others_read_duties_and_change_none(
    client: PageClient, make: Factory, scene: PlanScene, role: Role
) -> None:
    duty = add(scene)
    client.sign_in(make.member(scene.county, role, make.unit(scene.county) if role is Role.UNIT else None))

    assert client.get_page(f"/duties/{duty}").select("main form") == []
    client.post_page(f"/duties/{duty}", {"title": "试"}, 403)
    client.get_page(f"/plans/{scene.plan_id}/duties/new", 403)


def test_task_of_a_period_is_linked_only_for_those_who_see_it(
    app: Flask, client: PageClient, make: Factory, scene: PlanScene
) -> None:
    duty = add(scene)
    with app.app_context():
        for_each_county(nightly, at=NOW)
    client.sign_in(make.member(scene.county, Role.UNIT, make.unit(scene.county)))

    assert rows(client.get_page(f"/duties/{duty}"))[0][2] == "已交办"


def test_duties_of_another_county_are_not_found(client: PageClient, make: Factory, scene: PlanScene) -> None:
    other = plan_scene(make)
    duty = add(other)

    for path in (f"/duties/{duty}", f"/plans/{other.plan_id}/duties", f"/plans/{other.plan_id}/duties/new"):
        client.get_page(path, 404)
    client.post_page(f"/duties/{duty}", {"title": "试"}, 404)


@pytest.mark.parametrize("n", [1, 12])
def test_list_takes_the_same_statements_for_any_length(
    app: Flask, client: PageClient, scene: PlanScene, n: int
) -> None:
    for number in range(n):
        add(scene, title=f"工作{number}")

    with count_queries(app) as sent:
        page = client.get_page(f"/plans/{scene.plan_id}/duties")

    assert len(rows(page)) == n
    assert len(sent) == 11


def test_plan_that_was_followed_says_that_it_hands_out_nothing(
    client: PageClient, make: Factory, scene: PlanScene
) -> None:
    add(scene)
    make.now = NOW.replace(hour=10)
    make.plan(scene.county)

    page = client.get_page(f"/plans/{scene.plan_id}/duties")

    assert "已有后续方案" in page.select_one(".message-amber").text
    with make.session(scene.county) as session:
        assert session.query(RecurringDuty).count() == 1
