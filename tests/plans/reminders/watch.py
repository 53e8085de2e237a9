"""A county whose reminders are written on chosen days, for tests of who is told what."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa

from app.extensions import db
from app.models import Membership
from plans.actors import Post, Role
from plans.calendar import ZONE
from plans.reminders.families import OF_PLANS
from plans.reminders.queueing import Group, queue_due
from plans.reminders.rules import rules_of
from tests.factories import Factory, Member

Told = tuple[int, str, date]  # account, rule, slot day


@dataclass
class Watch:
    """Writes reminders of some counties and reads them again."""

    make: Factory
    county_ids: Sequence[int]
    settings: dict[str, Any] = field(default_factory=dict)

    def tick(self, day: date) -> int:
        """Write what is due on the day; how many rows."""
        with self.make.app.app_context(), everywhere() as connection:
            written = queue_due(
                connection,
                group=Group(self.county_ids, rules_of(self.settings), self.settings),
                live=OF_PLANS,
                people=sa.inspect(Membership).local_table,
                at=datetime.combine(day, time(9), ZONE),
            )
            connection.commit()
            return written

    def told(self, family: str) -> list[Told]:
        """Everybody told anything of a family, in the order of days."""
        with self.make.app.app_context(), everywhere() as connection:
            rows = connection.execute(
                sa.text(
                    "select account_id, rule, slot_on from reminder where family = :family order by 3, 1"
                ),
                {"family": family},
            )
            return [(account, rule, _day(slot)) for account, rule, slot in rows]

    def member(self, county_id: int, role: Role, unit_id: int | None = None, **fields: Any) -> Member:
        """A member with a post, a school or a day from which he is reminded."""
        member = self.make.member(county_id, role, unit_id)
        with self.make.session(county_id) as session:
            mine = Membership.account_id == member.actor.user_id
            if fields:
                session.execute(sa.update(Membership).where(mine).values(**fields))
        return member


HEAD, DEPUTY = {"post": Post.HEAD}, {"post": Post.DEPUTY}


def everywhere() -> sa.Connection:
    """A connection that looks across counties, as jobs do."""
    return db.engine.connect().execution_options(all_counties=True)


def _day(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
