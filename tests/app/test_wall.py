"""The wall chart and its table."""

from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask

from app.work.timeline import Window, Zoom, window_after, window_before
from plans.actors import Role
from plans.base import new_id
from plans.models import Measure, Milestone, Phase, Task
from tests.app.task_scene import Scene, task_scene
from tests.app.whole_plan import fill_plan
from tests.conftest import NOW
from tests.factories import Factory
from tests.queries import count_queries


@pytest.fixture(autouse=True)
def _fixed_clock() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene(app: Flask, make: Factory) -> Scene:
    scene = task_scene(app, make)
    with make.session(scene.county) as session:
        first, last = date(2026, 1, 1), date(2029, 12, 31)
        session.add(Phase(plan_id=scene.plan_id, no=1, title="创建实施", starts_on=first, ends_on=last))
        session.add(
            Milestone(plan_id=scene.plan_id, phase_id=None, due_on=date(2026, 6, 30), text="建成台账")
        )
        session.add(
            Measure(id=new_id(), plan_id=scene.plan_id, no=1, group_title="", title="补短板", text="")
        )
    return scene


def test_days_stand_at_their_share_of_the_width() -> None:
    window = Window(2026, 2027)

    assert [window.x(day) for day in (date(2025, 5, 1), date(2026, 1, 1), date(2027, 1, 1))] == [0, 0, 480]
    assert window.span(date(2027, 1, 1), date(2031, 1, 1)).end == 960
    assert [tick.day.year for tick in window.ticks] == [2026, 2027]
    assert len(Window(2026, 2028, Zoom.QUARTER).ticks) == 12


def test_windows_follow_each_other_to_the_ends_of_the_plan() -> None:
    years, middle = (2022, 2032), Window(2026, 2028, Zoom.QUARTER)

    assert (window_before(middle, years), window_after(middle, years)) == (2023, 2029)
    assert window_before(Window(2022, 2024, Zoom.QUARTER), years) is None
    assert window_after(Window(2030, 2032, Zoom.QUARTER), years) is None


def test_wall_draws_phase_milestone_measure_and_task_and_tells_them_in_a_table(scene: Scene) -> None:
    with scene.make.session(scene.county) as session:
        session.query(Task).one().due_on = NOW.date() - timedelta(days=3)

    page = scene.as_(scene.office).get_page("/wall")

    heads = [head.get_text(strip=True) for head in page.select(".wall-table tbody th")]
    assert heads == ["里程碑", "1. 补短板", "其他任务", "补齐音乐教室"]
    words = [text.get_text(strip=True) for text in page.select(".wall-table tbody text.word")]
    assert words == ["没有任务", "已销号 0 / 1 项", "逾期 3 天"]
    # A drawing inside of a drawing loses its place in a head that is printed on every sheet.
    assert [name.get_text(strip=True) for name in page.select(".wall-table thead text.phase")] == ["创建实施"]
    assert page.select("svg svg") == []
    assert len(page.select(".wall-table .ghost")) == 1
    rows = [
        [cell.get_text(" ", strip=True) for cell in row("td")] for row in page.select(".wall-twin tbody tr")
    ]
    assert rows == [
        ["阶段", "创建实施", "—", "2026-01-01", "2029-12-31", "—", "—"],
        ["里程碑", "建成台账", "—", "—", "2026-06-30", "—", "错过"],
        ["任务", "补齐音乐教室", "县教育局", "2026-11-22", "2026-11-19 原定 2027-01-21", "0%", "逾期 3 天"],
    ]


@pytest.mark.parametrize(
    ("asked", "n_tasks"),
    [
        ("zoom=month&from=2027", 1),
        ("zoom=month&from=2029", 0),
        ("zoom=quarter", 1),
        ("zoom=nonsense&from=x&unit=y", 1),
        ("unit={unit}", 1),
        ("unit=1", 0),
    ],
)
def test_wall_shows_the_window_and_the_unit_asked_for(scene: Scene, asked: str, n_tasks: int) -> None:
    page = scene.as_(scene.office).get_page("/wall?" + asked.format(unit=scene.unit_id))

    assert len(page.select(".wall-table .stretch")) == n_tasks


def test_wall_shows_no_other_county_and_a_unit_only_its_tasks(scene: Scene) -> None:
    elsewhere = scene.make.county()
    scene.make.task(elsewhere, unit_id=scene.make.unit(elsewhere), title="别县的任务")
    other_unit = scene.make.unit(scene.county)
    stranger = scene.make.member(scene.county, Role.UNIT, other_unit)

    assert "别县的任务" not in scene.as_(scene.office).get_page("/wall").text
    assert "补齐音乐教室" not in scene.as_(stranger).get_page("/wall").text


def test_wall_without_a_plan_says_what_to_do(app: Flask, make: Factory, scene: Scene) -> None:
    page = scene.as_(make.member(make.county())).get_page("/wall")

    assert "还没有实施方案" in page.text


@pytest.mark.parametrize("rows", [1, 300])
def test_wall_takes_the_same_statements_for_any_length(app: Flask, scene: Scene, rows: int) -> None:
    fill_plan(scene, rows)
    client = scene.as_(scene.office)

    with count_queries(app) as sent:
        page = client.get_page("/wall")

    assert len(page.select(".wall-table .stretch")) == rows
    assert len(sent) == 13
