"""A whole life of one task: declined, handed on, extended, returned, closed, back again, closed for good."""

from datetime import date, timedelta

from plans.actors import Actor, Role
from plans.commands import comment_task, report_progress, submit_task
from plans.history import story
from plans.models import Task
from plans.states import TaskState
from tests.conftest import NOW
from tests.factories import Factory
from tests.plans.acts import answer, ask, decline, pause, reassign, reopen, resume, urge
from tests.plans.scene import Scene

EXTENDED_TO = date(2027, 3, 28)  # a Sunday


def test_whole_life_of_a_task_reads_as_a_story(scene: Scene, make: Factory) -> None:
    builders = make.unit(scene.office.county_id, "县住建局")
    builder = make.member(scene.office.county_id, Role.UNIT, builders).actor
    decline(scene, 1)
    reassign(scene, 2, builders)
    scene.unit = builder
    scene.sign(3)
    ask(scene, 4, EXTENDED_TO)
    answer(scene, 5)
    pause(scene, 6)
    resume(scene, 7)
    urge(scene)
    _report(scene, builder, 9)
    _submit(scene, builder, 10)
    scene.send_back(11)
    _submit(scene, builder, 12)
    scene.close(13)
    reopen(scene, 14, date(2027, 6, 30))
    _report(scene, builder, 15)
    _submit(scene, builder, 16)
    task = scene.close(17)

    assert [(line.deed, line.note) for line in story(task.events)] == [
        ("交办", ""),
        ("退办", "属住建部门职责"),
        (f"重新交办，由{_unit_name(scene, task)}改为县住建局", "按三定方案"),
        ("签收", ""),
        ("申请延期到2027年3月28日（为非工作日，提前到3月26日，工作日为暂估），原为2027年1月21日", "雨季停工"),
        ("同意延期到2027年3月28日（为非工作日，提前到3月26日，工作日为暂估），原为2027年1月21日", ""),
        ("暂停", "等待选址批复"),
        ("恢复办理", "批复已到"),
        ("催办", "请抓紧"),
        ("反馈进展 90%", "楼已封顶"),
        ("申请销号", "请核实"),
        ("退回", "缺验收单"),
        ("申请销号", "请核实"),
        ("核实销号", "属实"),
        ("反弹重开，完成时限到2027年6月底（6月30日），原为2027年3月26日", "设备又短缺"),
        ("反馈进展 90%", "楼已封顶"),
        ("申请销号", "请核实"),
        ("核实销号", "属实"),
    ]
    assert [event.no for event in task.events] == list(range(1, 19))
    assert (task.state, task.progress, task.closed_at) == (TaskState.CLOSED, 100, NOW)
    assert (task.original_due_on, task.due_on) == (date(2027, 1, 21), date(2027, 6, 30))


def test_reopened_task_begins_again_and_keeps_its_history(scene: Scene) -> None:
    scene.report(1, files=1)
    scene.submit(3)
    scene.close(4)

    task = reopen(scene, 5, date(2027, 6, 27))

    assert (task.state, task.progress, task.closed_at) == (TaskState.WORKING, 0, None)
    assert (task.stated_due_on, task.due_on) == (date(2027, 6, 27), date(2027, 6, 25))
    assert task.original_due_on == (NOW + timedelta(days=60)).date()
    assert [(event.act, event.progress) for event in task.events][-2:] == [("close", 100), ("reopen", 0)]


def test_repeated_acts_write_nothing(scene: Scene) -> None:
    pause_twice = [pause(scene, seen) for seen in (scene.sign(1).last_event_no, 2)]
    resumed_twice = [resume(scene, 3), resume(scene, 3)]

    assert len({id(task) for task in (*pause_twice, *resumed_twice)}) == 1
    assert [event.act for event in resumed_twice[0].events] == ["assign", "sign", "pause", "resume"]


def test_comment_of_a_colleague_makes_no_report_stale(scene: Scene) -> None:
    scene.sign(1)
    comment_task(
        scene.session, scene.office, task_id=scene.task_id, text="请附照片", members=[], seen_event=2, at=NOW
    )
    urge(scene)

    task = scene.report(2)

    assert [event.act for event in task.events] == ["assign", "sign", "comment", "urge", "progress"]


def _report(scene: Scene, actor: Actor, seen: int) -> Task:
    return report_progress(
        scene.session,
        actor,
        task_id=scene.task_id,
        percent=90,
        note="楼已封顶",
        evidence=[scene.evidence()],
        seen_event=seen,
        at=NOW,
    )


def _submit(scene: Scene, actor: Actor, seen: int) -> Task:
    return submit_task(scene.session, actor, task_id=scene.task_id, note="请核实", seen_event=seen, at=NOW)


def _unit_name(scene: Scene, task: Task) -> str:
    return str(task.events[2].details["from"])
