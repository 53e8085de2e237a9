"""When a target is marked as off its path, and who is told."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.jobs.counties import for_each_county
from app.jobs.nightly import nightly
from app.targets.alarms import watch_targets
from plans.calendar import ZONE
from plans.models import Quantity, Target
from plans.targets import Aim, set_target
from tests.app.county_data import measures, report, school
from tests.conftest import NOW
from tests.factories import Factory, Member
from tests.plans.reminders.watch import Watch

AIM = Aim("R7", "primary", Quantity.MEAN, 2022, 1.8, 2027, 2.3)  # 2.0 is due in 2024
FIRST = NOW.date()


@pytest.fixture
def office(make: Factory) -> Member:
    return make.member(make.county())


def aim(make: Factory, office: Member) -> None:
    plan_id = make.plan(office.actor.county_id)
    with make.session(office.actor.county_id) as session:
        set_target(session, office.actor, plan_id=plan_id, aim=AIM, at=NOW)


def rooms(make: Factory, member: Member, year: int, n: float, day: int = 0) -> None:
    """Data of a year, brought in some days later than the first."""
    schools = measures(school(1, multimedia_rooms=n), school(2, multimedia_rooms=n))
    report(make, member, schools, year=year, at=NOW + timedelta(days=day))


def marked(make: Factory, office: Member) -> date | None:
    with make.session(office.actor.county_id) as session:
        return session.scalars(sa.select(Target.off_path_on)).one()


def test_first_day_stays_while_off_the_path_and_goes_when_back_on_it(make: Factory, office: Member) -> None:
    aim(make, office)
    rooms(make, office, 2024, 18.0)
    first = marked(make, office)
    rooms(make, office, 2025, 18.0, day=5)
    still = marked(make, office)
    rooms(make, office, 2025, 24.0, day=9)

    assert (first, still, marked(make, office)) == (FIRST, FIRST, None)


@pytest.mark.parametrize(("n_rooms", "is_off"), [(20.0, False), (19.99, True)])
def test_exactly_what_is_due_is_on_the_path(
    make: Factory, office: Member, n_rooms: float, is_off: bool
) -> None:
    aim(make, office)
    rooms(make, office, 2024, n_rooms)

    assert (marked(make, office) is not None) is is_off


def test_older_year_brought_in_later_marks_nothing(make: Factory, office: Member) -> None:
    aim(make, office)
    rooms(make, office, 2025, 24.0)
    rooms(make, office, 2024, 18.0, day=1)

    assert marked(make, office) is None


def test_without_data_nothing_is_known(make: Factory, office: Member) -> None:
    aim(make, office)
    with make.session(office.actor.county_id) as session:
        assert watch_targets(session, on=FIRST) == 0

    assert marked(make, office) is None


def test_night_finds_a_target_set_after_the_data_and_leaves_the_form_of_others_alone(
    app: Flask, make: Factory, office: Member
) -> None:
    rooms(make, office, 2024, 18.0)
    aim(make, office)
    neighbour = make.member(make.county())
    rooms(make, neighbour, 2024, 24.0)
    aim(make, neighbour)
    before = marked(make, office)

    with app.app_context():
        words = [[one.words for one in for_each_county(nightly, at=NOW)] for _night in range(2)]

    none = "没有要交办的周期任务。"
    assert words == [[none + "1 个目标偏离或回到路径。", none], [none, none]]
    assert (before, marked(make, office), marked(make, neighbour)) == (None, FIRST, None)
    with make.session(office.actor.county_id) as session:
        assert session.scalars(sa.select(Target.version)).one() == 1


def test_those_who_assign_are_told_once_on_a_working_day(make: Factory, office: Member) -> None:
    aim(make, office)
    rooms(make, office, 2024, 18.0)
    watch, monday = Watch(make, [office.actor.county_id]), FIRST + timedelta(days=1)

    written = [watch.tick(day) for day in (FIRST, monday, monday + timedelta(days=1))]

    assert written == [0, 1, 0]  # the 22nd of November is a Sunday
    assert watch.told("target") == [(office.actor.user_id, "target-off", monday)]
    assert datetime.combine(monday, NOW.timetz()).astimezone(ZONE).weekday() == 0
