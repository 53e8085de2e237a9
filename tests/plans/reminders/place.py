"""A county with one unit that leads one task, and a neighbour with the same."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from plans.actors import Actor, Role
from plans.base import new_id
from plans.calendar import ZONE
from plans.commands import report_progress
from plans.models import Evidence, Task
from tests.factories import Factory
from tests.plans.reminders.watch import Told, Watch

DUE = date(2026, 12, 31)


class Place:
    """A county with one unit that leads one task, due on 31 December 2026; the neighbour could leak."""

    def __init__(self, make: Factory, due_on: date = DUE) -> None:
        self.make = make
        self.county, other = make.county(), make.county()
        self.unit_id, other_unit = make.unit(self.county), make.unit(other)
        self.unit = make.member(self.county, Role.UNIT, self.unit_id).actor
        self.task_id = make.task(
            self.county, unit_id=self.unit_id, due_on=due_on
        )  # its assigner is an office
        self.office_member = make.member(self.county)
        self.office = self.office_member.actor
        self.supervisor = make.member(self.county, Role.SUPERVISOR).actor
        self.watch = Watch(make, [self.county])
        make.member(other, Role.UNIT, other_unit)
        make.task(other, unit_id=other_unit, due_on=due_on)

    def act(self, command: Callable[..., Any], actor: Actor, on: date, **words: Any) -> None:
        """Do something to the task on a day, having seen everything."""
        with self.make.session(self.county) as session:
            task = session.get_one(Task, (self.county, self.task_id))
            if command.__name__ != "urge_task":
                words["seen_event"] = task.last_event_no
            command(session, actor, task_id=self.task_id, at=at(on), **words)

    def report(self, on: date) -> None:
        """Report half of the work with one file."""
        with self.make.session(self.county) as session:
            task = session.get_one(Task, (self.county, self.task_id))
            report_progress(
                session,
                self.unit,
                task_id=self.task_id,
                percent=50,
                note="过半",
                evidence=[_file(session)],
                seen_event=task.last_event_no,
                at=at(on),
            )

    def told(self, family: str = "deadline") -> list[Told]:
        return self.watch.told(family)

    def whom(self, family: str) -> set[int]:
        """Accounts told anything of a family."""
        return {account for account, _rule, _day in self.told(family)}


def at(day: date) -> datetime:
    """Ten in the morning of a day."""
    return datetime.combine(day, time(10), ZONE)


def _file(session: Any) -> Evidence:
    file = Evidence(
        id=new_id(),
        sha256="a" * 64,
        name="验收单.pdf",
        media_type="application/pdf",
        size=1,
        kept_at=at(date(2026, 11, 25)),
        kept_by="示例",
    )
    session.add(file)
    session.flush()
    return file
