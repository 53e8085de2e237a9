"""The in-app centre: one's own messages, opened, read, counted, muted."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from plans.reminders.rules import Family, Level
from tests.conftest import NOW
from tests.messages.scene import Scene
from tests.pages import PageClient
from tests.queries import count_queries


def sentences(page: BeautifulSoup) -> list[str]:
    return [cell.get_text(strip=True) for cell in page.select("#centre td.cell-main")]


def test_centre_tells_a_reminder_in_words_with_its_level(scene: Scene, client: PageClient) -> None:
    scene.remind(scene.unit, level=Level.RED)
    client.sign_in(scene.unit)

    page = client.get_page("/messages")

    assert sentences(page) == ["《补齐音乐教室》距完成时限2026年12月31日还有 29 个工作日"]
    assert page.select_one("#centre .cell-status").get_text(strip=True) == "催促"
    assert page.h1.get_text(strip=True) == "有 1 条消息未读。"


def test_nobody_sees_another_persons_messages(scene: Scene, client: PageClient) -> None:
    theirs = scene.remind(scene.colleague, title="同事的事项")
    scene.remind(scene.stranger, title="邻县的事项")
    client.sign_in(scene.unit)

    page = client.get_page("/messages")

    assert sentences(page) == []
    assert page.select_one("#unread").get_text(strip=True) == "消息"
    assert client.http.get(f"/messages/{theirs}").status_code == 404
    assert client.http.post(f"/messages/{theirs}/read").status_code == 404
    assert scene.read_at(scene.colleague, theirs) is None


def test_reading_all_leaves_other_people_alone(scene: Scene, client: PageClient) -> None:
    mine, theirs = scene.remind(scene.unit), scene.remind(scene.colleague)
    far = scene.remind(scene.stranger)
    client.sign_in(scene.unit)

    page = client.post_page("/messages/read", {})

    assert "已将 1 条消息标为已读。" in page.get_text()
    assert scene.read_at(scene.unit, mine) is not None
    assert scene.read_at(scene.colleague, theirs) is None
    assert scene.read_at(scene.stranger, far) is None


def test_reading_all_of_a_family_leaves_the_others_unread(scene: Scene, client: PageClient) -> None:
    urged = scene.remind(scene.unit, family=Family.URGE, rule="urge")
    due = scene.remind(scene.unit)
    client.sign_in(scene.unit)

    client.post_page("/messages/read", {"family": "urge"})

    assert scene.read_at(scene.unit, urged) is not None
    assert scene.read_at(scene.unit, due) is None


def part(client: PageClient, path: str, sent: dict[str, str]) -> tuple[BeautifulSoup, str]:
    """What htmx is given after an act: the part, and what is told in the corner."""
    answer = client.http.post(path, data=sent, headers={"HX-Request": "true"})
    return BeautifulSoup(answer.text, "html.parser"), answer.headers.get("HX-Trigger", "")


def test_reading_one_swaps_the_list_and_the_number_above_it(scene: Scene, client: PageClient) -> None:
    scene.remind(scene.unit, title="留着的")
    mine, _other = scene.remind_often(scene.unit, 2, family=Family.URGE, rule="urge", title="催办的")
    client.sign_in(scene.unit)

    page, told = part(client, f"/messages/{mine}/read", {"family": "urge", "unread": "1"})

    assert (page.html, told) == (None, "")
    assert [one.split("》")[0] for one in sentences(page)] == ["《催办的"]
    assert page.select_one("#unread[hx-swap-oob=true] .count").contents[0] == "2"


def test_reading_all_in_place_is_told_in_the_corner(scene: Scene, client: PageClient) -> None:
    scene.remind(scene.unit)
    client.sign_in(scene.unit)

    page, told = part(client, "/messages/read", {})

    assert json.loads(told)["toast"] == {"text": "已将 1 条消息标为已读。", "tone": "green"}
    assert page.select("#unread .count, tr.unread, form[action='/messages/read']") == []


def test_reading_without_script_comes_back_to_the_same_filters(scene: Scene, client: PageClient) -> None:
    mine = scene.remind(scene.unit)
    client.sign_in(scene.unit)

    answer = client.http.post(f"/messages/{mine}/read", data={"unread": "1", "page": "2"})

    assert (answer.status_code, answer.location) == (303, "/messages?unread=1&page=2")


def test_opening_a_message_marks_it_read_and_leads_to_the_task(scene: Scene, client: PageClient) -> None:
    mine = scene.remind(scene.unit)
    client.sign_in(scene.unit)

    answer = client.http.get(f"/messages/{mine}")

    assert (answer.status_code, answer.location) == (303, f"/tasks/{scene.task_id}")
    assert scene.read_at(scene.unit, mine) is not None


def test_message_about_something_gone_says_so(scene: Scene, client: PageClient) -> None:
    mine = scene.remind(scene.unit, family=Family.MILESTONE, rule="milestone-before-7", item_id=7)
    client.sign_in(scene.unit)

    page = client.get_page(f"/messages/{mine}")

    assert "这条消息所说的事项已不存在。" in page.get_text()
    assert scene.read_at(scene.unit, mine) is not None


def test_unread_ones_stand_first_and_by_day(scene: Scene, client: PageClient) -> None:
    scene.remind(scene.unit, title="新而已读", read_at=NOW)
    scene.remind(scene.unit, title="旧而未读", created_at=NOW - timedelta(days=9), rule="deadline-before-7")
    client.sign_in(scene.unit)

    page = client.get_page("/messages")

    assert ["旧而未读" in words for words in sentences(page)] == [True, False]
    days = [day.get_text(strip=True) for day in page.select("#centre .group")]
    assert days == ["2026年11月13日", "2026年11月22日（已读）"]


def test_muted_family_is_not_counted_but_can_be_looked_up(scene: Scene, client: PageClient) -> None:
    scene.remind(scene.unit)
    scene.remind(scene.unit, family=Family.URGE, rule="urge")
    client.sign_in(scene.unit)
    wanted = [family.value for family in Family if family is not Family.DEADLINE]

    client.post_page("/messages/settings", {"wanted": wanted})

    page = client.get_page("/messages")
    assert page.select_one("#unread .count").get_text(strip=True) == "1条未读"
    assert ["催办" in words for words in sentences(page)] == [True]
    assert len(sentences(client.get_page("/messages?family=deadline"))) == 1


def test_title_with_markup_is_shown_as_text(scene: Scene, client: PageClient) -> None:
    scene.remind(scene.unit, title="<script>alert(1)</script>")
    client.sign_in(scene.unit)

    page = client.get_page("/messages")

    assert "<script>alert(1)</script>" in sentences(page)[0]


@pytest.mark.parametrize("n", [1, 300])
def test_centre_asks_the_database_as_often_for_one_as_for_many(
    scene: Scene, client: PageClient, app: Flask, n: int
) -> None:
    for number in range(n):
        scene.remind(scene.unit, slot_on=NOW.date() + timedelta(days=number))
    client.sign_in(scene.unit)

    with count_queries(app) as sent:
        page = client.get_page("/messages")

    assert len(sentences(page)) == min(n, 50)
    assert page.select_one("#unread .count").get_text(strip=True) == f"{n}条未读"
    assert len(sent) == 8


@pytest.mark.parametrize("page", ["0", "-1", "99", "x"])
def test_page_that_is_not_there_shows_one_that_is(scene: Scene, client: PageClient, page: str) -> None:
    scene.remind(scene.unit)
    client.sign_in(scene.unit)

    assert len(sentences(client.get_page(f"/messages?page={page}&family=nothing"))) == 1
