"""A person of one county walks every address with the keys of another county."""

import io
import shutil
import zipfile
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from plans.actors import Role
from tests.conftest import NOW, close_database, open_app
from tests.databases import Database, Databases
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.tenancy.conftest import rows_of
from tests.tenancy.places import YEAR, Place, fill

# What a parameter of an address stands for. A new name goes into one of the two: KEYS when it names a row of
# a county (tests/tenancy/places.py then makes such a row), PLAIN when it means the same in every county.
KEYS = {
    "bulletin_id",
    "code",
    "draft_id",
    "duty_id",
    "evidence_id",
    "membership_id",
    "milestone_id",
    "notice_id",
    "plan_id",
    "row_id",
    "target_id",
    "task_id",
    "version_id",
    "view_id",
}
KEYS |= {
    "attestation_id",
    "invitation_id",
    "limit_id",
    "reminder_id",
    "result_id",
    "standing_id",
    "switch_id",
}
PLAIN: dict[str, int | str] = {
    "entry_no": 1,
    "year": YEAR,
    "stage": "primary",
    "token": "0" * 64,
    "county_code": "990001",
    "move": "freeze",
    "act": "comment",
    "stone_act": "claim",
    "verdict": "close",
    "kind": "unmet",
    "rubric_item": "C1",
    "scorer": "self",
    "item": "G1",
    "item_part": "whole",
    "setting": "G3",
    "sign_in_id": 1,
    "filename": "css/app.css",
    "part": "measures",
    "plan_part": "measure",
    "row_key": "measures-1",
}
BOTH = frozenset({"GET", "POST"})
# Signing in and out has no county, and would end the walk.
NOT_WALKED = {"static", "auth.end_all_devices", "auth.enter", "auth.sign_in", "auth.sign_out"}
NOT_WALKED |= {"auth.code", "auth.enter_code"}


@dataclass(frozen=True)
class Counties:
    """The county that the person belongs to, and the one whose keys are tried."""

    own: Place
    other: Place


@dataclass(frozen=True)
class Step:
    """One request and its answer."""

    method: str
    rule: str
    status: int
    text: str

    def leaks(self, other: Place) -> bool:
        return self.status >= 500 or other.word in self.text

    def __str__(self) -> str:
        return f"{self.method} {self.rule} answered {self.status}"


@dataclass(frozen=True)
class Filled:
    """Two counties in a database, with the folder of their files."""

    folder: Path
    database: Database
    counties: Counties


@pytest.fixture(scope="module")
def filled(
    databases: Databases, migrated_database: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Filled]:
    """Two counties, made once."""
    folder = tmp_path_factory.mktemp("filled")
    database = databases.copy(migrated_database, folder)
    app = open_app(folder, database)
    make = Factory(app, NOW)
    counties = Counties(fill(make, "甲县", "JIA001"), fill(make, "乙县", "YI001"))
    with app.app_context():
        close_database()
    yield Filled(folder, database, counties)
    databases.drop(database)


@pytest.fixture
def database(databases: Databases, filled: Filled, tmp_path: Path) -> Iterator[Database]:
    """The test's own copy of the two counties, their files beside it."""
    shutil.copytree(filled.folder / "files", tmp_path / "files")
    copy = databases.copy(filled.database, tmp_path)
    yield copy
    databases.drop(copy)


@pytest.fixture
def counties(filled: Filled) -> Counties:
    return filled.counties


def test_every_url_parameter_is_known(app: Flask) -> None:
    names = {name for rule in app.url_map.iter_rules() for name in rule.arguments}

    unknown = names - KEYS - PLAIN.keys()

    assert unknown == set(), "add the names to KEYS or PLAIN in tests/tenancy/test_two_counties.py"


