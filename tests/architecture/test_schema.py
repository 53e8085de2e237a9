"""Tables and their history."""

import re

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory

import app.models  # noqa: F401 -- fills the metadata
import plans.models  # noqa: F401 -- fills the metadata
from plans.base import Base
from tests.architecture.source import ROOT

OWNED = {name: table for name, table in Base.metadata.tables.items() if "county_id" in table.c}
# What belongs to no county. A new name here needs a reason: everything else is a county's.
GLOBAL = {
    "account",  # a person may belong to several counties, as does what follows from it: the next four
    "attempt_count",
    "recovery_code",
    "second_factor",
    "sign_in",
    "county",
    "region",  # what stands above counties, with the next two
    "oversight",
    "county_standing",
    "job_run",  # the state of the scheduler, which serves all counties
    "platform_checkpoint",  # the audit log of what happened in no single county, here and in the next two
    "platform_entry",
    "platform_head",
}


def test_every_table_is_owned_by_a_county_or_known_as_global() -> None:
    assert set(Base.metadata.tables) - set(OWNED) == GLOBAL


@pytest.mark.parametrize("table", OWNED.values(), ids=OWNED.keys())
def test_key_of_a_county_table_begins_with_the_county(table: sa.Table) -> None:
    assert [column.name for column in table.primary_key.columns] == ["county_id", "id"]


@pytest.mark.parametrize("table", OWNED.values(), ids=OWNED.keys())
def test_foreign_key_between_county_tables_cannot_leave_the_county(table: sa.Table) -> None:
    pairs = {
        constraint.name: [(element.parent.name, element.column.name) for element in constraint.elements]
        for constraint in table.foreign_key_constraints
        if constraint.referred_table.name in OWNED
    }

    loose = {name: columns for name, columns in pairs.items() if ("county_id", "county_id") not in columns}

    assert loose == {}, "use plans.base.owned_fk"


@pytest.mark.parametrize("table", OWNED.values(), ids=OWNED.keys())
def test_unique_rule_of_a_county_table_holds_within_the_county(table: sa.Table) -> None:
    rules = [rule for rule in table.constraints if isinstance(rule, sa.UniqueConstraint)]
    rules += [index for index in table.indexes if index.unique]

    wide = [rule.name for rule in rules if "county_id" not in rule.columns]

    assert wide == [], "a rule across counties tells one county what another has"


def test_migrations_have_one_head() -> None:
    assert len(_history().get_heads()) == 1


def test_migration_files_are_numbered_in_their_order() -> None:
    files = sorted(path.name for path in (ROOT / "migrations" / "versions").glob("*.py"))
    ordered = [revision.revision for revision in reversed(list(_history().walk_revisions()))]

    assert [re.match(r"(\d{4})_[a-z0-9_]+\.py$", name)[1] for name in files] == ordered
    assert ordered == [f"{number:04}" for number in range(1, len(files) + 1)]


def _history() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return ScriptDirectory.from_config(config)
