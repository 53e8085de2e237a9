"""A county with its office and a unit; shared by the tests of people."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.models import Account, Membership, PeopleEvent
from app.people.inviting import invite
from app.people.membership import Part
from plans.actors import Role
from tests.factories import Factory, Member


@dataclass
class People:
    """The office and whoever it looks after."""

    make: Factory
    county: int
    office: Member
    unit_id: int

    def membership(self, member: Member) -> int:
        with self.make.session(self.county) as session:
            mine = sa.select(Membership.id).where(Membership.account_id == member.actor.user_id)
            return session.scalars(mine).one()

    def part(self, member: Member) -> tuple[str, int | None, str | None, bool]:
        with self.make.session(self.county) as session:
            mine = sa.select(Membership).where(Membership.account_id == member.actor.user_id)
            row = session.scalars(mine).one()
            return row.role.value, row.unit_id, row.school_code, row.is_active

    def invite(self, part: Part | None = None, name: str = "新同志", at: datetime | None = None) -> str:
        """The token of a new invitation."""
        with self.make.session(self.county) as session:
            wanted = part or Part(Role.UNIT, self.unit_id)
            return invite(session, self.office.actor, name=name, part=wanted, at=at or self.make.now).token

    def members(self) -> list[tuple[str, str]]:
        with self.make.session(self.county) as session:
            found = sa.select(Account.name, Membership.role).join(
                Membership, Membership.account_id == Account.id
            )
            return sorted((name, role.value) for name, role in session.execute(found))

    def events(self) -> list[tuple[str, str]]:
        with self.make.session(self.county) as session:
            found = sa.select(PeopleEvent).order_by(PeopleEvent.id)
            return [(event.act.value, event.name) for event in session.scalars(found)]


def people_scene(make: Factory) -> People:
    """Make the scene."""
    county = make.county()
    return People(make, county, make.member(county), make.unit(county, "县教育局"))
