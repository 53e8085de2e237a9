"""Terms of a running task changed by those who assign: deadline, words, supports, lead."""

from datetime import date

import pytest

from plans.actors import Actor
from plans.commands import amend_task, assign_task, move_deadline
from plans.errors import (
    ActNotAllowed,
    DeadlineOutsidePlan,
    MoveNotAllowed,
    NotFound,
    ReasonMissing,
    StaleTask,
)
from plans.history import deed
from plans.models import Task
from plans.standings import plan_progress
from plans.states import TaskState
from plans.work_errors import (
    SameDeadline,
    SameLead,
    SubtasksLater,
    SubtaskTooLate,
    WeightOutOfRange,
    WishUnanswered,
    WordsMissing,
)
from tests.conftest import NOW
from tests.factories import Factory
from tests.plans.acts import answer, ask, leader, reassign, split
from tests.plans.scene import Scene

FIRST = date(2027, 1, 21)


def move(
    scene: Scene, due_on: date, note: str = "验收提前", seen: int = 1, actor: Actor | None = None
) -> Task:
    return move_deadline(
        scene.session,
        actor or scene.office,
        task_id=scene.task_id,
        due_on=due_on,
        note=note,
        seen_event=seen,
        at=NOW,
    )


def amend(scene: Scene, actor: Actor | None = None, **changes: object) -> Task:
    given = {
        "title": "补齐音乐、美术教室",
        "details": "按标准配备。",
        "support_unit_ids": [],
        "note": "按会议要求",
        "seen_event": 1,
    }
    who = actor or scene.office
    return amend_task(scene.session, who, task_id=scene.task_id, at=NOW, **{**given, **changes})


@pytest.mark.parametrize(
    ("stated", "due"),
    [
        (date(2026, 12, 31), date(2026, 12, 31)),  # earlier
        (date(2027, 1, 31), date(2027, 1, 29)),  # later, on a Sunday
        (date(2029, 12, 31), date(2029, 12, 31)),  # the last day of the plan
        (NOW.date(), NOW.date()),  # today, a Sunday: the working day before is over already
    ],
)
def test_deadline_moves_to_a_working_day_and_the_first_one_stays(
    scene: Scene, stated: date, due: date
) -> None:
    task = move(scene, stated)

    assert (task.stated_due_on, task.due_on, task.original_due_on) == (stated, due, FIRST)
    assert (task.state, task.extensions) == (TaskState.ASSIGNED, [])


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2030, 1, 1)])
def test_day_before_today_or_after_the_horizon_is_refused(scene: Scene, day: date) -> None:
    with pytest.raises(DeadlineOutsidePlan):
        move(scene, day)


def test_move_needs_a_reason_and_another_day(scene: Scene) -> None:
    with pytest.raises(ReasonMissing):
        move(scene, date(2027, 3, 1), note=" ")
    with pytest.raises(SameDeadline):
        move(scene, FIRST)


def test_move_is_told_with_both_days_and_differs_from_an_extension(scene: Scene) -> None:
    event = move(scene, date(2027, 1, 31)).events[-1]

    assert (event.act, event.note) == ("move_deadline", "验收提前")
    assert (
        deed(event)
        == "调整时限到2027年1月底（1月31日为非工作日，提前到1月29日，工作日为暂估），原为2027年1月21日"
    )


def test_wish_that_waits_is_answered_first(scene: Scene) -> None:
    ask(scene, 1, date(2027, 3, 31))
    with pytest.raises(WishUnanswered):
        move(scene, date(2027, 2, 26), seen=2)
    answer(scene, 2)

    assert move(scene, date(2027, 2, 26), seen=3).due_on == date(2027, 2, 26)


def test_second_click_changes_nothing_and_a_stale_one_is_refused(scene: Scene) -> None:
    move(scene, date(2027, 3, 1))
    again = move(scene, date(2027, 3, 1))

    assert [event.act for event in again.events] == ["assign", "move_deadline"]
    with pytest.raises(StaleTask):
        move(scene, date(2027, 4, 1), note="别的理由", actor=leader(scene))


@pytest.mark.parametrize("who", ["unit", "supervisor"])
def test_terms_are_changed_by_those_who_assign_only(scene: Scene, who: str) -> None:
    with pytest.raises(ActNotAllowed):
        move(scene, date(2027, 3, 1), actor=getattr(scene, who))
    with pytest.raises(ActNotAllowed):
        amend(scene, actor=getattr(scene, who))


