"""A chain that was touched says where; an untouched one holds, whoever writes at once."""

import threading

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DatabaseError

from app.audit.chains import GENESIS, Chain, append
from app.audit.recording import record
from app.audit.verifying import Fault, Mark
from app.extensions import db
from app.models import AuditCheckpoint, AuditEntry, AuditHead
from app.models.audit import Act
from app.models.audit_seal import AuditIsAppendOnly
from tests.audit.log import check, entries, platform_entries, tamper, write_some
from tests.conftest import NOW
from tests.factories import Factory

WRITERS, TURNS = 4, 10


@pytest.fixture
def county(make: Factory) -> int:
    county = make.county()
    write_some(make, county)
    return county


def test_chain_holds_and_each_entry_follows_the_one_before(make: Factory, county: int) -> None:
    found = entries(make, county)

    assert [entry.no for entry in found] == [1, 2, 3, 4, 5]
    assert [entry.previous for entry in found] == [GENESIS, *(entry.hash for entry in found[:-1])]
    assert check(make, county).fault is None
    assert check(make, county).checked == 5


def test_empty_chain_holds(make: Factory) -> None:
    verdict = check(make, make.county())

    assert (verdict.checked, verdict.hash, verdict.fault) == (0, GENESIS, None)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("who", "别人"),
        ("title", "改过的"),
        ("at", "2020-01-01 00:00:00.000000"),
        ("address", "10.0.0.9"),
        ("act", "verdict"),
        ("thing", "unit:1"),
        ("after", '{"name": "改过的"}'),
        ("before", '{"name": "添上的"}'),
        ("account_id", 7),
        ("role", "leader"),
    ],
)
def test_edited_entry_is_named(app: Flask, make: Factory, county: int, column: str, value: str | int) -> None:
    statement = f"update audit_entry set {column} = :value where county_id = :county and no = 3"

    tamper(app, statement, value=value, county=county)

    assert check(make, county).fault == Fault(3, "内容与哈希不符，可能被改动")


def test_gap_is_named(app: Flask, make: Factory, county: int) -> None:
    tamper(app, "delete from audit_entry where county_id = :county and no = 2", county=county)

    assert check(make, county).fault == Fault(2, "缺少第 2 条")


def test_missing_beginning_is_named(app: Flask, make: Factory, county: int) -> None:
    tamper(app, "delete from audit_entry where county_id = :county and no <= 2", county=county)

    assert check(make, county).fault == Fault(1, "缺少第 1 条")


def test_gap_closed_by_counting_anew_is_named(app: Flask, make: Factory, county: int) -> None:
    tamper(app, "delete from audit_entry where county_id = :county and no = 5", county=county)
    tamper(app, "delete from audit_entry where county_id = :county and no = 2", county=county)
    tamper(app, "update audit_entry set no = no - 1 where county_id = :county and no > 2", county=county)

    assert check(make, county).fault == Fault(2, "与上一条不衔接，可能被替换或插入")


def test_tail_that_was_cut_off_is_named(app: Flask, make: Factory, county: int) -> None:
    tamper(app, "delete from audit_entry where county_id = :county and no > 3", county=county)

    assert check(make, county).fault == Fault(4, "链尾应为第 5 条，末尾的记录被删去")


def test_whole_chain_taken_away_is_named(app: Flask, make: Factory, county: int) -> None:
    tamper(app, "delete from audit_entry where county_id = :county", county=county)

    assert check(make, county).fault == Fault(1, "链尾应为第 5 条，末尾的记录被删去")


def test_forged_row_behind_the_head_is_named(app: Flask, make: Factory, county: int) -> None:
    last = entries(make, county)[-1]
    with make.session(county) as session:
        append(session, Chain(county), [(NOW, _telling())])
        forged = Mark(last.no, last.hash)

    tamper(
        app,
        "update audit_head set no = :no, hash = :hash where county_id = :county",
        no=forged.no,
        hash=forged.hash,
        county=county,
    )

    assert check(make, county).fault == Fault(6, "第 5 条之后有不经登记的记录")


