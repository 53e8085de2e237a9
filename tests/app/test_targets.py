"""Targets: set by the side that plans, judged at every boundary, carried on where a trend can be told."""

from datetime import timedelta

import pandas as pd
import pytest
from flask import Flask

from app.targets.actuals import actuals
from app.targets.defaults import add_default_targets
from app.targets.lines import Outlook, target_line, target_lines
from app.targets.pages import headline
from plans.actors import Role
from plans.errors import ActNotAllowed, NotFound, TargetYearsOutOfOrder
from plans.models import Plan, Quantity, Target
from plans.targets import Aim, drop_target, set_target, targets_of
from scoring.loader import load_standard
from tests.app.county_data import measures, report, school
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.queries import count_queries

STANDARD = load_standard("quality-2017")
MEAN = Aim("R7", "primary", Quantity.MEAN, 2022, 1.8, 2027, 2.3)  # 0.1 a year
SPREAD = Aim("R7", "primary", Quantity.SPREAD, 2022, 0.60, 2027, 0.50)  # −0.02 a year
STEPS = Aim("R7", "primary", Quantity.MEAN, 2022, 1.8, 2027, 2.3, {2024: 2.0, 2026: 2.2})


@pytest.fixture
def office(make: Factory) -> Member:
    return make.member(make.county())


def row_of(aim: Aim) -> Target:
    steps = {str(year): value for year, value in aim.steps.items()}
    return Target(**{**vars(aim), "steps": steps})


def outlook(aim: Aim, year: int, **figures: float) -> Outlook:
    history = pd.Series({int(name[1:]): value for name, value in figures.items()}, dtype="float64")
    return target_line(row_of(aim), STANDARD.indicator(aim.indicator_code), history, year).outlook


@pytest.mark.parametrize(
    ("aim", "figures", "expected"),
    [
        (MEAN, {"y2024": 2.3}, Outlook.MET),
        (MEAN, {"y2024": 2.0}, Outlook.ON_TRACK),  # exactly what is due
        (MEAN, {"y2024": 1.999}, Outlook.BEHIND),
        (MEAN, {"y2024": 1.9}, Outlook.BEHIND),  # exactly what was due a year before
        (MEAN, {"y2024": 1.899}, Outlook.AT_RISK),
        (MEAN, {"y2023": 2.3}, Outlook.NO_DATA),
        (SPREAD, {"y2024": 0.50}, Outlook.MET),
        (SPREAD, {"y2024": 0.56}, Outlook.ON_TRACK),
        (SPREAD, {"y2024": 0.561}, Outlook.BEHIND),
        (SPREAD, {"y2024": 0.581}, Outlook.AT_RISK),
        (STEPS, {"y2025": 2.0}, Outlook.ON_TRACK),
        (STEPS, {"y2025": 1.99}, Outlook.AT_RISK),  # the step was due a year before already
        (STEPS, {"y2024": 1.99}, Outlook.BEHIND),
    ],
)
def test_outlook_at_the_boundaries_of_the_path(
    aim: Aim, figures: dict[str, float], expected: Outlook
) -> None:
    year = 2025 if aim is STEPS and "y2025" in figures else 2024

    assert outlook(aim, year, **figures) is expected


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"y2022": 1.8, "y2023": 1.9, "y2024": 2.0}, Outlook.ON_TRACK),  # reaches 2.3 in 2027 exactly
        ({"y2022": 1.83, "y2023": 1.92, "y2024": 2.0}, Outlook.MISSED),  # on its path, yet too slow
        ({"y2023": 1.83, "y2024": 2.0}, Outlook.ON_TRACK),  # two years tell no trend
    ],
)
def test_outlook_is_missed_where_the_trend_does_not_reach_the_target(figures, expected) -> None:
    assert outlook(MEAN, 2024, **figures) is expected


def test_two_years_of_data_are_not_carried_on_and_it_says_so() -> None:
    history = pd.Series({2023: 1.9, 2024: 2.0})

    line = target_line(row_of(MEAN), STANDARD.indicator("R7"), history, 2024)

    assert (line.expected, line.projection.sentence) == (None, "只有 2 年数据，至少要 3 年才能推算走势。")
    assert line.yearly_gain == pytest.approx(0.1)


