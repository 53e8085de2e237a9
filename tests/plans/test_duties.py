"""Duties that come back: one occurrence a period through 2032, none twice; deadlines on working days."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from plans.actors import Role
from plans.calendar import ZONE, deadline, is_working_day
from plans.duties import DutyTerms, add_duty, change_duty, lay_out, open_occurrences
from plans.errors import ActNotAllowed
from plans.models import Occurrence, RecurringDuty, Task
from plans.periods import RULES, Every
from plans.states import TaskState
from plans.work_errors import BadRecurrence, StalePlan
from tests.conftest import NOW
from tests.plans.scene import Scene


def terms(scene: Scene, every: Every = Every.MONTH, **changes: object) -> DutyTerms:
    given = {
        "title": "工作调度",
        "details": "",
        "every": every,
        "rule": RULES[every],
        "measure_id": None,
        "lead_unit_id": scene.unit_id,
    }
    return DutyTerms(**{**given, **changes})


def add(scene: Scene, every: Every = Every.MONTH, **changes: object) -> RecurringDuty:
    return add_duty(
        scene.session, scene.office, plan_id=scene.plan_id, terms=terms(scene, every, **changes), at=NOW
    )


@pytest.mark.parametrize(
    ("every", "number", "first", "last"),
    [
        (Every.YEAR, 7, "2026", "2032"),
        (Every.SCHOOL_YEAR, 6, "2026-2027", "2031-2032"),
        (Every.HALF_YEAR, 13, "2026H2", "2032H2"),
        (Every.TERM, 12, "2026秋", "2032春"),
        (Every.QUARTER, 25, "2026Q4", "2032Q4"),
        (Every.MONTH, 74, "2026-11", "2032-12"),
    ],
)
def test_duty_has_one_occurrence_a_period_through_2032(
    scene: Scene, every: Every, number: int, first: str, last: str
) -> None:
    periods = [one.period for one in sorted(add(scene, every).occurrences, key=lambda one: one.due_on)]

    assert (len(periods), len(set(periods)), periods[0], periods[-1]) == (number, number, first, last)


def test_laying_out_again_adds_nothing(scene: Scene) -> None:
    duty = add(scene)

    again = lay_out(duty, NOW.date())

    assert (again, len(duty.occurrences)) == ([], 74)


def test_of_several_days_in_a_period_the_last_one_counts(scene: Scene) -> None:
    duty = add(scene, Every.QUARTER, rule="FREQ=MONTHLY;BYMONTHDAY=-1")

    assert (len(duty.occurrences), duty.occurrences[0].stated_due_on) == (25, date(2026, 12, 31))


def test_every_deadline_from_2026_to_2032_is_the_last_working_day_up_to_the_stated_one() -> None:
    day, moved = date(2026, 1, 1), 0
    while day.year <= 2032:
        due = deadline(day)
        between = [due + timedelta(days=n) for n in range(1, (day - due).days + 1)]
        assert is_working_day(due)
        assert not any(is_working_day(one) for one in between)
        moved += due != day
        day += timedelta(days=1)

    assert moved == sum(not is_working_day(date(2026, 1, 1) + timedelta(days=n)) for n in range(2557))


@pytest.mark.parametrize(
    ("stated", "due"),
    [
        (date(2026, 10, 7), date(2026, 9, 30)),  # National Day by the official table
        (date(2026, 2, 14), date(2026, 2, 14)),  # a Saturday worked instead
        (date(2027, 1, 31), date(2027, 1, 29)),  # Sunday
        (date(2028, 12, 31), date(2028, 12, 29)),
        (date(2029, 10, 3), date(2029, 9, 28)),  # estimated: holidays after a week-end
        (date(2032, 12, 31), date(2032, 12, 31)),
    ],
)
def test_deadline_on_a_day_off_moves_to_the_working_day_before(stated: date, due: date) -> None:
    assert deadline(stated) == due


def test_deadline_set_on_a_day_off_for_that_day_stays() -> None:
    assert deadline(date(2026, 11, 22), not_before=date(2026, 11, 21)) == date(2026, 11, 22)
    assert deadline(date(2026, 11, 22), not_before=date(2026, 11, 20)) == date(2026, 11, 20)


def opened(scene: Scene, at: datetime = NOW) -> list[str]:
    return [task.title for task in open_occurrences(scene.session, scene.office, at=at)]


def test_near_occurrences_become_tasks_once(scene: Scene) -> None:
    add(scene)
    add(scene, Every.YEAR, title="年度自评")

    first, second = opened(scene), opened(scene)

    assert first == ["工作调度（2026年11月）", "年度自评（2026年）"]
    assert second == []


def test_occurrence_opens_on_its_lead_day_and_not_before(scene: Scene) -> None:
    add(scene, Every.MONTH)
    opened(scene)  # November

    before = opened(scene, datetime(2026, 11, 29, 23, 59, tzinfo=ZONE))
    on_the_day = opened(scene, datetime(2026, 11, 30, 0, 0, tzinfo=ZONE))

    assert (before, on_the_day) == ([], ["工作调度（2026年12月）"])


def test_opened_task_is_worked_like_any_other(scene: Scene) -> None:
    add(scene)
    (task,) = open_occurrences(scene.session, scene.office, at=NOW)
    scene.session.flush()
    scene.task_id = task.id

    done = scene.sign(1)

    assert (done.state, done.due_on, done.occurrence.period) == (
        TaskState.WORKING,
        date(2026, 11, 30),
        "2026-11",
    )


def test_duty_without_a_lead_unit_waits(scene: Scene) -> None:
    add(scene, lead_unit_id=None)

    assert opened(scene) == []


def test_occurrence_beyond_the_plan_is_opened_in_its_time(scene: Scene) -> None:
    add(scene, Every.YEAR)

    assert opened(scene, datetime(2031, 11, 1, tzinfo=ZONE))[-1] == "工作调度（2031年）"


def test_changed_rule_keeps_what_is_handed_out_and_lays_out_the_rest_anew(scene: Scene) -> None:
    duty = add(scene)
    opened(scene)
    scene.session.flush()

    changed = change_duty(
        scene.session,
        scene.office,
        duty_id=duty.id,
        terms=terms(scene, rule="FREQ=MONTHLY;BYMONTHDAY=25"),
        seen_version=duty.version,
        at=NOW,
    )

    days = {one.period: one.stated_due_on for one in changed.occurrences}
    assert (len(days), days["2026-11"], days["2026-12"], days["2032-12"]) == (
        74,
        date(2026, 11, 30),
        date(2026, 12, 25),
        date(2032, 12, 25),
    )
    assert scene.session.scalar(sa.select(sa.func.count()).select_from(Occurrence)) == 74
    assert scene.session.scalars(sa.select(Task.title).where(Task.occurrence_id.is_not(None))).all() == [
        "工作调度（2026年11月）"
    ]


def test_change_of_what_somebody_else_changed_is_refused(scene: Scene) -> None:
    duty = add(scene)

    with pytest.raises(StalePlan):
        change_duty(scene.session, scene.office, duty_id=duty.id, terms=terms(scene), seen_version=0, at=NOW)


@pytest.mark.parametrize("rule", ["每月", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"])
def test_rule_that_names_no_day_is_refused(scene: Scene, rule: str) -> None:
    with pytest.raises(BadRecurrence):
        add(scene, rule=rule)


@pytest.mark.parametrize("who", ["unit", "supervisor"])
def test_duties_are_for_those_who_plan(scene: Scene, who: str) -> None:
    actor = getattr(scene, who)

    with pytest.raises(ActNotAllowed):
        add_duty(scene.session, actor, plan_id=scene.plan_id, terms=terms(scene), at=NOW)
    with pytest.raises(ActNotAllowed):
        open_occurrences(scene.session, actor, at=NOW)
    assert actor.role in (Role.UNIT, Role.SUPERVISOR)
