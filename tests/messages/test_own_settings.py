"""A person's own settings: address, kinds, and the calendar feed behind a secret link."""

import re
from typing import Any

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from app.models import Account, Membership, Preference
from plans.base import County
from tests.conftest import NOW
from tests.messages.scene import Scene
from tests.pages import PageClient


def link_of(client: PageClient) -> str:
    page = client.post_page("/messages/feed", {})
    return re.search(r"/feeds/\S+", page.select_one("code").get_text()).group()


@pytest.fixture(autouse=True)
def _on_the_day_of_the_scene(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.messages.feed_views.today", lambda: NOW.date())


@pytest.mark.parametrize(
    "address",
    [
        "jia",
        "jia@",
        "@b.cn",
        "jia@b",
        "jia@b.cn\r\nBcc: x@b.cn",
        "甲@b.cn",
        "a b@c.cn",
        "a@b.cn,c@d.cn",
        "a" * 200 + "@b.cn",
    ],
)
def test_address_that_no_mail_can_reach_is_refused(scene: Scene, client: PageClient, address: str) -> None:
    client.sign_in(scene.unit)

    page = client.post_page("/messages/settings", {"email": address, "by_mail": "1"}, status=422)

    assert "邮箱地址不完整" in page.get_text()
    with scene.make.session(scene.county) as session:
        assert session.get_one(Account, scene.unit.actor.user_id).email is None


def test_address_and_kinds_are_kept(scene: Scene, client: PageClient) -> None:
    client.sign_in(scene.unit)

    client.post_page("/messages/settings", {"email": " jia@example.org ", "by_mail": "1", "wanted": ["urge"]})

    with scene.make.session(scene.county) as session:
        own = session.scalars(sa.select(Preference)).one()
        assert session.get_one(Account, scene.unit.actor.user_id).email == "jia@example.org"
        assert (own.account_id, own.by_mail, "urge" in own.muted, "deadline" in own.muted) == (
            scene.unit.actor.user_id,
            True,
            False,
            True,
        )


def test_mail_without_an_address_is_refused(scene: Scene, client: PageClient) -> None:
    client.sign_in(scene.unit)

    page = client.post_page("/messages/settings", {"email": "", "by_mail": "1"}, status=422)

    assert "还没有填写邮箱地址" in page.get_text()


def test_feed_holds_what_the_person_sees_and_nothing_of_others(scene: Scene, client: PageClient) -> None:
    other_unit = scene.make.unit(scene.county)
    scene.make.task(scene.county, unit_id=other_unit, title="别的单位的事")
    scene.make.task(scene.other, unit_id=scene.stranger.actor.unit_id, title="邻县的事")
    client.sign_in(scene.unit)
    link = link_of(client)
    client.http.post("/sign-out")

    answer = client.http.get(link)

    events = events_of(answer.data)
    assert [str(event["summary"]) for event in events] == ["任务：补齐音乐教室（未到期）"]
    assert events[0]["url"].endswith(f"/tasks/{scene.task_id}")
    assert answer.content_type == "text/calendar; charset=utf-8"


def test_long_chinese_lines_are_folded_at_75_octets_and_never_inside_of_a_character(
    scene: Scene, client: PageClient
) -> None:
    title = "补齐音乐教室，𠮷时开工；" * 16  # characters of three and of four octets
    scene.make.task(scene.county, unit_id=scene.unit_id, title=title)
    client.sign_in(scene.unit)

    data = client.http.get(link_of(client)).data

    lines = data.split(b"\r\n")
    assert max(map(len, lines)) in (73, 74, 75)  # as full as characters allow
    assert len([line for line in lines if line.startswith(b" ")]) > 5
    assert [line.decode() for line in lines]  # each is whole by itself
    assert title in [str(one["summary"]).split("：", 1)[1].rpartition("（")[0] for one in events_of(data)]


def events_of(data: bytes) -> list[Any]:
    return Calendar.from_ical(data).walk("VEVENT")


def test_only_the_hash_of_a_link_is_kept(scene: Scene, client: PageClient) -> None:
    client.sign_in(scene.unit)
    token = link_of(client).rpartition("/")[2].removesuffix(".ics")

    with scene.make.session(scene.county) as session:
        kept = session.scalars(sa.select(Preference.feed_token_hash)).one()

    assert len(kept) == 64
    assert token not in kept


def test_feed_is_unchanged_for_who_has_it(scene: Scene, client: PageClient) -> None:
    client.sign_in(scene.unit)
    link = link_of(client)
    tag = client.http.get(link).headers["ETag"]

    again = client.http.get(link, headers={"If-None-Match": tag})

    assert (again.status_code, again.data) == (304, b"")


def test_link_that_was_ended_renewed_or_guessed_shows_nothing(scene: Scene, client: PageClient) -> None:
    client.sign_in(scene.unit)
    first = link_of(client)
    second = link_of(client)

    assert client.http.get(first).status_code == 404
    assert client.http.get(second).status_code == 200
    client.http.post("/messages/feed/end")
    assert client.http.get(second).status_code == 404
    assert client.http.get(second[:-9] + "x.ics").status_code == 404
    assert client.http.get("/feeds/123456/none.ics").status_code == 404


def test_link_of_one_county_opens_nothing_in_another(scene: Scene, client: PageClient) -> None:
    client.sign_in(scene.unit)
    token = link_of(client).rpartition("/")[2]

    assert client.http.get(f"/feeds/990002/{token}").status_code == 404
    assert client.http.get(f"/feeds/990001/{token}").status_code == 200


def test_feed_of_somebody_who_left_is_closed(scene: Scene, client: PageClient) -> None:
    client.sign_in(scene.unit)
    link = link_of(client)
    with scene.make.session(scene.county) as session:
        mine = Membership.account_id == scene.unit.actor.user_id
        session.execute(sa.update(Membership).where(mine).values(is_active=False))

    assert client.http.get(link).status_code == 404


def test_feed_of_a_suspended_county_is_closed(scene: Scene, client: PageClient) -> None:
    client.sign_in(scene.unit)
    link = link_of(client)
    with scene.make.session() as session:
        session.execute(sa.update(County).where(County.id == scene.county).values(suspended_at=NOW))

    assert client.http.get(link).status_code == 404


def test_feed_keeps_hostile_titles_inside_their_line(scene: Scene, client: PageClient) -> None:
    title = "一,二;三\\四 BEGIN:VEVENT " + "长" * 120
    scene.make.task(scene.county, unit_id=scene.unit_id, title=title)
    client.sign_in(scene.unit)

    answer = client.http.get(link_of(client))

    titles = [str(event["summary"]) for event in Calendar.from_ical(answer.data).walk("VEVENT")]
    assert f"任务：{title}（未到期）" in titles
    assert all(len(line) <= 75 for line in answer.data.split(b"\r\n"))
