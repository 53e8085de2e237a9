"""Two prefectures of a region with counties, and the people above; shared by the tests of oversight."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask import Flask

from app.models import Assessment, CountyStanding, Membership
from app.models.assessments import AssessmentState, VersionMove
from app.versions.commands import move_version
from plans.actors import Role
from tests.app.county_data import measures, report, school
from tests.factories import Factory, Member
from tests.pages import PageClient

REGION, PREFECTURE, OTHER_PREFECTURE = "990000", "990100", "990200"


@dataclass
class Above:
    """A county with its office, beside others, and who oversees it."""

    app: Flask
    make: Factory
    county: int
    office: Member
    prefecture: Member
    region: Member
    stranger: Member  # oversees the other prefecture only

    def as_(self, member: Member) -> PageClient:
        client = PageClient(self.app)
        client.sign_in(member)
        return client

    def version(self) -> int:
        with self.make.session(self.county) as session:
            return session.scalars(sa.select(Assessment.id).order_by(Assessment.id.desc())).first()

    def state(self) -> AssessmentState:
        with self.make.session(self.county) as session:
            found = sa.select(Assessment.state).order_by(Assessment.id.desc())
            return session.scalars(found).first()

    def move(self, wanted: VersionMove, note: str = "") -> None:
        """By the office."""
        with self.make.session(self.county) as session:
            version = self.version_in(session)
            actor = self.office.actor
            move_version(session, actor, assessment_id=version, move=wanted, note=note, at=self.make.now)

    def version_in(self, session) -> int:
        return session.scalars(sa.select(Assessment.id).order_by(Assessment.id.desc())).first()

    def hand_up(self) -> int:
        """Freeze and submit; the key of the standing."""
        self.move(VersionMove.FREEZE)
        self.move(VersionMove.SUBMIT)
        return self.standing().id

    def standing(self) -> CountyStanding:
        with self.make.session() as session:
            row = session.scalars(sa.select(CountyStanding)).one()
            session.expunge(row)
            return row

    def leader(self) -> Member:
        return self.make.member(self.county, Role.LEADER)

    def n_members(self) -> int:
        with self.make.session(self.county) as session:
            return len(session.scalars(sa.select(Membership)).all())


def above_scene(app: Flask, make: Factory) -> Above:
    """Make the scene: 甲县 has reported and not frozen anything."""
    for code, name in ((REGION, "示例区"), (PREFECTURE, "甲市（示例）"), (OTHER_PREFECTURE, "乙市（示例）")):
        make.region(code, name)
    county = make.county("甲县（示例）", code="990101")
    office = make.member(county)
    report(make, office, measures(school(1), school(2, multimedia_rooms=1.0)))
    return Above(
        app,
        make,
        county,
        office,
        make.overseer(PREFECTURE),
        make.overseer(REGION),
        make.overseer(OTHER_PREFECTURE),
    )
