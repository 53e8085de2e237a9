"""Indicators over the years, on the page of the indicator and on the page of the school."""

import json
from datetime import timedelta

import pytest
from flask import Flask

from app.assessments.trends import school_trends
from scoring.loader import load_standard
from tests.app.county_data import measures, report, school
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.queries import count_queries

STANDARD = load_standard("quality-2017")


@pytest.fixture
def office(make: Factory) -> Member:
    return make.member(make.county())


def test_indicator_page_shows_mean_spread_and_schools_of_each_year(
    client, make: Factory, office: Member
) -> None:
    report(make, office, measures(school(1, multimedia_rooms=20.0), school(2)), year=2024)
    report(make, office, measures(school(1), school(2)), year=2025)
    client.sign_in(office)

    page = client.get_page("/indicators/R7/primary")
    table = [[cell.text.strip() for cell in row.select("td")] for row in page.select("#trend-cv tbody tr")]
    drawn = json.loads(page.select_one("#trend-mean script").text)

    assert table == [
        ["2024 年", "2.20", "0.091", "1 / 2", "草稿"],
        ["2025 年", "2.40", "0.000", "2 / 2", "草稿"],
    ]
    assert drawn["xAxis"]["data"] == ["2024", "2025"]
    assert drawn["series"][0]["data"] == [2.2, 2.4]
    assert (
        page.select_one("#trend-mean .chart-summary").text == "全县均值从 2024 年的 2.20 到 2025 年的 2.40。"
    )


def test_school_page_shows_every_year_with_its_mark(
    client: PageClient, make: Factory, office: Member
) -> None:
    report(make, office, measures(school(1, multimedia_rooms=10.0), school(2)), year=2023)
    report(make, office, measures(school(2)), year=2024)
    report(make, office, measures(school(1), school(2)), year=2025)
    client.sign_in(office)

    with make.session(office.actor.county_id) as session:
        trend = school_trends(session, STANDARD, "9900000001")[0]
    page = client.get_page("/schools/9900000001")

    assert (trend.years, trend.verdicts) == ([2023, 2025], ["not_met", "met"])
    code, _name, _unit, cells = trend.rows[6]
    assert (code, [(cell.value, cell.mark) for cell in cells]) == ("R7", [(1.0, "not_met"), (2.4, "met")])
    assert "小学历年各项指标" in page.text


def test_newest_result_of_a_year_counts(make: Factory, office: Member) -> None:
    report(make, office, measures(school(1, multimedia_rooms=10.0)), year=2024)
    report(make, office, measures(school(1)), year=2024, at=make.now + timedelta(days=1))

    with make.session(office.actor.county_id) as session:
        trend = school_trends(session, STANDARD, "9900000001")[0]

    assert [cell.value for cell in trend.rows[6][3]] == [2.4]


def test_trend_of_a_school_of_another_county_is_empty(make: Factory, office: Member) -> None:
    report(make, make.member(make.county()), measures(school(1)), year=2024)

    with make.session(office.actor.county_id) as session:
        assert school_trends(session, STANDARD, "9900000001") == []


@pytest.mark.parametrize("n_years", [1, 3])
def test_school_trend_takes_one_query(app: Flask, make: Factory, office: Member, n_years: int) -> None:
    for year in range(2023, 2023 + n_years):
        report(make, office, measures(school(1)), year=year)

    with make.session(office.actor.county_id) as session, count_queries(app) as sent:
        assert school_trends(session, STANDARD, "9900000001")[0].years == list(range(2023, 2023 + n_years))

    assert len(sent) == 1
