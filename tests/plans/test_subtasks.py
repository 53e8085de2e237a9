"""Sub-tasks: one level, within the deadline above, all closed before the whole is."""

from datetime import date

import pytest

from plans.actors import Role
from plans.commands import close_task, report_progress, submit_task
from plans.commands.moving import day_for_part
from plans.errors import ActNotAllowed, NotFound
from plans.models import Task
from plans.work_errors import ParentOverdue, SubtaskOfSubtask, SubtasksOpen, SubtaskTooLate, WeightOutOfRange
from tests.conftest import NOW
from tests.factories import Factory
from tests.plans.acts import split
from tests.plans.scene import Scene

LAST = date(2027, 1, 21)  # deadline of the task above


def test_lead_unit_splits_its_own_task(scene: Scene) -> None:
    part = split(scene, scene.unit, due_on=LAST, weight=3)
    scene.session.flush()

    assert (part.parent_id, part.weight, part.due_on) == (scene.task_id, 3, LAST)


def test_unit_splits_no_task_of_another(scene: Scene, make: Factory) -> None:
    helper_unit = make.unit(scene.office.county_id)
    helper = make.member(scene.office.county_id, Role.UNIT, helper_unit).actor
    with pytest.raises(NotFound):
        split(scene, helper)
    with pytest.raises(ActNotAllowed):
        split(scene, scene.supervisor)


def test_part_ends_no_later_than_the_whole(scene: Scene) -> None:
    with pytest.raises(SubtaskTooLate):
        split(scene, due_on=date(2027, 1, 22))


@pytest.mark.parametrize(
    ("due_on", "stated_due_on", "expected"),
    [
        (date(2026, 11, 21), date(2026, 11, 21), None),  # yesterday
        (date(2026, 11, 20), date(2026, 11, 22), date(2026, 11, 22)),  # today is a day off
        (date(2026, 11, 22), date(2026, 11, 22), date(2026, 11, 22)),
        (date(2027, 1, 29), date(2027, 1, 31), date(2027, 1, 29)),
    ],
)
def test_part_is_offered_a_day_only_while_one_is_left(
    due_on: date, stated_due_on: date, expected: date | None
) -> None:
    assert day_for_part(Task(due_on=due_on, stated_due_on=stated_due_on), NOW.date()) == expected


@pytest.mark.parametrize("due_on", [date(2026, 11, 21), date(2026, 11, 22), date(2026, 12, 31)])
def test_overdue_task_has_no_new_part_on_any_day(scene: Scene, due_on: date) -> None:
    above = scene.session.get_one(Task, (scene.office.county_id, scene.task_id))
    above.stated_due_on, above.due_on = date(2026, 11, 21), date(2026, 11, 20)

    with pytest.raises(ParentOverdue, match="2026年11月21日（为非工作日，提前到11月20日）已过"):
        split(scene, due_on=due_on)


def test_part_of_a_task_that_is_due_today_is_due_today(scene: Scene) -> None:
    scene.session.get_one(Task, (scene.office.county_id, scene.task_id)).stated_due_on = NOW.date()

    assert split(scene, due_on=NOW.date()).due_on == NOW.date()


def test_part_has_no_parts(scene: Scene) -> None:
    part = split(scene)
    scene.session.flush()

    with pytest.raises(SubtaskOfSubtask):
        split(scene, parent_id=part.id)


def test_part_of_another_plan_is_refused(scene: Scene, make: Factory) -> None:
    with pytest.raises(NotFound):
        split(scene, plan_id=make.plan(scene.office.county_id))


@pytest.mark.parametrize("weight", [0, 101])
def test_weight_is_from_one_to_a_hundred(scene: Scene, weight: int) -> None:
    with pytest.raises(WeightOutOfRange):
        split(scene, weight=weight)


def test_whole_is_not_handed_in_before_its_parts_are_closed(scene: Scene) -> None:
    part = split(scene)
    scene.report(1, files=1)
    with pytest.raises(SubtasksOpen) as refusal:
        scene.submit(3)

    _finish(scene, part)

    assert refusal.value.number == 1
    assert scene.submit(3).last_event_no == 4


def _finish(scene: Scene, part: Task) -> None:
    session, key = scene.session, {"task_id": part.id, "at": NOW}
    report_progress(
        session, scene.unit, **key, percent=100, note="", evidence=[scene.evidence()], seen_event=1
    )
    submit_task(session, scene.unit, **key, note="", seen_event=3)
    close_task(session, scene.supervisor, **key, note="", seen_event=4)
    session.flush()
    session.expire_all()
