"""Supervision notices: written about a task, revised, thrown away, moved, withdrawn; the files of a reply."""

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from plans.actors import Role
from plans.models import Notice, NoticeEvidence
from tests.app.task_scene import Scene, a_file, fields_of, task_scene
from tests.app.test_notices import act, path_of, write
from tests.conftest import NOW
from tests.factories import Factory


@pytest.fixture(autouse=True)
def _fixed_clock() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene(app: Flask, make: Factory) -> Scene:
    return task_scene(app, make)


def row_of(scene: Scene) -> dict[str, object]:
    with scene.make.session(scene.county) as session:
        one = session.query(Notice).one()
        days = [day.isoformat() for day in (one.original_due_on, one.due_on)]
        return {"title": one.title, "state": one.state.value, "no": one.no, "days": days}


def shown_terms(page: BeautifulSoup) -> list[str]:
    return [cell.get_text(" ", strip=True) for cell in page.select(".document-table tr:nth-child(2) td")]


def test_notice_about_a_task_begins_with_its_unit_and_links_it(scene: Scene) -> None:
    client = scene.as_(scene.supervisor)
    way = client.get_page(scene.path()).select_one("a[href^='/notices/new']")["href"]
    form = fields_of(client.get_page(way), "/notices/new")
    given = form | {"due_on": "2027-01-31", "order_text": "限期办结。", "task_ids": str(scene.task_id)}

    page = client.post_page("/notices/new", given)

    assert (form["title"], form["to_unit_id"]) == ("关于补齐音乐教室的督办", str(scene.unit_id))
    link = page.select_one(f".document-table a[href='/tasks/{scene.task_id}']")
    assert link.text == "补齐音乐教室"


def test_draft_is_revised_and_its_deadline_begins_anew(scene: Scene) -> None:
    write(scene)
    path = path_of(scene)
    client = scene.as_(scene.office)
    form = fields_of(client.get_page(f"{path}/edit"), f"{path}/edit")

    page = client.post_page(f"{path}/edit", form | {"title": "再补齐", "due_on": "2027-02-26"})

    assert shown_terms(page) == ["县教育局", "2027年2月26日"]
    assert row_of(scene) == {
        "title": "再补齐",
        "state": "drafted",
        "no": None,
        "days": ["2027-02-26", "2027-02-26"],
    }


def test_revision_after_somebody_elses_shows_both_texts_and_may_be_saved_over_it(scene: Scene) -> None:
    write(scene)
    path = path_of(scene)
    form = fields_of(scene.as_(scene.office).get_page(f"{path}/edit"), f"{path}/edit")
    scene.as_(scene.supervisor).post_page(f"{path}/edit", form | {"order_text": "五日内办结。"})

    page = scene.as_(scene.office).post_page(f"{path}/edit", form | {"order_text": "三日内办结。"}, 422)
    again = fields_of(page, f"{path}/edit")
    saved = scene.as_(scene.office).post_page(f"{path}/edit", again)

    assert "您的填写没有保存但已保留" in page.select_one(".message-red").text
    assert page.select_one(".message-red .story-words").text == "五日内办结。"
    assert again["order_text"] == "三日内办结。"
    assert saved.select_one(".document-words").text == "三日内办结。"


def test_sent_notice_is_neither_revised_nor_thrown_away(scene: Scene) -> None:
    write(scene)
    path = path_of(scene)
    form = fields_of(scene.as_(scene.office).get_page(f"{path}/edit"), f"{path}/edit")
    page = act(scene, scene.supervisor, f"{path}/send", 1)
    client = scene.as_(scene.office)

    client.get_page(f"{path}/edit", 409)
    client.post_page(f"{path}/edit", form | {"title": "改题", "seen_event": "2"}, 422)
    client.post_page(f"{path}/discard", {"seen_event": "2"}, 409)

    assert page.select(f"a[href='{path}/edit'], form[action='{path}/discard']") == []
    assert (row_of(scene)["title"], row_of(scene)["state"]) == ("补齐音乐教室", "sent")


def test_draft_thrown_away_is_gone(scene: Scene) -> None:
    write(scene)
    path = path_of(scene)

    act(scene, scene.office, f"{path}/discard", 1)

    scene.as_(scene.office).get_page(path, 404)


def test_moved_deadline_keeps_the_first_one_beside_it(scene: Scene) -> None:
    write(scene)
    path = path_of(scene)
    act(scene, scene.supervisor, f"{path}/send", 1)

    given = {"note": "等待设备到货", "due_on": "2027-02-28"}
    act(scene, scene.office, f"{path}/reschedule", 2, **given)
    page = act(scene, scene.office, f"{path}/reschedule", 2, **given)  # a second click

    assert row_of(scene)["days"] == ["2027-01-29", "2027-02-26"]
    assert shown_terms(page) == ["县教育局", "2027年2月26日 原定 2027年1月29日"]
    words = [words.text for words in page.select(".story-words")]
    assert words == ["时限调整为2027年2月26日。等待设备到货"]
    listed = scene.as_(scene.unit).get_page("/notices")
    assert listed.select_one("td .under").text == "原定 2027-01-29"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"note": "再等", "due_on": "2026-11-21"}, "不在可选范围内"),
        ({"note": "再等", "due_on": "2027-01-29"}, "与现定时限2027年1月29日相同"),
        ({"note": "再等", "due_on": "2027-01-31"}, "与现定时限2027年1月29日相同"),
        ({"note": "", "due_on": "2027-02-26"}, "须写明理由"),
        ({"note": "再等", "due_on": ""}, "新时限未填写"),
    ],
)
def test_deadline_that_cannot_be_moved_keeps_what_was_typed(
    scene: Scene, given: dict[str, str], told: str
) -> None:
    write(scene)
    path = path_of(scene)
    act(scene, scene.supervisor, f"{path}/send", 1)

    page = act(scene, scene.supervisor, f"{path}/reschedule", 2, 422, **given)

    assert told in page.select_one(".message-red").text
    assert page.select_one("details[open] #reschedule-note").text == given["note"]
    assert page.select_one("#reschedule-due")["value"] == given["due_on"]
    assert row_of(scene)["days"] == ["2027-01-29", "2027-01-29"]


