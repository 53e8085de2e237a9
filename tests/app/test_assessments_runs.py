"""Where a year's data meet the standard: kept, not doubled, frozen."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.assessments.queries import latest
from app.assessments.runs import assess_year, judged_again
from app.models import Assessment, AssessmentIndicator, AssessmentItem, AssessmentSection
from app.models.assessments import AssessmentState, VersionMove
from app.versions.commands import move_version
from plans.actors import Role
from plans.errors import ActNotAllowed, NotFound
from scoring.engine import assess
from scoring.errors import NoStandardInForce
from scoring.loader import load_standard
from tests.app.county_data import measures, report, school
from tests.factories import Factory, Member


@pytest.fixture
def office(make: Factory) -> Member:
    return make.member(make.county())


def states(make: Factory, member: Member) -> list[tuple[AssessmentState, str]]:
    with make.session(member.actor.county_id) as session:
        rows = session.scalars(sa.select(Assessment).order_by(Assessment.made_at))
        return [(row.state, row.verdict) for row in rows]


def freeze(make: Factory, member: Member) -> None:
    with make.session(member.actor.county_id) as session:
        row = latest(session, 2026)
        move_version(
            session, member.actor, assessment_id=row.id, move=VersionMove.FREEZE, note="", at=make.now
        )


def test_assessment_keeps_what_scoring_says(make: Factory, office: Member) -> None:
    given = measures(school(1), school(2, multimedia_rooms=10.0))
    standard = load_standard("quality-2017")
    expected = assess(given, standard).to_json()

    report(make, office, given)

    with make.session(office.actor.county_id) as session:
        kept = latest(session, 2026)
        sections = [(row.school_code, row.values, row.missed, row.verdict) for row in kept.sections]
        spreads = {(row.code, row.stage): (row.mean, row.cv) for row in kept.indicators}
        items = {row.code: (row.verdict, row.reason, row.clause) for row in kept.items}
        assert (kept.standard, kept.standard_version, kept.standard_sha256) == (
            "quality-2017",
            standard.version,
            standard.sha256,
        )
        assert (kept.state, kept.verdict) == (AssessmentState.DRAFT, expected["county"]["verdict"])
        assert kept.summary["schools_passing"] == {"primary": [1, 2], "junior": [0, 0]}
    wanted = [(s["school_code"], s["values"], s["missed"], s["verdict"]) for s in expected["sections"]]
    assert sorted(sections) == sorted(wanted)
    assert spreads == {
        (row["code"], row["stage"]): (row["mean"], row["cv"]) for row in expected["county"]["indicators"]
    }
    assert items == {
        row["code"]: (row["verdict"], row["reason"], row["clause"]) for row in expected["county"]["items"]
    }


def test_same_data_are_not_assessed_twice(make: Factory, office: Member) -> None:
    report(make, office, measures(school(1)))
    with make.session(office.actor.county_id) as session:
        first = latest(session, 2026).id

    report(make, office, measures(school(1)), at=make.now + timedelta(days=1))

    with make.session(office.actor.county_id) as session:
        assert session.scalars(sa.select(Assessment.id)).all() == [first]


def test_new_draft_replaces_the_old_one_with_all_its_rows(make: Factory, office: Member) -> None:
    report(make, office, measures(school(1)))

    report(make, office, measures(school(1, multimedia_rooms=10.0)), at=make.now + timedelta(days=1))

    assert states(make, office) == [(AssessmentState.DRAFT, "not_met")]
    with make.session(office.actor.county_id) as session:
        counts = [
            session.scalar(sa.select(sa.func.count()).select_from(model))
            for model in (AssessmentSection, AssessmentIndicator, AssessmentItem)
        ]
    assert counts == [1, 7, 38]


def test_frozen_assessment_stays_and_later_data_stand_beside_it(make: Factory, office: Member) -> None:
    report(make, office, measures(school(1)))
    freeze(make, office)

    report(make, office, measures(school(1, multimedia_rooms=10.0)), at=make.now + timedelta(days=1))

    assert states(make, office) == [(AssessmentState.FROZEN, "no_data"), (AssessmentState.DRAFT, "not_met")]


def test_frozen_assessment_of_unchanged_data_is_the_newest(make: Factory, office: Member) -> None:
    report(make, office, measures(school(1)))
    freeze(make, office)

    report(make, office, measures(school(1)), at=make.now + timedelta(days=1))

    assert states(make, office) == [(AssessmentState.FROZEN, "no_data")]


def test_freezing_twice_keeps_the_first_date(make: Factory, office: Member) -> None:
    report(make, office, measures(school(1)))
    freeze(make, office)

    with make.session(office.actor.county_id) as session:
        row = latest(session, 2026)
        move_version(
            session,
            office.actor,
            assessment_id=row.id,
            move=VersionMove.FREEZE,
            note="",
            at=make.now + timedelta(days=9),
        )

    with make.session(office.actor.county_id) as session:
        assert latest(session, 2026).frozen_at == make.now


def test_assessment_of_another_county_cannot_be_frozen(make: Factory, office: Member) -> None:
    other = make.member(make.county())
    report(make, other, measures(school(1)))
    with make.session(other.actor.county_id) as session:
        theirs = latest(session, 2026).id

    with pytest.raises(NotFound), make.session(office.actor.county_id) as session:
        move_version(
            session, office.actor, assessment_id=theirs, move=VersionMove.FREEZE, note="", at=make.now
        )

    assert states(make, other) == [(AssessmentState.DRAFT, "no_data")]


def test_working_of_an_assessment_uses_its_own_data_after_returns_moved_on(
    make: Factory, office: Member
) -> None:
    report(make, office, measures(school(1)))
    freeze(make, office)
    report(make, office, measures(school(1, multimedia_rooms=10.0)), at=make.now + timedelta(days=1))

    with make.session(office.actor.county_id) as session:
        frozen = session.scalars(
            sa.select(Assessment).where(Assessment.state == AssessmentState.FROZEN)
        ).one()
        again = judged_again(frozen)

    assert again.sections["R7"].tolist() == [2.4]


@pytest.mark.parametrize("role", [Role.UNIT, Role.SCHOOL, Role.SUPERVISOR, Role.OVERSEER])
def test_only_office_and_leader_assess(make: Factory, role: Role) -> None:
    member = make.member(make.county(), role)

    with pytest.raises(ActNotAllowed), make.session(member.actor.county_id) as session:
        assess_year(session, member.actor, year=2026, at=make.now)


def test_year_before_the_standard_is_refused(make: Factory, office: Member) -> None:
    with pytest.raises(NoStandardInForce), make.session(office.actor.county_id) as session:
        assess_year(session, office.actor, year=2016, at=make.now)


def test_year_without_returns_is_assessed_as_without_data(make: Factory, office: Member) -> None:
    with make.session(office.actor.county_id) as session:
        row = assess_year(session, office.actor, year=2026, at=make.now)

        assert row.verdict == "no_data"
