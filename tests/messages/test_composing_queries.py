"""How many statements writing the messages takes: by message, never by reminder or by task."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.jobs.lines import everywhere
from app.messages.channels import Chosen, add_channel
from app.models import ChannelKind
from plans.actors import Role
from plans.models import Task
from tests.messages.post import NINE, TUESDAY, Post
from tests.queries import count_queries

MANY = 300
CAP = 5  # messages a day; one place is the digest's
COUNTIES, URGENT, GROUPS = 1, 1, 1  # what is asked once for all counties
DIGEST = 1
EACH = 2  # the message, and the note on what it carries


@pytest.mark.parametrize("number", [1, MANY])
def test_digest_takes_as_many_for_one_reminder_as_for_many(post: Post, number: int) -> None:
    post.scene.remind_often(post.scene.unit, number, created_at=TUESDAY)

    with count_queries(post.scene.make.app) as queries:
        assert post.compose() == 1

    assert len(queries) == COUNTIES + URGENT + DIGEST + GROUPS + EACH == 6
    assert len(post.messages()[0].reminder_ids) == number


@pytest.mark.parametrize("n_people", [1, 20])
def test_digests_of_many_people_take_two_more_for_each(post: Post, n_people: int) -> None:
    make, unit_id = post.scene.make, post.scene.unit_id
    for no in range(n_people):
        who = make.member(post.scene.county, Role.UNIT, unit_id)
        post.scene.address(who, f"unit{no}@example.org")
        post.scene.remind_often(who, 3, created_at=TUESDAY)

    with count_queries(make.app) as queries:
        assert post.compose() == n_people

    assert len(queries) == COUNTIES + URGENT + DIGEST + GROUPS + EACH * n_people == 4 + 2 * n_people


@pytest.mark.parametrize(("number", "n_written"), [(1, 1), (MANY, CAP - 1)])
def test_what_cannot_wait_takes_two_for_each_of_the_day_s_places(
    post: Post, number: int, n_written: int
) -> None:
    post.scene.remind_often(post.scene.unit, number, created_at=TUESDAY, is_immediate=True)
    before_the_digest = NINE.replace(hour=8, minute=10)
    had_today = 1

    with count_queries(post.scene.make.app) as queries:
        assert post.compose(before_the_digest) == n_written

    assert len(queries) == COUNTIES + URGENT + had_today + GROUPS + EACH * n_written == 4 + 2 * n_written


@pytest.mark.parametrize("number", [1, MANY])
def test_group_takes_as_many_for_one_item_as_for_many(post: Post, number: int) -> None:
    chosen = Chosen("工作群", ChannelKind.JSON, "http://127.0.0.1:9/", True, False)
    with post.scene.make.session(post.scene.county) as session:
        private = post.settings["WEBHOOK_PRIVATE_HOSTS"]
        actor = post.scene.office.actor
        add_channel(session, actor, chosen=chosen, private_hosts=private, at=TUESDAY)
    post.scene.remind_often(post.scene.colleague, number, created_at=TUESDAY)  # who has no address
    was_told, urgent_news, news, message = 1, 1, 1, 1

    with count_queries(post.scene.make.app) as queries:
        assert post.compose() == 1

    of_group = was_told + urgent_news + news + message
    assert len(queries) == COUNTIES + URGENT + DIGEST + GROUPS + of_group == 8
    assert len(post.messages()[0].reminder_ids) == number


@pytest.mark.parametrize(("n_tasks", "n_leaders"), [(1, 1), (MANY, 1), (MANY, 20)])
def test_weekly_summary_takes_one_for_each_leader_whatever_there_is_to_count(
    post: Post, n_tasks: int, n_leaders: int
) -> None:
    make, scene = post.scene.make, post.scene
    for no in range(n_leaders):
        scene.address(make.member(scene.county, Role.LEADER), f"leader{no}@example.org")
    copy_task(post, n_tasks)
    leaders, had_today, counted = 1, 1, 6

    with count_queries(make.app) as queries:
        assert post.weekly(NINE - timedelta(days=1)) == n_leaders

    assert len(queries) == COUNTIES + leaders + had_today + counted + n_leaders == 9 + n_leaders
    assert f"在办任务 {n_tasks}" in post.messages()[0].text


def copy_task(post: Post, number: int) -> None:
    """Let the county have that many tasks like its first."""
    with post.scene.make.app.app_context(), everywhere() as connection:
        task = connection.execute(sa.select(*sa.inspect(Task).c)).one()._asdict()
        if rows := [{**task, "id": task["id"] + no} for no in range(1, number)]:
            connection.execute(sa.insert(Task), rows)
        connection.commit()
