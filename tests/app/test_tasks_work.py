"""One task from report to close-out, without JavaScript: conflicts, double clicks, files."""

import json

import pytest
import time_machine
from flask import Flask

from plans.actors import Role
from tests.app.task_scene import A_PDF, Scene, a_file, fields_of, task_scene
from tests.conftest import NOW
from tests.factories import Factory


@pytest.fixture(autouse=True)
def _fixed_clock() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene(app: Flask, make: Factory) -> Scene:
    return task_scene(app, make)


def test_unit_reports_and_asks_for_close_out_in_one_go(scene: Scene) -> None:
    page = scene.as_(scene.unit).post_page(
        scene.path("/progress"), scene.report(1, "100", "完工", files=a_file(), wants_close_out="y")
    )

    assert scene.task()["acts"] == ["assign", "sign", "progress", "submit"]
    assert "等待督导室核实" in page.text
    story = [line.get_text(" ", strip=True) for line in page.select(".story li")]
    assert story[1] == f"反馈进展 100% {scene.unit.actor.name}・2026年11月22日 09:00 完工 验收单.pdf"


def test_close_out_without_evidence_is_refused_and_nothing_is_half_done(scene: Scene) -> None:
    page = scene.as_(scene.unit).post_page(
        scene.path("/progress"), scene.report(1, "100", "完工", wants_close_out="y"), 422
    )

    assert "申请销号须至少附一份佐证材料" in page.text
    assert page.textarea.text.strip() == "完工"
    assert scene.task()["acts"] == ["assign"]


def test_second_person_gets_a_clear_message_and_loses_nothing(scene: Scene) -> None:
    colleague = scene.make.member(scene.county, Role.UNIT, scene.unit_id)
    scene.as_(colleague).post_page(scene.path("/progress"), scene.report(1, "30", "同事写的"))
    mine = scene.as_(scene.unit)

    page = mine.post_page(scene.path("/progress"), scene.report(1, "60", "我写的", files=a_file()), 422)

    told = page.select_one(".message-red").get_text(" ", strip=True)
    assert f"{colleague.actor.name}已于11月22日09:00办理了该任务" in told
    assert "反馈进展 30%" in told
    assert "同事写的" in told
    form = fields_of(page, scene.path("/progress"))
    assert form[f"t{scene.task_id}-note"] == "我写的"
    assert form[f"t{scene.task_id}-percent"] == "60"
    assert "已收到：验收单.pdf" in page.text
    assert scene.task()["note"] == "同事写的"

    mine.post_page(scene.path("/progress"), {k: v for k, v in form.items() if not k.endswith("-files")})

    assert scene.task() == {
        "state": "working",
        "progress": 60,
        "note": "我写的",
        "acts": ["assign", "sign", "progress", "progress"],
        "files": ["验收单.pdf"],
    }


def test_double_click_writes_once(scene: Scene) -> None:
    client = scene.as_(scene.unit)
    for _ in range(2):
        client.post_page(
            scene.path("/progress"), scene.report(1, "100", "完工", files=a_file(), wants_close_out="y")
        )

    assert scene.task()["acts"] == ["assign", "sign", "progress", "submit"]


def test_refused_file_keeps_the_words(scene: Scene) -> None:
    page = scene.as_(scene.unit).post_page(
        scene.path("/progress"), scene.report(1, files=a_file("程序.pdf", b"MZ\0\0")), 422
    )

    assert "“程序.pdf”：不收这种文件" in page.select_one(".message-red").text
    assert page.textarea.text.strip() == "已开工"
    assert scene.task()["acts"] == ["assign"]


def test_unit_signs_with_one_click(scene: Scene) -> None:
    page = scene.as_(scene.unit).post_page(scene.path("/sign"), {"seen_event": "1"})

    assert scene.task()["state"] == "working"
    assert page.select(f"form[action='{scene.path('/sign')}']") == []


def test_supervisor_returns_with_reason_then_closes(scene: Scene) -> None:
    unit, supervisor = scene.as_(scene.unit), scene.as_(scene.supervisor)
    unit.post_page(
        scene.path("/progress"), scene.report(1, "100", "完工", files=a_file(), wants_close_out="y")
    )

    refused = supervisor.post_page(scene.path("/return"), {"seen_event": "4", "note": " "}, 422)
    returned = supervisor.post_page(scene.path("/return"), {"seen_event": "4", "note": "缺照片"})
    owed = unit.get_page("/tasks")
    unit.post_page(scene.path("/progress"), scene.report(5, "100", "补了照片", "100", wants_close_out="y"))
    closed = supervisor.post_page(scene.path("/close"), {"seen_event": "7", "note": ""})

    assert "退回须写明理由" in refused.text
    assert returned.select_one(".story li b").text == "退回"
    demand = owed.select_one(".owed-demand").get_text(" ", strip=True)
    assert demand == f"退回 缺照片 {scene.supervisor.actor.name}・2026年11月22日 09:00"
    assert closed.select_one(".story li b").text == "核实销号"
    assert scene.task() == {
        "state": "closed",
        "progress": 100,
        "note": "补了照片",
        "acts": ["assign", "sign", "progress", "submit", "return", "progress", "submit", "close"],
        "files": ["验收单.pdf"],
    }


