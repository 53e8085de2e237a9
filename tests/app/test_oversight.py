"""The board above the counties: who is on it, what it says, and whom it shows nothing."""

import io
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from openpyxl import load_workbook

from app.models import CountyStanding, Oversight, Region
from app.models.assessments import AssessmentState
from app.oversight.board import board
from app.oversight.cells import Arrow, cells_of
from app.oversight.regions import codes_above, regions_of
from plans.base import new_id
from tests.app.oversight_scene import Above, above_scene
from tests.factories import Factory
from tests.queries import count_queries

VERDICTS = {"R1": "met", "R2": "not_met", "G1": "pending", "V1": "met", "V2": "met"}
UNKNOWN = {"state": "unknown", "year": None, "words": "不足 3 年数据"}


@pytest.fixture
def scene(app: Flask, make: Factory) -> Above:
    return above_scene(app, make)


def stand(make: Factory, code: str, year: int = 2026, **given: object) -> int:
    fields = {
        "standard": "quality-2017",
        "standard_version": "2017-04-19",
        "assessment_id": 1,
        "state": AssessmentState.SUBMITTED,
        "verdict": "not_met",
        "sections": 10,
        "sections_met": 4,
        "verdicts": VERDICTS,
        "strain": {"R2": 1.2},
        "forecast": UNKNOWN,
        "frozen_at": make.now,
        "moved_at": make.now,
    }
    with make.session() as session:
        row = CountyStanding(id=new_id(), county_code=code, year=year, **{**fields, **given})
        session.add(row)
        return row.id


def rows(page) -> dict[str, list[str]]:
    return {
        row.th.find(string=True): [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in page.select("#counties tr:not(.group)")
        if row.th
    }


@pytest.mark.parametrize(
    ("code", "above"),
    [("990101", ["000000", "990000", "990100"]), ("110105", ["000000", "110000", "110100"])],
)
def test_code_of_a_county_names_what_stands_above(code: str, above: list[str]) -> None:
    assert codes_above(code) == above


@pytest.mark.parametrize(
    ("code", "level", "county", "covered"),
    [
        ("000000", "nation", "990101", True),
        ("990000", "region", "990101", True),
        ("990000", "region", "980101", False),
        ("990100", "prefecture", "990101", True),
        ("990100", "prefecture", "990201", False),
    ],
)
def test_region_covers_what_begins_like_its_code(code: str, level: str, county: str, covered: bool) -> None:
    region = Region(code=code, name="示例")

    assert (region.level, region.covers(county)) == (level, covered)


def test_overseer_lands_on_the_board_with_all_counties_below(scene: Above, make: Factory) -> None:
    make.county("乙县（示例）", code="990201")
    make.county("丙县（示例）", code="980101")
    stand(make, "990101")

    page = scene.as_(scene.region).get_page("/")

    assert list(rows(page)) == ["甲县（示例）", "乙县（示例）"]
    assert rows(page)["甲县（示例）"][1:4] == ["已上报", "未达标 4 / 10 校", "不足 3 年数据 目标 2029 年"]
    assert rows(page)["乙县（示例）"][1] == "未上报"
    assert page.h1.text == "2 个县（市、区）中 1 个已上报 2026 年度结果，0 个达标。"
    assert "未上报：乙县（示例）" in page.select_one(".basis").text


def test_prefecture_sees_its_own_counties_only(scene: Above, make: Factory) -> None:
    make.county("乙县（示例）", code="990201")
    stand(make, "990201")

    page = scene.as_(scene.prefecture).get_page("/oversight")

    assert list(rows(page)) == ["甲县（示例）"]
    assert "乙县" not in page.text


def test_who_oversees_nothing_any_more_sees_nothing(scene: Above, make: Factory) -> None:
    client = scene.as_(scene.prefecture)
    with make.session() as session:
        mine = sa.select(Oversight).where(Oversight.account_id == scene.prefecture.actor.user_id)
        session.scalars(mine).one().is_active = False

    client.get_page("/oversight", 404)
    client.get_page("/", 403)


def test_people_of_a_county_find_no_board(scene: Above, make: Factory) -> None:
    key = stand(make, "990101")
    client = scene.as_(scene.office)

    for path in ("/oversight", "/oversight.xlsx", f"/oversight/standings/{key}"):
        client.get_page(path, 404)
    client.post_page("/oversight/counties/990101/enter", {}, 404)


def test_standing_of_another_prefecture_is_not_found(scene: Above, make: Factory) -> None:
    key = stand(make, "990101")

    page = scene.as_(scene.stranger).get_page(f"/oversight/standings/{key}", 404)

    assert "甲县" not in page.text


def test_page_names_what_is_common_and_who_will_be_late(scene: Above, make: Factory) -> None:
    for number, name in ((201, "乙县（示例）"), (202, "丙县（示例）")):
        make.county(name, code=f"990{number}")
        late = {"state": "late", "year": 2033, "words": "2033 年"}
        stand(make, f"990{number}", forecast=late)
    stand(make, "990101", verdict="met", verdicts={**VERDICTS, "R2": "met"})

    page = scene.as_(scene.region).get_page("/oversight")

    assert page.h1.text == (
        "3 个县（市、区）中 3 个已上报 2026 年度结果，1 个达标，2 个将错过目标年"
        "；共性短板是 R2 县级以上骨干教师数。"
    )
    assert "共性短板：R2（2 个县）" in page.select_one(".basis").text


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("show=silent", ["丙县（示例）"]),
        ("show=late", ["乙县（示例）"]),
        ("show=met", ["甲县（示例）"]),
        ("show=not_met", ["乙县（示例）"]),
        ("code=R2", ["乙县（示例）"]),
        ("place=甲市（示例）", ["甲县（示例）"]),
        ("sort=missed", ["乙县（示例）", "甲县（示例）", "丙县（示例）"]),
        ("sort=forecast", ["甲县（示例）", "乙县（示例）", "丙县（示例）"]),
        ("sort=passing", ["丙县（示例）", "乙县（示例）", "甲县（示例）"]),
        ("sort=nonsense&show=nonsense", ["甲县（示例）", "乙县（示例）", "丙县（示例）"]),
        ("year=1999", ["甲县（示例）", "乙县（示例）", "丙县（示例）"]),
    ],
)
def test_board_is_filtered_and_sorted_on_the_screen_and_in_the_file(
    scene: Above, make: Factory, asked: str, names: list[str]
) -> None:
    for code, name in (("990201", "乙县（示例）"), ("990202", "丙县（示例）")):
        make.county(name, code=code)
    met = {"state": "met", "year": 2026, "words": "已达标"}
    good = {**VERDICTS, "R2": "met"}
    stand(make, "990101", verdict="met", verdicts=good, sections_met=10, forecast=met)
    stand(make, "990201", forecast={"state": "late", "year": 2033, "words": "2033 年"})
    client = scene.as_(scene.region)

    page = client.get_page(f"/oversight?{asked}")
    content = client.http.get(f"/oversight.xlsx?{asked}").data

    assert list(rows(page)) == names
    sheet = load_workbook(io.BytesIO(content)).active
    assert [row[0].value for row in sheet.iter_rows(min_row=4)] == names


