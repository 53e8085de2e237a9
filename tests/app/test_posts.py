"""The head of a unit and the leaders in charge: named by the office, and told what is theirs."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from app.models import Membership
from app.people.errors import OwnMembership, PostNotFitting
from app.people.membership import Part, change_member, end_member, resume_member
from app.people.posts import set_post
from plans.actors import Post, Role
from plans.errors import ActNotAllowed, NotFound
from tests.app.people_scene import People, people_scene
from tests.audit.log import entries
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.plans.reminders.watch import Watch
from tests.queries import count_queries


@pytest.fixture
def people(make: Factory) -> People:
    return people_scene(make)


def name(people: People, member: Member, post: Post, by: Member | None = None) -> None:
    key = people.membership(member)
    with people.make.session(people.county) as session:
        actor = (by or people.office).actor
        set_post(session, actor, membership_id=key, post=post, at=people.make.now)


def posts(people: People) -> dict[str, Post]:
    """Who holds which, by name."""
    with people.make.session(people.county) as session:
        found = sa.select(Membership.account_id, Membership.post).where(Membership.post != Post.MEMBER)
        return {row.account_id: row.post for row in session.execute(found)}


def of_unit(people: People) -> Member:
    return people.make.member(people.county, Role.UNIT, people.unit_id)


def test_unit_has_one_head_and_the_next_one_takes_it_over(people: People) -> None:
    first, second = of_unit(people), of_unit(people)
    elsewhere = people.make.member(people.county, Role.UNIT, people.make.unit(people.county, "县财政局"))
    name(people, elsewhere, Post.HEAD)
    name(people, first, Post.HEAD)

    name(people, second, Post.HEAD)

    heads = {second.actor.user_id: Post.HEAD, elsewhere.actor.user_id: Post.HEAD}
    assert posts(people) == heads
    told = [("post", one.actor.name) for one in (elsewhere, first, first, second)]
    assert people.events() == told


def test_leaders_in_charge_may_be_several(people: People) -> None:
    pair = [people.make.member(people.county, Role.LEADER) for _number in range(2)]

    for leader in pair:
        name(people, leader, Post.DEPUTY)

    assert posts(people) == {leader.actor.user_id: Post.DEPUTY for leader in pair}


def test_same_post_again_changes_nothing(people: People) -> None:
    member = of_unit(people)
    name(people, member, Post.HEAD)

    name(people, member, Post.HEAD)

    assert people.events() == [("post", member.actor.name)]


def test_post_is_taken_back(people: People) -> None:
    member = of_unit(people)
    name(people, member, Post.HEAD)

    name(people, member, Post.MEMBER)

    assert posts(people) == {}


@pytest.mark.parametrize(
    ("role", "post"),
    [
        (Role.UNIT, Post.DEPUTY),
        (Role.LEADER, Post.HEAD),
        (Role.OFFICE, Post.HEAD),
        (Role.SUPERVISOR, Post.DEPUTY),
    ],
)
def test_post_has_to_fit_the_role(people: People, role: Role, post: Post) -> None:
    member = people.make.member(people.county, role, people.unit_id if role is Role.UNIT else None)

    with pytest.raises(PostNotFitting):
        name(people, member, post)


def test_nobody_who_left_is_named(people: People) -> None:
    member = of_unit(people)
    key = people.membership(member)
    with people.make.session(people.county) as session:
        end_member(session, people.office.actor, membership_id=key, note="", at=people.make.now)

    with pytest.raises(PostNotFitting):
        name(people, member, Post.HEAD)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICE])
def test_only_the_office_names(people: People, role: Role) -> None:
    member = of_unit(people)
    other = people.make.member(people.county, role, people.unit_id if role is Role.UNIT else None)

    with pytest.raises(ActNotAllowed):
        name(people, member, Post.HEAD, by=other)


def test_nobody_names_himself_and_nobody_of_another_county(people: People) -> None:
    stranger = people.make.member(people.make.county(), Role.LEADER)
    key = People(people.make, stranger.actor.county_id, stranger, 0).membership(stranger)

    with pytest.raises(OwnMembership):
        name(people, people.office, Post.HEAD)
    with pytest.raises(NotFound), people.make.session(people.county) as session:
        set_post(session, people.office.actor, membership_id=key, post=Post.DEPUTY, at=people.make.now)


def test_post_ends_with_the_part_and_does_not_come_back(people: People) -> None:
    leaving, changing = of_unit(people), people.make.member(people.county, Role.LEADER)
    name(people, leaving, Post.HEAD)
    name(people, changing, Post.DEPUTY)
    keys, actor, at = (
        [people.membership(one) for one in (leaving, changing)],
        people.office.actor,
        people.make.now,
    )

    with people.make.session(people.county) as session:
        end_member(session, actor, membership_id=keys[0], note="", at=at)
        resume_member(session, actor, membership_id=keys[0], at=at)
        change_member(session, actor, membership_id=keys[1], part=Part(Role.UNIT, people.unit_id), at=at)

    assert posts(people) == {}


def test_naming_stands_in_the_log_with_both_values(people: People) -> None:
    member = of_unit(people)

    name(people, member, Post.HEAD)

    changed = [one for one in entries(people.make, people.county) if one.thing.startswith("membership:")]
    assert (changed[-1].before["post"], changed[-1].after["post"]) == ("member", "head")


def test_head_named_on_the_page_is_told_of_what_nobody_moves(
    client: PageClient, people: People, make: Factory
) -> None:
    member, key = of_unit(people), 0
    task = make.task(people.county, unit_id=people.unit_id, due_on=date(2027, 3, 1), title="补齐音乐教室")
    key = people.membership(member)
    client.sign_in(people.office)
    page = client.post_page(f"/members/{key}/post", {"post": "head"})
    watch = Watch(make, [people.county])

    watch.tick(date(2027, 3, 4))

    assert task
    assert page.select_one("#members form button").text == "不再担任"
    assert [told[:2] for told in watch.told("escalation")] == [(member.actor.user_id, "escalation-1")]


def test_page_says_which_units_have_no_head_and_who_stands_in(
    client: PageClient, people: People, make: Factory
) -> None:
    make.unit(people.county, "县财政局")
    name(people, of_unit(people), Post.HEAD)
    client.sign_in(people.office)

    bare = [one.text for one in client.get_page("/members").select(".message-amber")]
    leader = make.member(people.county, Role.LEADER)
    unnamed = [one.text for one in client.get_page("/members").select(".message-amber")]
    name(people, leader, Post.DEPUTY)
    named = [one.text for one in client.get_page("/members").select(".message-amber")]

    heads = "未明确单位负责人的单位 1 个，逾期上报和督办单催办暂由创建办代收。查看名单县财政局"
    assert bare == [heads, "领导小组没有在用成员，逾期上报的最后一级暂由创建办代收。"]
    assert unnamed == [heads, "未明确分管领导，逾期上报的最后一级发给领导小组全体成员。"]
    assert named == [heads]


def test_page_tells_who_was_named_and_refuses_what_is_no_post(client: PageClient, people: People) -> None:
    member = of_unit(people)
    path = f"/members/{people.membership(member)}/post"
    client.sign_in(people.office)

    page = client.post_page(path, {"post": "head"})
    client.post_page(path, {"post": "king"}, 400)

    assert "责任单位（县教育局）：由成员改为单位负责人" in page.text
    assert posts(people) == {member.actor.user_id: Post.HEAD}


@pytest.mark.parametrize("n", [1, 6])
def test_members_page_asks_as_often_for_many_as_for_one(
    app: Flask, client: PageClient, people: People, n: int
) -> None:
    for number in range(n):
        people.make.member(people.county, Role.UNIT, people.make.unit(people.county, f"第{number}局"))
    client.sign_in(people.office)
    client.get_page("/members")

    with count_queries(app) as sent:
        client.get_page("/members")

    assert len(sent) == 9
