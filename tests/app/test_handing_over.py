"""A person's open items go to a successor in the same part, who starts afresh."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.models import Attestation, AttestationEvent, Membership, PeopleEvent
from app.people.errors import NoSuccessor
from app.people.handing_over import hand_over, open_items
from app.people.queries import member_line
from plans.actors import Actor, Person, Role
from plans.base import new_id
from plans.commands import name_person
from plans.errors import ActNotAllowed, NotFound
from plans.models import Measure, Task
from plans.notices import NoticeTerms, draft_notice, send_notice
from plans.states import TaskState
from tests.app.people_scene import People, people_scene
from tests.conftest import NOW
from tests.factories import Factory, Member
from tests.pages import PageClient

LATER = timedelta(days=3)


@pytest.fixture
def people(make: Factory) -> People:
    return people_scene(make)


@pytest.fixture
def leaver(people: People, make: Factory) -> Member:
    return make.member(people.county, Role.UNIT, people.unit_id)


@pytest.fixture
def heir(people: People, make: Factory) -> Member:
    return make.member(people.county, Role.UNIT, people.unit_id)


def task_of(people: People, member: Member, title: str, unit_id: int | None = None) -> int:
    key = people.make.task(people.county, unit_id=unit_id or people.unit_id, title=title)
    with people.make.session(people.county) as session:
        person = Person(member.actor.name, member.actor.user_id)
        name_person(
            session, people.office.actor, task_id=key, person=person, seen_event=1, at=people.make.now
        )
    return key


def pass_on(people: People, leaver: Member, heir: Member, by: Actor | None = None) -> None:
    keys = people.membership(leaver), people.membership(heir)
    with people.make.session(people.county) as session:
        hand_over(
            session,
            by or people.office.actor,
            membership_id=keys[0],
            to_id=keys[1],
            note="调离",
            at=people.make.now + LATER,
        )


def reminded_from(people: People, member: Member) -> date:
    with people.make.session(people.county) as session:
        mine = sa.select(Membership).where(Membership.account_id == member.actor.user_id)
        return session.scalars(mine).one().reminded_from


def task(people: People, key: int) -> tuple[int | None, str, list[str]]:
    with people.make.session(people.county) as session:
        row = session.scalars(sa.select(Task).where(Task.id == key)).one()
        return row.person_id, row.person_name, [event.act for event in row.events]


def test_open_tasks_go_over_with_history_and_start_afresh(
    people: People, leaver: Member, heir: Member
) -> None:
    key = task_of(people, leaver, "补齐音乐教室")

    pass_on(people, leaver, heir)

    expected = (heir.actor.user_id, heir.actor.name, ["assign", "name_person", "hand_over"])
    assert task(people, key) == expected
    assert reminded_from(people, heir) == (people.make.now + LATER).date()
    assert reminded_from(people, leaver) < people.make.now.date()


def test_closed_tasks_and_those_of_others_stay(
    people: People, leaver: Member, heir: Member, make: Factory
) -> None:
    closed, of_another = task_of(people, leaver, "已办结"), task_of(people, people.office, "别人的")
    with make.session(people.county) as session:
        session.scalars(sa.select(Task).where(Task.id == closed)).one().state = TaskState.CLOSED

    pass_on(people, leaver, heir)

    assert task(people, closed)[0] == leaver.actor.user_id
    assert task(people, of_another)[0] == people.office.actor.user_id


def test_measures_of_the_plan_in_force_go_over(
    people: People, leaver: Member, heir: Member, make: Factory
) -> None:
    plan_id = make.plan(people.county)
    with make.session(people.county) as session:
        session.add(
            Measure(
                id=new_id(),
                plan_id=plan_id,
                no=1,
                group_title="",
                title="",
                text="补齐短板",
                person_id=leaver.actor.user_id,
                person_name="某",
            )
        )

    pass_on(people, leaver, heir)

    with make.session(people.county) as session:
        measure = session.scalars(sa.select(Measure)).one()
        assert (measure.person_id, measure.person_name) == (heir.actor.user_id, heir.actor.name)


def test_hand_over_is_told_with_what_went_over(people: People, leaver: Member, heir: Member) -> None:
    task_of(people, leaver, "补齐音乐教室")
    _send_notice(people)

    pass_on(people, leaver, heir)

    with people.make.session(people.county) as session:
        event = session.scalars(sa.select(PeopleEvent)).one()
        assert (event.act, event.account_id, event.note) == ("hand_over", leaver.actor.user_id, "调离")
        assert event.details == {
            "to": heir.actor.name,
            "tasks": ["补齐音乐教室"],
            "measures": [],
            "notices": ["限期整改"],
            "statements": [],
        }


def test_successor_of_another_unit_or_role_is_refused(people: People, leaver: Member, make: Factory) -> None:
    key = task_of(people, leaver, "补齐音乐教室")
    others = [
        make.member(people.county, Role.UNIT, make.unit(people.county, "县财政局")),
        make.member(people.county, Role.LEADER),
        leaver,
    ]

    for other in others:
        with pytest.raises(NoSuccessor):
            pass_on(people, leaver, other)

    assert task(people, key)[0] == leaver.actor.user_id


def test_successor_who_has_left_is_refused(
    people: People, leaver: Member, heir: Member, make: Factory
) -> None:
    with make.session(people.county) as session:
        mine = sa.select(Membership).where(Membership.account_id == heir.actor.user_id)
        session.scalars(mine).one().is_active = False

    with pytest.raises(NoSuccessor):
        pass_on(people, leaver, heir)


def test_member_of_another_county_is_not_found(people: People, leaver: Member, make: Factory) -> None:
    county = make.county()
    stranger = make.member(county, Role.UNIT)
    with make.session(county) as session:
        foreign = session.scalars(sa.select(Membership.id)).one()

    key = people.membership(leaver)
    with pytest.raises(NotFound), make.session(people.county) as session:
        hand_over(session, people.office.actor, membership_id=key, to_id=foreign, note="", at=make.now)
    assert stranger.actor.county_id == county


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICE])
def test_only_the_office_hands_over(
    people: People, leaver: Member, heir: Member, make: Factory, role: Role
) -> None:
    with pytest.raises(ActNotAllowed):
        pass_on(people, leaver, heir, by=make.member(people.county, role).actor)


def test_statements_wait_for_whoever_has_the_part(people: People, make: Factory) -> None:
    supervisor = make.member(people.county, Role.SUPERVISOR)
    with make.session(people.county) as session:
        session.add(_statement(people.office.actor, "G1", conclusion="met"))
        session.add(_statement(people.office.actor, "G2", conclusion=""))

    found = {member.actor.role: _statements(people, member) for member in (people.office, supervisor)}

    assert found == {Role.OFFICE: ["G1", "G2"], Role.SUPERVISOR: ["G1"]}


def test_page_hands_over_and_shows_it(
    client: PageClient, people: People, leaver: Member, heir: Member
) -> None:
    key = task_of(people, leaver, "补齐音乐教室")
    client.sign_in(people.office)
    path = f"/members/{people.membership(leaver)}"

    shown = client.get_page(path)
    page = client.post_page(f"{path}/hand-over", {"to": people.membership(heir), "note": "调离"})

    assert [option.text for option in shown.select("#to option")] == [f"{heir.actor.name}（{heir.login}）"]
    assert "补齐音乐教室" in shown.text
    assert page.h1.text == f"{leaver.actor.name}名下没有未办结的任务和措施。"
    assert f"交给{heir.actor.name}：任务 1 项" in page.text
    story = client.get_page(f"/tasks/{key}").text
    assert f"工作交接，责任人由{leaver.actor.name}改为{heir.actor.name}" in story


def _send_notice(people: People) -> None:
    due = (people.make.now + timedelta(30)).date()
    terms = NoticeTerms("限期整改", "请于月底前完成", people.unit_id, due)
    with people.make.session(people.county) as session:
        notice = draft_notice(session, people.office.actor, terms=terms, at=people.make.now)
        send_notice(session, people.office.actor, notice_id=notice.id, seen_event=1, at=people.make.now)


def _statement(actor: Actor, item: str, conclusion: str) -> Attestation:
    event = AttestationEvent(
        id=new_id(),
        no=1,
        act="prepare",
        at=NOW,
        actor_id=actor.user_id,
        actor_name=actor.name,
        actor_role=actor.role,
        content={},
    )
    return Attestation(id=new_id(), year=2026, item=item, conclusion=conclusion, events=[event])


def _statements(people: People, member: Member) -> list[str]:
    key = people.membership(member)
    with people.make.session(people.county) as session:
        return [one.item for one in open_items(session, member_line(session, key)).statements]
