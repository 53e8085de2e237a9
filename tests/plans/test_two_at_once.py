"""Two sessions at the same time: one number each, one task an occurrence, one act a task."""

import threading
from collections.abc import Callable
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from plans.actors import Actor, Role
from plans.commands import sign_task
from plans.duties import DutyTerms, add_duty, open_occurrences
from plans.errors import StaleTask
from plans.models import Notice, Task
from plans.notices import NoticeTerms, draft_notice, send_notice
from plans.periods import RULES, Every
from tests.conftest import NOW
from tests.factories import Factory

AT_ONCE, TURNS = 4, 5


def all_at_once(make: Factory, county: int, act: Callable[[Session], None], times: int = 1) -> None:
    """Run an act in several sessions that begin together."""
    gate = threading.Barrier(AT_ONCE)

    def run() -> None:
        gate.wait()
        for _ in range(times):
            with make.session(county) as session:
                act(session)

    threads = [threading.Thread(target=run) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)


def test_notices_sent_at_once_are_numbered_without_gap_or_double(make: Factory) -> None:
    county = make.county()
    unit, office = make.unit(county), make.member(county).actor

    def send(session: Session) -> None:
        terms = NoticeTerms("督办", "限期办结", unit, date(2027, 1, 29))
        notice = draft_notice(session, office, terms=terms, at=NOW)
        send_notice(session, office, notice_id=notice.id, seen_event=1, at=NOW)

    all_at_once(make, county, send, TURNS)

    with make.session(county) as session:
        numbers = sorted(session.scalars(sa.select(Notice.no)))
    assert numbers == list(range(1, AT_ONCE * TURNS + 1))


def test_occurrences_opened_at_once_make_one_task_each(make: Factory) -> None:
    county = make.county()
    unit, plan, office = make.unit(county), make.plan(county), make.member(county).actor
    with make.session(county) as session:
        terms = DutyTerms("调度", "", Every.MONTH, RULES[Every.MONTH], None, unit)
        add_duty(session, office, plan_id=plan, terms=terms, at=NOW)

    all_at_once(make, county, lambda session: _open(session, office))

    with make.session(county) as session:
        assert session.scalars(sa.select(Task.title)).all() == ["调度（2026年11月）"]


def test_two_who_sign_at_once_sign_once_and_the_second_is_told(make: Factory) -> None:
    county = make.county()
    unit = make.unit(county)
    people = [make.member(county, Role.UNIT, unit).actor for _ in range(AT_ONCE)]
    task_id = make.task(county, unit_id=unit)
    told: list[str] = []

    def sign(session: Session) -> None:
        actor = people.pop()
        try:
            sign_task(session, actor, task_id=task_id, seen_event=1, at=NOW)
        except StaleTask as refusal:
            told.append(refusal.by)

    all_at_once(make, county, sign)

    with make.session(county) as session:
        acts = [(event.act, event.actor_name) for event in session.scalars(sa.select(Task)).one().events]
    assert [act for act, _ in acts] == ["assign", "sign"]
    assert told == [acts[1][1]] * (AT_ONCE - 1)


def _open(session: Session, office: Actor) -> None:
    open_occurrences(session, office, at=NOW)
