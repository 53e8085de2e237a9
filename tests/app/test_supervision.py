"""The supervisor's page: where it begins, what waits on it, verdicts given in place."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from app.models import SchoolReturn
from app.models.returns import ReturnState
from app.supervision.schools import jump_words
from plans.actors import Role
from plans.base import new_id
from plans.commands import report_progress, sign_task, submit_task
from plans.models import Evidence, Milestone, Task, TaskIndicator
from plans.notices import NoticeTerms, draft_notice, send_notice
from tests.app.county_data import measures, report, school
from tests.app.statement_scene import YEAR, Statements, statements
from tests.app.task_scene import Scene, fields_of, task_scene
from tests.conftest import NOW
from tests.factories import Factory
from tests.queries import count_queries

TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _fixed_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene(app: Flask, make: Factory) -> Scene:
    return task_scene(app, make)


def hand_in(scene: Scene, days_ago: int = 0, title: str = "") -> int:
    """A task of the scene's unit that was handed in for close-out so many days ago."""
    at = NOW - timedelta(days=days_ago)
    task_id = scene.task_id
    if title:
        task_id = scene.make.task(scene.county, unit_id=scene.unit_id, plan_id=scene.plan_id, title=title)
    given = {"task_id": task_id, "at": at}
    with scene.make.session(scene.county) as session:
        file = Evidence(
            id=new_id(),
            sha256=f"{new_id():064d}",
            name="验收单.pdf",
            media_type="application/pdf",
            size=1,
            kept_at=at,
            kept_by="示例",
        )
        session.add(file)
        lead = scene.unit.actor
        sign_task(session, lead, seen_event=1, **given)
        report_progress(session, lead, percent=90, note="", evidence=[file], seen_event=2, **given)
        submit_task(session, lead, note="", seen_event=3, **given)
    return task_id


def rows(page: BeautifulSoup, caption: str) -> list[list[str]]:
    body = page.select(f"[aria-label='{caption}'] tbody tr")
    found = [[" ".join(cell.text.split()) for cell in row("td")] for row in body]
    return [row for row in found if len(row) > 1]


def give(scene: Scene, task: int, verdict: str, status: int = 200, **more: object) -> BeautifulSoup:
    client = scene.as_(scene.supervisor)
    path = f"/supervision/tasks/{task}/{verdict}"
    sent = {f"{verdict}{task}-seen_event": 4, f"{verdict}{task}-note": "", **more}
    return client.post_page(path, sent, status)


def test_supervisor_begins_here_and_others_do_not(scene: Scene, make: Factory) -> None:
    page = scene.as_(scene.supervisor).get_page("/")

    assert page.h1.text == "没有等待核实、签署或确认的事项。"
    assert page.select_one("a[href='/overview']")
    for member in (scene.office, scene.unit, make.member(scene.county, Role.LEADER)):
        client = scene.as_(member)
        assert not client.get_page("/").select(".desk")
        client.get_page("/supervision", 403)
        client.post_page(f"/supervision/tasks/{scene.task_id}/close", {}, 403)


def test_tasks_wait_longest_first_with_their_file_one_click_away(scene: Scene) -> None:
    hand_in(scene, 2, "后交的")
    hand_in(scene, 9)

    page = scene.as_(scene.supervisor).get_page("/")

    assert page.h1.text == "2 项任务待核实，最早的已等 9 天。"
    found = rows(page, "待核实的任务")
    assert [(row[0], row[2]) for row in found] == [("补齐音乐教室", "9"), ("后交的", "2")]
    assert [link.text for link in page.select("td.files a[download]")] == ["验收单.pdf"] * 2


def test_task_is_closed_in_place(scene: Scene) -> None:
    hand_in(scene)
    client = scene.as_(scene.supervisor)
    path = f"/supervision/tasks/{scene.task_id}/close"

    page = client.post_page(path, fields_of(client.get_page("/"), path))

    assert page.select_one(".desk")
    assert scene.task()["state"] == "closed"
    assert rows(page, "待核实的任务") == []


def test_return_in_place_needs_a_reason_and_keeps_what_was_typed(scene: Scene) -> None:
    task = hand_in(scene)

    refused = give(scene, task, "return", 422)
    returned = give(scene, task, "return", **{f"return{task}-note": "缺盖章"})

    assert "退回须写明理由" in refused.select_one(".message-red").text
    assert len(refused.select("details.act[open]")) == 1
    assert returned.select_one(".desk")
    assert scene.task()["state"] == "working"


def test_verdict_that_comes_too_late_changes_nothing_and_keeps_its_words(scene: Scene, make: Factory) -> None:
    task = hand_in(scene)

    page = give(scene, task, "return", 422, **{f"return{task}-seen_event": 3, f"return{task}-note": "缺盖章"})

    assert "核对后再次提交" in page.select_one(".message-red").text
    assert page.select_one("details.act[open] textarea").text.strip() == "缺盖章"
    assert scene.task()["state"] == "submitted"


def test_own_work_is_left_to_another_supervisor(scene: Scene) -> None:
    task = hand_in(scene)
    with scene.make.session(scene.county) as session:
        session.query(Task).filter_by(id=task).one().person_id = scene.supervisor.actor.user_id

    page = scene.as_(scene.supervisor).get_page("/")

    assert rows(page, "待核实的任务")[0][-1] == "本人经手，由他人核实"
    assert page.select(".verdicts form") == []
    give(scene, task, "close", 403)


