"""Pruning leaves a chain that still holds; the commands say what they found and how to exit."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from app.audit.chains import Chain
from app.audit.pruning import ChainBroken, KeptForEver, TooYoung, prune
from app.audit.verifying import Fault
from app.models.audit import Act
from tests.audit.log import check, entries, tamper, write_some
from tests.conftest import NOW
from tests.factories import Factory

LATER = NOW + timedelta(days=400)


@pytest.fixture
def county(make: Factory) -> Iterator[int]:
    """A county with five entries of NOW; the clock then stands at LATER."""
    with time_machine.travel(NOW, tick=False):
        county = make.county()
        write_some(make, county)
    with time_machine.travel(LATER, tick=False):
        yield county


def pruned(make: Factory, county: int, before: datetime, kept_days: int | None = 180) -> int:
    with make.session(county) as session:
        return prune(session, Chain(county), before=before, kept_days=kept_days, by="张主任", at=LATER)


def test_log_is_kept_for_ever_unless_the_operator_says_otherwise(
    app: Flask, make: Factory, county: int
) -> None:
    assert app.config["AUDIT_KEPT_DAYS"] is None
    with pytest.raises(KeptForEver):
        pruned(make, county, NOW + timedelta(days=1), kept_days=None)

    assert check(make, county).checked == 5


def test_longer_keeping_is_honoured_to_the_second(make: Factory, county: int) -> None:
    line = LATER - timedelta(days=365)
    with pytest.raises(TooYoung, match="365"):
        pruned(make, county, line + timedelta(seconds=1), kept_days=365)

    assert pruned(make, county, line, kept_days=365) == 5
    assert check(make, county).fault is None


def test_pruning_below_180_days_is_refused(make: Factory, county: int) -> None:
    with pytest.raises(TooYoung):
        pruned(make, county, LATER - timedelta(days=180) + timedelta(seconds=1))

    assert check(make, county).checked == 5


def test_pruning_at_180_days_is_allowed(make: Factory, county: int) -> None:
    assert pruned(make, county, LATER - timedelta(days=180)) == 5


def test_entry_of_the_very_moment_stays(make: Factory, county: int) -> None:
    assert pruned(make, county, NOW) == 0
    assert pruned(make, county, NOW + timedelta(microseconds=1)) == 5


def test_pruned_chain_holds_and_says_who_signed_it_off(make: Factory, county: int) -> None:
    write_some(make, county, 3)

    pruned(make, county, LATER - timedelta(days=200))

    left = entries(make, county)
    assert [entry.no for entry in left] == [6, 7, 8, 9]
    assert (left[-1].act, left[-1].who, left[-1].after["entries"]) == (Act.PRUNE, "张主任", 5)
    assert (check(make, county).fault, check(make, county).checked) == (None, 4)


def test_chain_pruned_twice_holds(make: Factory, county: int) -> None:
    write_some(make, county, 3)
    pruned(make, county, LATER - timedelta(days=200))
    much_later = LATER + timedelta(days=300)

    with time_machine.travel(much_later, tick=False), make.session(county) as session:
        gone = prune(
            session,
            Chain(county),
            before=much_later - timedelta(days=200),
            kept_days=180,
            by="李主任",
            at=much_later,
        )

    assert gone == 4
    assert [entry.act for entry in entries(make, county)] == [Act.PRUNE]
    assert check(make, county).fault is None


def test_entry_cut_behind_a_checkpoint_is_named(app: Flask, make: Factory, county: int) -> None:
    write_some(make, county, 3)
    pruned(make, county, LATER - timedelta(days=200))

    tamper(app, "delete from audit_entry where county_id = :county and no = 6", county=county)

    assert check(make, county).fault == Fault(6, "缺少第 6 条")


def test_checkpoint_without_its_entry_is_named(app: Flask, make: Factory, county: int) -> None:
    third = entries(make, county)[2]
    columns = "county_id, id, upto, hash, before, at, who"
    values = f"{county}, 1, 3, '{third.hash}', '2026-12-01', '2026-12-01', '某人'"
    tamper(app, f"insert into audit_checkpoint ({columns}) values ({values})")
    tamper(app, "delete from audit_entry where county_id = :county and no <= 3", county=county)

    assert check(make, county).fault == Fault(3, "第 3 条以前的记录被删去，却没有清理记录")


def test_broken_chain_is_not_pruned(app: Flask, make: Factory, county: int) -> None:
    tamper(app, "update audit_entry set who = 'x' where county_id = :county and no = 2", county=county)

    with pytest.raises(ChainBroken):
        pruned(make, county, LATER - timedelta(days=200))

    assert len(entries(make, county)) == 5


def test_command_verifies_every_chain(app: Flask, make: Factory, county: int) -> None:
    done = app.test_cli_runner().invoke(args=["audit", "verify"])

    lines = done.output.splitlines()
    assert done.exit_code == 0
    assert lines[0].startswith("平台：完整，校验 1 条")
    assert lines[1].startswith("第1示例县：完整，校验 5 条")


def test_command_names_the_first_broken_entry_and_exits_with_1(
    app: Flask, make: Factory, county: int
) -> None:
    other = make.county()
    write_some(make, other)
    tamper(app, "update audit_entry set who = 'x' where county_id = :county and no = 4", county=county)

    whole = app.test_cli_runner().invoke(args=["audit", "verify"])
    only_other = app.test_cli_runner().invoke(args=["audit", "verify", "--county", _code(make, other)])

    assert whole.exit_code == 1
    assert "第 4 条起不可信：内容与哈希不符" in whole.output
    assert only_other.exit_code == 0


def test_command_refuses_an_unknown_county(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["audit", "verify", "--county", "123456"])

    assert done.exit_code == 1
    assert "没有这个县" in done.output


def test_heads_kept_in_a_file_show_a_chain_written_anew(
    app: Flask, make: Factory, county: int, tmp_path: Path
) -> None:
    kept = tmp_path / "heads.txt"
    kept.write_text(app.test_cli_runner().invoke(args=["audit", "heads"]).output)
    good = app.test_cli_runner().invoke(args=["audit", "verify", "--known", str(kept)])
    tamper(app, "delete from audit_entry where county_id = :county", county=county)
    tamper(app, "delete from audit_head where county_id = :county", county=county)
    write_some(make, county, 6)

    plain = app.test_cli_runner().invoke(args=["audit", "verify"])
    known = app.test_cli_runner().invoke(args=["audit", "verify", "--known", str(kept)])

    assert (good.exit_code, plain.exit_code, known.exit_code) == (0, 0, 1)
    assert "与留存的链尾不符" in known.output


def test_prune_command_takes_old_entries_of_all_chains(app: Flask, make: Factory, county: int) -> None:
    app.config["AUDIT_KEPT_DAYS"] = 180
    day = (LATER - timedelta(days=181)).date().isoformat()

    done = app.test_cli_runner().invoke(args=["audit", "prune", "--before", day, "--by", "张主任"])

    assert done.exit_code == 0, done.output
    assert "第1示例县：清理 5 条" in done.output
    assert [entry.act for entry in entries(make, county)] == [Act.PRUNE]
    assert check(make, None).fault is None


def test_prune_command_refuses_young_entries(app: Flask, make: Factory, county: int) -> None:
    app.config["AUDIT_KEPT_DAYS"] = 180
    day = (LATER - timedelta(days=30)).date().isoformat()

    done = app.test_cli_runner().invoke(args=["audit", "prune", "--before", day, "--by", "张主任"])

    assert done.exit_code == 1
    assert "至少保存 180 天" in done.output
    assert len(entries(make, county)) == 5


def test_prune_command_refuses_everything_while_nothing_is_set(
    app: Flask, make: Factory, county: int
) -> None:
    done = app.test_cli_runner().invoke(args=["audit", "prune", "--before", "2026-01-01", "--by", "张主任"])

    assert done.exit_code == 1
    assert "永久保存" in done.output
    assert len(entries(make, county)) == 5


def _code(make: Factory, county: int) -> str:
    from plans.base import County

    with make.session() as session:
        return session.get(County, county).code
