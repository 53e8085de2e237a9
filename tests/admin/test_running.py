"""The platform sees how the scheduler does and what has not left any county, and nothing that is said."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.clock import now
from app.jobs.runs import BEAT, LATE
from app.models import JobRun
from plans.base import County, new_id
from plans.models import Message, MessageState
from tests.audit.log import platform_entries
from tests.factories import Factory
from tests.pages import PageClient
from tests.queries import count_queries

SAID, ADDRESS = "《补齐音乐教室》已逾期", "person@example.invalid"


def write(make: Factory, county: int, state: MessageState, n: int = 1, error: str = "") -> int:
    """Write messages of a county; the key of the last."""
    with make.session(county) as session:
        for _number in range(n):
            key = new_id()
            session.add(
                Message(
                    id=key,
                    channel="mail",
                    kind="digest",
                    dedup_key=str(key),
                    address=ADDRESS,
                    day=make.now.date(),
                    subject=SAID,
                    text=SAID,
                    state=state,
                    next_try_at=make.now,
                    error=error,
                    created_at=make.now,
                )
            )
    return key


def state_of(make: Factory, county: int, key: int) -> MessageState:
    with make.session(county) as session:
        return session.scalars(sa.select(Message.state).where(Message.id == key)).one()


def code_of(make: Factory, county: int) -> str:
    with make.session() as session:
        return session.get_one(County, county).code


def beat(make: Factory, **run: object) -> None:
    with make.session() as session:
        session.add(JobRun(**{"worker": "host:1", "started_at": now(), "ended_at": now(), **run}))


def test_page_counts_every_county_and_shows_nothing_that_is_said(admin: PageClient, make: Factory) -> None:
    first, second = make.county("甲县（示例）"), make.county("乙县（示例）")
    write(make, first, MessageState.FAILED, 2, "550 no such mailbox")
    write(make, second, MessageState.UNKNOWN)
    write(make, second, MessageState.QUEUED, 3)
    write(make, second, MessageState.SENT, 9)

    page = admin.get_page("/platform/running")

    assert "待发消息 3 条，失败 2 条，结果不明 1 条。" in page.h1.text
    assert "共 6 项" in page.text
    assert "550 no such mailbox" in page.text
    assert SAID not in page.text
    assert ADDRESS not in page.text
    assert "共 1 项" in admin.get_page("/platform/running?state=unknown").text
    assert "共 6 项" in admin.get_page("/platform/running?state=sent").text


def test_scheduler_that_never_ran_or_stopped_is_an_alarm(admin: PageClient, make: Factory) -> None:
    never = admin.get_page("/platform").select_one("[role=alert]").text
    beat(make, name=BEAT, started_at=now() - LATE * 2, ended_at=now() - LATE * 2)
    stopped = admin.get_page("/platform").select_one("[role=alert]").text

    assert "没有启动过" in never
    assert "没有心跳" in stopped


def test_beating_scheduler_is_none_and_its_jobs_are_told(admin: PageClient, make: Factory) -> None:
    beat(make, name=BEAT)
    beat(make, name="nightly", words="办理 3 个县的夜间工作。")
    beat(make, name="delivery", words="没有办成，原因见日志。", has_failed=True)
    beat(make, name="messages", ended_at=None)

    page = admin.get_page("/platform/running")

    assert not admin.get_page("/platform").select("[role=alert]")
    assert not page.select("[role=alert]")
    assert page.h1.text.startswith("调度程序运行正常")
    told = {
        row.th.text: row.select_one("td").text.strip() for row in page.select("table")[0].select("tbody tr")
    }
    assert {name: state[-4:].strip() for name, state in told.items()} == {
        "夜间工作": "已办",
        "发送消息": "没有办成",
        "写消息": "在办",
    }


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.UNKNOWN])
def test_message_is_sent_again_by_hand_and_the_log_tells(
    app: Flask, admin: PageClient, make: Factory, state: MessageState
) -> None:
    county, other = make.county(), make.county()
    key, kept = write(make, county, state), write(make, other, state)

    admin.post_page(f"/platform/running/{code_of(make, county)}/{key}/resend", {})

    assert state_of(make, county, key) is MessageState.QUEUED
    assert state_of(make, other, kept) is state
    assert f"message:{key}" in [entry.thing for entry in platform_entries(make)]


def test_message_under_another_county_is_not_found(admin: PageClient, make: Factory) -> None:
    county, other = make.county(), make.county()
    key = write(make, other, MessageState.FAILED)

    admin.post_page(f"/platform/running/{code_of(make, county)}/{key}/resend", {}, 404)

    assert state_of(make, other, key) is MessageState.FAILED


def test_message_that_left_is_not_sent_again(admin: PageClient, make: Factory) -> None:
    county = make.county()
    key = write(make, county, MessageState.SENT)

    answer = admin.http.post(f"/platform/running/{code_of(make, county)}/{key}/resend")

    assert answer.status_code == 409
    assert state_of(make, county, key) is MessageState.SENT


@pytest.mark.parametrize("n", [1, 60])
def test_page_takes_the_same_queries_for_any_number(
    app: Flask, admin: PageClient, make: Factory, n: int
) -> None:
    write(make, make.county(), MessageState.FAILED, n)
    admin.get_page("/platform/running")

    with count_queries(app) as sent:
        admin.get_page("/platform/running")

    assert len(sent) == 4  # the account, the scheduler, counts, messages
