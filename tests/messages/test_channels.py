"""The office's pages of groups and of what leaves the county."""

import pytest
import sqlalchemy as sa

from app.models import Channel
from app.models.audit import AuditEntry
from plans.base import new_id
from plans.models import Message, MessageState
from tests.factories import Factory
from tests.messages.servers import receiver
from tests.pages import PageClient
from tests.queries import count_queries

DINGTALK = "https://oapi.dingtalk.com/robot/send?access_token=" + "a1" * 32
GROUP = {"name": "创建工作群", "kind": "dingtalk", "address": DINGTALK, "is_on": "y"}


@pytest.fixture
def county(make: Factory) -> int:
    return make.county()


@pytest.fixture
def office(make: Factory, county: int, client: PageClient) -> PageClient:
    client.sign_in(make.member(county))
    return client


def groups(make: Factory, county: int) -> list[Channel]:
    with make.session(county) as session:
        found = list(session.scalars(sa.select(Channel).order_by(Channel.made_at)))
        session.expunge_all()
        return found


def add_message(make: Factory, county: int, state: MessageState, subject: str = "今日提醒") -> int:
    with make.session(county) as session:
        message = Message(
            id=new_id(),
            channel="mail",
            kind="digest",
            dedup_key=f"digest:{new_id()}",
            account_id=None,
            address="jia@example.org",
            day=make.now.date(),
            subject=subject,
            text="…",
            state=state,
            attempts=5,
            next_try_at=make.now,
            error="对方拒收（550）。" if state is MessageState.FAILED else "",
            created_at=make.now,
        )
        session.add(message)
        return message.id


def state_of(make: Factory, county: int, message_id: int) -> tuple[MessageState, int]:
    with make.session(county) as session:
        message = session.scalars(sa.select(Message).where(Message.id == message_id)).one()
        return message.state, message.attempts


def test_address_is_kept_but_never_shown_nor_logged(office: PageClient, make: Factory, county: int) -> None:
    office.post_page("/messages/channels", GROUP)

    (group,) = groups(make, county)
    page = office.get_page("/messages/channels")
    single = office.get_page(f"/messages/channels/{group.id}")
    with make.session(county) as session:
        logged = str([(one.before, one.after) for one in session.scalars(sa.select(AuditEntry))])
    assert "创建工作群" in page.get_text()
    assert "创建工作群" in logged
    assert [part for part in (str(page), str(single), logged) if "a1a1" in part] == []


