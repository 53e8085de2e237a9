"""Every address of the application, as somebody would build it who knows the keys of a county."""

from collections.abc import Iterator

import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from app.extensions import db
from plans.base import Base
from tests.tenancy.places import Place
from tests.tenancy.test_two_counties import PLAIN

FORMULA = "=1+1"  # the word of the county: all its texts begin with it
ENDS_THE_WALK = {"auth.sign_out", "auth.end_all_devices"}


def rules(app: Flask, method: str) -> Iterator[Rule]:
    """The rules that answer to a method, in the order of addresses."""
    found = [rule for rule in app.url_map.iter_rules() if method in rule.methods]
    return iter(sorted(found, key=lambda rule: rule.rule))


def path_to(rule: Rule, place: Place) -> str:
    """The address with the keys of a county."""
    values = {name: place.keys.get(name, PLAIN.get(name)) for name in rule.arguments}
    _host, path = rule.build(values, append_unknown=False)
    return path


def all_rows(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with app.app_context(), db.engine.connect().execution_options(all_counties=True) as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(sa.select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }
