"""Supervision notices from the draft to the close, without JavaScript."""

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from plans.actors import Role
from tests.app.task_scene import Scene, a_file, fields_of, task_scene
from tests.conftest import NOW
from tests.factories import Factory, Member
from tests.queries import count_queries


@pytest.fixture(autouse=True)
def _fixed_clock() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene(app: Flask, make: Factory) -> Scene:
    return task_scene(app, make)


def write(scene: Scene, title: str = "补齐音乐教室", **given: str) -> BeautifulSoup:
    client = scene.as_(scene.supervisor)
    form = fields_of(client.get_page("/notices/new"), "/notices/new")
    said = {
        "title": title,
        "to_unit_id": str(scene.unit_id),
        "due_on": "2027-01-31",
        "order_text": "限期办结。",
    }
    client.post_page("/notices/new", form | said | given)
    return client.post_page("/notices/new", form | said | given)  # a second click


def act(
    scene: Scene, member: Member, path: str, seen: int, status: int = 200, **given: object
) -> BeautifulSoup:
    return scene.as_(member).post_page(path, {"seen_event": seen, **given}, status)


def path_of(scene: Scene) -> str:
    page = scene.as_(scene.supervisor).get_page("/notices")
    return page.select_one("td.cell-main a")["href"]


def test_notice_is_sent_signed_answered_returned_and_closed(scene: Scene) -> None:
    write(scene)
    path = path_of(scene)

    act(scene, scene.supervisor, f"{path}/send", 1)
    act(scene, scene.unit, f"{path}/sign", 2)
    act(scene, scene.unit, f"{path}/answer", 3, note="已办", files=a_file())
    act(scene, scene.supervisor, f"{path}/return", 4, note="缺照片")
    act(scene, scene.unit, f"{path}/answer", 5, note="照片补齐")
    page = act(scene, scene.supervisor, f"{path}/close", 6)

    acts = [line.text for line in page.select(".story b")]
    assert acts == ["办结", "回复", "退回补充", "回复", "签收", "下发", "拟稿"]
    assert "督办〔2026〕1号" in page.select_one(".basis").text
    assert "验收单.pdf" in page.text
    assert "2027年1月29日" in page.select_one(".document-table").text
    assert page.select("form[action^='/notices']") == []


def test_second_click_writes_one_notice(scene: Scene) -> None:
    write(scene)

    assert len(scene.as_(scene.office).get_page("/notices").select("td.cell-main")) == 1


@pytest.mark.parametrize(
    ("who", "move", "status"),
    [("unit", "send", 404), ("office", "sign", 403), ("office", "nonsense", 404), ("office", "close", 422)],
)
def test_act_that_cannot_be_done_changes_nothing(scene: Scene, who: str, move: str, status: int) -> None:
    write(scene)
    path = path_of(scene)

    act(scene, getattr(scene, who), f"{path}/{move}", 1, status)

    assert len(scene.as_(scene.office).get_page(path).select(".story li")) == 1


def test_notice_without_words_or_in_the_past_is_refused(scene: Scene) -> None:
    client = scene.as_(scene.office)
    form = fields_of(client.get_page("/notices/new"), "/notices/new")
    said = {"title": "标题", "to_unit_id": str(scene.unit_id), "due_on": "2026-01-31", "order_text": "要求"}

    empty = client.post_page("/notices/new", form, 422)
    past = client.post_page("/notices/new", form | said, 422)

    assert "请写明督办要求。" in empty.text
    assert "不在可选范围内" in past.select_one(".message-red").text
    assert past.select_one("textarea").text.strip() == "要求"


def test_notice_is_seen_by_its_unit_after_sending_and_by_no_other_county(scene: Scene, make: Factory) -> None:
    write(scene)
    path = path_of(scene)
    stranger = make.member(make.county())
    other_unit = make.member(scene.county, Role.UNIT, make.unit(scene.county))

    scene.as_(scene.unit).get_page(path, 404)
    act(scene, scene.supervisor, f"{path}/send", 1)

    scene.as_(scene.unit).get_page(path)
    scene.as_(stranger).get_page(path, 404)
    scene.as_(other_unit).get_page(path, 404)
    assert "补齐音乐教室" not in scene.as_(stranger).get_page("/notices").text


@pytest.mark.parametrize("rows", [1, 3])
def test_notices_take_the_same_statements_for_any_length(app: Flask, scene: Scene, rows: int) -> None:
    for number in range(rows):
        write(scene, f"督办{number}")
    client = scene.as_(scene.office)

    with count_queries(app) as sent:
        page = client.get_page("/notices")

    assert (len(page.select("td.cell-main")), len(sent)) == (rows, 8)
