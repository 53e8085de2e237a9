"""Lists of tasks: who sees what, by which filter, in how many statements."""

from datetime import date, timedelta

import pytest
from flask import Flask

from plans.actors import Actor, Role
from plans.base import new_id
from plans.errors import NotFound
from plans.models import Phase, Task, TaskIndicator, TaskSupport
from plans.progress import TimeStatus
from plans.queries import (
    Counts,
    TaskFilter,
    counts,
    indicators_in_use,
    ledger,
    owed_by,
    red_tasks,
    task_story,
    waiting_for_verification,
)
from plans.states import TaskState
from tests.conftest import NOW
from tests.factories import Factory
from tests.queries import count_queries

TODAY = NOW.date()


def titles(rows: list) -> list[str]:
    return [row.task.title for row in rows]


def change(make: Factory, county: int, task_id: int, **values: object) -> None:
    with make.session(county) as session:
        task = session.query(Task).filter_by(id=task_id).one()
        for name, value in values.items():
            setattr(task, name, value)


@pytest.fixture
def county(make: Factory) -> int:
    return make.county()


@pytest.fixture
def unit_id(make: Factory, county: int) -> int:
    return make.unit(county)


@pytest.fixture
def office(make: Factory, county: int) -> Actor:
    return make.member(county).actor


def test_ledger_shows_own_county_by_deadline(make: Factory, county: int, unit_id: int, office: Actor) -> None:
    make.task(county, unit_id=unit_id, title="后", due_on=TODAY + timedelta(days=9))
    make.task(county, unit_id=unit_id, title="先", due_on=TODAY)
    elsewhere = make.county()
    make.task(elsewhere, unit_id=make.unit(elsewhere), title="别县的")

    with make.session(county) as session:
        assert titles(ledger(session, office, today=TODAY)) == ["先", "后"]


def test_ledger_of_a_unit_holds_what_it_leads_or_supports(make: Factory, county: int, unit_id: int) -> None:
    mine = make.member(county, Role.UNIT, unit_id).actor
    other_unit = make.unit(county)
    make.task(county, unit_id=unit_id, title="牵头")
    helped = make.task(county, unit_id=other_unit, title="配合")
    hidden = make.task(county, unit_id=other_unit, title="无关")
    with make.session(county) as session:
        session.add(TaskSupport(task_id=helped, unit_id=unit_id))

    with make.session(county) as session:
        assert titles(ledger(session, mine, today=TODAY)) == ["牵头", "配合"]
        assert titles(owed_by(session, mine, today=TODAY)) == ["牵头"]
        with pytest.raises(NotFound):
            task_story(session, mine, task_id=hidden, today=TODAY)


def test_ledger_of_a_school_is_empty(make: Factory, county: int, unit_id: int) -> None:
    make.task(county, unit_id=unit_id)
    school = make.member(county, Role.SCHOOL).actor

    with make.session(county) as session:
        assert ledger(session, school, today=TODAY) == []


def test_ledger_filters_one_by_one(make: Factory, county: int, unit_id: int, office: Actor) -> None:
    plan_id = make.plan(county)
    plain = make.task(
        county, unit_id=make.unit(county), title="别的", plan_id=plan_id, due_on=date(2028, 1, 1)
    )
    wanted = make.task(county, unit_id=unit_id, title="要的", plan_id=plan_id)
    change(make, county, wanted, state=TaskState.WORKING, due_on=TODAY - timedelta(days=1))
    with make.session(county) as session:
        session.add(TaskIndicator(task_id=wanted, code="R2"))
        session.add(TaskIndicator(task_id=plain, code="R3"))
        phase = Phase(
            id=new_id(), plan_id=plan_id, no=1, title="启动", starts_on=None, ends_on=TODAY, steps=[]
        )
        session.add(phase)
        phase_id = phase.id

    filters = [
        TaskFilter(unit_id=unit_id),
        TaskFilter(state=TaskState.WORKING),
        TaskFilter(time=TimeStatus.OVERDUE),
        TaskFilter(indicator="R2"),
        TaskFilter(phase_id=phase_id),
    ]
    with make.session(county) as session:
        found = [titles(ledger(session, office, today=TODAY, wanted=one)) for one in filters]
        codes = indicators_in_use(session, office)

    assert found == [["要的"]] * 5
    assert codes == ["R2", "R3"]