def test_setting_the_same_figure_again_replaces_it(make: Factory, office: Member) -> None:
    plan_id = make.plan(office.actor.county_id)

    with make.session(office.actor.county_id) as session:
        set_target(session, office.actor, plan_id=plan_id, aim=MEAN, at=make.now)
        set_target(session, office.actor, plan_id=plan_id, aim=STEPS, at=make.now)

    with make.session(office.actor.county_id) as session:
        assert [(one.quantity, one.due, one.steps) for one in targets_of(session, plan_id)] == [
            (Quantity.MEAN, 2.3, {"2024": 2.0, "2026": 2.2})
        ]


@pytest.mark.parametrize(
    ("baseline_year", "horizon_year", "steps"),
    [(2027, 2027, {}), (2022, 2027, {2022: 1.0}), (2022, 2027, {2027: 2.0})],
)
def test_years_out_of_order_are_refused(
    make: Factory, office: Member, baseline_year, horizon_year, steps
) -> None:
    plan_id = make.plan(office.actor.county_id)
    aim = Aim("R7", "primary", Quantity.MEAN, baseline_year, 1.8, horizon_year, 2.3, steps)

    with pytest.raises(TargetYearsOutOfOrder), make.session(office.actor.county_id) as session:
        set_target(session, office.actor, plan_id=plan_id, aim=aim, at=make.now)


@pytest.mark.parametrize("role", [Role.UNIT, Role.SCHOOL, Role.SUPERVISOR, Role.OVERSEER])
def test_only_office_and_leader_set_targets(make: Factory, office: Member, role: Role) -> None:
    plan_id, other = make.plan(office.actor.county_id), make.member(office.actor.county_id, role).actor

    with pytest.raises(ActNotAllowed), make.session(office.actor.county_id) as session:
        set_target(session, other, plan_id=plan_id, aim=MEAN, at=make.now)


def test_plan_and_target_of_another_county_are_not_found(make: Factory, office: Member) -> None:
    other = make.member(make.county())
    plan_id = make.plan(other.actor.county_id)
    with make.session(other.actor.county_id) as session:
        target_id = set_target(session, other.actor, plan_id=plan_id, aim=MEAN, at=make.now).id

    with pytest.raises(NotFound), make.session(office.actor.county_id) as session:
        set_target(session, office.actor, plan_id=plan_id, aim=MEAN, at=make.now)
    with pytest.raises(NotFound), make.session(office.actor.county_id) as session:
        drop_target(session, office.actor, target_id=target_id, seen_version=1, reason="", at=make.now)


def test_defaults_go_from_the_oldest_figure_to_the_standard(make: Factory, office: Member) -> None:
    plan_id = make.plan(office.actor.county_id)
    report(make, office, measures(school(1, multimedia_rooms=18.0)), year=2024)
    report(make, office, measures(school(1, multimedia_rooms=20.0)), year=2025)

    with make.session(office.actor.county_id) as session:
        plan = session.get_one(Plan, (office.actor.county_id, plan_id))
        n_added = [
            add_default_targets(session, office.actor, plan, STANDARD, horizon_year=2029, at=make.now)
            for _ in range(2)
        ]
        kept = {(one.indicator_code, one.quantity): one for one in targets_of(session, plan_id)}
        rooms, teachers = kept["R7", Quantity.MEAN], kept["R1", Quantity.MEAN]
        path = rooms.baseline_year, rooms.baseline, rooms.horizon_year, rooms.due
        flat = teachers.baseline, teachers.due

    assert n_added == [14, 0]
    assert path == (2024, 1.8, 2029, 2.3)
    assert flat == (4.2, 4.2)  # reached from the start: the path is the standard


def test_figures_are_those_of_the_newest_result_of_each_year(make: Factory, office: Member) -> None:
    report(make, office, measures(school(1, multimedia_rooms=18.0), school(2)), year=2024)
    report(make, office, measures(school(1), school(2)), year=2024, at=make.now + timedelta(days=1))
    report(make, make.member(make.county()), measures(school(1, multimedia_rooms=99.0)), year=2023)

    with make.session(office.actor.county_id) as session:
        found = actuals(session)

    assert found["R7", "primary", Quantity.MEAN].to_dict() == {2024: 2.4}
    assert found["R7", "primary", Quantity.SHARE].to_dict() == {2024: 100.0}


