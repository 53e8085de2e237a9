"""The page behind each verdict: inputs with their return, formula, clause, and what would change it."""

from datetime import timedelta

import pytest
from flask import Flask

from app.returns.store import save_measures
from tests.app.county_data import measures, report, school
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.queries import count_queries


@pytest.fixture
def office(make: Factory) -> Member:
    return make.member(make.county())


def rows(page, caption: str) -> list[list[str]]:
    tables = [table for table in page.select("table") if table.caption and table.caption.text == caption]
    return [
        [" ".join(cell.text.split()) for cell in row.select("th, td")]
        for table in tables
        for row in table.select("tbody tr")
    ]


def test_school_verdict_shows_inputs_formula_working_and_what_would_change_it(
    client: PageClient, make: Factory, office: Member
) -> None:
    report(make, office, measures(school(1), school(2, multimedia_rooms=10.0)))
    client.sign_in(office)

    page = client.get_page("/explain/R7?school=9900000002")

    assert page.h1.text == "R7 每百名学生拥有网络多媒体教室数：示例第2小学 小学未达标。"
    told = ["2026 年度“学校”表", "测试", office.actor.name, "2026年11月22日 09:00"]
    assert [row[:7] for row in rows(page, "用到的数据")] == [
        ["网络多媒体教室间数", "+", "10 间", *told],
        ["小学在校生数", "÷", "1,000 人", *told],
    ]
    words = page.select_one("dl.kv").text
    assert "教督〔2017〕6号 第六条第七项" in words
    assert "再增 13 间即达到 2.3" in words


def test_figure_reported_after_the_result_is_not_its_source(
    client: PageClient, make: Factory, office
) -> None:
    report(make, office, measures(school(1, multimedia_rooms=10.0)))
    later, actor = make.now + timedelta(days=1), office.actor
    with make.session(actor.county_id) as session:
        save_measures(session, actor, year=2026, measures=measures(school(1)), source="更正", at=later)
    client.sign_in(office)

    page = client.get_page("/explain/R7?school=9900000001")

    assert [(row[2], row[4]) for row in rows(page, "用到的数据")] == [("10 间", "测试"), ("1,000 人", "测试")]


def test_spread_shows_the_table_and_what_other_forms_would_have_said(
    client: PageClient, make: Factory, office: Member
) -> None:
    report(make, office, measures(school(1, multimedia_rooms=100.0), school(2, multimedia_rooms=23.0)))
    client.sign_in(office)

    page = client.get_page("/explain/R7")

    assert page.h1.text == "R7 每百名学生拥有网络多媒体教室数：全县 小学未达标。"
    assert "不加权的写法会得出 0.6260，不作结论" in page.select_one("dl.kv").text
    halves = [(row[0], row[6]) for row in rows(page, "逐校核算")]
    assert sorted(halves) == [("示例第1小学", "50.0"), ("示例第2小学", "50.0")]


def test_item_of_the_county_is_explained(client: PageClient, make: Factory, office: Member) -> None:
    given = measures(school(1), county={"special_students": 10.0, "special_funds_wan": 5.0})
    report(make, office, given)
    client.sign_in(office)

    page = client.get_page("/explain/G7")

    assert page.h1.text.startswith("G7 ")
    assert {row[3] for row in rows(page, "用到的数据")} == {"2026 年度“县级”表"}


@pytest.mark.parametrize("address", ["/explain/X9", "/explain/R7?school=0000", "/explain/%3Cb%3E"])
def test_unknown_verdict_is_not_found(
    client: PageClient, make: Factory, office: Member, address: str
) -> None:
    report(make, office, measures(school(1)))
    client.sign_in(office)

    client.get_page(address, 404)


def test_school_of_another_county_is_not_found(client: PageClient, make: Factory, office: Member) -> None:
    report(make, make.member(make.county()), measures(school(7)))
    report(make, office, measures(school(1)))
    client.sign_in(office)

    client.get_page("/explain/R7?school=9900000007", 404)


def test_each_verdict_links_to_its_working(client: PageClient, make: Factory, office: Member) -> None:
    report(make, office, measures(school(1)))
    client.sign_in(office)

    links = {
        path: [a["href"] for a in client.get_page(path).select("a.verdict-link")]
        for path in ("/indicators", "/indicators/R7/primary", "/schools/9900000001")
    }

    assert "/explain/R7" in links["/indicators"]
    assert links["/indicators/R7/primary"] == ["/explain/R7?school=9900000001"]
    assert links["/schools/9900000001"] == [f"/explain/R{n}?school=9900000001" for n in range(1, 8)]


@pytest.mark.parametrize("n_schools", [1, 3])
def test_page_takes_a_constant_number_of_queries(
    app: Flask, client: PageClient, make: Factory, office: Member, n_schools: int
) -> None:
    report(make, office, measures(*(school(n) for n in range(1, n_schools + 1))))
    client.sign_in(office)
    client.get_page("/explain/R7?school=9900000001")

    with count_queries(app) as sent:
        client.get_page("/explain/R7?school=9900000001")

    assert len(sent) == 8
