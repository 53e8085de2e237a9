"""Versions: frozen for good, handed up by recorded moves, compared with what came later."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.models import Assessment, AssessmentMove
from app.models.assessments import AssessmentState, VersionMove
from app.versions.commands import move_version
from app.versions.errors import VersionMoveNotAllowed
from app.versions.moves import ONE_ABOVE
from app.versions.queries import comparison, version_lines
from plans.actors import Actor, Role
from plans.errors import ActNotAllowed, NotFound, ReasonMissing
from tests.app.county_data import measures, report, school
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.queries import count_queries

LATER = timedelta(days=1)


@pytest.fixture
def office(make: Factory) -> Member:
    return make.member(make.county())


@pytest.fixture
def frozen(make: Factory, office: Member) -> int:
    """A frozen version of two schools."""
    report(make, office, measures(school(1), school(2)))
    return move(make, office.actor, only_version(make, office), VersionMove.FREEZE)


def only_version(make: Factory, member: Member) -> int:
    with make.session(member.actor.county_id) as session:
        return session.scalars(sa.select(Assessment.id)).one()


def move(make: Factory, actor: Actor, version_id: int, wanted: VersionMove, note: str = "") -> int:
    with make.session(actor.county_id) as session:
        move_version(session, actor, assessment_id=version_id, move=wanted, note=note, at=make.now)
    return version_id


def state(make: Factory, actor: Actor, version_id: int) -> AssessmentState:
    with make.session(actor.county_id) as session:
        return session.scalars(sa.select(Assessment.state).where(Assessment.id == version_id)).one()


def test_moves_lead_from_draft_to_the_answer_of_the_upper_side(
    make: Factory, office: Member, frozen: int
) -> None:
    leader = make.member(office.actor.county_id, Role.LEADER).actor

    move(make, office.actor, frozen, VersionMove.SUBMIT)
    move(make, leader, frozen, VersionMove.RETURN, "学生数与事业统计不一致")

    with make.session(office.actor.county_id) as session:
        records = session.scalars(sa.select(AssessmentMove).order_by(AssessmentMove.no)).all()
        assert [(one.no, one.move, one.state, one.actor_name, one.note) for one in records] == [
            (1, "freeze", "frozen", office.actor.name, ""),
            (2, "submit", "submitted", office.actor.name, ""),
            (3, "return", "returned", leader.name, "学生数与事业统计不一致"),
        ]


def leader_and_version(make: Factory, office: Member, start: AssessmentState) -> tuple[Actor, int]:
    """A version in a state, and who answers for the county."""
    report(make, office, measures(school(1)))
    with make.session(office.actor.county_id) as session:
        session.scalars(sa.select(Assessment)).one().state = start
    return make.member(office.actor.county_id, Role.LEADER).actor, only_version(make, office)


@pytest.mark.parametrize("start", AssessmentState)
def test_moves_that_the_table_lacks_are_refused(make: Factory, office: Member, start) -> None:
    leader, version_id = leader_and_version(make, office, start)

    for wanted in VersionMove:
        if (start, wanted) not in ONE_ABOVE:
            with pytest.raises(VersionMoveNotAllowed):
                move(make, leader, version_id, wanted, "理由")
    assert state(make, leader, version_id) is start


@pytest.mark.parametrize(("start", "wanted"), ONE_ABOVE)
def test_moves_that_the_table_has_lead_where_it_says(
    make: Factory, office: Member, start: AssessmentState, wanted: VersionMove
) -> None:
    leader, version_id = leader_and_version(make, office, start)

    move(make, leader, version_id, wanted, "理由")

    assert state(make, leader, version_id) is ONE_ABOVE[start, wanted][1]


def test_return_without_reason_is_refused(make: Factory, office: Member, frozen: int) -> None:
    leader = make.member(office.actor.county_id, Role.LEADER).actor
    move(make, office.actor, frozen, VersionMove.SUBMIT)

    with pytest.raises(ReasonMissing):
        move(make, leader, frozen, VersionMove.RETURN)

    assert state(make, leader, frozen) is AssessmentState.SUBMITTED


def test_leader_answers_only_while_nobody_oversees_the_county(make: Factory) -> None:
    office = make.member(make.county(code="990101"))
    report(make, office, measures(school(1)))
    version_id = move(make, office.actor, only_version(make, office), VersionMove.FREEZE)
    leader = make.member(office.actor.county_id, Role.LEADER).actor
    move(make, office.actor, version_id, VersionMove.SUBMIT)
    make.overseer(make.region("990100"))

    with pytest.raises(ActNotAllowed):
        move(make, leader, version_id, VersionMove.ACCEPT)


@pytest.mark.parametrize("role", [Role.UNIT, Role.SCHOOL, Role.SUPERVISOR, Role.OVERSEER])
def test_only_office_and_leader_freeze(make: Factory, office: Member, role: Role) -> None:
    report(make, office, measures(school(1)))
    other = make.member(office.actor.county_id, role).actor

    with pytest.raises(ActNotAllowed):
        move(make, other, only_version(make, office), VersionMove.FREEZE)


def test_version_of_another_county_is_not_found(make: Factory, frozen: int) -> None:
    stranger = make.member(make.county()).actor

    with pytest.raises(NotFound):
        move(make, stranger, frozen, VersionMove.SUBMIT)


def test_difference_shows_exactly_the_changed_values_and_verdicts(
    make: Factory, office: Member, frozen: int
) -> None:
    report(make, office, measures(school(1), school(2, multimedia_rooms=10.0)), at=make.now + LATER)

    with make.session(office.actor.county_id) as session:
        found = comparison(session, frozen).difference
        values = [(one.school_code, one.where, one.element, one.before, one.after) for one in found.values]
        flips = [(one.where, one.what, one.then, one.now) for one in found.flips]

    assert values == [("9900000002", "示例第2小学", "网络多媒体教室间数(间)", "24", "10")]
    assert ("示例第2小学小学", "学校判定", "met", "not_met") in flips
    assert {flip[1] for flip in flips} <= {"总结论", "R7 网络多媒体教室数", "学校判定"}
    assert (found.new_schools, found.gone_schools, found.rules) == ([], [], [])


def test_difference_names_new_schools_without_their_values(
    make: Factory, office: Member, frozen: int
) -> None:
    report(make, office, measures(school(1), school(2), school(3)), at=make.now + LATER)

    with make.session(office.actor.county_id) as session:
        found = comparison(session, frozen).difference

    assert (found.new_schools, found.values) == (["示例第3小学"], [])


def test_frozen_version_without_later_data_has_no_difference(
    make: Factory, office: Member, frozen: int
) -> None:
    with make.session(office.actor.county_id) as session:
        assert comparison(session, frozen) is None


def test_page_freezes_submits_and_answers(client: PageClient, make: Factory, office: Member) -> None:
    report(make, office, measures(school(1)))
    version_id = only_version(make, office)
    client.sign_in(make.member(office.actor.county_id, Role.LEADER))

    titles = [
        client.post_page(f"/versions/{version_id}/{word}", {"note": "已核"}).h1.text
        for word in ("freeze", "submit", "accept")
    ]

    assert titles == [
        "2026 年度上报版，此后数据没有改动。",
        "2026 年度上报版（已上报），此后数据没有改动。",
        "2026 年度上报版（已接收），此后数据没有改动。",
    ]


def test_page_keeps_a_return_without_reason_and_says_why(
    client: PageClient, make: Factory, office, frozen
) -> None:
    move(make, office.actor, frozen, VersionMove.SUBMIT)
    client.sign_in(make.member(office.actor.county_id, Role.LEADER))

    page = client.post_page(f"/versions/{frozen}/return", {"note": " "}, 422)

    assert page.select_one("[role=alert]").text == "退回须写明理由。"
    client.post_page(f"/versions/{frozen}/melt", {}, 404)


def test_list_of_another_county_is_empty(client: PageClient, make: Factory, frozen: int) -> None:
    client.sign_in(make.member(make.county()))

    assert client.get_page("/versions").h1.text == "还没有评估版本。"
    client.get_page(f"/versions/{frozen}", 404)


@pytest.mark.parametrize("n_years", [1, 3])
def test_list_takes_one_query(app: Flask, make: Factory, office: Member, n_years: int) -> None:
    for year in range(2024, 2024 + n_years):
        report(make, office, measures(school(1)), year=year)

    with make.session(office.actor.county_id) as session, count_queries(app) as sent:
        assert len(version_lines(session)) == n_years

    assert len(sent) == 1


@pytest.mark.parametrize("n_schools", [1, 3])
def test_comparison_takes_a_constant_number_of_queries(
    app: Flask, make: Factory, office: Member, n_schools: int
) -> None:
    schools = [school(number) for number in range(1, n_schools + 1)]
    report(make, office, measures(*schools))
    version_id = move(make, office.actor, only_version(make, office), VersionMove.FREEZE)
    report(
        make, office, measures(*schools[:-1], school(n_schools, multimedia_rooms=30.0)), at=make.now + LATER
    )

    with make.session(office.actor.county_id) as session, count_queries(app) as sent:
        comparison(session, version_id)

    assert len(sent) == 6


def test_overseer_of_another_place_does_not_count(make: Factory) -> None:
    office = make.member(make.county(code="990101"))
    report(make, office, measures(school(1)))
    version_id = move(make, office.actor, only_version(make, office), VersionMove.FREEZE)
    make.overseer(make.region("990200"))
    leader = make.member(office.actor.county_id, Role.LEADER).actor
    move(make, office.actor, version_id, VersionMove.SUBMIT)

    move(make, leader, version_id, VersionMove.ACCEPT)

    assert state(make, leader, version_id) is AssessmentState.ACCEPTED
