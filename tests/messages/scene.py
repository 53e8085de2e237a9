"""A county whose unit has reminders, a colleague of the same unit, and a neighbour with the same."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.models import Account
from plans.actors import Role
from plans.base import new_id
from plans.models import Reminder
from plans.reminders.rules import Family, Level
from tests.conftest import NOW
from tests.factories import Factory, Member

DUE = date(2026, 12, 31)


class Scene:
    """``unit`` owes a task, as does ``colleague``; ``stranger`` is of another county."""

    def __init__(self, make: Factory) -> None:
        self.make = make
        self.county, self.other = make.county("甲县（示例）"), make.county("乙县（示例）")
        self.unit_id = make.unit(self.county)
        self.unit = make.member(self.county, Role.UNIT, self.unit_id)
        self.colleague = make.member(self.county, Role.UNIT, self.unit_id)
        self.office = make.member(self.county)
        self.stranger = make.member(self.other, Role.UNIT)
        self.task_id = make.task(self.county, unit_id=self.unit_id, title="补齐音乐教室", due_on=DUE)

    def remind(self, who: Member, **fields: Any) -> int:
        """Write one reminder; returns its id."""
        return self.remind_often(who, 1, **fields)[0]

    def remind_often(self, who: Member, number: int, **fields: Any) -> list[int]:
        """Write reminders of as many items; returns their ids. One item has but one."""
        rows = [
            self._row(who, fields if number == 1 else {**fields, "item_id": new_id()}) for _ in range(number)
        ]
        with self.make.session(who.actor.county_id) as session:
            session.add_all([Reminder(**row) for row in rows])
        return [row["id"] for row in rows]

    def _row(self, who: Member, fields: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": new_id(),
            "family": Family.DEADLINE,
            "item_id": self.task_id,
            "account_id": who.actor.user_id,
            "rule": "deadline-before-30",
            "slot_on": NOW.date(),
            "anchor_on": DUE,
            "level": Level.BLUE,
            "title": "补齐音乐教室",
            "created_at": NOW,
            **fields,
        }

    def address(self, who: Member, email: str) -> None:
        """Give somebody an e-mail address."""
        with self.make.session(who.actor.county_id) as session:
            mine = Account.id == who.actor.user_id
            session.execute(sa.update(Account).where(mine).values(email=email))

    def read_at(self, who: Member, reminder_id: int) -> datetime | None:
        with self.make.session(who.actor.county_id) as session:
            return session.scalars(sa.select(Reminder.read_at).where(Reminder.id == reminder_id)).one()
