"""The office's page of what will go out in thirty days."""

import re
from datetime import datetime

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from plans.actors import Role
from plans.calendar import ZONE
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.plans.reminders.place import DUE, Place
from tests.queries import count_queries

ADDRESS = "/reminders/ahead"
AT = datetime(2026, 12, 10, 9, 0, tzinfo=ZONE)


def test_office_sees_what_goes_out_to_its_county_by_which_rule(client: PageClient, make: Factory) -> None:
    place, neighbour = Place(make), make.county()
    unit_id = make.unit(neighbour)
    make.member(neighbour, Role.UNIT, unit_id)
    make.task(neighbour, unit_id=unit_id, due_on=DUE, title="邻县的任务")
    page = _seen(client, place.office_member)

    rows = [[cell.get_text(strip=True) for cell in row.select("td")] for row in page.select("tbody tr")]
    days = [head.get_text() for head in page.select("tr.group th")]
    own = [row for row in rows if row and "前 7 个工作日" in row[2] and place.unit.name in row[3]]
    assert len(own) == 1
    assert "2026年12月22日（星期二）" in days
    assert "邻县的任务" not in page.get_text()
    assert "邻县的任务" in _seen(client, make.member(neighbour)).get_text()  # it does go out, there


def test_whoever_owes_several_things_of_one_name_is_named_once(client: PageClient, make: Factory) -> None:
    place = Place(make)
    for _number in range(2):
        make.task(place.county, unit_id=place.unit_id, due_on=DUE, title="同名任务")

    page = _seen(client, place.office_member)

    rows = [row for row in page.select("tbody tr") if "同名任务" in row.text]
    told = [row.select("td")[3].get_text(strip=True) for row in rows]
    own = [names for names in told if place.unit.name in names]
    assert own
    assert all(f"{place.unit.name}（2 条）" in names for names in own)
    assert all(names.count(place.unit.name) == 1 for names in own)


@pytest.mark.parametrize(("day", "told"), [(2, []), (3, ["2027 年放假安排尚未公布"])])
def test_page_says_where_days_off_are_not_announced(
    client: PageClient, make: Factory, day: int, told: list[str]
) -> None:
    office = make.member(make.county())
    with time_machine.travel(AT.replace(day=day), tick=False):  # the thirtieth day after is 31 December
        client.sign_in(office)
        words = client.get_page(ADDRESS).get_text()

    assert re.findall("2027 年放假安排尚未公布", words) == told


def test_only_the_office_looks_ahead(client: PageClient, make: Factory) -> None:
    county = make.county()
    for role in (Role.LEADER, Role.SUPERVISOR):
        client.sign_in(make.member(county, role))
        client.get_page(ADDRESS, status=403)


@pytest.mark.parametrize("n_tasks", [1, 4])
def test_page_asks_as_often_for_many_tasks_as_for_one(
    app: Flask, client: PageClient, make: Factory, n_tasks: int
) -> None:
    place = Place(make)
    for number in range(n_tasks - 1):
        make.task(place.county, unit_id=place.unit_id, due_on=DUE, title=f"另一项任务{number}")
    with time_machine.travel(AT, tick=False):
        client.sign_in(place.office_member)
        with count_queries(app) as queries:
            page = client.get_page(ADDRESS)

    due_soon = [cell for cell in page.select("td.cell-main") if "另一项任务" in cell.get_text()]
    assert len({cell.get_text()[:8] for cell in due_soon}) == n_tasks - 1
    assert len(queries) == 50


def _seen(client: PageClient, member: Member) -> BeautifulSoup:
    with time_machine.travel(AT, tick=False):  # signed in then, as a session does not last that long
        client.sign_in(member)
        return client.get_page(ADDRESS)
