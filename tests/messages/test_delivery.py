"""From reminders to messages to a server: on both databases, by the functions that the scheduler calls."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from app.jobs.lines import everywhere
from app.messages.channels import Chosen, add_channel
from app.messages.outcome import Fate
from app.models import ChannelKind, Membership, Preference
from plans.actors import Role
from plans.base import County, new_id
from plans.calendar import ZONE
from plans.models import MessageState
from plans.reminders.outbox import LEASE, PAUSES, claim
from plans.reminders.rules import Family
from tests.factories import Factory
from tests.messages.post import NINE, TUESDAY, Post
from tests.messages.servers import Receiver, receiver


def test_digest_goes_out_once_a_day_with_everything_new(post: Post) -> None:
    post.remind(title="<b>补齐</b>音乐教室")
    post.remind(family=Family.OVERDUE)
    post.scene.remind(post.scene.colleague, created_at=TUESDAY)  # who has no address
    post.scene.remind(post.scene.stranger, created_at=TUESDAY)

    assert (post.compose(), post.compose(), post.deliver(), post.deliver()) == (1, 0, {Fate.SENT: 1}, {})

    (message,) = post.messages()
    assert message.state is MessageState.SENT
    assert (message.address, len(message.reminder_ids)) == ("jia@example.org", 2)
    assert "1 项任务临近时限" in message.subject
    assert "1 项任务逾期" in message.subject
    assert "&lt;b&gt;补齐" in message.html
    assert f"/messages/{message.reminder_ids[0]}" in message.text
    assert len(post.server.envelopes) == 1


def test_what_came_after_the_digest_is_in_the_next_days(post: Post) -> None:
    post.remind()
    post.compose()
    late = post.remind(at=NINE - timedelta(minutes=5))  # committed after the digest, made before it

    assert post.compose(NINE + timedelta(minutes=1)) == 0
    assert post.compose(NINE + timedelta(days=1)) == 1
    assert post.messages()[-1].reminder_ids == [late]


@pytest.mark.parametrize(
    ("at", "n"),
    [
        (TUESDAY.replace(hour=8, minute=29), 0),
        (TUESDAY.replace(hour=8, minute=30), 1),
        (datetime(2026, 11, 28, 9, tzinfo=ZONE), 0),  # a Saturday
    ],
)
def test_digest_waits_for_the_hour_of_a_working_day(post: Post, at: datetime, n: int) -> None:
    post.remind()

    assert post.compose(at) == n


def test_the_countys_own_hour_and_day_off_hold(post: Post) -> None:
    post.remind()
    post.set(digest_at="10:00", calendar={"days_off": {"2026-11-25": "县庆"}})

    tries = [NINE, NINE + timedelta(days=1, hours=1), NINE + timedelta(hours=1)]
    assert [post.compose(at) for at in tries] == [0, 0, 1]


def test_read_muted_and_unwanted_stay_inside(post: Post) -> None:
    post.remind(read_at=NINE)
    post.remind(family=Family.OVERDUE)
    own = Preference(id=new_id(), account_id=post.scene.unit.actor.user_id, muted=["overdue"], by_mail=True)
    with post.scene.make.session(post.scene.county) as session:
        session.add(own)
    assert post.compose() == 0

    post.remind()
    for place, unwanted in [("channels", {"mail": False}), ("none", None)]:
        post.set(**{place: unwanted} if unwanted else {})
        n = post.compose()
    assert n == 1


def test_whoever_left_is_told_nothing(post: Post) -> None:
    post.remind()
    with post.scene.make.session(post.scene.county) as session:
        session.execute(sa.update(Membership).values(is_active=False))

    assert post.compose() == 0


def test_urgent_goes_at_once_up_to_the_cap_and_the_rest_with_the_digest(post: Post) -> None:
    post.set(message_cap=3)
    for _n in range(4):
        post.remind(at=NINE, is_immediate=True)

    assert post.compose(TUESDAY.replace(hour=8, minute=15)) == 2
    assert post.compose(NINE) == 1
    assert [(one.kind, len(one.reminder_ids)) for one in post.messages()] == [
        ("now", 1),
        ("now", 1),
        ("digest", 2),
    ]


def test_quiet_hours_and_days_off_put_off_what_is_urgent(post: Post) -> None:
    friday = datetime(2026, 11, 27, 20, 0, tzinfo=ZONE)
    post.remind(at=friday, is_immediate=True)

    assert (post.compose(friday), post.deliver(friday)) == (1, {})
    (message,) = post.messages()
    assert message.next_try_at == datetime(2026, 11, 30, 8, 0, tzinfo=ZONE)
    assert f"{message.day}" == "2026-11-30"


def test_what_stands_still_until_the_night_waits_for_the_morning(post: Post) -> None:
    post.remind()
    post.compose()

    assert post.deliver(NINE.replace(hour=22)) == {}
    (message,) = post.messages()
    assert (message.state, message.attempts) == (MessageState.QUEUED, 0)
    assert post.deliver(NINE.replace(day=25)) == {Fate.SENT: 1}


def test_weekly_summary_goes_to_leaders_once_a_week(post: Post) -> None:
    leader = post.scene.make.member(post.scene.county, Role.LEADER)
    post.scene.address(leader, "leader@example.org")
    monday = datetime(2026, 11, 23, 8, 30, tzinfo=ZONE)

    tries = [monday - timedelta(minutes=1), monday, monday, monday + timedelta(days=1)]
    assert [post.weekly(at) for at in tries] == [0, 1, 0, 0]
    assert post.weekly(monday + timedelta(days=7)) == 1
    assert post.messages()[0].dedup_key == f"weekly:{leader.actor.user_id}:2026-W48:mail"
    assert "在办任务 1" in post.messages()[0].text


def test_refusal_is_tried_again_with_growing_pauses_and_then_failed(post: Post) -> None:
    post.server.data = "451 try later"
    post.remind()
    post.compose()
    at, n_tries = NINE, 0
    while post.deliver(at):
        n_tries += 1
        at = max(at, post.messages()[0].next_try_at)

    (message,) = post.messages()
    assert (n_tries, message.state) == (len(PAUSES) + 1, MessageState.FAILED)
    assert "451" in message.error


def test_broken_line_after_the_text_is_unknown_and_not_sent_again(post: Post) -> None:
    post.server.data = "break"
    post.remind()
    post.compose()

    assert post.deliver() == {Fate.UNKNOWN: 1}
    assert post.deliver(NINE + timedelta(days=1)) == {}
    assert post.messages()[0].state is MessageState.UNKNOWN


def test_whoever_dies_between_claim_and_mark_leaves_an_unknown(post: Post) -> None:
    post.remind()
    post.compose()
    with post.scene.make.app.app_context(), everywhere() as connection:
        assert len(claim(connection, worker="gone:1", limit=1, at=NINE)) == 1
        connection.commit()

    assert post.deliver(NINE + LEASE) == {}
    assert post.messages()[0].state is MessageState.SENDING
    assert post.deliver(NINE + LEASE + timedelta(seconds=1)) == {}
    assert post.messages()[0].state is MessageState.UNKNOWN
    assert post.server.envelopes == []


@pytest.fixture(scope="module")
def listening() -> Iterator[tuple[Receiver, int]]:
    with receiver() as server:
        yield server


def group(post: Post, port: int, *, is_repeatable: bool = False) -> int:
    """Add a group of the county; its id."""
    chosen = Chosen("工作群", ChannelKind.JSON, f"http://127.0.0.1:{port}/", True, is_repeatable)
    with post.scene.make.session(post.scene.county) as session:
        private = post.settings["WEBHOOK_PRIVATE_HOSTS"]
        actor = post.scene.office.actor
        return add_channel(session, actor, chosen=chosen, private_hosts=private, at=TUESDAY).id


def test_group_is_told_of_an_item_once_however_many_people_are(
    post: Post, listening: tuple[Receiver, int]
) -> None:
    listening[0].__init__()  # type: ignore[misc] -- as it was at the beginning
    channel = group(post, listening[1])
    for who in (post.scene.office, post.scene.colleague, post.scene.stranger):
        post.scene.remind(who, created_at=TUESDAY)
    post.scene.remind(post.scene.office, family=Family.MENTION, created_at=TUESDAY)

    assert (post.compose(), post.compose(), post.deliver()) == (1, 0, {Fate.SENT: 1})
    assert post.compose(NINE + timedelta(days=1)) == 0
    body = listening[0].bodies[0]
    assert "共 1 项" in body["title"]
    assert f"编号：digest:{channel}:2026-11-24:hook" in body["message"]


@pytest.mark.parametrize(
    ("is_repeatable", "state"), [(True, MessageState.QUEUED), (False, MessageState.UNKNOWN)]
)
def test_rather_twice_than_never_where_the_county_chose_so(
    post: Post, listening: tuple[Receiver, int], is_repeatable: bool, state: MessageState
) -> None:
    listening[0].__init__()  # type: ignore[misc] -- as it was at the beginning
    listening[0].status = 504
    group(post, listening[1], is_repeatable=is_repeatable)
    post.scene.remind(post.scene.office, created_at=TUESDAY, is_immediate=True)
    post.compose()

    assert post.deliver() == {Fate.UNKNOWN: 1}
    assert post.messages()[0].state is state
    listening[0].status = 200
    assert post.deliver(NINE + timedelta(minutes=2)) == ({Fate.SENT: 1} if is_repeatable else {})
    keys = {body["message"].rpartition("编号：")[2] for body in listening[0].bodies}
    assert keys == {post.messages()[0].dedup_key}


def test_suspended_county_sends_nothing(post: Post, make: Factory) -> None:
    post.remind()
    post.compose()
    with make.session() as session:
        session.get_one(County, post.scene.county).suspended_at = NINE

    assert post.deliver() == {}
    assert post.messages()[0].state is MessageState.QUEUED
