"""A frozen version never changes, whatever way somebody takes."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.models import Assessment, AssessmentItem, AssessmentMove, AssessmentSection
from app.models.assessments import AssessmentState, VersionMove
from app.models.seal import FrozenAssessment
from app.versions.commands import move_version
from plans.actors import Actor
from plans.base import new_id
from tests.app.county_data import measures, report, school
from tests.factories import Factory, Member

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


def change_verdict(session: Session, version: Assessment) -> None:
    version.verdict = "met!"


def thaw(session: Session, version: Assessment) -> None:
    version.state = AssessmentState.DRAFT


def redate(session: Session, version: Assessment) -> None:
    version.frozen_at = version.frozen_at + LATER


def replace_data(session: Session, version: Assessment) -> None:
    version.data = {**version.data, "county": {"special_students": 1}}


def delete(session: Session, version: Assessment) -> None:
    session.delete(version)


def change_part(session: Session, version: Assessment) -> None:
    version.sections[0].verdict = "not_met"


def take_part_away(session: Session, version: Assessment) -> None:
    session.delete(version.items[0])


def add_part(session: Session, version: Assessment) -> None:
    row = AssessmentItem(id=new_id(), assessment_id=version.id, code="X", verdict="met", reason="", clause="")
    session.add(row)


def rewrite_record(session: Session, version: Assessment) -> None:
    version.moves[0].actor_name = "他人"


def change_in_bulk(session: Session, version: Assessment) -> None:
    session.execute(sa.update(AssessmentSection).values(verdict="met"))


def delete_in_bulk(session: Session, version: Assessment) -> None:
    session.execute(sa.delete(AssessmentMove))


def try_on_the_only_version(make: Factory, member: Member, attempt) -> None:
    with make.session(member.actor.county_id) as session:
        attempt(session, session.scalars(sa.select(Assessment)).one())
        session.flush()


@pytest.mark.parametrize(
    "attempt",
    [
        change_verdict, thaw, redate, replace_data, delete, change_part, take_part_away, add_part,
        rewrite_record, change_in_bulk, delete_in_bulk,
    ],
)  # fmt: skip
def test_frozen_version_never_changes(make: Factory, office: Member, frozen: int, attempt) -> None:
    with pytest.raises(FrozenAssessment):
        try_on_the_only_version(make, office, attempt)


@pytest.mark.parametrize("attempt", [change_verdict, change_part, take_part_away, add_part, delete])
def test_draft_may_change(make: Factory, office: Member, attempt) -> None:
    report(make, office, measures(school(1)))

    try_on_the_only_version(make, office, attempt)
