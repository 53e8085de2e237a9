"""A county with everybody who has to do with a task, each acting through the pages as they are shown."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from plans.actors import Role
from plans.models import Task
from tests.app.task_scene import a_file, fields_of
from tests.conftest import NOW
from tests.factories import Factory, Member
from tests.pages import PageClient

MINE = "/tasks"
SAVE = "/tasks/progress"
ALL = "/tasks?list=all"


@dataclass
class Road:
    """The people, and the one task whose life is told; ``task_id`` is known once it is assigned."""

    app: Flask
    make: Factory
    clock: time_machine.Traveller
    county: int
    education_id: int
    finance_id: int
    people: dict[str, Member]
    task_id: int = 0
    _clients: dict[tuple[str, int], PageClient] = field(default_factory=dict)
    _day: int = 0

    def as_(self, who: str) -> PageClient:
        """The browser of a person, signed in anew each day."""
        key = (who, self._day)
        if key not in self._clients:
            self._clients[key] = PageClient(self.app)
            self._clients[key].sign_in(self.people[who])
        return self._clients[key]

    def name(self, who: str) -> str:
        return self.people[who].actor.name

    def later(self, days: int) -> None:
        """Let days pass."""
        self._day += days
        self.clock.move_to(NOW + timedelta(days=self._day))

    @property
    def path(self) -> str:
        return f"/tasks/{self.task_id}"

    def page(self, who: str, status: int = 200) -> BeautifulSoup:
        """The page of the task."""
        return self.as_(who).get_page(self.path, status)

    def fill(self, who: str, path: str, action: str, status: int = 200, **typed: Any) -> BeautifulSoup:
        """Open a page, type into one of its forms and send it."""
        client = self.as_(who)
        form = fields_of(client.get_page(path), action)
        return client.post_page(action, form | typed, status)

    def assign(self, who: str, title: str, due_on: str, **more: Any) -> None:
        given = {"title": title, "due_on": due_on, "lead_unit_id": self.education_id, **more}
        self.fill(who, "/tasks/new", "/tasks/new", **given)
        with self.make.session(self.county) as session:
            self.task_id = session.query(Task).filter_by(title=title).one().id

    def sign(self, who: str) -> BeautifulSoup:
        return self.fill(who, self.path, f"{self.path}/sign")

    def report(self, who: str, percent: str, note: str, status: int = 200, **more: Any) -> BeautifulSoup:
        """One row of 我的任务, saved with the table."""
        typed = {"percent": percent, "note": note, **more}
        return self.fill(who, MINE, SAVE, status, **{f"t{self.task_id}-{k}": v for k, v in typed.items()})

    def hand_in(self, who: str, note: str, file_name: str) -> BeautifulSoup:
        """A whole report with evidence and the wish for close-out."""
        content = b"%PDF-1.7\n" + file_name.encode()
        return self.report(who, "100", note, files=a_file(file_name, content), wants_close_out="y")

    def act(self, who: str, act: str, status: int = 200, **typed: Any) -> BeautifulSoup:
        """One of the acts offered on the page of the task."""
        given = {f"{act}-{name}": value for name, value in typed.items()}
        return self.fill(who, self.path, f"{self.path}/acts/{act}", status, **given)

    def verify(self, who: str, act: str, note: str, status: int = 200) -> BeautifulSoup:
        """Close or return; both stand in one form."""
        client = self.as_(who)
        form = fields_of(client.get_page(self.path), f"{self.path}/close")
        return client.post_page(f"{self.path}/{act}", form | {"note": note}, status)

    def offered(self, who: str) -> set[str]:
        """What the page of the task lets a person send."""
        forms = self.page(who).select("#task form")
        return {form["action"].removeprefix(f"{self.path}/") for form in forms}

    def story(self, who: str) -> list[str]:
        """The history as the page tells it, oldest first: deed, person and words."""
        lines = self.page(who).select(".story li")
        return [" ".join(line.get_text(" ", strip=True).split()) for line in reversed(lines)]

    def ledger_row(self, who: str) -> list[str]:
        """The task's row in the ledger, without its number."""
        row = self.as_(who).get_page(ALL).select_one(f"#ledger tr:has(a[href='{self.path}'])")
        return [cell.get_text(" ", strip=True) for cell in row("td")[1:]]

    def file_id(self) -> int:
        """A file of the task; 0 = there is none."""
        with self.make.session(self.county) as session:
            links = session.query(Task).filter_by(id=self.task_id).one().evidence
            return links[0].evidence_id if links else 0

    def acts(self) -> list[str]:
        """What the database holds."""
        with self.make.session(self.county) as session:
            return [event.act for event in session.query(Task).filter_by(id=self.task_id).one().events]


def build_road(app: Flask, make: Factory, clock: time_machine.Traveller) -> Road:
    """The county, its people and, to leak if anything does, another one with the same."""
    county, elsewhere = make.county(), make.county()
    education, finance = make.unit(county, "县教育局"), make.unit(county, "县财政局")
    make.plan(county)
    people = {
        "leader": make.member(county, Role.LEADER),
        "office": make.member(county, Role.OFFICE),
        "education": make.member(county, Role.UNIT, education),
        "colleague": make.member(county, Role.UNIT, education),
        "finance": make.member(county, Role.UNIT, finance),
        "supervisor": make.member(county, Role.SUPERVISOR),
        "school": make.member(county, Role.SCHOOL),
        "overseer": make.member(county, Role.OVERSEER),
        "stranger": make.member(elsewhere, Role.OFFICE),
        "foreign supervisor": make.member(elsewhere, Role.SUPERVISOR),
    }
    make.task(elsewhere, unit_id=make.unit(elsewhere, "别县教育局"), title="别县的任务")
    return Road(app, make, clock, county, education, finance, people)
