"""Routes × people: what each answers is a reviewed list, the same on every database."""

from pathlib import Path

import pytest
from flask import Flask

from tests.factories import Factory
from tests.tenancy.rights import answers, lines, read
from tests.tenancy.viewers import ADMIN, SIGNED_OUT, SUSPENDED, VIEWERS

REVIEWED = Path(__file__).parents[1] / "architecture" / "rights.txt"
RENEW = """somebody is answered in another way. Look at the difference; if it is meant, renew the list:
.venv/bin/python -m tests.tenancy.rights > tests/architecture/rights.txt"""


@pytest.mark.parametrize("viewer", VIEWERS)
def test_answers_are_those_reviewed(app: Flask, make: Factory, viewer: str) -> None:
    reviewed = read(REVIEWED.read_text("utf-8"))[viewer]

    found = answers(app, make, viewer)

    assert {
        route: f"{reviewed.get(route)} → {found.get(route)}"
        for route in reviewed.keys() | found.keys()
        if reviewed.get(route) != found.get(route)
    } == {}, RENEW


def test_list_names_everybody_and_is_written_as_it_is_read() -> None:
    text = REVIEWED.read_text("utf-8")

    assert list(read(text)) == VIEWERS
    assert [line.rstrip() for line in lines(read(text))] == text.splitlines()


def test_nobody_is_answered_with_a_failure() -> None:
    columns = read(REVIEWED.read_text("utf-8"))

    failed = {route for found in columns.values() for route in found if found[route] >= 500}
    assert failed == {"GET /healthz"}, "which says 503 while no scheduler works, as there"


def test_signed_out_people_find_the_way_in_only() -> None:
    """Of what is answered at all, there is the sign-in, an invitation's link and the files of the pages."""
    found = read(REVIEWED.read_text("utf-8"))[SIGNED_OUT]

    assert {route for route, status in found.items() if status < 300} == {
        "GET /sign-in",
        "GET /static/<path:filename>",
    }


def test_administrator_without_a_county_finds_the_platform_and_the_own_account_only() -> None:
    found = read(REVIEWED.read_text("utf-8"))[ADMIN]

    opened = {route.split()[1] for route, status in found.items() if status < 300}
    assert {
        path for path in opened if not path.startswith(("/platform", "/account", "/sign-in", "/static"))
    } == set()


def test_members_of_a_suspended_county_change_nothing() -> None:
    found = read(REVIEWED.read_text("utf-8"))[SUSPENDED]

    done = {route for route, status in found.items() if route.startswith("POST") and status < 400}
    to_the_sign_in = {"POST /sign-in/code", "POST /sign-out"}
    how_one_reads = {"POST /language", "POST /looks"}
    assert done == to_the_sign_in | how_one_reads
