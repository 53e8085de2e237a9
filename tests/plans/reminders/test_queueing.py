"""Who is told what on which day: once, and nobody else."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.models import Membership
from plans.actors import Person, Role
from plans.commands import (
    answer_extension,
    ask_extension,
    close_task,
    decline_task,
    name_person,
    pause_task,
    submit_task,
    urge_task,
)
from plans.models import Answer, Task
from tests.factories import Factory
from tests.plans.reminders.place import DUE, Place
from tests.plans.reminders.watch import DEPUTY, HEAD

TODAY = date(2026, 11, 25)
BEFORE_7 = date(2026, 12, 22)
AFTER = date(2027, 1, 25)


@pytest.fixture
def place(make: Factory) -> Place:
    return Place(make)


def test_unit_is_told_once_before_the_deadline(place: Place) -> None:
    written = [place.watch.tick(BEFORE_7) for _ in range(2)]

    assert written == [1, 0]
    assert place.told() == [(place.unit.user_id, "deadline-before-7", BEFORE_7)]


def test_newest_slot_alone_is_told_after_a_gap(place: Place) -> None:
    place.watch.tick(BEFORE_7 - timedelta(days=1))
    place.watch.tick(DUE)

    assert [rule for _account, rule, _day in place.told()] == ["deadline-before-30", "deadline-day"]


def test_clock_set_back_tells_nothing_older(place: Place) -> None:
    place.watch.tick(DUE)
    place.watch.tick(BEFORE_7)

    assert [rule for _account, rule, _day in place.told()] == ["deadline-day"]


def test_moved_deadline_has_slots_of_its_own(place: Place) -> None:
    place.watch.tick(BEFORE_7)
    place.act(ask_extension, place.unit, BEFORE_7, wanted_on=date(2027, 6, 30), reason="等待批复")
    place.act(answer_extension, place.office, BEFORE_7, answer=Answer.GRANTED, note="")
    place.watch.tick(DUE)
    place.watch.tick(date(2027, 6, 30))

    assert [(rule, day) for _account, rule, day in place.told()] == [
        ("deadline-before-7", BEFORE_7),
        ("deadline-day", date(2027, 6, 30)),
    ]


def test_nobody_is_told_of_what_is_paused_or_asked_for_extension(place: Place) -> None:
    place.act(ask_extension, place.unit, TODAY, wanted_on=date(2027, 6, 30), reason="等待批复")
    place.watch.tick(BEFORE_7)
    silent = place.told()
    place.act(answer_extension, place.office, TODAY, answer=Answer.REFUSED, note="按期完成")
    place.report(TODAY)
    place.act(pause_task, place.office, TODAY, note="停工")
    place.watch.tick(BEFORE_7)

    assert (silent, place.told()) == ([], [])


def test_nobody_is_told_of_what_is_done(place: Place) -> None:
    place.report(TODAY)
    place.act(submit_task, place.unit, TODAY, note="")
    place.watch.tick(DUE)
    place.act(close_task, place.supervisor, TODAY, note="")
    place.watch.tick(AFTER)

    assert (place.told(), place.told("overdue")) == ([], [])


def test_named_person_alone_is_told_while_he_is_there(place: Place, make: Factory) -> None:
    person = make.member(place.county, Role.UNIT, place.unit_id).actor
    place.act(name_person, place.office, TODAY, person=Person(person.name, person.user_id))
    place.watch.tick(BEFORE_7)
    there = place.whom("deadline")
    with make.session(place.county) as session:
        mine = Membership.account_id == person.user_id
        session.execute(sa.update(Membership).where(mine).values(is_active=False))
    place.watch.tick(DUE)

    assert (there, place.whom("deadline")) == ({person.user_id}, {person.user_id, place.unit.user_id})


def test_office_is_told_where_a_unit_has_nobody(place: Place, make: Factory) -> None:
    empty = make.unit(place.county)
    with make.session(place.county) as session:
        session.get_one(Task, (place.county, place.task_id)).lead_unit_id = empty
    place.watch.tick(BEFORE_7)

    assert place.office.user_id in place.whom("deadline")
    assert place.unit.user_id not in place.whom("deadline")


def test_successor_is_not_told_what_came_before_him(place: Place) -> None:
    came = date(2026, 12, 1)
    new = place.watch.member(place.county, Role.UNIT, place.unit_id, reminded_from=came).actor
    place.watch.tick(came)  # the newest slot, 30 working days before, is of November
    before = place.whom("deadline")
    place.watch.tick(BEFORE_7)

    assert (before, place.whom("deadline")) == ({place.unit.user_id}, {place.unit.user_id, new.user_id})


def test_ladder_climbs_and_the_first_act_stops_it(place: Place) -> None:
    head = place.watch.member(place.county, Role.UNIT, place.unit_id, **HEAD).actor
    deputy = place.watch.member(place.county, Role.LEADER, **DEPUTY).actor
    other_leader = place.watch.member(place.county, Role.LEADER).actor
    place.watch.tick(date(2027, 1, 6))
    first = place.whom("escalation")
    place.watch.tick(date(2027, 1, 13))
    second = place.whom("escalation")
    place.report(date(2027, 1, 13))
    place.watch.tick(date(2027, 3, 1))

    assert first == {head.user_id}
    assert {head.user_id, place.office.user_id} <= second
    assert place.whom("escalation").isdisjoint({deputy.user_id, other_leader.user_id})


def test_ladder_ends_with_the_leader_in_charge(place: Place) -> None:
    deputy = place.watch.member(place.county, Role.LEADER, **DEPUTY).actor
    other_leader = place.watch.member(place.county, Role.LEADER).actor
    place.watch.tick(date(2027, 3, 1))

    assert deputy.user_id in place.whom("escalation")
    assert other_leader.user_id not in place.whom("escalation")


def test_supervisors_are_told_what_waits_for_them(place: Place) -> None:
    place.report(TODAY)
    place.act(submit_task, place.unit, TODAY, note="")
    place.watch.tick(date(2026, 11, 27))
    early = place.told("verifying")
    place.watch.tick(date(2026, 11, 30))

    assert early == []
    assert place.told("verifying") == [(place.supervisor.user_id, "verifying-after-3", date(2026, 11, 30))]


def test_assigners_are_told_of_a_wish_at_once(place: Place) -> None:
    place.act(ask_extension, place.unit, TODAY, wanted_on=date(2027, 6, 30), reason="等待批复")
    place.watch.tick(TODAY)

    assert place.office.user_id in place.whom("extension")
    assert {day for _account, _rule, day in place.told("extension")} == {TODAY}


def test_office_is_told_of_what_was_declined(place: Place) -> None:
    place.act(decline_task, place.unit, TODAY, note="不属本单位职责")
    place.watch.tick(TODAY)
    early = place.told("declined")
    place.watch.tick(date(2026, 11, 26))

    assert early == []
    assert place.office.user_id in place.whom("declined")


def test_urging_is_the_same_road(place: Place) -> None:
    place.act(urge_task, place.office, TODAY, note="请抓紧")
    place.watch.tick(TODAY)
    place.watch.tick(TODAY)

    assert place.told("urge") == [(place.unit.user_id, "urge", TODAY)]


def test_work_untouched_for_a_month_is_stale(place: Place) -> None:
    with place.make.session(place.county) as session:
        task = session.get_one(Task, (place.county, place.task_id))
        task.due_on = date(2027, 6, 30)
    place.report(TODAY)
    place.watch.tick(date(2026, 12, 24))
    early = place.told("stale")
    place.watch.tick(date(2026, 12, 25))

    assert early == []
    assert place.told("stale") == [(place.unit.user_id, "stale", date(2026, 12, 25))]


def test_county_with_days_of_its_own_is_told_of_stale_work_on_its_day(place: Place) -> None:
    place.watch.settings = {"reminders": {"stale": {"offset": 14}}}
    place.report(TODAY)
    place.watch.tick(date(2026, 12, 8))
    early = place.told("stale")
    place.watch.tick(date(2026, 12, 9))

    assert early == []
    assert place.told("stale") == [(place.unit.user_id, "stale", date(2026, 12, 9))]


def test_family_that_is_switched_off_tells_nothing(place: Place) -> None:
    place.watch.settings = {"reminders": {"stale": {"on": False}}}
    place.report(TODAY)
    place.watch.tick(date(2026, 12, 28))

    assert place.told("stale") == []


def test_only_the_counties_named_are_written(place: Place) -> None:
    place.watch.county_ids = []

    assert place.watch.tick(DUE) == 0
