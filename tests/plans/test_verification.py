"""Close-out: asking for it, verifying, returning; nobody verifies own work."""

from dataclasses import replace

import pytest

from plans.actors import Role
from plans.commands import find_task
from plans.errors import ActNotAllowed, EvidenceMissing, MoveNotAllowed, NotFound, ReasonMissing, StaleTask
from plans.states import TaskState
from tests.conftest import NOW
from tests.factories import Factory
from tests.plans.scene import Scene, story


def test_submit_without_evidence_is_refused(scene: Scene) -> None:
    scene.sign()

    with pytest.raises(EvidenceMissing):
        scene.submit(2)


def test_submit_of_unsigned_task_is_refused(scene: Scene) -> None:
    scene.report(1, files=1)
    scene.submit(3)
    scene.close(4)

    with pytest.raises(MoveNotAllowed):
        scene.submit(5)


def test_submit_waits_for_supervisor(scene: Scene) -> None:
    scene.report(1, files=1)

    task = scene.submit(3)

    assert (task.state, task.submitted_by_id) == (TaskState.SUBMITTED, scene.unit.user_id)
    assert story(task)[-1] == (4, "submit", "请核实", TaskState.SUBMITTED)


def test_submit_sent_twice_is_written_once(scene: Scene) -> None:
    scene.report(1, files=1)
    scene.submit(3)

    assert len(scene.submit(3).events) == 4


def test_close_ends_task(scene: Scene) -> None:
    scene.report(1, files=1)
    scene.submit(3)

    task = scene.close(4)

    assert (task.state, task.progress, task.closed_at) == (TaskState.CLOSED, 100, NOW)
    assert story(task)[-1] == (5, "close", "属实", TaskState.CLOSED)


def test_close_before_submission_is_refused(scene: Scene) -> None:
    scene.sign()

    with pytest.raises(MoveNotAllowed):
        scene.close(2)


@pytest.mark.parametrize("who", ["office", "unit"])
def test_close_is_for_supervisors_only(scene: Scene, who: str) -> None:
    scene.report(1, files=1)
    scene.submit(3)

    with pytest.raises(ActNotAllowed):
        scene.close(4, getattr(scene, who))


def test_supervisor_never_verifies_own_work(scene: Scene) -> None:
    both = replace(scene.supervisor, user_id=scene.unit.user_id)
    of_the_unit = replace(scene.supervisor, unit_id=scene.unit_id)
    scene.report(1, files=1)
    scene.submit(3)

    for verifier in (both, of_the_unit):
        with pytest.raises(ActNotAllowed):
            scene.close(4, verifier)


def test_close_of_task_returned_meanwhile_is_stale(scene: Scene, make: Factory) -> None:
    colleague = make.member(scene.office.county_id, Role.SUPERVISOR).actor
    scene.report(1, files=1)
    scene.submit(3)
    scene.send_back(4, actor=colleague)

    with pytest.raises(StaleTask):
        scene.close(4)


def test_return_needs_reason_in_words(scene: Scene) -> None:
    scene.report(1, files=1)
    scene.submit(3)

    with pytest.raises(ReasonMissing):
        scene.send_back(4, note=" ")


def test_returned_task_goes_on_and_can_be_submitted_again(scene: Scene) -> None:
    scene.report(1, files=1)
    scene.submit(3)

    returned = scene.send_back(4)
    assert (returned.state, story(returned)[-1]) == (
        TaskState.WORKING,
        (5, "return", "缺验收单", TaskState.WORKING),
    )
    again = scene.submit(5)

    assert again.state is TaskState.SUBMITTED
    assert [event.no for event in again.events] == [1, 2, 3, 4, 5, 6]


def test_task_of_another_county_is_not_found(scene: Scene, make: Factory) -> None:
    elsewhere = make.county()
    foreign = make.task(elsewhere, unit_id=make.unit(elsewhere))

    with pytest.raises(NotFound):
        find_task(scene.session, scene.office, foreign)
