"""Members: what the office may change, what nobody may, and what stays."""

import pytest
from flask import Flask

from app.models import Membership
from app.people.errors import DutiesClash, LastOffice, OwnMembership, PlaceMissing, RoleNotGiven
from app.people.membership import Part, change_member, end_member, resume_member
from app.people.queries import invitation_lines, member_lines
from plans.actors import Role
from plans.errors import ActNotAllowed, NotFound
from tests.app.people_scene import People, people_scene
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.queries import count_queries


@pytest.fixture
def people(make: Factory) -> People:
    return people_scene(make)


def change(people: People, member: Member, part: Part, by: Member | None = None) -> None:
    key = people.membership(member)
    with people.make.session(people.county) as session:
        actor = (by or people.office).actor
        change_member(session, actor, membership_id=key, part=part, at=people.make.now)


def end(people: People, member: Member, by: Member | None = None) -> None:
    key = people.membership(member)
    with people.make.session(people.county) as session:
        end_member(session, (by or people.office).actor, membership_id=key, note="", at=people.make.now)


def test_office_gives_a_member_another_part(people: People, make: Factory) -> None:
    leader = make.member(people.county, Role.LEADER)

    change(people, leader, Part(Role.UNIT, people.unit_id))

    assert people.part(leader) == ("unit", people.unit_id, None, True)
    assert people.events() == [("change", leader.actor.name)]


def test_same_part_again_changes_nothing(people: People, make: Factory) -> None:
    leader = make.member(people.county, Role.LEADER)

    change(people, leader, Part(Role.LEADER))

    assert people.events() == []


def test_part_keeps_only_the_place_its_role_needs(people: People, make: Factory) -> None:
    member = make.member(people.county, Role.UNIT, people.unit_id)

    change(people, member, Part(Role.LEADER, people.unit_id, "9900000001"))

    assert people.part(member) == ("leader", None, None, True)


@pytest.mark.parametrize("role", [Role.UNIT, Role.SCHOOL])
def test_role_that_acts_for_a_place_needs_one(people: People, make: Factory, role: Role) -> None:
    leader = make.member(people.county, Role.LEADER)

    with pytest.raises(PlaceMissing):
        change(people, leader, Part(role))


def test_unit_of_another_county_is_not_found(people: People, make: Factory) -> None:
    leader, foreign = make.member(people.county, Role.LEADER), make.unit(make.county(), "乙县教育局")

    with pytest.raises(NotFound):
        change(people, leader, Part(Role.UNIT, foreign))


def test_county_gives_nobody_the_part_of_an_overseer(people: People, make: Factory) -> None:
    leader = make.member(people.county, Role.LEADER)

    with pytest.raises(RoleNotGiven):
        change(people, leader, Part(Role.OVERSEER))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICE])
def test_only_the_office_changes_members(people: People, make: Factory, role: Role) -> None:
    other, leader = make.member(people.county, role), make.member(people.county, Role.LEADER)

    with pytest.raises(ActNotAllowed):
        change(people, leader, Part(Role.OFFICE), by=other)


def test_nobody_changes_or_ends_his_own_part(people: People, make: Factory) -> None:
    make.member(people.county)  # so that it is not the last of the office

    with pytest.raises(OwnMembership):
        change(people, people.office, Part(Role.LEADER))
    with pytest.raises(OwnMembership):
        end(people, people.office)


def test_last_of_the_office_stays(people: People, make: Factory) -> None:
    second = make.member(people.county)
    end(people, second)
    third = make.member(people.county)

    end(people, people.office, by=third)

    with pytest.raises(LastOffice):
        end(people, third, by=people.office)
    with pytest.raises(LastOffice):
        change(people, third, Part(Role.LEADER), by=people.office)


def test_office_of_another_county_does_not_count_as_one_left(people: People, make: Factory) -> None:
    make.member(make.county())
    other = make.member(people.county, Role.LEADER)
    clerk = Member("x", other.actor.__class__(other.actor.user_id, "某", people.county, Role.OFFICE))

    with pytest.raises(LastOffice):
        end(people, people.office, by=clerk)


def test_supervisor_has_no_second_part(people: People, make: Factory) -> None:
    unit = make.member(people.county, Role.UNIT, people.unit_id)
    with make.session(people.county) as session:
        session.add(Membership(account_id=unit.actor.user_id, role=Role.LEADER))
        key = session.query(Membership).filter_by(role=Role.UNIT).one().id

    with pytest.raises(DutiesClash), make.session(people.county) as session:
        change_member(
            session, people.office.actor, membership_id=key, part=Part(Role.SUPERVISOR), at=make.now
        )


