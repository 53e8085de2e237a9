"""Every address: reviewed, typed, and closed unless it was opened on purpose."""

import re
from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule

from tests.architecture.routes import route_lines

OPEN = {"auth.enter", "auth.sign_in", "auth.sign_out", "static"}
OPEN |= {"auth.code", "auth.enter_code"}  # the second step of signing in
OPEN |= {"people.accept", "people.invitation", "people.join"}  # whoever holds the link
OPEN |= {"jobs.healthz"}  # for the monitoring outside; one word
OPEN |= {"messages.feed"}  # whoever holds the secret link of a calendar
OPEN |= {"auth.provider_begin", "auth.provider_back"}  # signing in by the identity provider
OPEN |= {"language.choose"}  # before signing in too
OPEN |= {"looks.choose"}  # before signing in too
SNAPSHOT = Path(__file__).with_name("routes.txt")
RENEW = """a page appeared, moved or vanished. Look at the difference; if it is meant, renew the list:
.venv/bin/python -m tests.architecture.routes > tests/architecture/routes.txt"""
VALUES = {"int": 1, "float": 1.0, "path": "a/b", "uuid": "0" * 32}


def test_routes_are_those_reviewed(app: Flask) -> None:
    reviewed = SNAPSHOT.read_text("utf-8").splitlines()

    assert route_lines(app) == reviewed, RENEW


def test_signed_out_person_is_led_to_sign_in_from_every_closed_route(app: Flask) -> None:
    http = app.test_client()

    wrong = []
    for rule in _rules(app):
        for method in sorted(rule.methods):
            with http.open(_path(rule), method=method) as answer:
                if answer.status_code != 302 or not answer.location.startswith("/sign-in"):
                    wrong.append(f"{method} {rule.rule} answered {answer.status_code}")

    assert wrong == []


def test_open_routes_are_those_listed(app: Flask) -> None:
    declared = {name for name, view in app.view_functions.items() if getattr(view, "is_open", False)}

    assert declared | {"static"} == OPEN, "a page without sign-in is a decision; write it down in OPEN"


def test_parameters_are_typed(app: Flask) -> None:
    wrong = [rule.rule for rule in app.url_map.iter_rules() if re.search(r"<[^:>]+>", rule.rule)]

    assert wrong == [], "say what a parameter is: <int:task_id>, <string:code>"


def test_paths_are_kebab_case(app: Flask) -> None:
    plain = [(rule.rule, re.sub(r"<[^>]+>", "", rule.rule)) for rule in app.url_map.iter_rules()]

    assert [rule for rule, words in plain if not re.fullmatch(r"[a-z0-9/.-]*", words)] == []


def test_only_reading_and_posting_are_used(app: Flask) -> None:
    methods = {method for rule in app.url_map.iter_rules() for method in rule.methods}

    assert methods == {"GET", "HEAD", "OPTIONS", "POST"}, "a form without JavaScript knows no others"


def _rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in OPEN]


def _path(rule: Rule) -> str:
    found = re.findall(r"<(?:(\w+)[^:>]*:)?(\w+)>", rule.rule)
    _host, path = rule.build({name: VALUES.get(kind, "a") for kind, name in found}, append_unknown=False)
    return path
