"""Assigning, signing, reporting: who may, from which state, what is written, late and doubled acts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from plans.actors import Actor, Role
from plans.base import new_id
from plans.commands import assign_task, find_task, report_progress, sign_task
from plans.errors import (
    ActNotAllowed,
    DeadlineOutsidePlan,
    MoveNotAllowed,
    NotFound,
    ProgressOutOfRange,
    StaleTask,
)
from plans.models import Measure, Task
from plans.states import TaskState
from tests.conftest import NOW
from tests.factories import Factory
from tests.plans.scene import Scene, story


def assign(scene: Scene, actor: Actor | None = None, **changes: object) -> Task:
    wanted = {
        "plan_id": scene.plan_id,
        "measure_id": None,
        "title": "补齐美术教室",
        "details": "两间",
        "lead_unit_id": scene.unit_id,
        "support_unit_ids": [],
        "indicator_codes": [],
        "due_on": NOW.date(),
        "at": NOW,
    }
    return assign_task(scene.session, actor or scene.office, **{**wanted, **changes})


def test_assign_writes_task_with_first_event(scene: Scene) -> None:
    task = assign(scene, indicator_codes=["R2", "R2", "G3"], support_unit_ids=[scene.unit_id])

    scene.session.flush()

    assert (task.state, task.due_on, task.original_due_on) == (TaskState.ASSIGNED, NOW.date(), NOW.date())
    assert [link.code for link in task.indicators] == ["R2", "G3"]
    assert task.supports == []
    assert story(task) == [(1, "assign", "两间", TaskState.ASSIGNED)]


@pytest.mark.parametrize("role", [Role.UNIT, Role.SUPERVISOR, Role.SCHOOL, Role.OVERSEER])
def test_assign_is_for_leader_and_office_only(scene: Scene, role: Role) -> None:
    with pytest.raises(ActNotAllowed):
        assign(scene, replace(scene.office, role=role))


@pytest.mark.parametrize("due_on", [NOW.date() - timedelta(days=1), date(2030, 1, 1)])
def test_assign_refuses_day_outside_plan(scene: Scene, due_on: date) -> None:
    with pytest.raises(DeadlineOutsidePlan):
        assign(scene, due_on=due_on)


def test_assign_takes_last_day_of_horizon(scene: Scene) -> None:
    assert assign(scene, due_on=date(2029, 12, 31)).due_on == date(2029, 12, 31)


def test_assign_refuses_unit_and_plan_of_another_county(scene: Scene, make: Factory) -> None:
    elsewhere = make.county()
    unit_id, plan_id = make.unit(elsewhere), make.plan(elsewhere)

    for change in ({"lead_unit_id": unit_id}, {"support_unit_ids": [unit_id]}, {"plan_id": plan_id}):
        with pytest.raises(NotFound):
            assign(scene, **change)


def test_assign_refuses_measure_of_another_plan(scene: Scene, make: Factory) -> None:
    other = make.plan(scene.office.county_id)
    measure = Measure(id=new_id(), plan_id=other, no=1, group_title="", title="措施", text="")
    scene.session.add(measure)
    scene.session.flush()

    with pytest.raises(NotFound):
        assign(scene, measure_id=measure.id)


def test_assign_sent_twice_makes_one_task(scene: Scene) -> None:
    key = new_id()

    first, second = assign(scene, task_id=key), assign(scene, task_id=key)

    assert first is second
    assert len(first.events) == 1


def test_sign_moves_to_working(scene: Scene) -> None:
    task = scene.sign()

    assert task.state is TaskState.WORKING
    assert story(task)[1:] == [(2, "sign", "", TaskState.WORKING)]


def test_sign_by_another_unit_finds_no_task(scene: Scene, make: Factory) -> None:
    stranger = make.member(scene.office.county_id, Role.UNIT, make.unit(scene.office.county_id))

    with pytest.raises(NotFound):
        scene.sign(actor=stranger.actor)


@pytest.mark.parametrize("who", ["office", "supervisor"])
def test_sign_is_for_lead_unit_only(scene: Scene, who: str) -> None:
    with pytest.raises(ActNotAllowed):
        scene.sign(actor=getattr(scene, who))


def test_supporting_unit_sees_task_and_may_not_report(scene: Scene, make: Factory) -> None:
    helper_unit = make.unit(scene.office.county_id)
    helper = make.member(scene.office.county_id, Role.UNIT, helper_unit).actor
    task = assign(scene, support_unit_ids=[helper_unit])
    scene.session.flush()

    assert find_task(scene.session, helper, task.id) is task
    with pytest.raises(ActNotAllowed):
        sign_task(scene.session, helper, task_id=task.id, seen_event=1, at=NOW)


def test_report_on_unsigned_task_signs_first(scene: Scene) -> None:
    task = scene.report(1)

    assert (task.state, task.progress, task.latest_note) == (TaskState.WORKING, 40, "已开工")
    assert [event.act for event in task.events] == ["assign", "sign", "progress"]


def test_report_without_words_keeps_last_words(scene: Scene) -> None:
    scene.report(1, 40, "已开工")

    task = scene.report(3, 60, "")

    assert (task.progress, task.latest_note) == (60, "已开工")


@pytest.mark.parametrize("percent", [-1, 101])
def test_report_refuses_percent_out_of_range(scene: Scene, percent: int) -> None:
    with pytest.raises(ProgressOutOfRange):
        scene.report(1, percent)


def test_report_on_submitted_task_is_refused(scene: Scene) -> None:
    scene.report(1, files=1)
    scene.submit(3)

    with pytest.raises(MoveNotAllowed):
        scene.report(4)


def test_report_after_someone_else_is_stale_and_changes_nothing(scene: Scene, make: Factory) -> None:
    colleague = make.member(scene.office.county_id, Role.UNIT, scene.unit_id).actor
    scene.report(1, 40, "已开工", actor=colleague)

    with pytest.raises(StaleTask) as refusal:
        scene.report(1, 70, "快完工")

    task = find_task(scene.session, scene.unit, scene.task_id)
    assert str(refusal.value).startswith(f"{colleague.name}已于11月22日09:00办理了该任务")
    assert (task.progress, len(task.events)) == (40, 3)


def test_report_sent_twice_is_written_once(scene: Scene) -> None:
    scene.report(1)

    task = scene.report(1)

    assert [event.act for event in task.events] == ["assign", "sign", "progress"]


def test_same_file_on_one_task_is_attached_once(scene: Scene) -> None:
    scene.sign()
    file = scene.evidence()

    for seen in (2, 3):
        task = report_progress(
            scene.session,
            scene.unit,
            task_id=scene.task_id,
            percent=50,
            note="",
            evidence=[file, file],
            seen_event=seen,
            at=NOW,
        )

    assert [link.evidence_id for link in task.evidence] == [file.id]
