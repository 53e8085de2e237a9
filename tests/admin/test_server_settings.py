"""Settings of a server: no published password on it, and every one of them told to the operator."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.demo.people import PASSWORD
from app.settings import KeptTooShort, read_settings
from tests.architecture.source import ROOT
from tests.conftest import close_database, open_app
from tests.databases import Database
from tests.hostile.roads import all_rows


@pytest.fixture
def server(database: Database, tmp_path: Path) -> Iterator[Flask]:
    """The application as a deployment sets it."""
    server = open_app(tmp_path, database, HTTPS=True)
    yield server
    with server.app_context():
        close_database()


def test_server_is_prepared_without_accounts_of_the_demo(server: Flask) -> None:
    done = server.test_cli_runner().invoke(args=["prepare"])

    assert done.exit_code == 0
    assert PASSWORD not in done.output
    rows = all_rows(server)
    assert (rows["account"], rows["county"]) == ([], [])


@pytest.mark.parametrize(
    ("environment", "is_loaded"),
    [
        ({}, True),
        ({"DEMO": "0"}, False),
        ({"HTTPS": "1"}, False),
        ({"HTTPS": "1", "DEMO": "1"}, True),
    ],
    ids=str,
)
def test_demo_is_for_trying_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], is_loaded: bool
) -> None:
    for name in ("HTTPS", "DEMO"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert read_settings(tmp_path, None)["DEMO"] is is_loaded


@pytest.mark.parametrize(("given", "days"), [(None, None), ("", None), ("180", 180), ("3650", 3650)], ids=str)
def test_time_of_keeping_the_audit_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str | None, days: int | None
) -> None:
    monkeypatch.delenv("AUDIT_KEPT_DAYS", raising=False)
    if given is not None:
        monkeypatch.setenv("AUDIT_KEPT_DAYS", given)

    assert read_settings(tmp_path, None)["AUDIT_KEPT_DAYS"] == days


@pytest.mark.parametrize("given", ["179", "0", "-180", "180.5", "ever", "9999999"])
def test_shorter_keeping_of_the_audit_log_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("AUDIT_KEPT_DAYS", given)

    with pytest.raises(KeptTooShort, match="180 or more"):
        read_settings(tmp_path, None)


def test_every_setting_of_the_environment_is_told_to_the_operator() -> None:
    text = (ROOT / "docs" / "operating.md").read_text("utf-8")
    code = (ROOT / "app" / "settings.py").read_text("utf-8").split("def _from_environment")[1]
    read = set(re.findall(r'"([A-Z][A-Z_]+)"', code.split("\ndef ")[0]))

    found = {name for name in read if f"`{name}`" in text}
    assert len(found) >= 14
    # Keys of Flask-SQLAlchemy and Flask behind them have other names than the variables.
    assert read - found == {"SQLALCHEMY_DATABASE_URI", "MIGRATION_DATABASE_URI", "TRUSTED_HOSTS"}
