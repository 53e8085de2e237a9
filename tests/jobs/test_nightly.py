"""The nightly job: every county, each by itself, nothing twice."""

import logging
from datetime import datetime

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from app.jobs.counties import UnknownCounty, for_each_county
from app.jobs.nightly import nightly
from plans.base import County
from plans.duties import DutyTerms, add_duty
from plans.models import Task
from plans.periods import RULES, Every
from tests.conftest import NOW
from tests.factories import Factory


def with_duty(make: Factory, title: str = "工作调度") -> int:
    """A county with one monthly duty."""
    county = make.county()
    unit_id, plan_id, office = make.unit(county), make.plan(county), make.member(county).actor
    with make.session(county) as session:
        terms = DutyTerms(title, "", Every.MONTH, RULES[Every.MONTH], None, unit_id)
        add_duty(session, office, plan_id=plan_id, terms=terms, at=NOW)
    return county


def titles(make: Factory, county: int) -> list[str]:
    with make.session(county) as session:
        return list(session.scalars(sa.select(Task.title)))


def code_of(make: Factory, county: int) -> str:
    with make.session() as session:
        return session.scalars(sa.select(County.code).where(County.id == county)).one()


def test_every_county_gets_its_own_tasks_once(app: Flask, make: Factory) -> None:
    first, second, without = with_duty(make, "甲的调度"), with_duty(make, "乙的调度"), make.county()

    with app.app_context():
        outcomes = [for_each_county(nightly, at=NOW) for _run in range(2)]

    assert [one.words for one in outcomes[0]] == [
        "交办周期任务 1 项。",
        "交办周期任务 1 项。",
        "没有要交办的周期任务。",
    ]
    assert {one.words for one in outcomes[1]} == {"没有要交办的周期任务。"}
    assert [titles(make, county) for county in (first, second, without)] == [
        ["甲的调度（2026年11月）"],
        ["乙的调度（2026年11月）"],
        [],
    ]


def test_handed_out_task_names_the_office_as_the_one_who_assigned(app: Flask, make: Factory) -> None:
    county = with_duty(make)

    with app.app_context():
        for_each_county(nightly, at=NOW)

    with make.session(county) as session:
        [event] = session.scalars(sa.select(Task)).one().events
        assert (event.act, event.actor_name, event.at) == ("assign", "创建办（系统）", NOW)


def test_county_that_fails_is_logged_and_leaves_nothing_while_the_others_go_on(
    app: Flask, make: Factory, caplog: pytest.LogCaptureFixture
) -> None:
    broken, fine = with_duty(make), with_duty(make)

    def breaking(session: Session, county: County, at: datetime) -> str:
        words = nightly(session, county, at)
        if county.id == broken:
            raise RuntimeError("lost its way")
        return words

    with app.app_context(), caplog.at_level(logging.ERROR):
        outcomes = for_each_county(breaking, at=NOW)

    assert [one.has_failed for one in outcomes] == [True, False]
    assert (titles(make, broken), titles(make, fine)) == ([], ["工作调度（2026年11月）"])
    assert "lost its way" in caplog.text


def test_command_serves_one_county_by_its_code(app: Flask, make: Factory) -> None:
    wanted, other = with_duty(make), with_duty(make)

    with time_machine.travel(NOW, tick=False):
        done = app.test_cli_runner().invoke(args=["jobs", "nightly", "--county", code_of(make, wanted)])

    assert (done.exit_code, done.output) == (0, "第1示例县：交办周期任务 1 项。\n")
    assert (len(titles(make, wanted)), titles(make, other)) == (1, [])


def test_code_of_no_county_is_refused(app: Flask, make: Factory) -> None:
    with_duty(make)

    with app.app_context(), pytest.raises(UnknownCounty, match="000000"):
        for_each_county(nightly, at=NOW, code="000000")
    done = app.test_cli_runner().invoke(args=["jobs", "nightly", "--county", "000000"])

    assert (done.exit_code, "请核对" in done.output) == (1, True)


def test_preparing_does_the_nightly_work_too(app: Flask, make: Factory) -> None:
    county = with_duty(make)

    with time_machine.travel(NOW, tick=False):
        done = app.test_cli_runner().invoke(args=["prepare"])

    assert done.exit_code == 0, done.output
    assert titles(make, county) == ["工作调度（2026年11月）"]