@pytest.mark.parametrize("role", Role)
def test_address_with_keys_of_another_county_shows_and_changes_nothing(
    app: Flask, client: PageClient, make: Factory, counties: Counties, role: Role
) -> None:
    client.sign_in(_member(make, counties.own, role))
    before = _rows(app, counties.own), _rows(app, counties.other)

    # Acts without a key in the address work on one's own county and rightly change it.
    steps = _walk(app, client, counties.other, counties.other, rules=_keyed_rules(app))

    assert steps
    assert [str(step) for step in steps if step.status < 300 or step.leaks(counties.other)] == []
    assert (_rows(app, counties.own), _rows(app, counties.other)) == before


@pytest.mark.parametrize("role", Role)
def test_form_with_keys_of_another_county_changes_nothing_there(
    app: Flask, client: PageClient, make: Factory, counties: Counties, role: Role
) -> None:
    client.sign_in(_member(make, counties.own, role))
    before = _rows(app, counties.other)

    steps = _walk(app, client, counties.own, counties.other, methods={"POST"})

    assert [str(step) for step in steps if step.leaks(counties.other)] == []
    assert _rows(app, counties.other) == before


@pytest.mark.parametrize("role", Role)
def test_page_of_own_county_never_names_another(
    app: Flask, client: PageClient, make: Factory, counties: Counties, role: Role
) -> None:
    client.sign_in(_member(make, counties.own, role))

    steps = _walk(app, client, counties.own, counties.own, methods={"GET"})

    assert [str(step) for step in steps if step.leaks(counties.other)] == []
    assert any(counties.own.word in step.text for step in steps)


def test_opening_pages_changes_nothing(
    app: Flask, client: PageClient, make: Factory, counties: Counties
) -> None:
    client.sign_in(_member(make, counties.own, Role.OFFICE))
    before = _without_log(_rows(app, counties.own))

    _walk(app, client, counties.own, counties.own, methods={"GET"})

    # Requests that read take no lock, so a write in one of them could lose somebody's update. Downloads are
    # noted in the audit log, by a session of their own.
    assert _without_log(_rows(app, counties.own)) == before


def _member(make: Factory, place: Place, role: Role) -> Member:
    return make.member(place.county_id, role, place.unit_id if role is Role.UNIT else None)


def _keyed_rules(app: Flask) -> list[Rule]:
    return [rule for rule in _rules(app) if rule.arguments & KEYS]


def _rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in NOT_WALKED]


def _walk(
    app: Flask,
    client: PageClient,
    place: Place,
    sent: Place,
    methods: Set[str] = BOTH,
    rules: list[Rule] | None = None,
) -> list[Step]:
    """Open every address with the keys of ``place``, reads first, and send the keys of ``sent`` in forms."""
    requests = [(method, rule) for rule in rules or _rules(app) for method in rule.methods & methods]
    return [
        _open(client, method, rule, place, sent)
        for method, rule in sorted(requests, key=lambda request: (request[0], request[1].rule))
    ]


def _open(client: PageClient, method: str, rule: Rule, place: Place, sent: Place) -> Step:
    values = {name: place.keys.get(name, PLAIN.get(name)) for name in rule.arguments}
    _host, path = rule.build(values, append_unknown=False)
    with client.http.open(path, method=method, data=_fields(sent) if method != "GET" else None) as answer:
        return Step(method, rule.rule, answer.status_code, _words(answer.data))


def _words(content: bytes) -> str:
    """What a page or an office file says."""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "".join(package.read(name).decode(errors="replace") for name in package.namelist())


def _fields(place: Place) -> dict[str, str]:
    """A form that any act could be after: plausible words, and the place's keys wherever a key may stand."""
    key = {name: str(value) for name, value in place.keys.items()}
    names = {"task": "task_id", "lead_unit_id": "unit_id", "support_unit_ids": "unit_id"}
    return {
        **key,
        **{name: key[source] for name, source in names.items()},
        "title": "试探",
        "note": "试探",
        "reason": "试探",
        "due_on": "2027-06-30",
        "percent": "80",
        "seen_event": "3",
        "shown": "40",
    }


def _without_log(rows: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    return {table: found for table, found in rows.items() if not table.startswith("audit_")}


def _rows(app: Flask, place: Place) -> dict[str, list[tuple[object, ...]]]:
    with app.app_context():
        return rows_of(place.county_id)