@pytest.mark.parametrize(
    ("then", "now", "strain_then", "strain_now", "arrow"),
    [
        ("not_met", "met", 1.1, 0.9, Arrow.BETTER),
        ("met", "not_met", 0.9, 1.1, Arrow.WORSE),
        ("not_met", "not_met", 1.3, 1.2, Arrow.BETTER),
        ("not_met", "not_met", 1.2, 1.3, Arrow.WORSE),
        ("not_met", "not_met", 1.2, 1.21, Arrow.SAME),
        ("met", "met", None, 0.5, Arrow.SAME),
        ("", "met", None, 0.5, Arrow.UNKNOWN),
    ],
)
def test_arrow_tells_the_way_since_last_year(then, now, strain_then, strain_now, arrow) -> None:
    before = CountyStanding(verdicts={"R1": then} if then else {}, strain={"R1": strain_then})
    standing = CountyStanding(verdicts={"R1": now}, strain={"R1": strain_now})

    assert [cell.arrow for cell in cells_of(standing, before, {"R1": "师资"})] == [arrow]


def test_arrow_needs_a_year_before(scene: Above) -> None:
    standing = CountyStanding(verdicts=VERDICTS, strain={})

    cells = {cell.code: (cell.verdict, cell.arrow) for cell in cells_of(standing, None, {"R1": "", "V": ""})}

    assert cells == {"R1": ("met", Arrow.UNKNOWN), "V": ("met", Arrow.UNKNOWN)}


@pytest.mark.parametrize("n_counties", [1, 300])
def test_board_takes_four_queries(app: Flask, scene: Above, make: Factory, n_counties: int) -> None:
    from plans.base import County

    with make.session() as session:
        for number in range(2, n_counties + 1):
            code = f"99{1 + number // 90:02}{10 + number % 90:02}"
            session.add(County(id=new_id(), code=code, name=f"第{number}县", horizon_year=2029))
            session.flush()
            row = {"sections": 1, "sections_met": 1, "verdicts": VERDICTS, "strain": {}, "forecast": UNKNOWN}
            told = {"standard": "quality-2017", "standard_version": "x", "verdict": "met", "assessment_id": 1}
            when = {"frozen_at": make.now, "moved_at": make.now + timedelta(1), "year": 2026}
            session.add(
                CountyStanding(
                    id=new_id(), county_code=code, state=AssessmentState.SUBMITTED, **row, **told, **when
                )
            )
    with make.session() as session:
        regions = regions_of(session, scene.region.actor.user_id)
        with count_queries(app) as sent:
            found = board(session, regions, year=None, standard=None)

    assert len(found.lines) == n_counties
    assert len(sent) == 4


def test_freezing_tells_those_above_how_the_county_stands(scene: Above) -> None:
    scene.hand_up()

    told = scene.standing()

    assert (told.county_code, told.year, told.state) == ("990101", 2026, AssessmentState.SUBMITTED)
    assert (told.sections_met, told.sections, told.verdict) == (1, 2, "not_met")
    assert told.verdicts["R7"] == "not_met"
    assert told.forecast == {"state": "unknown", "year": None, "words": "不足 3 年数据"}


def test_draft_is_told_to_nobody(scene: Above, make: Factory) -> None:
    with make.session() as session:
        assert session.scalars(sa.select(CountyStanding)).all() == []
