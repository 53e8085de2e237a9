"""A county where thousands of tasks fall due: people with addresses, each with a unit and its tasks."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.jobs.lines import everywhere
from app.models import Account, Membership
from plans.actors import Role
from plans.base import County, new_id
from plans.calendar import ZONE
from plans.models import Message, MessageState, Reminder, Task, Unit
from plans.reminders.rules import Family, rules_of
from plans.states import TaskState
from tests.factories import Factory

NINE = datetime(2026, 11, 24, 9, 0, tzinfo=ZONE)  # a Tuesday
DUE = date(2026, 11, 27)  # three working days ahead: a rule speaks today
RULE = "deadline-before-3"
Told = tuple[int, int, str, date]  # task, account, rule, slot day
# The county's own return would add rows that are not about tasks.
SETTINGS = {
    "reminders": {rule.code: {"on": False} for rule in rules_of({}) if rule.family is Family.COUNTY_RETURN}
}


class Crowd:
    """One county; ``expected`` is every reminder that its tasks call for on that Tuesday."""

    def __init__(self, make: Factory) -> None:
        self.make, self.county = make, make.county("甲县（示例）")
        with make.session() as session:
            session.get_one(County, self.county).settings = SETTINGS
        self.office, self.plan_id = make.member(self.county), make.plan(self.county)
        self.expected: set[Told] = set()
        self.n_people = 0

    def grow(self, people: int, tasks_each: int) -> None:
        """Some more people, whose tasks fall due."""
        units = [{"id": new_id(), "name": f"县{self.n_people + n}局", "aliases": []} for n in range(people)]
        accounts = [self._account(self.n_people + n) for n in range(people)]
        members = [
            {
                "id": new_id(),
                "account_id": account["id"],
                "role": Role.UNIT,
                "unit_id": unit["id"],
                "version": 1,
            }
            for account, unit in zip(accounts, units, strict=True)
        ]
        tasks = [self._task(unit["id"]) for unit in units for _n in range(tasks_each)]
        with self.make.session(self.county) as session:
            session.execute(sa.insert(Account), accounts)
            for model, rows in ((Unit, units), (Membership, members), (Task, tasks)):
                session.execute(sa.insert(model), [{"county_id": self.county, **row} for row in rows])
        of_unit = {member["unit_id"]: member["account_id"] for member in members}
        self.expected |= {(task["id"], of_unit[task["lead_unit_id"]], RULE, NINE.date()) for task in tasks}
        self.n_people += people

    def told(self) -> list[Told]:
        """Every reminder there is."""
        columns = (Reminder.item_id, Reminder.account_id, Reminder.rule, Reminder.slot_on)
        return [tuple(row) for row in self.rows(*columns)]

    def reminder_ids(self) -> list[int]:
        return [row.id for row in self.rows(Reminder.id)]

    def messages(self) -> Sequence[Any]:
        """Every message there is."""
        return self.rows(*sa.inspect(Message).c)

    def states(self) -> Counter[MessageState]:
        return Counter(row.state for row in self.rows(Message.state))

    def n_open(self) -> int:
        """How many messages wait or are on their way."""
        states = self.states()
        return states[MessageState.QUEUED] + states[MessageState.SENDING]

    def count(self, model: type[Message] | type[Reminder]) -> int:
        return int(self.rows(sa.func.count(model.id))[0][0])

    def rows(self, *columns: Any) -> Sequence[Any]:
        with self.make.app.app_context(), everywhere() as connection:
            return connection.execution_options(reads_only=True).execute(sa.select(*columns)).all()

    def _account(self, number: int) -> dict[str, Any]:
        name = f"{number}同志"
        return {
            "id": new_id(),
            "login": f"unit-{number}",
            "name": name,
            "email": f"unit-{number}@example.org",
            "password_hash": "",
            "created_at": NINE,
        }

    def _task(self, unit_id: int) -> dict[str, Any]:
        return {
            "id": new_id(),
            "plan_id": self.plan_id,
            "title": "补齐音乐教室",
            "lead_unit_id": unit_id,
            "due_on": DUE,
            "stated_due_on": DUE,
            "original_due_on": DUE,
            "state": TaskState.WORKING,
            "assigned_at": NINE,
            "assigned_by_id": self.office.actor.user_id,
            "version": 1,
        }


def of_message(county_id: int, message_id: int) -> str:
    """The ``Message-ID`` of a row's mail."""
    return f"<{county_id}.{message_id}@127.0.0.1>"
