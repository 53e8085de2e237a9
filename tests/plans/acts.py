"""Acts on the one task of a scene beside those that every test needs."""

from dataclasses import replace
from datetime import date, datetime

from plans.actors import Actor, Role
from plans.commands import (
    answer_extension,
    ask_extension,
    assign_task,
    decline_task,
    pause_task,
    reassign_task,
    reopen_task,
    resume_task,
    urge_task,
)
from plans.models import Answer, Task
from tests.conftest import NOW
from tests.plans.scene import Scene


def leader(scene: Scene) -> Actor:
    return replace(scene.office, role=Role.LEADER)


def ask(scene: Scene, seen: int, wanted_on: date, reason: str = "雨季停工", at: datetime = NOW) -> Task:
    return ask_extension(
        scene.session,
        scene.unit,
        task_id=scene.task_id,
        wanted_on=wanted_on,
        reason=reason,
        seen_event=seen,
        at=at,
    )


def answer(
    scene: Scene, seen: int, given: Answer = Answer.GRANTED, note: str = "", actor: Actor | None = None
) -> Task:
    return answer_extension(
        scene.session,
        actor or scene.office,
        task_id=scene.task_id,
        answer=given,
        note=note,
        seen_event=seen,
        at=NOW,
    )


def decline(scene: Scene, seen: int, note: str = "属住建部门职责", actor: Actor | None = None) -> Task:
    return decline_task(
        scene.session, actor or scene.unit, task_id=scene.task_id, note=note, seen_event=seen, at=NOW
    )


def reassign(
    scene: Scene, seen: int, unit_id: int, actor: Actor | None = None, note: str = "按三定方案"
) -> Task:
    return reassign_task(
        scene.session,
        actor or scene.office,
        task_id=scene.task_id,
        lead_unit_id=unit_id,
        support_unit_ids=[],
        due_on=None,
        note=note,
        seen_event=seen,
        at=NOW,
    )


def urge(scene: Scene, at: datetime = NOW, actor: Actor | None = None) -> Task:
    return urge_task(scene.session, actor or scene.office, task_id=scene.task_id, note="请抓紧", at=at)


def pause(scene: Scene, seen: int, note: str = "等待选址批复", actor: Actor | None = None) -> Task:
    return pause_task(
        scene.session, actor or scene.office, task_id=scene.task_id, note=note, seen_event=seen, at=NOW
    )


def resume(scene: Scene, seen: int, due_on: date | None = None) -> Task:
    return resume_task(
        scene.session,
        scene.office,
        task_id=scene.task_id,
        note="批复已到",
        due_on=due_on,
        seen_event=seen,
        at=NOW,
    )


def reopen(
    scene: Scene, seen: int, due_on: date, note: str = "设备又短缺", actor: Actor | None = None
) -> Task:
    return reopen_task(
        scene.session,
        actor or scene.supervisor,
        task_id=scene.task_id,
        note=note,
        due_on=due_on,
        seen_event=seen,
        at=NOW,
    )


def split(scene: Scene, actor: Actor | None = None, **changes: object) -> Task:
    wanted = {
        "plan_id": scene.plan_id,
        "measure_id": None,
        "title": "先修东楼",
        "details": "",
        "lead_unit_id": scene.unit_id,
        "support_unit_ids": [],
        "indicator_codes": [],
        "due_on": date(2026, 12, 31),
        "at": NOW,
        "parent_id": scene.task_id,
    }
    return assign_task(scene.session, actor or scene.office, **{**wanted, **changes})
