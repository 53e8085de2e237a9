"""Ledgers: generated, narrowed, and the same in Excel as on the screen."""

import io

import openpyxl
import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.app.county_data import measures, report, school
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.queries import count_queries


@pytest.fixture
def office(make: Factory) -> Member:
    return make.member(make.county())


def on_screen(page: BeautifulSoup) -> list[list[str]]:
    table = page.select_one("#ledger table")
    heads = [[" ".join(cell.text.split()) for cell in table.select("thead th")]]
    rows = [row for row in table.select("tbody tr") if not row.select(".none")]
    return heads + [[" ".join(cell.text.split()) for cell in row.select("th, td")] for row in rows]


def in_excel(client: PageClient, address: str) -> list[list[str]]:
    """The sheet as Excel shows it, below title and basis."""
    answer = client.http.get(address)
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    return [[shown(cell) for cell in row] for row in sheet.iter_rows(min_row=3)]


def shown(cell) -> str:
    if cell.data_type != "n":
        return " ".join(str(cell.value).split())
    places = len(cell.number_format.partition(".")[2])
    return f"{cell.value:,.{places}f}"


@pytest.mark.parametrize("kind", ["unmet", "met"])
@pytest.mark.parametrize(
    "query", ["", "?level=school", "?level=school&stage=primary&code=R7", "?level=county"]
)
def test_export_equals_the_screen(
    client: PageClient, make: Factory, office: Member, kind: str, query: str
) -> None:
    report(
        make,
        office,
        measures(school(1), school(2, multimedia_rooms=10.0), school(3, equipment_value_wan=1.5)),
    )
    client.sign_in(office)

    screen = on_screen(client.get_page(f"/ledgers/{kind}{query}"))

    assert in_excel(client, f"/ledgers/{kind}.xlsx{query}") == screen
    assert len(screen) > 1


def test_unmet_ledger_of_a_school_states_value_standard_and_gap(client: PageClient, make, office) -> None:
    report(make, office, measures(school(1), school(2, multimedia_rooms=10.0)))
    client.sign_in(office)

    rows = on_screen(client.get_page("/ledgers/unmet?level=school&code=R7"))

    assert rows[1:] == [
        [
            "1", "示例第2小学", "小学", "R7 网络多媒体教室数", "学校值", "未达标", "1.00", "2.30",
            "间/百生", "13", "间", "—", "教督〔2017〕6号 第六条第七项",
        ]
    ]  # fmt: skip


def test_every_value_is_in_exactly_one_ledger(client: PageClient, make: Factory, office: Member) -> None:
    report(
        make,
        office,
        measures(school(1), school(2, multimedia_rooms=10.0), school(3, equipment_value_wan=1.0)),
    )
    client.sign_in(office)

    rows = [
        on_screen(client.get_page(f"/ledgers/{kind}?level=school&stage=primary"))[1:]
        for kind in ("unmet", "met")
    ]
    values = [(row[1], row[3]) for row in [*rows[0], *rows[1]] if row[4] == "学校值"]

    assert len(values) == len(set(values)) == 3 * 7


@pytest.mark.parametrize("name", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)"])
def test_name_that_looks_like_a_formula_stays_a_name(client: PageClient, make, office, name: str) -> None:
    report(make, office, measures(school(1, school_name=name, multimedia_rooms=10.0)))
    client.sign_in(office)

    answer = client.http.get("/ledgers/unmet.xlsx?level=school&code=R7")
    cell = openpyxl.load_workbook(io.BytesIO(answer.data)).active["B4"]

    assert (cell.data_type, cell.value) == ("s", name)


def test_unknown_ledger_is_not_found(client: PageClient, make: Factory, office: Member) -> None:
    report(make, office, measures(school(1)))
    client.sign_in(office)

    client.get_page("/ledgers/other", 404)
    client.get_page("/ledgers/other.xlsx", 404)


def test_ledger_of_another_county_is_not_shown(client: PageClient, make: Factory, office: Member) -> None:
    other = make.member(make.county())
    report(make, other, measures(school(1, school_name="别县小学", multimedia_rooms=10.0)))
    report(make, office, measures(school(2, multimedia_rooms=10.0)))
    client.sign_in(office)

    screen = on_screen(client.get_page("/ledgers/unmet"))

    assert "别县小学" not in str([screen, in_excel(client, "/ledgers/unmet.xlsx")])
    assert any("示例第2小学" in row for row in screen)


@pytest.mark.parametrize("n_schools", [1, 3])
def test_page_takes_a_constant_number_of_queries(
    app: Flask, client: PageClient, make: Factory, office: Member, n_schools: int
) -> None:
    report(make, office, measures(*(school(n, multimedia_rooms=10.0) for n in range(1, n_schools + 1))))
    client.sign_in(office)
    client.get_page("/ledgers/unmet")

    with count_queries(app) as sent:
        client.get_page("/ledgers/unmet")

    assert len(sent) == 7