def test_member_who_left_is_kept_with_history_and_comes_back(people: People, make: Factory) -> None:
    leader = make.member(people.county, Role.LEADER)
    end(people, leader)

    assert people.part(leader) == ("leader", None, None, False)
    with make.session(people.county) as session:
        resume_member(session, people.office.actor, membership_id=people.membership(leader), at=make.now)
    assert people.part(leader) == ("leader", None, None, True)
    assert people.events() == [("end", leader.actor.name), ("resume", leader.actor.name)]


def test_member_who_left_is_out_with_the_next_click(app: Flask, people: People, make: Factory) -> None:
    leader, client = make.member(people.county, Role.LEADER), PageClient(app)
    client.sign_in(leader)
    client.get_page("/")

    end(people, leader)

    assert client.get_page("/").title.text.startswith("登录")
    client.sign_in(leader)
    client.get_page("/", 403)


def test_account_serves_its_other_county_after_one_has_let_it_go(
    app: Flask, people: People, make: Factory
) -> None:
    leader, elsewhere, client = (
        make.member(people.county, Role.LEADER),
        make.county("乙县（示例）"),
        PageClient(app),
    )
    with make.session(elsewhere) as session:
        session.add(Membership(account_id=leader.actor.user_id, role=Role.OFFICE))
    end(people, leader)

    client.sign_in(leader)
    assert client.get_page("/members").title.text == "成员 · 乙县（示例） · 优均台账"


def test_page_lists_own_members_only(client: PageClient, people: People, make: Factory) -> None:
    leader, stranger = make.member(people.county, Role.LEADER), make.member(make.county(), Role.LEADER)
    client.sign_in(people.office)

    page = client.get_page("/members")

    names = [row.th.text for row in page.select("#members tr")]
    assert names == [leader.actor.name, people.office.actor.name]
    assert stranger.actor.name not in page.text


def test_page_changes_ends_and_resumes(client: PageClient, people: People, make: Factory) -> None:
    leader = make.member(people.county, Role.LEADER)
    path = f"/members/{people.membership(leader)}"
    client.sign_in(people.office)

    client.post_page(f"{path}/part", {"role": "unit", "unit_id": people.unit_id})
    changed = people.part(leader)
    client.post_page(f"{path}/end", {"note": "调离"})
    ended = people.part(leader)
    page = client.post_page(f"{path}/resume", {})

    assert (changed, ended) == (
        ("unit", people.unit_id, None, True),
        ("unit", people.unit_id, None, False),
    )
    assert people.part(leader) == changed
    assert "由领导小组改为责任单位（县教育局）" in page.text
    assert "调离" in page.text


def test_page_says_what_a_role_lacks_and_keeps_the_choice(
    client: PageClient, people: People, make: Factory
) -> None:
    leader = make.member(people.county, Role.LEADER)
    client.sign_in(people.office)

    page = client.post_page(f"/members/{people.membership(leader)}/part", {"role": "unit"}, 422)

    assert page.select_one("[role=alert]").text == "该角色须指定责任单位，请选择后再提交。"
    assert page.select_one("#role [selected]")["value"] == "unit"
    assert people.part(leader) == ("leader", None, None, True)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICE])
def test_pages_of_members_are_for_the_office(
    client: PageClient, people: People, make: Factory, role: Role
) -> None:
    key = people.membership(people.office)
    client.sign_in(make.member(people.county, role))

    for path in ("/members", f"/members/{key}", "/members/roster", "/members/roster.xlsx"):
        assert client.http.get(path).status_code == 403, path
    for path in ("/members", f"/members/{key}/part", f"/members/{key}/end", f"/members/{key}/hand-over"):
        assert client.http.post(path, data={"role": "leader", "name": "某"}).status_code == 403, path
    assert people.part(people.office) == ("office", None, None, True)


@pytest.mark.parametrize("n", [1, 5])
def test_lists_take_one_query_each(app: Flask, people: People, make: Factory, n: int) -> None:
    for number in range(n):
        make.member(people.county, Role.UNIT, people.unit_id)
        people.invite(name=f"同志{number}")

    with make.session(people.county) as session, count_queries(app) as sent:
        assert len(member_lines(session)) == n + 1
        assert len(invitation_lines(session, make.now)) == n

    assert len(sent) == 2
