"""Progress by weight, at its borders, and the number of statements."""

import pytest
from flask import Flask

from plans.rollup import Progress, Work, roll_up
from plans.standings import plan_progress
from tests.factories import Factory
from tests.plans.acts import split
from tests.plans.scene import Scene
from tests.queries import count_queries


def work(
    task_id: int,
    percent: int,
    *,
    weight: int = 1,
    measure: int | None = 1,
    phase: int | None = 1,
    parent: int | None = None,
    closed: bool = False,
) -> Work:
    return Work(task_id, parent, measure, phase, weight, percent, closed)


def test_plan_without_tasks_has_no_progress() -> None:
    rolled = roll_up([])

    assert rolled.plan == Progress(None, 0, 0)
    assert (rolled.plan.shown, rolled.plan.is_done, rolled.measures, rolled.phases) == (None, False, {}, {})


def test_task_not_begun_is_nought_and_not_missing() -> None:
    assert roll_up([work(1, 0)]).plan == Progress(0.0, 1, 0)


def test_tasks_count_by_weight() -> None:
    rolled = roll_up([work(1, 100, weight=3), work(2, 20)])

    assert rolled.measures == {1: Progress(80.0, 2, 0)}


def test_measures_count_by_weight_in_their_phase() -> None:
    tasks = [work(1, 100, measure=1), work(2, 0, measure=2), work(3, 50, measure=2, phase=2)]

    rolled = roll_up(tasks, measure_weights={1: 1, 2: 3}, phase_weights={1: 1, 2: 4})

    assert rolled.measures == {1: Progress(100.0, 1, 0), 2: Progress(25.0, 2, 0)}
    assert rolled.phases == {1: Progress(25.0, 2, 0), 2: Progress(50.0, 1, 0)}
    assert rolled.plan == Progress(45.0, 3, 0)


def test_tasks_outside_phases_and_measures_count_as_one_more() -> None:
    rolled = roll_up([work(1, 60, measure=None, phase=None), work(2, 20)])

    assert rolled.phases == {None: Progress(60.0, 1, 0), 1: Progress(20.0, 1, 0)}
    assert rolled.plan.percent == 40.0


def test_task_with_parts_is_what_its_parts_are() -> None:
    rolled = roll_up([work(1, 5), work(2, 100, parent=1, weight=2, closed=True), work(3, 40, parent=1)])

    assert rolled.tasks == {1: Progress(80.0, 1, 0)}


def test_closed_task_is_done_whatever_its_parts_said() -> None:
    rolled = roll_up([work(1, 100, closed=True), work(2, 30, parent=1)])

    assert rolled.plan == Progress(100.0, 1, 1)


@pytest.mark.parametrize(
    ("tasks", "shown"),
    [
        ([work(1, 100)], 99),  # reported, not verified
        ([work(1, 100, closed=True)], 100),
        ([work(1, 100, closed=True, weight=100), work(2, 99)], 99),
        ([work(1, 0)], 0),
        ([work(1, 29), work(2, 30)], 29),
    ],
)
def test_hundred_is_shown_only_when_all_is_closed(tasks: list[Work], shown: int) -> None:
    assert roll_up(tasks).plan.shown == shown


@pytest.mark.parametrize("n_parts", [0, 3])
def test_progress_of_a_plan_takes_the_same_statements_for_any_work(
    app: Flask, scene: Scene, n_parts: int
) -> None:
    for _ in range(n_parts):
        split(scene)
    scene.session.flush()

    with count_queries(app) as sent:
        rolled = plan_progress(scene.session, scene.plan_id)

    assert (rolled.plan.n_tasks, len(sent)) == (1, 3)


def test_progress_of_one_plan_leaves_out_another(scene: Scene, make: Factory) -> None:
    other = make.plan(scene.office.county_id)

    assert plan_progress(scene.session, other).plan == Progress(None, 0, 0)
