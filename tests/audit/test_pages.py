"""The page of the log: one's own county only, filtered, paged, exported, with the state of the chain."""

import io

import openpyxl
import pytest
import time_machine
from flask import Flask

from app.audit.doers import Doer, act_as
from app.audit.recording import record
from app.models.audit import Act
from plans.actors import Role
from tests.audit.log import entries, tamper, write_some
from tests.conftest import NOW
from tests.factories import Factory
from tests.pages import PageClient
from tests.queries import count_queries

COLUMN = {"no": 1, "at": 2, "who": 3, "role": 4, "address": 5, "act": 6, "thing": 7, "changes": 8}


@pytest.fixture
def county(make: Factory) -> int:
    return make.county()


@pytest.fixture
def office(client: PageClient, make: Factory, county: int) -> PageClient:
    """The office of the county, signed in."""
    client.sign_in(make.member(county))
    return client


def cells(client: PageClient, column: str, query: str = "") -> list[str]:
    page = client.get_page(f"/audit{query}")
    return [cell.text for cell in page.select(f"tbody tr > :nth-child({COLUMN[column]}):not([colspan])")]


def test_log_shows_own_county_only(office: PageClient, make: Factory, county: int) -> None:
    other = make.county()
    make.unit(other, "乙县教育局")
    make.unit(county, "甲县教育局")

    page = office.get_page("/audit")

    assert "甲县教育局" in page.text
    assert "乙县教育局" not in page.text


def test_entry_of_own_county_is_shown_whatever_number_another_has(
    office: PageClient, make: Factory, county: int
) -> None:
    other = make.county()
    for number in range(9):
        make.unit(other, f"乙县{number}局")
    last = entries(make, county)[-1].no

    assert "乙县" not in office.get_page("/audit/1").text
    office.get_page(f"/audit/{last + 1}", status=404)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICE])
@pytest.mark.parametrize("path", ["/audit", "/audit/1", "/audit.xlsx"])
def test_log_is_for_the_office(client: PageClient, make: Factory, county: int, role: Role, path: str) -> None:
    unit = make.unit(county) if role is Role.UNIT else None
    client.sign_in(make.member(county, role, unit))

    client.get_page(path, status=403)


def test_filters_narrow_to_person_act_thing_and_days(office: PageClient, make: Factory, county: int) -> None:
    with time_machine.travel(NOW, tick=False), make.session(county) as session:
        act_as(session, Doer(1, "张三", "office", "10.0.0.1"))
        record(session, act=Act.EXPORT, thing="/tasks.xlsx", title="任务台账.xlsx")
        record(session, Doer(2, "李四"), act=Act.EXPORT, thing="/ledgers/unmet.xlsx", title="未达标台账.xlsx")
        record(session, act=Act.SETTING, thing="county", title="任务台账的设置")
    day = NOW.date().isoformat()

    assert cells(office, "thing", "?person=张三&act=export") == ["任务台账.xlsx"]
    assert cells(office, "who", "?act=export") == ["李四", "张三"]
    assert cells(office, "act", "?thing=任务台账") == ["设置改动", "导出下载"]
    assert len(cells(office, "no", f"?first={day}&last={day}")) == 3
    assert cells(office, "no", "?last=2026-11-21") == []
    assert cells(office, "no", "?person=%25") == []


def test_days_are_those_of_the_county(office: PageClient, make: Factory, county: int) -> None:
    for hour in ("2026-11-21 15:59", "2026-11-21 16:00"):  # 23:59 and 0:00 in China
        with time_machine.travel(f"{hour}Z", tick=False), make.session(county) as session:
            record(session, act=Act.EXPORT, thing=hour, title=hour)

    assert cells(office, "thing", "?first=2026-11-22&last=2026-11-22") == ["2026-11-21 16:00"]
    assert cells(office, "thing", "?last=2026-11-21") == ["2026-11-21 15:59"]


def test_nonsense_in_the_address_is_no_filter(office: PageClient) -> None:
    assert len(cells(office, "no", "?act=x&first=2026-13-40&page=999")) == len(cells(office, "no"))


def test_sound_chain_is_called_so(office: PageClient, make: Factory, county: int) -> None:
    n = len(entries(make, county))

    page = office.get_page("/audit")

    assert page.select_one("h1").text == f"日志完整，共 {n} 条，逐条校验一致。"


def test_broken_chain_is_named_on_the_page(
    app: Flask, office: PageClient, make: Factory, county: int
) -> None:
    tamper(app, "update audit_entry set who = 'x' where county_id = :county and no = 2", county=county)

    page = office.get_page("/audit")

    assert page.select_one("h1").text == "第 2 条起不可信：内容与哈希不符，可能被改动。"


def test_long_chain_is_checked_at_its_end_and_whole_when_asked(
    app: Flask, office: PageClient, make: Factory, county: int
) -> None:
    with make.session(county) as session:
        for number in range(510):
            record(session, act=Act.READ, thing=f"/{number}")
    tamper(app, "update audit_entry set who = 'x' where county_id = :county and no = 2", county=county)

    assert office.get_page("/audit").select_one("h1").text == "最近 500 条日志校验一致，没有改动或缺失。"
    assert office.get_page("/audit?whole=1").select_one("h1").text.startswith("第 2 条起不可信")


@pytest.mark.parametrize("n", [1, 60])
def test_log_takes_a_fixed_number_of_queries(
    app: Flask, office: PageClient, make: Factory, county: int, n: int
) -> None:
    write_some(make, county, n)
    office.get_page("/audit")

    with count_queries(app) as sent:
        office.get_page("/audit")

    assert len(sent) == 9  # account, memberships, years twice; head, checkpoint, entries; count, page


def test_log_is_paged_newest_first(office: PageClient, make: Factory, county: int) -> None:
    write_some(make, county, 60)
    total = len(entries(make, county))

    first, second = cells(office, "no"), cells(office, "no", "?page=2")

    assert [int(no) for no in first + second] == list(range(total, 0, -1))
    assert len(first) == 50


def test_entry_shows_the_values_before_and_after(office: PageClient, make: Factory, county: int) -> None:
    unit = make.unit(county, "县教育局")
    with make.session(county) as session:
        from plans.models import Unit

        session.get(Unit, (county, unit)).name = "县教体局"
    last = entries(make, county)[-1]

    page = office.get_page(f"/audit/{last.no}")

    assert [cell.text for cell in page.select("tbody tr > *")] == ["名称", "县教育局", "县教体局"]
    assert last.hash in page.text


def test_export_holds_the_filtered_rows_and_no_formula(
    office: PageClient, make: Factory, county: int
) -> None:
    hostile = '=HYPERLINK("http://example.org","x")'
    make.unit(county, hostile)

    answer = office.http.get("/audit.xlsx?thing=HYPERLINK")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    rows = list(sheet.iter_rows(min_row=4))
    assert len(rows) == 1
    assert hostile in rows[0][6].value
    assert {cell.data_type for cell in rows[0]} == {"s"}


def test_export_of_the_log_has_an_entry_itself(office: PageClient, make: Factory, county: int) -> None:
    office.http.get("/audit.xlsx")

    assert [entry.thing for entry in entries(make, county, Act.EXPORT)] == ["/audit.xlsx"]


def test_hostile_words_are_shown_as_words(office: PageClient, make: Factory, county: int) -> None:
    make.unit(county, "<script>alert(1)</script>")

    page = office.get_page("/audit")

    assert not page.select("td script")
    assert "<script>alert(1)</script>" in page.text
