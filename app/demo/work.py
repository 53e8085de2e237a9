"""The demo county's plan and tasks, made through the same commands that people use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.clock import ZONE
from app.demo.people import add_person
from app.files import keep_content
from plans.acceptance import accept_draft
from plans.actors import Actor, Role
from plans.commands import assign_task, close_task, report_progress, return_task, sign_task, submit_task
from plans.models import Measure, Plan, Task
from plans.templates import DemoTask, load_demo_work, load_template

LOGINS = {"县教育局": "education", "县财政局": "finance"}
HANDED_OUT_BEFORE = timedelta(days=120)


@dataclass(frozen=True)
class Stage:
    """Where the demo's work is played: the county's people, its plan and the day of loading."""

    session: Session
    offices: Mapping[str, Actor]
    plan: Plan
    files: Path
    at: datetime

    def days_ago(self, days: int) -> datetime:
        return self.at - timedelta(days=days)


def adopt_template(session: Session, office: Actor, name: str, at: datetime) -> Plan:
    """Make a built-in plan the county's own."""
    draft = load_template(name)
    return accept_draft(
        session, office, draft=draft, source_sha256=f"template:{name}", source_name=draft["title"], at=at
    )


def play_work(stage: Stage, county: str) -> dict[str, Actor]:
    """Hand out the demo's tasks and let each unit work on them; units sign in as ``<county>-<part>``.

    The people of the units by the unit's name.
    """
    tasks = load_demo_work()
    crew = _crew(stage, county, list(dict.fromkeys(task.lead for task in tasks)))
    for demo in tasks:
        _play(stage, demo, _assign(stage, demo), crew[demo.lead])
    return crew


def task_named(stage: Stage, title: str) -> Task:
    """A task of the plan by its title."""
    wanted = Task.plan_id == stage.plan.id, Task.title == title
    return stage.session.scalars(sa.select(Task).where(*wanted)).one()


def _crew(stage: Stage, county: str, leads: list[str]) -> dict[str, Actor]:
    units = _units(stage.plan)
    logins = {name: f"{county}-{LOGINS.get(name, f'unit{no}')}" for no, name in enumerate(leads, 1)}
    return {
        name: add_person(stage.session, login, f"{name}经办示例", Role.UNIT, units[name], stage.at)
        for name, login in logins.items()
    }


def _units(plan: Plan) -> dict[str, int]:
    return {link.unit.name: link.unit_id for measure in plan.measures for link in measure.units}


def _assign(stage: Stage, demo: DemoTask) -> Task:
    units = _units(stage.plan)
    due = datetime.combine(stage.at.date() + timedelta(days=demo.due_in_days), time(9), ZONE)
    return assign_task(
        stage.session,
        stage.offices["office"],
        plan_id=stage.plan.id,
        measure_id=_measure(stage.plan, demo.measure).id,
        title=demo.title,
        details=demo.details,
        lead_unit_id=units[demo.lead],
        support_unit_ids=[units[name] for name in demo.supports],
        indicator_codes=list(demo.indicators),
        due_on=due.date(),
        at=min(due, stage.at) - HANDED_OUT_BEFORE,
    )


def _measure(plan: Plan, no: int) -> Measure:
    return next(measure for measure in plan.measures if measure.no == no)


def _play(stage: Stage, demo: DemoTask, task: Task, lead: Actor) -> None:
    if demo.state == "assigned":
        return
    sign_task(
        stage.session, lead, task_id=task.id, seen_event=_seen(task), at=task.assigned_at + timedelta(days=2)
    )
    _report(stage, demo, task, lead)
    if demo.state == "working":
        return
    submit_task(stage.session, lead, task_id=task.id, note="", seen_event=_seen(task), at=stage.days_ago(4))
    _verify(stage, demo, task)


def _verify(stage: Stage, demo: DemoTask, task: Task) -> None:
    supervisor, at = stage.offices["supervisor"], stage.days_ago(2)
    if demo.state == "closed":
        words = "佐证齐全，予以销号。"
        close_task(stage.session, supervisor, task_id=task.id, note=words, seen_event=_seen(task), at=at)
    elif demo.state == "returned":
        words = demo.return_reason
        return_task(stage.session, supervisor, task_id=task.id, note=words, seen_event=_seen(task), at=at)


def _report(stage: Stage, demo: DemoTask, task: Task, lead: Actor) -> None:
    words = f"《{demo.title}》进展说明（示例）\n{demo.note}\n".encode()
    file = keep_content(
        stage.session, lead, words, f"{demo.title}进展说明.txt", folder=stage.files, at=stage.days_ago(6)
    )
    report_progress(
        stage.session,
        lead,
        task_id=task.id,
        percent=demo.percent,
        note=demo.note,
        evidence=[file],
        seen_event=_seen(task),
        at=stage.days_ago(6),
    )


def _seen(task: Task) -> int:
    return task.events[-1].no