def test_page_sets_changes_and_drops_a_target(client: PageClient, make: Factory, office: Member) -> None:
    make.plan(office.actor.county_id)
    report(make, office, measures(school(1, multimedia_rooms=20.0)), year=2024)
    client.sign_in(office)
    fields = {
        "indicator_code": "R7", "stage": "primary", "quantity": "mean", "baseline_year": "2022",
        "baseline": "1.8", "horizon_year": "2027", "due": "2.3", "steps": "",
    }  # fmt: skip

    page = client.post_page("/targets/new", fields)
    address = page.select_one("form[action^='/targets/']")["action"]
    stepped = client.post_page(address, {**fields, "steps": "2024 2.1", "seen": 1})
    stale = client.post_page(address, {**fields, "due": "2.5", "seen": 1}, 422)
    empty = client.post_page(f"{address}/drop", {"seen": 2})

    assert page.h1.text == (
        "2024 年实际 2.00 间/百生，当年应达到 2.00 间/百生，跟上进度；"
        "到 2027 年达到 2.30 间/百生，还须每年提高 0.10 间/百生。"
    )
    assert "当年应达到 2.10 间/百生，落后不足一年" in stepped.h1.text
    assert "已被他人修改" in stale.select_one(".message-red").text
    assert (stale.select_one("#due")["value"], stale.select_one("#seen")["value"]) == ("2.5", "2")
    assert empty.h1.text == "还没有设定目标。"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"horizon_year": "2022"}, "目标年应晚于基准年。"),
        ({"baseline": "很多"}, "请填写数字。"),
        ({"due": "-1"}, "数值不能为负数。"),
        ({"due": "nan"}, "数值不能为负数。"),
        ({"steps": "明年 2.0"}, "“明年 2.0”读不出年份和数值。"),
        ({"steps": "2030 2.0"}, "2030 年不在基准年与目标年之间。"),
        ({"baseline_year": ""}, "请填写基准年。"),
    ],
)
def test_wrong_target_is_refused_with_its_reason(
    client, make: Factory, office: Member, wrong, message
) -> None:
    make.plan(office.actor.county_id)
    report(make, office, measures(school(1)), year=2024)
    client.sign_in(office)
    fields = {
        "indicator_code": "R7", "stage": "primary", "quantity": "mean", "baseline_year": "2022",
        "baseline": "1.8", "horizon_year": "2027", "due": "2.3", "steps": "",
    }  # fmt: skip

    page = client.post_page("/targets/new", {**fields, **wrong}, 422)

    assert [error.text for error in page.select(".field-error")] == [message]


def test_page_of_another_county_shows_none_of_the_targets(client: PageClient, make: Factory, office) -> None:
    other = make.member(make.county())
    plan_id = make.plan(other.actor.county_id)
    report(make, other, measures(school(1)), year=2024)
    with make.session(other.actor.county_id) as session:
        target_id = set_target(session, other.actor, plan_id=plan_id, aim=MEAN, at=make.now).id
    make.plan(office.actor.county_id)
    report(make, office, measures(school(1)), year=2024)
    client.sign_in(office)

    assert client.get_page("/targets").h1.text == "还没有设定目标。"
    client.get_page(f"/targets/{target_id}", 404)


@pytest.mark.parametrize("n_targets", [1, 3])
def test_lines_take_two_queries(app: Flask, make: Factory, office: Member, n_targets: int) -> None:
    plan_id = make.plan(office.actor.county_id)
    report(make, office, measures(school(1)), year=2024)
    with make.session(office.actor.county_id) as session:
        for code in ("R1", "R2", "R3")[:n_targets]:
            aim = Aim(code, "primary", Quantity.MEAN, 2022, 0.1, 2027, 9.0)
            set_target(session, office.actor, plan_id=plan_id, aim=aim, at=make.now)

    with make.session(office.actor.county_id) as session, count_queries(app) as sent:
        lines = target_lines(session, plan_id, STANDARD, 2024)

    assert (len(lines), len(sent)) == (n_targets, 2)
    assert headline(lines).startswith(f"{n_targets} 项目标：")
