"""What gets an entry, with whom, from where, and with which values; and what never stands in one."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.audit.doers import Doer, act_as
from app.audit.recording import record
from app.files import keep_content
from app.models import Account
from app.models.audit import Act
from plans.actors import Actor, Role
from plans.base import new_id
from plans.commands import close_task, report_progress, sign_task, submit_task
from plans.models import Unit
from tests.audit.log import check, entries, platform_entries
from tests.conftest import NOW
from tests.databases import owner_connection
from tests.factories import PASSWORD, Factory
from tests.pages import PageClient


@pytest.fixture
def county(make: Factory) -> int:
    return make.county()


def test_new_row_is_kept_with_its_values(make: Factory, county: int) -> None:
    unit = make.unit(county, "县教育局")

    (entry,) = entries(make, county)

    assert (entry.act, entry.thing, entry.title) == (Act.CHANGE, f"unit:{unit}", "县教育局")
    assert (entry.before, entry.after) == (None, {"name": "县教育局", "aliases": []})


def test_change_is_kept_with_the_values_before_and_after(make: Factory, county: int) -> None:
    unit = make.unit(county, "县教育局")

    with make.session(county) as session:
        act_as(session, Doer(7, "张三", "office", "10.1.2.3"))
        session.get(Unit, (county, unit)).name = "县教体局"

    entry = entries(make, county)[-1]
    assert (entry.before, entry.after) == ({"name": "县教育局"}, {"name": "县教体局"})
    assert (entry.account_id, entry.who, entry.role, entry.address) == (7, "张三", "office", "10.1.2.3")


def test_deleted_row_is_kept_with_what_it_was(make: Factory, county: int) -> None:
    unit = make.unit(county, "县教育局")

    with make.session(county) as session:
        session.delete(session.get(Unit, (county, unit)))

    entry = entries(make, county)[-1]
    assert (entry.thing, entry.after) == (f"unit:{unit}", None)
    assert entry.before == {"name": "县教育局", "aliases": []}


def test_assignment_that_changes_nothing_leaves_no_entry(make: Factory, county: int) -> None:
    unit = make.unit(county, "县教育局")

    with make.session(county) as session:
        session.get(Unit, (county, unit)).name = "县教育局"

    assert len(entries(make, county)) == 1


def test_rollback_takes_the_entry_back(make: Factory, county: int) -> None:
    with make.session(county) as session:
        session.add(Unit(id=new_id(), name="一局", aliases=[]))
        session.flush()
        record(session, act=Act.EXPORT, thing="x")
        session.rollback()
        session.add(Unit(id=new_id(), name="二局", aliases=[]))

    assert [entry.title for entry in entries(make, county)] == ["二局"]


def test_savepoint_that_is_taken_back_leaves_no_entry(make: Factory, county: int) -> None:
    with make.session(county) as session:
        _add(session, "一局")
        with session.begin_nested():
            _add(session, "二局")
        with pytest.raises(ZeroDivisionError):
            _fail_within(session, "三局")
        _add(session, "四局")

    assert [entry.title for entry in entries(make, county)] == ["一局", "二局", "四局"]


def test_session_closed_without_commit_leaves_nothing_for_the_next(make: Factory, county: int) -> None:
    with make.session(county) as session:
        record(session, act=Act.EXPORT, thing="从未提交")
        session.connection()
        session.close()
        record(session, act=Act.EXPORT, thing="已提交")

    assert [entry.thing for entry in entries(make, county)] == ["已提交"]


def test_twenty_rows_have_an_entry_each_and_more_have_one(make: Factory, county: int) -> None:
    for n in (20, 21):
        with make.session(county) as session:
            session.add_all(Unit(id=new_id(), name=f"{n}-{number}", aliases=[]) for number in range(n))

    found = entries(make, county)
    assert len(found) == 20 + 1
    assert (found[-1].thing, found[-1].after["rows"]) == ("unit", 21)
    assert len(found[-1].after["sha256"]) == 64


def test_password_never_stands_in_an_entry(make: Factory, county: int) -> None:
    make.member(county)
    with make.session() as session:
        account = session.query(Account).one()
        account.password_hash = "neu$hash"

    told = [(entry.before, entry.after) for entry in [*entries(make, county), *platform_entries(make)]]
    assert "argon2" not in str(told)
    assert "neu$hash" not in str(told)
    assert "'password_hash': '（不记录）'" in str(told)


def test_secret_inside_a_value_never_stands_in_an_entry(make: Factory, county: int) -> None:
    channels = {"dingtalk": {"webhook": "https://example.org/robot?access_token=abc123", "on": True}}

    with make.session(county) as session:
        record(session, act=Act.SETTING, thing="channels", after={"channels": channels, "token": "abc123"})

    (entry,) = entries(make, county)
    assert entry.after == {
        "channels": {"dingtalk": {"webhook": "（不记录）", "on": True}},
        "token": "（不记录）",
    }


def test_verdicts_on_a_task_are_known_as_such(make: Factory, county: int) -> None:
    unit = make.unit(county)
    task = make.task(county, unit_id=unit)
    lead = make.member(county, Role.UNIT, unit).actor
    supervisor = make.member(county, Role.SUPERVISOR).actor
    _work(make, lead, supervisor, task)

    verdicts = entries(make, county, Act.VERDICT)

    assert [(entry.title, entry.after["actor_name"]) for entry in verdicts] == [("close", supervisor.name)]


def test_sign_in_failure_and_sign_out_have_entries(client: PageClient, make: Factory, county: int) -> None:
    member = make.member(county)
    client.http.post("/sign-in", data={"login": member.login, "password": "wrong"})
    client.sign_in(member)
    client.http.post("/sign-out")

    found = entries(make, county, Act.SIGN_IN, Act.SIGN_IN_FAILED, Act.SIGN_OUT)

    assert [(entry.act, entry.who, entry.title, entry.address) for entry in found] == [
        (Act.SIGN_IN_FAILED, "", member.login, "127.0.0.1"),
        (Act.SIGN_IN, member.actor.name, member.login, "127.0.0.1"),
        (Act.SIGN_OUT, member.actor.name, member.login, "127.0.0.1"),
    ]


def test_unknown_name_is_not_kept_as_it_may_be_a_password(client: PageClient, make: Factory) -> None:
    client.http.post("/sign-in", data={"login": PASSWORD, "password": "x"})

    (entry,) = platform_entries(make, Act.SIGN_IN_FAILED)

    assert (entry.thing, entry.title, entry.after) == ("account", "", {"why": "wrong"})


def test_act_on_a_page_has_the_person_and_the_address(client: PageClient, make: Factory, county: int) -> None:
    member = make.member(county, Role.OFFICE)
    task = make.task(county, unit_id=make.unit(county))
    client.sign_in(member)

    client.post_page(f"/tasks/{task}/acts/comment", {"comment-note": "请抓紧", "comment-seen_event": "1"})

    entry = entries(make, county)[-1]
    assert (entry.who, entry.role, entry.address) == (member.actor.name, "office", "127.0.0.1")
    assert entry.thing.startswith("task_event:")


def test_download_has_an_entry_with_its_name(client: PageClient, make: Factory, county: int) -> None:
    member = make.member(county)
    make.task(county, unit_id=make.unit(county))
    client.sign_in(member)

    answer = client.http.get("/tasks.xlsx?state=working")

    (entry,) = entries(make, county, Act.EXPORT)
    assert answer.status_code == 200
    assert (entry.who, entry.thing, entry.after) == (member.actor.name, "/tasks.xlsx", {"state": "working"})
    assert entry.title.startswith("任务台账")


def test_page_is_noted_for_an_overseer_only(client: PageClient, make: Factory, county: int) -> None:
    for role in Role:
        unit = make.unit(county) if role is Role.UNIT else None
        client.sign_in(make.member(county, role, unit))
        client.get_page("/versions")

    read = entries(make, county, Act.READ)

    assert [(entry.role, entry.thing) for entry in read] == [("overseer", "/versions")]


def test_download_that_cannot_be_noted_is_not_handed_out(
    app: Flask, client: PageClient, make: Factory, county: int
) -> None:
    client.sign_in(make.member(county))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with owner_connection(app) as connection:
        connection.exec_driver_sql("alter table audit_entry rename to lost_entry")

    assert client.http.get("/tasks.xlsx").status_code == 500


def test_chain_of_everything_above_holds(client: PageClient, make: Factory, county: int) -> None:
    test_download_has_an_entry_with_its_name(client, make, county)

    assert check(make, county).fault is None


def _add(session: Session, name: str) -> None:
    session.add(Unit(id=new_id(), name=name, aliases=[]))
    session.flush()


def _fail_within(session: Session, name: str) -> None:
    with session.begin_nested():
        _add(session, name)
        raise ZeroDivisionError


def _work(make: Factory, lead: Actor, supervisor: Actor, task_id: int) -> None:
    folder = Path(make.app.config["FILES"])
    with make.session(lead.county_id) as session:
        sign_task(session, lead, task_id=task_id, seen_event=1, at=NOW)
        file = keep_content(session, lead, "验收单".encode(), "验收单.txt", folder=folder, at=NOW)
        done = {"percent": 100, "note": "已办结", "evidence": [file]}
        report_progress(session, lead, task_id=task_id, seen_event=2, at=NOW, **done)
        submit_task(session, lead, task_id=task_id, note="", seen_event=3, at=NOW)
        close_task(session, supervisor, task_id=task_id, note="", seen_event=4, at=NOW)
