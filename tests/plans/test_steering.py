"""Decline and reassign, urge, pause, reopen, persons, comments, evidence: who may, and at the borders."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from plans.actors import Actor, Person, Role
from plans.calendar import ZONE
from plans.commands import comment_task, find_task, grade_evidence, name_person
from plans.errors import ActNotAllowed, MoveNotAllowed, NotFound, ReasonMissing
from plans.models import Evidence, Mention, Strength
from plans.states import TaskState
from plans.work_errors import UrgedAlready, WordsMissing
from tests.conftest import NOW
from tests.factories import Factory
from tests.plans.acts import decline, leader, pause, reassign, reopen, resume, split, urge
from tests.plans.scene import Scene, story


def test_declined_task_goes_to_another_unit_and_leaves_the_first(scene: Scene, make: Factory) -> None:
    other = make.unit(scene.office.county_id)
    decline(scene, 1)

    task = reassign(scene, 2, other)

    assert (task.state, task.lead_unit_id, task.lead_unit.id) == (TaskState.ASSIGNED, other, other)
    with pytest.raises(NotFound):
        find_task(scene.session, scene.unit, scene.task_id)


def test_decline_needs_a_reason_and_the_lead_unit(scene: Scene) -> None:
    with pytest.raises(ReasonMissing):
        decline(scene, 1, " ")
    with pytest.raises(ActNotAllowed):
        decline(scene, 1, actor=scene.office)


@pytest.mark.parametrize("role", [Role.UNIT, Role.SUPERVISOR, Role.OVERSEER])
def test_reassign_is_for_those_who_assign(scene: Scene, role: Role) -> None:
    decline(scene, 1)

    with pytest.raises(ActNotAllowed):
        reassign(scene, 2, scene.unit_id, replace(scene.office, role=role, unit_id=scene.unit_id))


@pytest.mark.parametrize("role", [Role.UNIT, Role.OVERSEER])
def test_urging_is_for_those_who_follow_the_work(scene: Scene, role: Role) -> None:
    with pytest.raises(ActNotAllowed):
        urge(scene, actor=replace(scene.office, role=role, unit_id=scene.unit_id))


@pytest.mark.parametrize(
    ("first", "second", "is_refused"),
    [
        ((20, 9), (20, 23), True),  # one Friday
        ((20, 9), (22, 9), True),  # Sunday belongs to Friday
        ((20, 9), (23, 0), False),  # Monday
        ((23, 23), (24, 0), False),
    ],
)
def test_task_is_urged_once_a_working_day(
    scene: Scene, first: tuple[int, int], second: tuple[int, int], is_refused: bool
) -> None:
    urge(scene, datetime(2026, 11, *first, tzinfo=ZONE))

    again = datetime(2026, 11, *second, tzinfo=ZONE)
    if is_refused:
        with pytest.raises(UrgedAlready):
            urge(scene, again, leader(scene))
    else:
        assert len(urge(scene, again, leader(scene)).events) == 3


def test_pausing_and_resuming_are_for_office_and_leader_with_a_reason(scene: Scene) -> None:
    scene.sign(1)
    with pytest.raises(ActNotAllowed):
        pause(scene, 2, actor=scene.supervisor)
    with pytest.raises(ReasonMissing):
        pause(scene, 2, "")

    pause(scene, 2, actor=leader(scene))
    task = resume(scene, 3, date(2027, 4, 30))

    assert story(task)[-2:] == [
        (3, "pause", "等待选址批复", TaskState.PAUSED),
        (4, "resume", "批复已到", TaskState.WORKING),
    ]
    assert task.due_on == date(2027, 4, 30)


def test_paused_task_takes_no_report(scene: Scene) -> None:
    scene.sign(1)
    pause(scene, 2)

    with pytest.raises(MoveNotAllowed):
        scene.report(3)


def test_reopening_needs_a_reason_and_a_closed_task(scene: Scene) -> None:
    with pytest.raises(MoveNotAllowed):
        reopen(scene, 1, date(2027, 6, 30))
    with pytest.raises(ReasonMissing):
        reopen(scene, 1, date(2027, 6, 30), "")
    with pytest.raises(ActNotAllowed):
        reopen(scene, 1, date(2027, 6, 30), actor=scene.unit)


def test_named_person_may_not_verify(scene: Scene) -> None:
    person = Person("示例同志", scene.supervisor.user_id)
    name_person(scene.session, scene.unit, task_id=scene.task_id, person=person, seen_event=1, at=NOW)
    scene.report(2, files=1)
    scene.submit(4)

    with pytest.raises(ActNotAllowed):
        scene.close(5)


def test_who_worked_on_a_part_may_not_verify_the_whole(scene: Scene) -> None:
    part = split(scene)
    part.person_id = scene.supervisor.user_id
    scene.session.flush()

    with pytest.raises(ActNotAllowed):
        scene.close(1)


def test_person_without_a_name_is_refused(scene: Scene) -> None:
    with pytest.raises(WordsMissing):
        name_person(
            scene.session, scene.office, task_id=scene.task_id, person=Person(" "), seen_event=1, at=NOW
        )


def _comment(scene: Scene, actor: Actor, text: str, members: list[Person]) -> None:
    comment_task(
        scene.session, actor, task_id=scene.task_id, text=text, members=members, seen_event=1, at=NOW
    )


def test_comment_mentions_members_once(scene: Scene) -> None:
    members = [Person("王小明", 7), Person("王小", 8), Person("李工")]

    _comment(scene, scene.unit, "请@王小明 核对，@王小明 @李工 尽快", members)

    assert [(m.account_id, m.name) for m in scene.session.scalars(sa.select(Mention))] == [(7, "王小明")]


def test_empty_comment_and_comment_of_an_overseer_are_refused(scene: Scene) -> None:
    with pytest.raises(WordsMissing):
        _comment(scene, scene.unit, "  ", [])
    with pytest.raises(ActNotAllowed):
        _comment(scene, replace(scene.office, role=Role.OVERSEER), "看过", [])


def _grade(scene: Scene, actor: Actor, file: Evidence, strength: Strength) -> Evidence:
    return grade_evidence(
        scene.session, actor, task_id=scene.task_id, evidence_id=file.id, strength=strength, at=NOW
    )


def test_unit_grades_first_and_the_supervisor_corrects(scene: Scene) -> None:
    file = scene.report(1, files=1).evidence[0].file

    _grade(scene, scene.unit, file, Strength.ORIGINAL)
    with pytest.raises(ActNotAllowed):
        _grade(scene, scene.unit, file, Strength.STAMPED)

    assert _grade(scene, scene.supervisor, file, Strength.PICTURE).strength == 3


def test_file_of_another_task_is_not_graded_here(scene: Scene) -> None:
    with pytest.raises(NotFound):
        _grade(scene, scene.supervisor, scene.evidence(), Strength.STAMPED)


def test_same_name_with_new_content_is_the_next_version(scene: Scene) -> None:
    scene.report(1, files=2)

    task = scene.report(3, percent=60, files=1)

    assert [(link.file.name, link.version_no) for link in task.evidence] == [
        ("验收单.pdf", 1),
        ("验收单.pdf", 2),
        ("验收单.pdf", 3),
    ]


def test_unit_that_presses_for_the_task_sees_it(scene: Scene, make: Factory) -> None:
    presser = make.unit(scene.office.county_id)
    actor = make.member(scene.office.county_id, Role.UNIT, presser).actor
    with pytest.raises(NotFound):
        find_task(scene.session, actor, scene.task_id)

    part = split(scene, supervising_unit_id=presser, due_on=date(2026, 12, 31) - timedelta(days=1))
    scene.session.flush()

    assert find_task(scene.session, actor, part.id) is part
