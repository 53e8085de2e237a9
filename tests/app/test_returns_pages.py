"""The page of returns, and workbooks going out."""

import io
import re

import openpyxl
import pytest
from flask import Flask

from app.returns.values import values_of
from scoring.loader import load_standard
from scoring.workbook import read_workbook
from tests.app.county_data import measures, report, school
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.queries import count_queries


@pytest.fixture
def office(make: Factory) -> Member:
    return make.member(make.county())


def test_filled_workbook_reads_back_to_the_same_figures(
    client: PageClient, make: Factory, office: Member
) -> None:
    given = measures(school(1), school(2), county={"special_students": 30.0}, music=96.0)
    report(make, office, given)
    client.sign_in(office)

    answer = client.http.get("/returns/2026.xlsx")

    back = read_workbook(answer.data, load_standard("quality-2017"))
    assert values_of(back) == values_of(given)


def test_template_is_a_blank_workbook(client: PageClient, office: Member) -> None:
    client.sign_in(office)

    answer = client.http.get("/returns/template.xlsx")

    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames[:3] == ["学校", "县级", "专用教室"]
    assert book["学校"].max_row == 1


def test_workbook_of_a_year_that_only_another_county_has_is_not_found(
    client: PageClient, make: Factory, office: Member
) -> None:
    report(make, make.member(make.county()), measures(school(1)))
    client.sign_in(office)

    client.get_page("/returns/2026.xlsx", status=404)


def test_index_counts_schools_and_names_the_silent_ones(
    client: PageClient, make: Factory, office: Member
) -> None:
    report(make, office, measures(school(1), school(2)), year=2025)
    report(make, office, measures(school(1)), year=2026)
    client.sign_in(office)

    page = client.get_page("/returns")

    assert page.h1.text == "2026 年度还有 1 所学校没有报数，已报 1 所。"
    assert "示例第2小学" in page.select_one(".basis").text
    years = [re.sub(r"\s+", " ", row.text).strip()[:15] for row in page.select("tbody tr")]
    assert years == ["2026 年度 1 / 2 0", "2025 年度 2 / 2 0"]


@pytest.mark.parametrize("years", [1, 3])
def test_index_takes_the_same_number_of_queries_for_any_number_of_years(
    app: Flask, client: PageClient, make: Factory, office: Member, years: int
) -> None:
    for year in range(2026 - years + 1, 2027):
        report(make, office, measures(school(1), school(2)), year=year)
    client.sign_in(office)

    with count_queries(app) as sent:
        client.get_page("/returns")

    assert len(sent) == 10