@pytest.mark.parametrize(
    ("due_in", "status"),
    [(-1, TimeStatus.OVERDUE), (0, TimeStatus.DUE_SOON), (30, TimeStatus.DUE_SOON), (31, TimeStatus.NOT_DUE)],
)
def test_time_filter_has_the_borders_of_the_status(
    make: Factory, county: int, unit_id: int, office: Actor, due_in: int, status: TimeStatus
) -> None:
    task = make.task(county, unit_id=unit_id)
    change(make, county, task, due_on=TODAY + timedelta(days=due_in))

    with make.session(county) as session:
        found = [
            time
            for time in TimeStatus
            if (rows := ledger(session, office, today=TODAY, wanted=TaskFilter(time=time)))
            and rows[0].time.status is time
        ]

    assert found == [status]


def test_counts_by_state_and_time(make: Factory, county: int, unit_id: int, office: Actor) -> None:
    late, done, soon, _later = (make.task(county, unit_id=unit_id) for _ in range(4))
    change(make, county, late, state=TaskState.WORKING, due_on=TODAY - timedelta(days=3))
    change(make, county, done, state=TaskState.CLOSED, due_on=TODAY - timedelta(days=3), closed_at=NOW)
    change(make, county, soon, due_on=TODAY + timedelta(days=3))

    with make.session(county) as session:
        found = counts(session, office, today=TODAY)

    assert found == Counts(
        {TaskState.ASSIGNED: 2, TaskState.WORKING: 1, TaskState.CLOSED: 1}, overdue=1, due_soon=1
    )
    assert (found.total, found.of(TaskState.SUBMITTED)) == (4, 0)


def test_red_tasks_and_waiting_ones(make: Factory, county: int, unit_id: int, office: Actor) -> None:
    late, waiting, _later = (make.task(county, unit_id=unit_id, title=t) for t in ("逾期", "待核实", "未到"))
    change(make, county, late, due_on=TODAY - timedelta(days=3))
    change(make, county, waiting, state=TaskState.SUBMITTED)

    with make.session(county) as session:
        assert titles(red_tasks(session, office, today=TODAY)) == ["逾期"]
        assert titles(waiting_for_verification(session, office, today=TODAY)) == ["待核实"]


@pytest.mark.parametrize("rows", [1, 30])
def test_lists_take_the_same_statements_for_any_length(
    app: Flask, make: Factory, county: int, rows: int
) -> None:
    unit_id, plan_id = make.unit(county), make.plan(county)
    mine = make.member(county, Role.UNIT, unit_id).actor
    helper = make.unit(county)
    for _ in range(rows):
        task = make.task(county, unit_id=unit_id, plan_id=plan_id)
        with make.session(county) as session:
            session.add(TaskSupport(task_id=task, unit_id=helper))
            session.add(TaskIndicator(task_id=task, code="R2"))

    with make.session(county) as session, count_queries(app) as sent:
        in_list = [
            (row.task.lead_unit.name, row.task.supports[0].unit.name, row.task.indicators[0].code)
            for row in ledger(session, mine, today=TODAY)
        ]
        in_ledger = len(sent)
        acts = [(row.task.events[-1].act, row.task.evidence) for row in owed_by(session, mine, today=TODAY)]
        in_owed = len(sent) - in_ledger
        counts(session, mine, today=TODAY)
        in_counts = len(sent) - in_ledger - in_owed

    assert (len(in_list), acts) == (rows, [("assign", [])] * rows)
    assert (in_ledger, in_owed, in_counts) == (4, 3, 1)