def test_empty_address_leaves_the_old_one(office: PageClient, make: Factory, county: int) -> None:
    office.post_page("/messages/channels", GROUP)
    (before,) = groups(make, county)

    office.post_page(
        f"/messages/channels/{before.id}", {**GROUP, "name": "工作群", "address": "", "seen": "1"}
    )

    (after,) = groups(make, county)
    assert (after.name, after.secret, after.is_on) == ("工作群", before.secret, True)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "请填写名称"),
        ({"name": "群" * 41}, "名称不超过 40 字"),
        ({"kind": "telegram"}, "不是有效的选择"),
        ({"address": ""}, "这不是钉钉的推送地址"),
        ({"kind": "wecom"}, "这不是企业微信的推送地址"),
        ({"kind": "wecom", "address": "wecom://a/b/c/d"}, "会经过第三方中转"),
        ({"kind": "json", "address": "json://127.0.0.1/hook"}, "在内部网络"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_kept(
    office: PageClient, make: Factory, county: int, change: dict[str, str], words: str
) -> None:
    page = office.post_page("/messages/channels", {**GROUP, **change}, status=422)

    assert words in page.get_text()
    assert page.select_one("[name=is_on]").has_attr("checked")
    assert groups(make, county) == []


def test_trial_reaches_the_group_and_its_failure_is_told(
    office: PageClient, make: Factory, county: int
) -> None:
    make.app.config["WEBHOOK_PRIVATE_HOSTS"] = frozenset({"127.0.0.1"})
    with receiver() as (hook, port):
        office.post_page(
            "/messages/channels", {**GROUP, "kind": "json", "address": f"json://127.0.0.1:{port}/hook"}
        )
        (group,) = groups(make, county)
        page = office.post_page(f"/messages/channels/{group.id}/test", {})
        assert "已发出" in page.get_text()
        assert len(hook.bodies) == 1

    assert "没有发成" in office.post_page(f"/messages/channels/{group.id}/test", {}).get_text()


def test_group_is_removed(office: PageClient, make: Factory, county: int) -> None:
    office.post_page("/messages/channels", GROUP)
    (group,) = groups(make, county)

    office.post_page(f"/messages/channels/{group.id}/remove", {"seen": "1"})

    assert groups(make, county) == []


def test_second_editor_is_told_keeps_what_he_typed_and_may_save_after_a_look(
    office: PageClient, make: Factory, county: int
) -> None:
    office.post_page("/messages/channels", GROUP)
    (group,) = groups(make, county)
    path, first = f"/messages/channels/{group.id}", {**GROUP, "address": "", "seen": "1"}
    office.post_page(path, {**first, "name": "专班群", "is_repeatable": "y"})

    page = office.post_page(path, {**first, "name": "工作群", "is_on": ""}, status=422)

    (kept,) = groups(make, county)
    assert (kept.name, kept.is_on, kept.is_repeatable) == ("专班群", True, True)
    assert "“专班群”刚刚被他人改过，本次没有保存" in page.select_one(".message-red").get_text()
    assert [one.get_text() for one in page.select(".now dd")] == [
        "专班群",
        "钉钉",
        "dingtalk://…",
        "启用",
        "重发",
    ]
    assert page.select_one("[name=name]")["value"] == "工作群"
    assert page.select_one("[name=address]").get("value", "") == ""
    seen = page.select_one("form[data-guard] [name=seen]")["value"]
    office.post_page(path, {**first, "name": "工作群", "seen": seen})
    assert groups(make, county)[0].name == "工作群"


@pytest.mark.parametrize("seen", ["0", "1", "", "x"])
def test_group_that_somebody_changed_meanwhile_is_not_removed(
    office: PageClient, make: Factory, county: int, seen: str
) -> None:
    office.post_page("/messages/channels", GROUP)
    (group,) = groups(make, county)
    office.post_page(f"/messages/channels/{group.id}", {**GROUP, "name": "专班群", "seen": "1"})

    page = office.post_page(f"/messages/channels/{group.id}/remove", {"seen": seen}, status=422)

    assert "刚刚被他人改过" in page.get_text()
    assert page.select_one("[name=name]")["value"] == "专班群"
    assert [one.name for one in groups(make, county)] == ["专班群"]


def test_second_click_on_the_same_form_is_nobody_else_s_change(
    office: PageClient, make: Factory, county: int
) -> None:
    office.post_page("/messages/channels", GROUP)
    (group,) = groups(make, county)

    for _ in range(2):
        office.post_page(
            f"/messages/channels/{group.id}", {**GROUP, "name": "专班群", "address": "", "seen": "1"}
        )

    assert [(one.name, one.version) for one in groups(make, county)] == [("专班群", 2)]


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.UNKNOWN])
def test_failed_and_unknown_are_sent_again_by_hand(
    office: PageClient, make: Factory, county: int, state: MessageState
) -> None:
    message = add_message(make, county, state)
    assert office.get_page("/messages/outgoing").select_one(f"form[action*='{message}']")

    office.post_page(f"/messages/outgoing/{message}/resend", {})

    assert state_of(make, county, message) == (MessageState.QUEUED, 0)
    with make.session(county) as session:
        assert f"message:{message}" in list(session.scalars(sa.select(AuditEntry.thing)))


@pytest.mark.parametrize("state", [MessageState.SENT, MessageState.SENDING, MessageState.QUEUED])
def test_what_went_or_waits_is_not_sent_again(
    office: PageClient, make: Factory, county: int, state: MessageState
) -> None:
    message = add_message(make, county, state)

    office.http.post(f"/messages/outgoing/{message}/resend", data={})

    assert state_of(make, county, message) == (state, 5)


def test_another_county_s_groups_and_messages_are_not_there(
    office: PageClient, make: Factory, county: int
) -> None:
    other = make.county()
    foreign = add_message(make, other, MessageState.FAILED, subject="邻县机密")
    add_message(make, county, MessageState.FAILED)

    page = office.get_page("/messages/outgoing")

    assert "邻县机密" not in page.get_text()
    assert "失败 1 条" in page.get_text()
    assert office.http.post(f"/messages/outgoing/{foreign}/resend", data={}).status_code == 404
    assert state_of(make, other, foreign)[0] is MessageState.FAILED


@pytest.mark.parametrize("number", [1, 60])
def test_list_takes_the_same_queries(office: PageClient, make: Factory, county: int, number: int) -> None:
    for _ in range(number):
        add_message(make, county, MessageState.UNKNOWN)
    office.get_page("/messages/outgoing")

    with count_queries(make.app) as queries:
        office.get_page("/messages/outgoing")

    assert len(queries) == 6