def test_complete_statement_waits_for_a_signature(app: Flask, make: Factory) -> None:
    scene: Statements = statements(app, make)
    scene.state("G1")
    scene.state("G2", files=None, part=_first_part(scene))

    page = scene.as_(scene.supervisor).get_page("/")
    [line] = rows(page, "待签署的佐证")
    scene.sign("G1", next(row for row in scene.rows() if row.item == "G1"))
    after = scene.as_(scene.supervisor).get_page("/")

    assert line[0].startswith("G1 ")
    assert line[2] == "0"
    assert "1 项佐证待签署" in page.h1.text
    assert rows(after, "待签署的佐证") == []


def test_milestones_that_wait_or_were_missed_are_listed(scene: Scene) -> None:
    with scene.make.session(scene.county) as session:
        for text, days, claimed in (("未到", 9, None), ("错过", -3, None), ("申报", 9, TODAY)):
            day = TODAY + timedelta(days=days)
            session.add(Milestone(plan_id=scene.plan_id, due_on=day, text=text, claimed_on=claimed))

    page = scene.as_(scene.supervisor).get_page("/")

    assert page.h1.text == "1 个里程碑待确认；1 个里程碑错过。"
    assert [row[1:] for row in rows(page, "待确认和错过的里程碑")] == [
        ["申报", "未到 待确认"],
        ["错过", "错过"],
    ]


def test_schools_that_fail_or_whose_data_was_sent_back_stand_with_their_task(scene: Scene) -> None:
    weak = school(2, multimedia_rooms=1.0, books=1.0, equipment_value_wan=1.0)
    report(scene.make, scene.office, measures(school(1), weak, school(3)), year=YEAR)
    with scene.make.session(scene.county) as session:
        found = {row.school.name: row for row in session.query(SchoolReturn)}
        found["示例第3小学"].state = ReturnState.RETURNED
        session.query(Task).one().title = "示例第2小学补齐设备"

    page = scene.as_(scene.supervisor).get_page("/")

    found = rows(page, "需要跟踪的学校")
    assert [(row[0], row[2]) for row in found] == [
        ("示例第3小学", "没有任务"),
        ("示例第2小学", "示例第2小学补齐设备"),
    ]
    assert found[0][1] == "数据退回"


def test_task_for_the_weakest_indicator_stands_for_a_school_that_no_task_names(scene: Scene) -> None:
    report(scene.make, scene.office, measures(school(1), school(2, multimedia_rooms=0.0)), year=YEAR)
    with scene.make.session(scene.county) as session:
        session.add(TaskIndicator(task_id=scene.task_id, code="R7"))

    page = scene.as_(scene.supervisor).get_page("/")

    assert rows(page, "需要跟踪的学校")[0][2] == "补齐音乐教室"


@pytest.mark.parametrize(("now", "told"), [(130, 0), (131, 1), (70, 0), (69, 1), (None, 0), ("x", 0)])
def test_figure_that_changed_by_more_than_thirty_percent_is_named(now: object, told: int) -> None:
    assert len(jump_words({"books": now}, {"books": 100})) == told
    assert jump_words({"books": 1}, {"books": 0}) == []


def test_notices_wait_answers_first(scene: Scene) -> None:
    with scene.make.session(scene.county) as session:
        for title in ("督办甲", "督办乙"):
            terms = NoticeTerms(title, "请抓紧", scene.unit_id, TODAY + timedelta(days=9))
            notice = draft_notice(session, scene.office.actor, terms=terms, at=NOW)
            if title == "督办甲":
                send_notice(session, scene.office.actor, notice_id=notice.id, seen_event=1, at=NOW)

    page = scene.as_(scene.supervisor).get_page("/")

    assert [row[:2] for row in rows(page, "没有办结的督办单")] == [["督办甲", "待签收"]]


def test_nothing_of_another_county_stands_on_the_page(scene: Scene, app: Flask, make: Factory) -> None:
    other = task_scene(app, make)
    task = hand_in(other, 3, "别县的任务")
    with make.session(other.county) as session:
        session.add(Milestone(plan_id=other.plan_id, due_on=TODAY - timedelta(days=1), text="别县的里程碑"))
    report(make, other.office, measures(school(1, multimedia_rooms=0.0)), year=YEAR)

    page = scene.as_(scene.supervisor).get_page("/")

    assert page.h1.text == "没有等待核实、签署或确认的事项。"
    assert "别县" not in page.text
    give(scene, task, "close", 404)


@pytest.mark.parametrize("n", [1, 12])
def test_page_takes_the_same_statements_for_any_length(app: Flask, scene: Scene, n: int) -> None:
    poor = [school(number, multimedia_rooms=0.0) for number in range(1, n + 1)]
    report(scene.make, scene.office, measures(*poor, school(20)), year=YEAR)
    for number in range(n):
        hand_in(scene, number, f"任务{number}")
        with scene.make.session(scene.county) as session:
            day = TODAY - timedelta(days=number + 1)
            session.add(Milestone(plan_id=scene.plan_id, due_on=day, text=f"里程碑{number}"))
            terms = NoticeTerms(f"督办{number}", "请抓紧", scene.unit_id, TODAY + timedelta(days=9))
            notice = draft_notice(session, scene.office.actor, terms=terms, at=NOW)
            send_notice(session, scene.office.actor, notice_id=notice.id, seen_event=1, at=NOW)
    client = scene.as_(scene.supervisor)

    with count_queries(app) as sent:
        page = client.get_page("/supervision")

    assert len(rows(page, "待核实的任务")) == min(n, 7)
    assert len(rows(page, "需要跟踪的学校")) == min(n, 6)
    assert len(sent) == 25


def _first_part(scene: Statements) -> str:
    page = scene.as_(scene.office).get_page("/items/G2")
    return page.select_one("form[action^='/items/G2/parts/']")["action"].rsplit("/", 1)[1]
