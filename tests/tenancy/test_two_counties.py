"""A person of one county walks every address with the keys of another county."""

import io
import shutil
import zipfile
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from app.extensions import db
from app.models import Account, CountyStanding, Membership
from app.models.access import SignIn
from plans.actors import Role
from plans.base import County
from tests.conftest import NOW, close_database, open_app
from tests.databases import Database, Databases
from tests.factories import Factory
from tests.tenancy.conftest import rows_on
from tests.tenancy.places import YEAR, Place, fill
from tests.tenancy.viewers import ADMIN, SIGNED_OUT, VIEWERS, Browser, arrive

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
KEYS |= {"attestation_id", "channel_id", "invitation_id", "limit_id", "message_id", "reminder_id"}
KEYS |= {"result_id", "standing_id", "switch_id"}
KEYS |= {"county_code", "sign_in_id", "token"}
PLAIN: dict[str, int | str] = {
    "entry_no": 1,  # counts within a county
    "year": YEAR,
    "stage": "primary",
    "move": "freeze",
    "act": "comment",
    "stone_act": "claim",
    "verdict": "close",
    "kind": "unmet",
    "rubric_item": "C1",
    "scorer": "self",
    "item": "G1",
    "item_part": "whole",
    "help_code": "R4",
    "setting": "G3",
    "filename": "css/app.css",
    "part": "measures",
    "plan_part": "measure",
    "row_key": "measures-1",
    "template_name": "to-2029",
}
Rows = dict[str, list[tuple[object, ...]]]
BOTH = frozenset({"GET", "POST"})
# Signing in and out has no county, and would end the walk.
NOT_WALKED = {"static", "auth.end_all_devices", "auth.enter", "auth.sign_in", "auth.sign_out"}
NOT_WALKED |= {"auth.code", "auth.enter_code", "jobs.healthz"}  # the last says 503 while no scheduler works
# The platform's administrator manages every county there, by its code.
PLATFORM = "/platform"


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
    counties = Counties(fill(make, "甲县", "JIA001", "990101"), fill(make, "乙县", "YI001", "990201"))
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


def test_every_url_parameter_is_known(app: Flask, counties: Counties) -> None:
    names = {name for rule in app.url_map.iter_rules() for name in rule.arguments}

    assert names - KEYS - PLAIN.keys() == set(), "add the names to KEYS or PLAIN in this file"
    assert KEYS - counties.other.keys.keys() == set(), "make such a row in tests/tenancy/places.py"
    shared = {name for name in KEYS if counties.own.keys[name] == counties.other.keys[name]}
    assert shared == set(), "a key that both counties have tells nothing"


@pytest.mark.parametrize("viewer", VIEWERS)
def test_address_with_keys_of_another_county_shows_and_changes_nothing(
    app: Flask, make: Factory, counties: Counties, viewer: str
) -> None:
    browser = arrive(app, make, counties.own, viewer)
    before = _rows(app, counties.own), _rows(app, counties.other)

    # Acts without a key in the address work on one's own county and rightly change it.
    rules = [rule for rule in _rules(app, viewer) if rule.arguments & KEYS]
    steps = _walk(browser, counties.other, counties.other, rules)

    assert len(steps) > 80
    assert [str(step) for step in steps if step.status < 300 or step.leaks(counties.other)] == []
    assert _changed(before[0], _rows(app, counties.own)) == []
    assert _changed(before[1], _rows(app, counties.other)) == []


@pytest.mark.parametrize("viewer", VIEWERS)
def test_form_with_keys_of_another_county_changes_nothing_there(
    app: Flask, make: Factory, counties: Counties, viewer: str
) -> None:
    browser = arrive(app, make, counties.own, viewer)
    before = _rows(app, counties.other)

    steps = _walk(browser, counties.own, counties.other, _rules(app, viewer), {"POST"})

    assert [str(step) for step in steps if step.leaks(counties.other)] == []
    assert _changed(before, _rows(app, counties.other)) == []


