"""A county with one task and its people, each with a browser of his own; shared by the tests of tasks."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask

from plans.actors import Role
from plans.models import Task
from tests.factories import Factory, Member
from tests.pages import PageClient

A_PDF = b"%PDF-1.7\n1 0 obj\n"


@dataclass
class Scene:
    """A county with a plan, one task of one unit, and its people."""

    app: Flask
    make: Factory
    county: int
    unit_id: int
    plan_id: int
    task_id: int
    office: Member
    unit: Member
    supervisor: Member

    def as_(self, member: Member) -> PageClient:
        client = PageClient(self.app)
        client.sign_in(member)
        return client

    def task(self) -> dict[str, Any]:
        with self.make.session(self.county) as session:
            task = session.query(Task).filter_by(id=self.task_id).one()
            return {
                "state": task.state.value,
                "progress": task.progress,
                "note": task.latest_note,
                "acts": [event.act for event in task.events],
                "files": [link.file.name for link in task.evidence],
            }

    def report(
        self, seen: int, percent: str = "40", note: str = "已开工", shown: str = "0", **more: Any
    ) -> dict[str, Any]:
        fields = {"seen_event": seen, "shown": shown, "percent": percent, "note": note, **more}
        return {f"t{self.task_id}-{name}": value for name, value in fields.items()}

    def path(self, act: str = "") -> str:
        return f"/tasks/{self.task_id}{act}"


def task_scene(app: Flask, make: Factory) -> Scene:
    """Make the scene."""
    county = make.county()
    unit_id, plan_id = make.unit(county, "县教育局"), make.plan(county)
    task_id = make.task(county, unit_id=unit_id, plan_id=plan_id)
    return Scene(
        app,
        make,
        county,
        unit_id,
        plan_id,
        task_id,
        make.member(county),
        make.member(county, Role.UNIT, unit_id),
        make.member(county, Role.SUPERVISOR),
    )


def a_file(name: str = "验收单.pdf", content: bytes = A_PDF) -> tuple[BytesIO, str]:
    return BytesIO(content), name


def fields_of(page: BeautifulSoup, action: str) -> dict[str, str]:
    """What a browser would send for a form as it stands, files and boxes left out."""
    form = page.select_one(f"form[action='{action}']")
    sent = {
        field["name"]: field.get("value", "") for field in form.select("input[name]:not([type=checkbox])")
    }
    sent |= {field["name"]: field.text.strip("\r\n") for field in form.select("textarea[name]")}
    sent |= {
        field["name"]: (field.select_one("[selected]") or {"value": ""})["value"]
        for field in form.select("select")
    }
    return {name: value for name, value in sent.items() if name != "csrf_token"}
