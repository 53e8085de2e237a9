"""More time: before the deadline only, later than now, one wish at a time, no more than the county allows."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from plans.actors import Role
from plans.base import County
from plans.calendar import ZONE
from plans.commands import find_task
from plans.errors import ActNotAllowed, DeadlineOutsidePlan, MoveNotAllowed, ReasonMissing, StaleTask
from plans.models import Answer
from plans.work_errors import (
    DeadlinePassed,
    ExtensionsUsedUp,
    ExtensionWaiting,
    NoExtensionWaiting,
    NotLater,
)
from tests.plans.acts import answer, ask, leader, pause
from tests.plans.scene import Scene

DUE = date(2027, 1, 21)
LATER = date(2027, 3, 31)


def test_granted_day_becomes_the_deadline_and_the_first_one_stays(scene: Scene) -> None:
    ask(scene, 1, date(2027, 3, 28))

    task = answer(scene, 2)

    assert (task.original_due_on, task.stated_due_on, task.due_on) == (
        DUE,
        date(2027, 3, 28),
        date(2027, 3, 26),
    )
    assert [(wish.due_before, wish.wanted_on, wish.answer) for wish in task.extensions] == [
        (DUE, date(2027, 3, 28), Answer.GRANTED)
    ]


def test_refused_wish_leaves_the_deadline(scene: Scene) -> None:
    ask(scene, 1, LATER)

    task = answer(scene, 2, Answer.REFUSED, "工期足够")

    assert (task.due_on, task.extensions[0].answer, task.extensions[0].answer_note) == (
        DUE,
        Answer.REFUSED,
        "工期足够",
    )


def test_wish_and_refusal_need_a_reason(scene: Scene) -> None:
    with pytest.raises(ReasonMissing):
        ask(scene, 1, LATER, reason=" ")
    ask(scene, 1, LATER)
    with pytest.raises(ReasonMissing):
        answer(scene, 2, Answer.REFUSED, "")


def test_last_moment_to_ask_is_the_end_of_the_day_of_the_deadline(scene: Scene) -> None:
    last = datetime(2027, 1, 21, 23, 59, tzinfo=ZONE)

    with pytest.raises(DeadlinePassed):
        ask(scene, 1, LATER, at=last + timedelta(minutes=1))

    assert ask(scene, 1, LATER, at=last).extensions[0].answer is None


@pytest.mark.parametrize("wanted_on", [DUE, DUE - timedelta(days=1)])
def test_day_that_is_no_later_is_refused(scene: Scene, wanted_on: date) -> None:
    with pytest.raises(NotLater):
        ask(scene, 1, wanted_on)


def test_day_after_the_horizon_is_refused(scene: Scene) -> None:
    with pytest.raises(DeadlineOutsidePlan):
        ask(scene, 1, date(2030, 1, 1))


def test_second_wish_waits_for_the_answer_to_the_first(scene: Scene) -> None:
    ask(scene, 1, LATER)

    with pytest.raises(ExtensionWaiting):
        ask(scene, 2, date(2027, 4, 30), reason="又有变化")


def test_same_wish_sent_twice_is_one(scene: Scene) -> None:
    ask(scene, 1, LATER)

    assert len(ask(scene, 1, LATER).extensions) == 1


def test_county_allows_two_and_refusals_do_not_count(scene: Scene) -> None:
    seen = 1
    for month, given in ((3, Answer.GRANTED), (4, Answer.REFUSED), (5, Answer.GRANTED)):
        ask(scene, seen, date(2027, month, 25), reason=f"第{month}月")
        answer(scene, seen + 1, given, "照此办理")
        seen += 2

    with pytest.raises(ExtensionsUsedUp) as refusal:
        ask(scene, seen, date(2027, 6, 25))
    assert refusal.value.limit == 2


def test_county_may_allow_another_number(scene: Scene) -> None:
    scene.session.get_one(County, scene.office.county_id).settings = {"extensions_allowed": 0}
    scene.session.flush()

    with pytest.raises(ExtensionsUsedUp):
        ask(scene, 1, LATER)


@pytest.mark.parametrize("role", [Role.UNIT, Role.SUPERVISOR, Role.OVERSEER])
def test_answer_is_for_the_assigning_side(scene: Scene, role: Role) -> None:
    ask(scene, 1, LATER)
    actor = replace(scene.office, role=role, unit_id=scene.unit_id)

    with pytest.raises(ActNotAllowed):
        answer(scene, 2, actor=actor)


def test_second_answer_by_another_is_stale_and_changes_nothing(scene: Scene) -> None:
    ask(scene, 1, LATER)
    answer(scene, 2, Answer.REFUSED, "工期足够")

    with pytest.raises(StaleTask):
        answer(scene, 2, actor=replace(leader(scene), user_id=1))

    assert find_task(scene.session, scene.office, scene.task_id).due_on == DUE


def test_answer_without_a_wish_is_refused(scene: Scene) -> None:
    with pytest.raises(NoExtensionWaiting):
        answer(scene, 1)


def test_wish_of_paused_or_submitted_work_is_refused(scene: Scene) -> None:
    scene.sign(1)
    pause(scene, 2)

    with pytest.raises(MoveNotAllowed):
        ask(scene, 3, LATER)
