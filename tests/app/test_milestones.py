"""Milestones in the browser: the list, the whole life of one, and what nobody else sees."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from plans.actors import Role
from plans.base import new_id
from plans.models import Milestone, MilestoneTask, Phase, Plan
from tests.app.task_scene import Scene, a_file, fields_of, task_scene
from tests.conftest import NOW
from tests.factories import Factory, Member
from tests.queries import count_queries

TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _fixed_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene(app: Flask, make: Factory) -> Scene:
    return task_scene(app, make)


def put(scene: Scene, text: str = "建成台账", days: int = 30, *, linked: bool = True) -> int:
    """A milestone of the plan, by default on the scene's task."""
    with scene.make.session(scene.county) as session:
        stone = Milestone(
            id=new_id(), plan_id=scene.plan_id, due_on=TODAY + timedelta(days=days), text=text, criteria="有"
        )
        stone.tasks = [MilestoneTask(task_id=scene.task_id)] if linked else []
        session.add(stone)
        return stone.id


def act(scene: Scene, stone: int, name: str, by: Member, status: int = 200, **more: object) -> BeautifulSoup:
    with scene.make.session(scene.county) as session:
        version = session.query(Milestone).filter_by(id=stone).one().version
    fields = {"seen_version": version, "note": "说明", **more}
    sent = {f"{name}-{field}": value for field, value in fields.items()}
    return scene.as_(by).post_page(f"/milestones/{stone}/{name}", sent, status)


def claim(scene: Scene, stone: int, by: Member, status: int = 200, **more: object) -> BeautifulSoup:
    given = {"reached_on": TODAY.isoformat(), "files": a_file(), **more}
    return act(scene, stone, "claim", by, status, **given)


def buttons(page: BeautifulSoup) -> list[str]:
    return [summary.text for summary in page.select("details.act > summary")]


def test_milestone_is_claimed_returned_claimed_again_and_confirmed(scene: Scene) -> None:
    stone = put(scene)
    claimed = claim(scene, stone, scene.unit)
    returned = act(scene, stone, "return", scene.supervisor, note="缺盖章")
    claim(scene, stone, scene.unit, files=a_file("盖章件.pdf", b"%PDF-1.7\n2 0 obj\n"))

    page = act(scene, stone, "confirm", scene.supervisor)

    assert "待督导室确认" in claimed.select_one(".message-amber").text
    assert "缺盖章" in returned.select_one(".story").text
    assert page.select_one("dl.kv .pill").text == "达成"
    assert [line.b.text for line in page.select(".story li")] == [
        "确认达成，达成日期 2026年11月22日",
        "申报达成，达成日期 2026年11月22日",
        "退回申报",
        "申报达成，达成日期 2026年11月22日",
    ]
    assert buttons(page) == ["撤回达成"]


def test_acts_are_offered_to_those_who_may(scene: Scene, make: Factory) -> None:
    stone = put(scene, days=-1)
    leader = make.member(scene.county, Role.LEADER)
    overseer = make.member(scene.county, Role.OVERSEER)
    stranger = make.member(scene.county, Role.UNIT, make.unit(scene.county))

    def offered(member: Member) -> list[str]:
        return buttons(scene.as_(member).get_page(f"/milestones/{stone}"))

    everybody = (leader, scene.office, scene.unit, scene.supervisor, stranger, overseer)
    assert [offered(member) for member in everybody] == [
        ["申报达成"],
        ["申报达成"],
        ["申报达成"],
        ["认定错过"],
        [],
        [],
    ]
    claim(scene, stone, scene.office, reached_on="2026-11-20")
    assert [offered(member) for member in everybody] == [
        [],
        [],
        [],
        ["确认达成", "退回申报"],
        [],
        [],
    ]


def test_act_of_somebody_else_is_forbidden(scene: Scene) -> None:
    stone = put(scene)
    claim(scene, stone, scene.supervisor, 403)
    claim(scene, stone, scene.unit)
    act(scene, stone, "confirm", scene.office, 403)
    act(scene, stone, "nonsense", scene.office, 404)


def test_refused_claim_comes_back_open_with_its_words(scene: Scene) -> None:
    stone = put(scene)

    page = claim(scene, stone, scene.unit, 422, reached_on="2026-11-23", note="主体已完工")

    assert "晚于今天" in page.select_one(".message-red").text
    assert page.select_one("details.act[open] textarea").text.strip() == "主体已完工"


def test_act_on_what_somebody_else_has_changed_is_refused_and_says_so(scene: Scene) -> None:
    stone = put(scene)
    claim(scene, stone, scene.unit)

    page = act(scene, stone, "return", scene.supervisor, 422, seen_version=1, note="缺盖章")

    assert "已被他人修改" in page.select_one(".message-red").text
    assert page.select_one("details.act[open] textarea").text.strip() == "缺盖章"


def test_office_adds_a_milestone_and_moves_its_day_with_a_reason(scene: Scene) -> None:
    office = scene.as_(scene.office)
    fields = fields_of(office.get_page("/milestones/new"), "/milestones/new")
    sent = fields | {
        "text": "自评",
        "stated_due_on": "2027-06-30",
        "criteria": "印发",
        "task_ids": scene.task_id,
        "indicator_codes": "R2",
    }
    page = office.post_page("/milestones/new", sent)
    [stone] = _ids(scene)
    with scene.make.session(scene.county) as session:
        session.query(Plan).one().approved_at = NOW
    path = f"/milestones/{stone}/edit"
    moved = fields_of(office.get_page(path), path) | {
        "stated_due_on": "2027-09-30",
        "task_ids": scene.task_id,
    }

    refused = office.post_page(path, moved, 422)
    later = office.post_page(path, moved | {"reason": "校舍推迟"})

    assert [row.a.text for row in page.select("[aria-label='关联任务'] tbody tr")] == ["补齐音乐教室"]
    assert "R2" in page.text
    assert "对应指标由“R2”改为“无”" in later.select_one(".story").text
    assert "调整里程碑时限须写明理由" in refused.select_one(".message-red").text
    assert "原定 2027年6月30日" in later.select_one("dl.kv").text.replace("\n", "")
    assert "校舍推迟" in later.select_one(".story").text