def test_task_handed_in_keeps_its_terms(scene: Scene) -> None:
    scene.report(1, files=1)
    scene.submit(3)

    with pytest.raises(MoveNotAllowed):
        move(scene, date(2027, 3, 1), seen=4)
    with pytest.raises(MoveNotAllowed):
        amend(scene, seen_event=4)


def test_deadline_stays_between_those_of_subtasks_and_of_the_task_above(scene: Scene) -> None:
    part = split(scene, due_on=date(2026, 12, 31))
    scene.session.flush()
    with pytest.raises(SubtasksLater, match="1 项子任务"):
        move(scene, date(2026, 12, 30))
    with pytest.raises(SubtaskTooLate):
        move_deadline(
            scene.session,
            scene.office,
            task_id=part.id,
            due_on=date(2027, 1, 22),
            note="晚些",
            seen_event=1,
            at=NOW,
        )

    assert move(scene, date(2026, 12, 31)).due_on == date(2026, 12, 31)


def test_words_and_supports_change_with_their_history(scene: Scene, make: Factory) -> None:
    other = make.unit(scene.office.county_id, "县财政局")

    task = amend(scene, support_unit_ids=[other, scene.unit_id])

    assert (task.title, task.details) == ("补齐音乐、美术教室", "按标准配备。")
    assert [support.unit_id for support in task.supports] == [other]  # the lead helps nobody
    assert deed(task.events[-1]) == (
        "调整内容，任务名称由“补齐音乐教室”改为“补齐音乐、美术教室”；工作要求由“无”改为“按标准配备。”；"
        "配合单位由“无”改为“县财政局”"
    )


def test_amending_without_a_change_is_no_event(scene: Scene) -> None:
    task = amend(scene, title="补齐音乐教室", details="")

    assert [event.act for event in task.events] == ["assign"]


def test_empty_title_and_unit_of_another_county_are_refused(scene: Scene, make: Factory) -> None:
    elsewhere = make.unit(make.county())
    with pytest.raises(WordsMissing):
        amend(scene, title=" ")
    with pytest.raises(NotFound):
        amend(scene, support_unit_ids=[elsewhere])


def test_running_task_changes_hands_and_is_signed_for_anew(scene: Scene, make: Factory) -> None:
    other = make.unit(scene.office.county_id, "县住建局")
    scene.report(1)

    task = reassign(scene, 3, other)

    assert (task.state, task.lead_unit_id, task.progress) == (TaskState.ASSIGNED, other, 40)
    assert deed(task.events[-1]).startswith("重新交办，由县")


def test_running_task_changes_hands_with_a_reason_to_another_unit_only(scene: Scene, make: Factory) -> None:
    other = make.unit(scene.office.county_id)
    with pytest.raises(SameLead):
        reassign(scene, 1, scene.unit_id)
    with pytest.raises(ReasonMissing):
        reassign(scene, 1, other, note=" ")
    ask(scene, 1, date(2027, 3, 31))

    with pytest.raises(WishUnanswered):
        reassign(scene, 2, other)


def test_weight_is_amended_with_its_story_and_counts_in_the_progress(scene: Scene) -> None:
    plan, day = scene.plan_id, date(2027, 1, 21)
    terms = {"title": "另一项", "details": "", "support_unit_ids": [], "indicator_codes": [], "due_on": day}
    lead = {"measure_id": None, "lead_unit_id": scene.unit.unit_id}
    assign_task(scene.session, scene.office, plan_id=plan, **lead, **terms, at=NOW).progress = 100
    scene.session.flush()
    before = plan_progress(scene.session, plan).plan.percent

    task = amend(scene, weight=3)

    scene.session.flush()
    assert (before, plan_progress(scene.session, plan).plan.percent) == (50, 25)
    assert "权重由“1”改为“3”" in deed(task.events[-1])
    assert amend(scene, seen_event=2, title="琴房").weight == 3


@pytest.mark.parametrize("weight", [0, 101])
def test_weight_outside_its_range_is_refused(scene: Scene, weight: int) -> None:
    with pytest.raises(WeightOutOfRange):
        amend(scene, weight=weight)
