"""What every route answers to everybody in the own county; run as a module it prints the reviewed list."""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from unittest.mock import patch

import time_machine
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.orm import Session

from tests.conftest import NOW, close_database, open_app
from tests.databases import SqliteDatabases
from tests.factories import Factory
from tests.tenancy.places import fill
from tests.tenancy.test_two_counties import fields_of, path_of
from tests.tenancy.viewers import VIEWERS, arrive

WIDTH = max(map(len, VIEWERS))
Answers = dict[str, int]


def answers(app: Flask, make: Factory, viewer: str) -> Answers:
    """Method and address → status, each request of the same rows: nothing that one writes is kept."""
    with time_machine.travel(NOW, tick=False):
        place = fill(make, "甲县", "JIA001", "990101")
        browser = arrive(app, make, place, viewer)
        with patch.object(Session, "commit", Session.flush):  # rolled back when the request ends
            found = {}
            for method, rule in _asked(app):
                form = fields_of(place) if method == "POST" else None
                with browser.open(method, path_of(rule, place), form) as answer:
                    found[f"{method} {rule.rule}"] = answer.status_code
            return found


def lines(columns: Mapping[str, Answers]) -> Iterator[str]:
    """One line a route, a column for everybody."""
    yield " ".join(f"{viewer:{WIDTH}}" for viewer in columns) + " route"
    for route in next(iter(columns.values())):
        yield " ".join(f"{found[route]:<{WIDTH}}" for found in columns.values()) + f" {route}"


def read(text: str) -> dict[str, Answers]:
    """The columns of such a list."""
    head, *rest = text.splitlines()
    viewers = head.split()[:-1]
    rows = [line.split(maxsplit=len(viewers)) for line in rest]
    return {viewer: {row[-1]: int(row[number]) for row in rows} for number, viewer in enumerate(viewers)}


def _asked(app: Flask) -> list[tuple[str, object]]:
    asked = [(method, rule) for rule in app.url_map.iter_rules() for method in rule.methods & {"GET", "POST"}]
    return sorted(asked, key=lambda one: (one[1].rule, one[0]))


def _column(viewer: str) -> Answers:
    with tempfile.TemporaryDirectory() as folder:
        app = open_app(Path(folder), SqliteDatabases().empty(Path(folder)))
        with app.app_context():
            upgrade()
        found = answers(app, Factory(app, NOW), viewer)
        with app.app_context():
            close_database()
        return found


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in lines({viewer: _column(viewer) for viewer in VIEWERS}))
