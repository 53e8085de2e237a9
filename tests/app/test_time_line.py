"""Phases and milestones on a line of years: pure layout."""

from datetime import date

from app.work.line import time_line
from plans.models import Milestone, Phase, Plan

TODAY = date(2026, 7, 1)


def phase(no: int, first: date | None, last: date | None) -> Phase:
    return Phase(no=no, title=f"阶段{no}", starts_on=first, ends_on=last)


def stone(text: str, due: date) -> Milestone:
    return Milestone(text=text, due_on=due, stated_due_on=due, original_due_on=due)


def plan(*phases: Phase, horizon: int | None = 2029) -> Plan:
    return Plan(horizon_year=horizon, phases=list(phases))


def test_line_runs_from_the_first_day_to_the_horizon_and_open_phases_to_its_ends() -> None:
    phases = phase(1, None, date(2026, 12, 31)), phase(2, date(2027, 1, 1), None)

    line = time_line(plan(*phases), [stone("台账", date(2026, 3, 1))], TODAY)

    assert (line.window.first_year, line.window.last_year) == (2026, 2029)
    assert [(one.title, span.x, span.end) for one, span in line.phases] == [
        ("阶段1", 0.0, 239.8),
        ("阶段2", 239.8, 960.0),
    ]
    assert line.today_x == 118.9


def test_milestone_after_the_horizon_lengthens_the_line_and_today_outside_is_not_drawn() -> None:
    line = time_line(plan(horizon=2028), [stone("复核", date(2030, 5, 1))], TODAY)

    assert (line.window.first_year, line.window.last_year, line.today_x) == (2028, 2030, None)


def test_labels_that_would_meet_stand_in_lanes_and_the_drawing_grows() -> None:
    near = [stone("校舍和场馆工程", date(2027, 8, 31)), stone("通过地州复核", date(2027, 9, 30))]

    apart, close = time_line(plan(), near[:1], TODAY), time_line(plan(), near, TODAY)

    assert [[mark.label for mark in lane] for lane in close.lanes] == [["校舍和场馆工程"], ["通过地州复核"]]
    assert (apart.height, close.height) == (72, 96)
