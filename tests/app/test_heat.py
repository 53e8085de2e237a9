"""The heat map of schools and indicators: grounds at their edges, order of rows, way to the working."""

import numpy as np
import pytest
from flask import Flask

from app.assessments.heat import ground, sorted_sections
from app.assessments.pages import schools_page
from app.assessments.queries import SectionLine, latest
from scoring.loader import load_standard
from tests.app.county_data import measures, report, school
from tests.app.test_assessments_pages import cells
from tests.factories import Factory
from tests.pages import PageClient
from tests.queries import count_queries

STANDARD = load_standard("quality-2017")


def section(code: str, value: float | None, mark: str = "met", students: int | None = 100) -> SectionLine:
    marks = dict.fromkeys(STANDARD.codes, mark)
    values: dict[str, float | None] = {**dict.fromkeys(STANDARD.codes, 1.0), "R7": value}
    return SectionLine(
        code, code, "primary", "小学", students, values, marks, [], [], [], None, "", None, "met"
    )


@pytest.mark.parametrize(
    ("value", "mark", "wanted"),
    [
        (None, "no_data", ""),
        (1.0, "not_met", "red"),
        (2.2, "close", "amber"),
        (2.3, "met", "1"),
        (2.874, "met", "1"),
        (2.875, "met", "2"),
        (4.599, "met", "2"),
        (4.6, "met", "3"),
    ],
)
def test_ground_steps_with_the_share_of_the_standard(value: float | None, mark: str, wanted: str) -> None:
    assert ground(section("1", value, mark), "R7", STANDARD) == wanted


@pytest.mark.parametrize(
    ("by", "down", "codes"),
    [
        ("R7", False, ["3", "1", "2"]),
        ("R7", True, ["1", "3", "2"]),
        ("students", False, ["2", "1", "3"]),
        ("", False, ["1", "2", "3"]),
        ("nonsense", True, ["1", "2", "3"]),
    ],
)
def test_rows_are_sorted_by_a_column_and_missing_ones_come_last(
    by: str, down: bool, codes: list[str]
) -> None:
    lines = [
        section("1", 3.0, students=20),
        section("2", None, students=10),
        section("3", 2.0, students=None),
    ]

    assert [one.school_code for one in sorted_sections(lines, by, STANDARD, descending=down)] == codes


def test_page_sorts_keeps_its_filters_and_leads_to_each_working(client: PageClient, make: Factory) -> None:
    office = make.member(make.county())
    rooms = (24.0, 10.0, np.nan, 60.0)
    report(make, office, measures(*(school(no, multimedia_rooms=n) for no, n in enumerate(rooms, 1))))
    client.sign_in(office)

    page = client.get_page("/schools?sort=R7&down=1&stage=primary")

    assert [row[8] for row in cells(page, "#schools")[1:]] == ["6.00", "2.40", "■未达标1.00", "缺数据"]
    marks = [cell["class"][-1] for cell in page.select("#schools td[data-label=R7]")]
    assert marks == ["heat-3", "heat-1", "heat-red", "heat-none"]
    assert page.select_one("#schools th[aria-sort=descending] a")["href"] == "/schools?stage=primary&sort=R7"
    assert page.select_one(".filters [name=sort]")["value"] == "R7"
    cell = page.select("#schools td[data-label=R7]")[2]
    assert (cell.a["href"], cell["data-csv"]) == ("/explain/R7?school=9900000002", "1.00")
    assert page.select_one("#schools td[data-csv='缺数据']")["data-label"] == "R7"
    assert {one["data-of"] for one in page.select("[data-save]")} == {"#schools table"}


@pytest.mark.parametrize("n", [1, 12])
def test_heat_map_takes_two_queries_for_any_number_of_schools(app: Flask, make: Factory, n: int) -> None:
    office = make.member(make.county())
    report(make, office, measures(*(school(no) for no in range(1, n + 1))), year=2025)

    with make.session(office.actor.county_id) as session:
        assessment = latest(session, 2025)
        with count_queries(app) as sent:
            page = schools_page(session, assessment, stage="", verdict="", order=("R7", False))

    assert (len(page.stages[0][2]), len(sent)) == (n, 2)