def test_form_for_a_milestone_is_for_those_who_assign(scene: Scene) -> None:
    stone = put(scene)
    for member in (scene.unit, scene.supervisor):
        client = scene.as_(member)
        client.get_page("/milestones/new", 403)
        client.get_page(f"/milestones/{stone}/edit", 403)
        client.post_page("/milestones/new", {"text": "x", "stated_due_on": "2027-06-30"}, 403)


def test_list_tells_how_many_are_reached_missed_and_ahead(scene: Scene) -> None:
    put(scene, "已过", -1)
    put(scene, "今天到期", 0)
    claim(scene, put(scene, "已申报"), scene.unit)
    office = scene.as_(scene.office)

    page = office.get_page("/milestones")

    assert page.h1.text == "3 个里程碑达成 0 个、错过 1 个、未到 2 个，1 个待督导室确认。"
    rows = [[cell.text.strip() for cell in row("td")][1:3] for row in page.select("tbody tr")]
    assert rows == [["错过", "已过"], ["未到", "今天到期"], ["未到 待确认", "已申报"]]
    missed = office.get_page("/milestones?status=missed")
    assert [row.a.text for row in missed.select("tbody tr")] == ["已过"]


def test_miss_that_a_moved_day_would_hide_is_shown_on_list_plan_and_page(scene: Scene) -> None:
    stone = put(scene)
    with scene.make.session(scene.county) as session:
        session.query(Milestone).one().original_due_on = TODAY - timedelta(days=1)
    client = scene.as_(scene.office)

    for path in ("/milestones", "/plan", f"/milestones/{stone}", "/wall"):
        assert "原定错过" in client.get_page(path).text, path


def test_unit_sees_the_milestone_and_neither_other_units_tasks_nor_their_files(
    scene: Scene, make: Factory
) -> None:
    stone = put(scene)
    claim(scene, stone, scene.unit)
    stranger = scene.as_(make.member(scene.county, Role.UNIT, make.unit(scene.county)))
    link = scene.as_(scene.unit).get_page(f"/milestones/{stone}").select_one("a[download]")["href"]

    page = stranger.get_page(f"/milestones/{stone}")

    assert "补齐音乐教室" not in page.text
    assert page.select("a[download]") == []
    with stranger.http.get(link) as refused, scene.as_(scene.unit).http.get(link) as fetched:
        assert (refused.status_code, fetched.status_code) == (404, 200)


def test_milestone_of_another_county_is_not_found(scene: Scene, app: Flask, make: Factory) -> None:
    elsewhere = task_scene(app, make)
    stone = put(elsewhere, "别县的里程碑")
    client = scene.as_(scene.office)

    client.get_page(f"/milestones/{stone}", 404)
    client.get_page(f"/milestones?plan={elsewhere.plan_id}", 404)
    assert "别县的里程碑" not in client.get_page("/milestones").text


def test_county_without_a_plan_is_told_what_to_do(scene: Scene, make: Factory) -> None:
    office = scene.as_(make.member(make.county()))

    assert "还没有实施方案" in office.get_page("/milestones").text
    office.get_page("/milestones/new", 404)


@pytest.mark.parametrize("n", [1, 30])
def test_list_takes_the_same_statements_for_any_length(app: Flask, scene: Scene, n: int) -> None:
    with scene.make.session(scene.county) as session:
        session.add(
            Phase(plan_id=scene.plan_id, no=1, title="攻坚", starts_on=date(2026, 1, 1), ends_on=None)
        )
    for number in range(n):
        put(scene, f"里程碑{number}")
    client = scene.as_(scene.office)

    with count_queries(app) as sent:
        page = client.get_page("/milestones")

    assert len(page.select("tbody tr")) == n
    assert len(page.select(".time-line a")) == n
    assert len(sent) == 10


@pytest.mark.parametrize("n", [1, 12])
def test_page_takes_the_same_statements_for_any_number_of_tasks(app: Flask, scene: Scene, n: int) -> None:
    stone = put(scene)
    for number in range(n - 1):
        task = scene.make.task(
            scene.county, unit_id=scene.unit_id, plan_id=scene.plan_id, title=f"任务{number}"
        )
        with scene.make.session(scene.county) as session:
            session.add(MilestoneTask(milestone_id=stone, task_id=task))
    claim(scene, stone, scene.unit)
    client = scene.as_(scene.supervisor)

    with count_queries(app) as sent:
        page = client.get_page(f"/milestones/{stone}")

    assert len(page.select("[aria-label='关联任务'] tbody tr")) == n
    assert buttons(page) == ["确认达成", "退回申报"]
    assert len(sent) == 16


def _ids(scene: Scene) -> list[int]:
    with scene.make.session(scene.county) as session:
        return [stone.id for stone in session.query(Milestone)]


def test_browser_asks_for_what_a_claim_is_not_made_without(scene: Scene) -> None:
    page = scene.as_(scene.office).get_page(f"/milestones/{put(scene)}")

    must = {field["name"] for field in page.select("form[action$='/claim'] [required]:not([type=hidden])")}

    assert must == {"claim-reached_on", "claim-files"}
