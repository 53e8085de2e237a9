"""A county without data, plan or task: every page says what is missing, and leads on whoever can go on."""

import pytest

from plans.actors import Role
from tests.factories import Factory
from tests.pages import PageClient

ON_SQLITE = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
ROLES = [Role.OFFICE, Role.LEADER, Role.UNIT, Role.SCHOOL, Role.SUPERVISOR]
# A month has its days, the list of members its first member; what to send in stands above the list of years.
WITHOUT_A_WAY = {"/calendar", "/members", "/returns"}


@ON_SQLITE
@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_an_empty_county_says_so(client: PageClient, make: Factory, role: Role) -> None:
    client.sign_in(make.member(make.county(), role))
    menu = [link["href"] for link in client.get_page("/").select(".sidemenu a")]

    pages = {address: client.get_page(address) for address in menu}

    assert len(menu) >= 14
    assert [address for address, page in pages.items() if len(page.select("main h1")) != 1] == []
    assert [address for address, page in pages.items() if not page.select("main .empty-state")] == []


@ON_SQLITE
def test_office_is_led_on_from_every_empty_page(client: PageClient, make: Factory) -> None:
    client.sign_in(make.member(make.county()))
    menu = [link["href"] for link in client.get_page("/").select(".sidemenu a")]

    stuck = {one for one in menu if not client.get_page(one).select("main .empty-state a.btn")}

    assert stuck == WITHOUT_A_WAY


@ON_SQLITE
@pytest.mark.parametrize("role", ROLES)
def test_ways_on_are_open_to_who_is_shown_them(client: PageClient, make: Factory, role: Role) -> None:
    client.sign_in(make.member(make.county(), role))
    pages = [client.get_page(one["href"]) for one in client.get_page("/").select(".sidemenu a")]
    offered = {link["href"] for page in pages for link in page.select("main .empty-state a.btn")}

    assert {one: client.http.get(one).status_code for one in offered} == dict.fromkeys(offered, 200)
    if role in (Role.UNIT, Role.SCHOOL, Role.SUPERVISOR):
        assert offered <= {"/plan", "/tasks?list=all", "/notices/new"}  # nothing that only others begin