def test_entry_of_another_county_is_named(app: Flask, make: Factory, county: int) -> None:
    other = make.county()
    write_some(make, other)

    tamper(app, "delete from audit_entry where county_id = :county and no = 1", county=county)
    tamper(
        app,
        "update audit_entry set county_id = :county where county_id = :other and no = 1",
        county=county,
        other=other,
    )

    # Both are the first of their chains: only what the hash knows of the chain tells them apart.
    assert check(make, county).fault == Fault(1, "内容与哈希不符，可能被改动")


def test_chain_written_anew_is_seen_against_a_head_kept_elsewhere(
    app: Flask, make: Factory, county: int
) -> None:
    kept = check(make, county)
    mark = Mark(kept.no, kept.hash)
    tamper(app, "delete from audit_entry where county_id = :county", county=county)
    tamper(app, "delete from audit_head where county_id = :county", county=county)
    write_some(make, county, 7)

    assert check(make, county).fault is None
    assert check(make, county, mark).fault == Fault(5, "与留存的链尾不符，此前的记录可能被整体重写")


def test_shorter_chain_is_seen_against_a_head_kept_elsewhere(app: Flask, make: Factory, county: int) -> None:
    kept = check(make, county)
    tamper(app, "delete from audit_entry where county_id = :county", county=county)
    tamper(app, "delete from audit_head where county_id = :county", county=county)
    write_some(make, county, 2)

    fault = check(make, county, Mark(kept.no, kept.hash)).fault

    assert fault == Fault(3, "留存的链尾为第 5 条，现在只有 2 条")


def test_writers_at_once_do_not_fork_the_chain(make: Factory, county: int) -> None:
    gate = threading.Barrier(WRITERS)

    def write() -> None:
        gate.wait()
        for _turn in range(TURNS):
            with make.session(county) as session:
                record(session, act=Act.EXPORT, thing="并发")

    threads = [threading.Thread(target=write) for _writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    verdict = check(make, county)
    assert (verdict.checked, verdict.fault) == (5 + WRITERS * TURNS, None)


def test_first_writers_at_once_make_one_head(make: Factory) -> None:
    county, gate = make.county(), threading.Barrier(WRITERS)

    def write() -> None:
        gate.wait()
        with make.session(county) as session:
            record(session, act=Act.EXPORT, thing="并发")

    threads = [threading.Thread(target=write) for _writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    with make.session(county) as session:
        assert session.scalars(sa.select(AuditHead.no)).all() == [WRITERS]
    assert check(make, county).checked == WRITERS


def test_entry_cannot_be_changed_or_deleted_by_a_session(make: Factory, county: int) -> None:
    changes = [
        sa.update(AuditEntry).values(who="别人"),
        sa.delete(AuditEntry),
        sa.delete(AuditCheckpoint),
    ]

    for change in changes:
        with pytest.raises(AuditIsAppendOnly), make.session(county) as session:
            session.execute(change)
    with pytest.raises(AuditIsAppendOnly), make.session(county) as session:
        session.scalars(sa.select(AuditEntry)).first().who = "别人"
    with pytest.raises(AuditIsAppendOnly), make.session(county) as session:
        session.delete(session.scalars(sa.select(AuditEntry)).first())
    assert check(make, county).checked == 5


def test_database_itself_refuses_to_change_or_delete_an_entry(app: Flask, make: Factory, county: int) -> None:
    make.unit(county)
    statements = [
        "update audit_entry set who = 'x'",
        "delete from audit_entry",
        "delete from audit_checkpoint",
    ]
    with make.session(county) as session:
        session.add(AuditCheckpoint(upto=0, hash=GENESIS, before=NOW, at=NOW, who="某人"))

    for statement in statements:
        with app.app_context(), pytest.raises(DatabaseError, match="written once"):
            _send(statement)

    assert check(make, county).checked == 6


def _telling() -> dict[str, object]:
    told = dict.fromkeys(("who", "role", "address", "thing", "title"), "")
    return {**told, "account_id": None, "act": Act.CHANGE, "before": None, "after": None}


def _send(statement: str) -> None:
    with db.engine.connect().execution_options(all_counties=True) as connection:
        connection.exec_driver_sql(statement)


def test_county_made_without_a_scope_is_in_the_platform_chain(make: Factory) -> None:
    make.county("甲县（示例）")

    assert [(entry.act, entry.title) for entry in platform_entries(make)] == [(Act.SETTING, "甲县（示例）")]
    assert check(make, None).fault is None