@pytest.mark.parametrize("viewer", VIEWERS)
def test_page_of_own_county_never_names_another(
    app: Flask, make: Factory, counties: Counties, viewer: str
) -> None:
    browser = arrive(app, make, counties.own, viewer)

    steps = _walk(browser, counties.own, counties.own, _rules(app, viewer), {"GET"})

    assert [str(step) for step in steps if step.leaks(counties.other)] == []
    seen = any(counties.own.word in step.text for step in steps)
    assert seen == (viewer not in (ADMIN, SIGNED_OUT)), "the walk must reach what it looks for"


def test_opening_pages_changes_nothing(app: Flask, make: Factory, counties: Counties) -> None:
    browser = arrive(app, make, counties.own, Role.OFFICE)
    before = _without_log(_rows(app, counties.own))

    _walk(browser, counties.own, counties.own, _rules(app, Role.OFFICE), {"GET"})

    # Requests that read take no lock, so a write in one of them could lose somebody's update. Downloads are
    # noted in the audit log, by a session of their own.
    assert _changed(before, _without_log(_rows(app, counties.own))) == []


def _rules(app: Flask, viewer: str) -> list[Rule]:
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in NOT_WALKED and not (viewer == ADMIN and rule.rule.startswith(PLATFORM))
    ]


def _walk(
    browser: Browser, place: Place, sent: Place, rules: list[Rule], methods: Set[str] = BOTH
) -> list[Step]:
    """Open every address with the keys of ``place``, reads first, and send the keys of ``sent`` in forms."""
    requests = [(method, rule) for rule in rules for method in rule.methods & methods]
    return [
        _open(browser, method, rule, place, sent)
        for method, rule in sorted(requests, key=lambda request: (request[0], request[1].rule))
    ]


def _open(browser: Browser, method: str, rule: Rule, place: Place, sent: Place) -> Step:
    path = path_of(rule, place)
    with browser.open(method, path, fields_of(sent) if method != "GET" else None) as answer:
        return Step(method, rule.rule, answer.status_code, _words(answer.data))


def path_of(rule: Rule, place: Place) -> str:
    """An address with the place's keys in it."""
    values = {name: place.keys.get(name, PLAIN.get(name)) for name in rule.arguments}
    _host, path = rule.build(values, append_unknown=False)
    return path


def _words(content: bytes) -> str:
    """What a page or an office file says."""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "".join(package.read(name).decode(errors="replace") for name in package.namelist())


def fields_of(place: Place) -> dict[str, str]:
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
        "weight": "1",
        "percent": "80",
        "seen_event": "3",
        "shown": "40",
        "post": "head",
    }


def _changed(before: Rows, after: Rows) -> list[str]:
    """Tables whose rows are not the same any more, with what is new in them."""
    return [
        f"{table}: {sorted(set(after[table]) - set(rows))}"
        for table, rows in before.items()
        if after[table] != rows
    ]


def _without_log(rows: Rows) -> Rows:
    return {table: found for table, found in rows.items() if not table.startswith("audit_")}


def _rows(app: Flask, place: Place) -> Rows:
    """What the county owns; the accounts and sign-ins of its people, its standing, the county itself."""
    with app.app_context(), db.engine.connect() as connection:
        return rows_on(connection, place.county_id) | _rows_around(connection, place)


def _rows_around(connection: sa.Connection, place: Place) -> Rows:
    people = sa.select(Membership.account_id).where(Membership.county_id == place.county_id)
    around = (
        sa.select(Account).where(Account.id.in_(people)),
        sa.select(SignIn).where(SignIn.account_id.in_(people)),
        sa.select(CountyStanding).where(CountyStanding.county_code == place.keys["county_code"]),
        sa.select(County).where(County.id == place.county_id),
    )
    options = {"all_counties": True}
    return {
        str(query.get_final_froms()[0]): sorted(
            tuple(map(repr, row)) for row in connection.execute(query, execution_options=options)
        )
        for query in around
    }
