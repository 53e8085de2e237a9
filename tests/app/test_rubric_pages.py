"""The scorecard in the browser."""

import pytest
from flask import Flask

from plans.actors import Role
from tests.app.county_data import measures, report, school
from tests.app.rubric_data import YEAR, give, points_of, reporting_office
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.queries import count_queries


@pytest.fixture
def office(make: Factory) -> Member:
    return reporting_office(make)


@pytest.fixture
def supervisor(make: Factory, office: Member) -> Member:
    return make.member(office.actor.county_id, Role.SUPERVISOR)


def test_sheet_is_a_file_to_download(client: PageClient, office: Member) -> None:
    client.sign_in(office)

    answer = client.http.get("/rubric/scorecard.xlsx")

    assert answer.status_code == 200
    assert answer.data.startswith(b"PK")


def test_page_shows_working_open_questions_and_one_column_to_fill(client: PageClient, office: Member) -> None:
    client.sign_in(office)

    page = client.get_page("/rubric")

    working = "198726 → 172748，增长 -13.07%；财政经常性收入(万元)273180 → 231760，增长 -15.16%"
    assert working in page.select_one("#C6").text
    assert "0 ÷ 0" in page.select_one("#C9").text
    assert "合格总分未见载明，本表只合计，不下结论。" in page.text
    assert "A2 载明 14 项，实列 13 项。" in page.text
    actions = {form["action"].rsplit("/", 1)[1] for form in page.select("#scorecard form")}
    assert actions == {"self"}


def test_unit_sees_the_scorecard_without_fields(client: PageClient, make: Factory, office: Member) -> None:
    county_id = office.actor.county_id
    client.sign_in(make.member(county_id, Role.UNIT, make.unit(county_id)))

    page = client.get_page("/rubric")

    assert page.select("#scorecard form") == []
    client.post_page("/rubric/items/C1/self", {"points": "20"}, status=403)


def test_form_saves_without_script(client: PageClient, make: Factory, office: Member) -> None:
    client.sign_in(office)

    page = client.post_page("/rubric/items/C1/self", {"points": "１８.5", "seen": "0"})

    assert page.select_one("#points-C1")["value"] == "18.5"
    assert points_of(make, office.actor) == {"self": 18.5}


def test_form_saves_in_place_with_its_totals(client: PageClient, office: Member) -> None:
    client.sign_in(office)

    answer = client.http.post(
        "/rubric/items/C1/self", data={"points": "18", "seen": "0"}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 200
    assert "<html" not in answer.text
    swapped = ["total-all", "total-A1", "total-B1", "scorecard-head", "starred"]
    assert [name for name in swapped if f'id="{name}"' in answer.text] == swapped
    assert answer.text.count('hx-swap-oob="true"') == len(swapped)


@pytest.mark.parametrize("text", ["x", "-1", "1e1", "18.555", "nan", "21"])
def test_refused_points_stay_in_the_field(client: PageClient, office: Member, text: str) -> None:
    client.sign_in(office)

    page = client.post_page("/rubric/items/C1/self", {"points": text, "seen": "0"}, status=422)

    assert page.select_one("#points-C1")["value"] == text
    assert page.select_one("#refused-C1").text.strip() != ""


def test_item_page_shows_years_and_story(
    client: PageClient, make: Factory, office: Member, supervisor: Member
) -> None:
    give(make, office.actor, 40, item="C6")
    give(make, supervisor.actor, 30, item="C6", kind="reviewer")
    client.sign_in(office)

    page = client.get_page("/rubric/items/C6")

    assert page.h1.text == "C6 三个增长两个比例（满分 40）：自评 40 分，数据提示未评，复核 30 分。"
    kinds = [row.select_one(".cell-main").text for row in page.select("#story tr")]
    assert kinds == ["自评", "复核"]


def test_other_county_sees_no_points(client: PageClient, make: Factory, office: Member) -> None:
    give(make, office.actor, 19.5)
    stranger = make.member(make.county())
    report(make, stranger, measures(school(9)), year=YEAR)
    client.sign_in(stranger)

    page = client.get_page("/rubric")

    assert page.select_one("#total-all").find_all("td")[1].text.strip() == "—"
    assert "172748" not in page.text


@pytest.mark.parametrize("items", [1, 3])
def test_scorecard_takes_a_fixed_number_of_queries(
    app: Flask, client: PageClient, make: Factory, office: Member, items: int
) -> None:
    for number in range(1, items + 1):
        give(make, office.actor, 10, item=f"C{number}")
    client.sign_in(office)

    with count_queries(app) as sent:
        client.get_page("/rubric")

    assert len(sent) == 9