def test_second_supervisor_keeps_his_words_when_the_first_was_faster(scene: Scene) -> None:
    other = scene.make.member(scene.county, Role.SUPERVISOR)
    scene.as_(scene.unit).post_page(
        scene.path("/progress"), scene.report(1, "100", "完工", files=a_file(), wants_close_out="y")
    )
    scene.as_(other).post_page(scene.path("/return"), {"seen_event": "4", "note": "缺照片"})

    page = scene.as_(scene.supervisor).post_page(
        scene.path("/close"), {"seen_event": "4", "note": "写了很多意见"}, 422
    )

    assert f"{other.actor.name}已于" in page.select_one(".message-red").text
    assert page.textarea.text.strip() == "写了很多意见"
    assert scene.task()["state"] == "working"


def test_acts_are_refused_to_those_who_may_not(scene: Scene) -> None:
    scene.as_(scene.office).post_page(scene.path("/progress"), scene.report(1), 403)
    scene.as_(scene.supervisor).post_page(scene.path("/sign"), {"seen_event": "1"}, 403)
    scene.as_(scene.unit).post_page(scene.path("/close"), {"seen_event": "1"}, 403)

    assert scene.task()["acts"] == ["assign"]


def test_task_of_others_is_not_found(scene: Scene) -> None:
    elsewhere = scene.make.county()
    same_county = scene.make.member(scene.county, Role.UNIT, scene.make.unit(scene.county))
    school = scene.make.member(scene.county, Role.SCHOOL)
    strangers = [
        scene.make.member(elsewhere),
        scene.make.member(elsewhere, Role.SUPERVISOR),
        same_county,
        school,
    ]

    for stranger in strangers:
        client = scene.as_(stranger)
        client.get_page(scene.path(), 404)
        for act in ("/sign", "/progress", "/close", "/return"):
            client.post_page(scene.path(act), {**scene.report(1), "seen_event": "1", "note": "x"}, 404)

    assert scene.task()["acts"] == ["assign"]


def test_evidence_is_sent_as_an_attachment_that_runs_nothing(scene: Scene) -> None:
    client = scene.as_(scene.unit)
    page = client.post_page(scene.path("/progress"), scene.report(1, files=a_file()))
    address = page.select_one(".story a[href^='/evidence/']")["href"]

    with scene.as_(scene.supervisor).http.get(address) as answer:
        content = answer.data

    assert content == A_PDF
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert (answer.headers["X-Content-Type-Options"], answer.mimetype) == ("nosniff", "application/pdf")
    assert answer.headers["Content-Security-Policy"].strip() == "default-src 'none'; sandbox"


def test_evidence_of_tasks_that_one_does_not_see_is_not_found(scene: Scene) -> None:
    page = scene.as_(scene.unit).post_page(scene.path("/progress"), scene.report(1, files=a_file()))
    address = page.select_one(".story a[href^='/evidence/']")["href"]
    elsewhere = scene.make.county()
    other_unit = scene.make.member(scene.county, Role.UNIT, scene.make.unit(scene.county))

    for stranger in (scene.make.member(elsewhere), other_unit, scene.make.member(scene.county, Role.SCHOOL)):
        assert scene.as_(stranger).http.get(address).status_code == 404


def test_htmx_gets_the_changed_part(scene: Scene) -> None:
    client = scene.as_(scene.unit)

    answer = client.http.post(scene.path("/sign"), data={"seen_event": "1"}, headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<article id="task">')
    assert json.loads(answer.headers["HX-Trigger"]) == {"toast": {"text": "已签收。", "tone": "green"}}
    assert "已签收。" not in client.http.get(scene.path("")).text  # said once


def test_browser_without_script_reads_what_was_done_on_the_page(scene: Scene) -> None:
    page = scene.as_(scene.unit).post_page(scene.path("/sign"), {"seen_event": "1"})

    assert page.select_one(".message-green").get_text(strip=True) == "已签收。"
