"""The leader's page: five figures, all that is unmet in the headline, what holds the county back."""

import pytest
from bs4 import BeautifulSoup

from tests.app.county_data import measures, report, school
from tests.factories import Factory, Member
from tests.pages import PageClient


@pytest.fixture
def office(make: Factory) -> Member:
    return make.member(make.county())


def home(client: PageClient, office: Member) -> BeautifulSoup:
    client.sign_in(office)
    return client.get_page("/")


def test_headline_counts_unmet_items_of_all_groups(client: PageClient, make: Factory, office: Member) -> None:
    county = {"teachers_360h": 9.0, "teachers_total": 10.0}
    report(make, office, measures(school(1, multimedia_rooms=10.0, students_primary=2100.0), county=county))

    page = home(client, office)

    # Seven resource indicators suffer from the pupils, beside G4 and G9.
    assert page.h1.text.startswith("还差 9 项指标、1 个学段校才能达标，另有 22 项待定；")


def test_five_figures_stand_side_by_side(client: PageClient, make: Factory, office: Member) -> None:
    county = {"surveys_valid_students": 100.0, "surveys_satisfied_students": 80.0}
    report(make, office, measures(school(1), county=county))

    page = home(client, office)

    assert [card.p.text for card in page.select(".figure-card")] == [
        "学校综合评估",
        "校际差异系数",
        "政府保障程度",
        "教育质量",
        "社会认可度",
    ]


def test_what_holds_back_names_schools_and_items(client: PageClient, make: Factory, office: Member) -> None:
    county = {"disabled_children": 179.0, "disabled_enrolled": 152.0}
    large = school(1, students_primary=2100.0)
    report(make, office, measures(large, county=county))

    page = home(client, office)

    rows = page.select("[aria-label='拖住全县的指标'] tbody tr")
    shown = {row.a.text: [cell.text.strip() for cell in row.select("td")] for row in rows}
    assert shown["G4 学校规模"][2:7:2] == ["2,100 人", "≤ 2,000 人", "1"]
    assert shown["Q2 残疾儿童少年入学率"][2:7:2] == ["84.9%", "≥ 95%", "—"]