def test_deadline_may_move_to_today_and_not_after_the_answer(scene: Scene) -> None:
    write(scene)
    path = path_of(scene)
    act(scene, scene.supervisor, f"{path}/send", 1)
    act(scene, scene.office, f"{path}/reschedule", 2, note="立即办", due_on="2026-11-22")
    act(scene, scene.unit, f"{path}/sign", 3)
    act(scene, scene.unit, f"{path}/answer", 4, note="已办")

    act(scene, scene.office, f"{path}/reschedule", 5, 422, note="再等", due_on="2027-02-26")

    assert row_of(scene)["days"] == ["2027-01-29", "2026-11-22"]


def test_withdrawn_notice_keeps_its_number_and_tells_the_unit_why(scene: Scene) -> None:
    write(scene)
    path = path_of(scene)
    act(scene, scene.supervisor, f"{path}/send", 1)

    act(scene, scene.office, f"{path}/withdraw", 2, note="与第3号重复")
    page = scene.as_(scene.unit).get_page(path)

    assert (row_of(scene)["state"], row_of(scene)["no"]) == ("withdrawn", 1)
    assert "与第3号重复" in page.select_one(".document-table tr:last-child").text
    assert page.select("form[action^='/notices']") == []
    assert scene.as_(scene.unit).get_page("/notices").select("td.cell-status .pill") == []
    copy = scene.as_(scene.office).get_page(f"/notices/new?after={path.rsplit('/', 1)[1]}")
    assert copy.select_one("#title")["value"] == "补齐音乐教室"


@pytest.mark.parametrize("move", ["withdraw", "reschedule"])
def test_unit_neither_moves_nor_withdraws(scene: Scene, move: str) -> None:
    write(scene)
    path = path_of(scene)
    act(scene, scene.supervisor, f"{path}/send", 1)

    act(scene, scene.unit, f"{path}/{move}", 2, 403, note="不办", due_on="2027-02-26")

    assert (row_of(scene)["state"], row_of(scene)["days"]) == ("sent", ["2027-01-29", "2027-01-29"])


def test_task_leads_to_a_notice_for_those_who_write_them_only(scene: Scene) -> None:
    pages = [scene.as_(who).get_page(scene.path()) for who in (scene.office, scene.unit)]

    assert [len(page.select("a[href^='/notices/new']")) for page in pages] == [1, 0]


@pytest.mark.parametrize("path", ["/notices/new", "/notices/{id}/edit"])
def test_unit_writes_no_notices(scene: Scene, path: str) -> None:
    write(scene)
    act(scene, scene.supervisor, f"{path_of(scene)}/send", 1)

    scene.as_(scene.unit).get_page(path.format(id=path_of(scene).rsplit("/", 1)[1]), 403)


def test_file_of_a_reply_is_fetched_by_those_who_see_the_notice_only(scene: Scene, make: Factory) -> None:
    write(scene)
    path = path_of(scene)
    act(scene, scene.supervisor, f"{path}/send", 1)
    act(scene, scene.unit, f"{path}/sign", 2)
    act(scene, scene.unit, f"{path}/answer", 3, note="已办", files=a_file())
    with make.session(scene.county) as session:
        file = f"/evidence/{session.query(NoticeEvidence).one().evidence_id}"
    other_unit = make.member(scene.county, Role.UNIT, make.unit(scene.county))

    answers = []
    for who in (scene.supervisor, scene.unit, other_unit, make.member(make.county())):
        with scene.as_(who).http.get(file) as answer:
            answers.append(answer.status_code)

    assert answers == [200, 200, 404, 404]


def test_list_opens_with_what_waits_and_narrows_to_a_state(scene: Scene) -> None:
    write(scene, "第一件")
    act(scene, scene.supervisor, f"{path_of(scene)}/send", 1)
    write(scene, "第二件")
    client = scene.as_(scene.office)

    page, sent = client.get_page("/notices"), client.get_page("/notices?state=sent")

    assert page.select_one("h1").text == "1 件督办单未办结，1 件待签收。"
    assert [link.text for link in page.select("td.cell-main a")] == ["第二件", "第一件"]
    assert [link.text for link in sent.select("td.cell-main a")] == ["第一件"]
    assert client.get_page("/notices?state=nonsense").select("td.cell-main a") != []
