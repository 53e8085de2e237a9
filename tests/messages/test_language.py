"""Mails and the calendar feed are written in the language of their reader; groups read Chinese."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from app.messages.channels import Chosen, add_channel
from app.models import Account, ChannelKind
from plans.actors import Role
from plans.reminders.rules import Family
from tests.conftest import NOW
from tests.factories import Member
from tests.messages.post import NINE, TUESDAY, Post
from tests.messages.scene import Scene
from tests.pages import PageClient

CHINESE = re.compile(r"[\u3400-\u9fff]")
COUNTY, TITLE = "甲县（示例）", "补齐音乐教室"


def read_english(scene: Scene, who: Member) -> None:
    with scene.make.session(who.actor.county_id) as session:
        mine = Account.id == who.actor.user_id
        session.execute(sa.update(Account).where(mine).values(language="en"))


def without_data(text: str) -> str:
    return text.replace(COUNTY, "").replace(TITLE, "")


def test_digest_is_in_english_for_one_who_reads_english_and_in_chinese_for_a_colleague(post: Post) -> None:
    read_english(post.scene, post.scene.unit)
    post.scene.address(post.scene.colleague, "colleague@example.org")
    for who in (post.scene.unit, post.scene.colleague):
        for family in (Family.DEADLINE, Family.OVERDUE, Family.MILESTONE):
            post.scene.remind(who, family=family, created_at=TUESDAY)

    assert post.compose() == 2

    english, chinese = sorted(
        post.messages(), key=lambda one: one.account_id != post.scene.unit.actor.user_id
    )
    assert english.subject.startswith(f"[{COUNTY}] Reminders of 24 Nov 2026: ")
    assert '<html lang="en">' in english.html
    assert [CHINESE.findall(without_data(part)) for part in (english.subject, english.text)] == [[], []]
    assert CHINESE.findall(without_data(english.html)) == []
    assert chinese.subject.startswith(f"【{COUNTY}】2026年11月24日提醒：")
    assert '<html lang="zh-CN">' in chinese.html


def test_what_cannot_wait_is_in_english_for_one_who_reads_english(post: Post) -> None:
    read_english(post.scene, post.scene.unit)
    post.remind(is_immediate=True)

    assert post.compose(NINE.replace(hour=8, minute=10)) == 1

    (message,) = post.messages()
    assert CHINESE.findall(without_data(message.subject + message.text)) == []


def test_summary_of_the_week_is_in_english_for_one_who_reads_english(post: Post) -> None:
    leader = post.scene.make.member(post.scene.county, Role.LEADER)
    post.scene.address(leader, "leader@example.org")
    read_english(post.scene, leader)

    assert post.weekly(NINE - timedelta(days=1)) == 1

    (message,) = post.messages()
    assert message.subject.startswith(f"[{COUNTY}] Weekly summary, 23 Nov 2026: ")
    assert CHINESE.findall(without_data(message.subject + message.text)) == []


def test_group_reads_chinese_after_a_mail_in_english(post: Post) -> None:
    read_english(post.scene, post.scene.unit)
    chosen = Chosen("工作群", ChannelKind.JSON, "http://127.0.0.1:9/", True, False)
    with post.scene.make.session(post.scene.county) as session:
        private = post.settings["WEBHOOK_PRIVATE_HOSTS"]
        add_channel(session, post.scene.office.actor, chosen=chosen, private_hosts=private, at=TUESDAY)
    post.remind()

    assert post.compose() == 2

    subjects = sorted(message.subject for message in post.messages())
    assert subjects[1] == f"【{COUNTY}】2026年11月24日动态，共 1 项"


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_feed_is_in_the_language_of_its_owner(
    scene: Scene, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.messages.feed_views.today", lambda: NOW.date())
    client.sign_in(scene.unit)
    page = client.post_page("/messages/feed", {})
    link = re.search(r"/feeds/\S+", page.select_one("code").get_text()).group()
    client.http.post("/sign-out")
    read_english(scene, scene.unit)

    calendar = Calendar.from_ical(client.http.get(link).data)

    (event,) = calendar.walk("VEVENT")
    assert str(event["summary"]).startswith(f"Task: {TITLE} (")
    assert str(calendar["x-wr-calname"]) == f"{COUNTY} Balance Ledger"
    assert CHINESE.findall(without_data(str(event["summary"]))) == []
