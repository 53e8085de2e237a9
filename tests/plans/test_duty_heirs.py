"""Recurring duties when one plan follows another."""

from plans.duties import DutyTerms, add_duty, open_occurrences
from plans.duty_heirs import inherit_duties
from plans.models import Plan, RecurringDuty, Task
from plans.periods import RULES, Every
from tests.conftest import NOW
from tests.plans.scene import Scene


def add(scene: Scene, plan_id: int, title: str = "工作调度") -> RecurringDuty:
    terms = DutyTerms(title, "", Every.MONTH, RULES[Every.MONTH], None, scene.unit_id)
    return add_duty(scene.session, scene.office, plan_id=plan_id, terms=terms, at=NOW)


def follow(scene: Scene) -> int:
    """A plan accepted after the first one."""
    plan = Plan(title="修订稿", horizon_year=2029, accepted_at=NOW.replace(hour=10), accepted_by="示例")
    scene.session.add(plan)
    scene.session.flush()
    return plan.id


def test_duties_of_a_plan_that_was_followed_hand_out_nothing(scene: Scene) -> None:
    add(scene, scene.plan_id, "旧方案的调度")
    add(scene, follow(scene), "新方案的调度")

    opened = open_occurrences(scene.session, scene.office, at=NOW)

    assert [task.title for task in opened] == ["新方案的调度（2026年11月）"]


def test_period_handed_out_under_the_old_plan_is_not_handed_out_again(scene: Scene) -> None:
    old = add(scene, scene.plan_id)
    [task] = open_occurrences(scene.session, scene.office, at=NOW)
    scene.session.flush()
    heir = add(scene, follow(scene))

    inherit_duties(scene.session, scene.plan_id, heir.plan_id)

    assert task.occurrence.duty_id == heir.id
    assert len({one.period for one in heir.occurrences}) == len(heir.occurrences) == 74
    assert len(old.occurrences) == 73
    assert open_occurrences(scene.session, scene.office, at=NOW) == []
    assert scene.session.query(Task).filter(Task.occurrence_id.is_not(None)).count() == 1


def test_duty_of_no_measure_that_the_new_plan_does_not_have_moves_there(scene: Scene) -> None:
    old = add(scene, scene.plan_id, "年中会商")
    new_plan = follow(scene)
    add(scene, new_plan)

    inherit_duties(scene.session, scene.plan_id, new_plan)

    assert (old.plan_id, old.no, len(old.occurrences)) == (new_plan, 2, 74)
