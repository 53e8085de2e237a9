"""All schools in one table, and one school on one page."""

import numpy as np
import pytest

from tests.app.county_data import measures, report, school
from tests.app.test_assessments_pages import cells
from tests.factories import Factory, Member
from tests.pages import PageClient


@pytest.fixture
def office(make: Factory) -> Member:
    return make.member(make.county())


def test_schools_table_shows_values_marks_and_counts(
    client: PageClient, make: Factory, office: Member
) -> None:
    report(
        make,
        office,
        measures(school(1), school(2, multimedia_rooms=20.0), school(3, multimedia_rooms=np.nan)),
    )
    client.sign_in(office)

    table = cells(client.get_page("/schools"), "#schools")

    assert table[0][0] == "小学（3 所）"
    assert [row[-3:] for row in table[1:]] == [
        ["2.40", "7 / 7", "达标"],
        ["▲接近2.00", "6 / 7", "达标"],
        ["缺数据", "6 / 7", "缺数据"],
    ]


def test_schools_can_be_narrowed_by_verdict_and_stage(
    client: PageClient, make: Factory, office: Member
) -> None:
    report(make, office, measures(school(1), school(2, multimedia_rooms=1.0)))
    client.sign_in(office)

    failing = client.get_page("/schools?verdict=not_met")
    junior = client.get_page("/schools?stage=junior")

    assert [row[0] for row in cells(failing, "#schools")[1:]] == ["示例第2小学"]
    assert "没有符合条件的记录" in junior.select_one("#schools").text


def test_htmx_filter_gets_only_the_table(client: PageClient, make: Factory, office: Member) -> None:
    report(make, office, measures(school(1)))
    client.sign_in(office)

    answer = client.http.get("/schools?stage=primary", headers={"HX-Request": "true"})

    assert answer.text.lstrip().startswith('<div id="schools"')


def test_small_teaching_point_is_listed_apart_with_the_reason(
    client: PageClient, make: Factory, office: Member
) -> None:
    point = school(2, school_kind="教学点", students_primary=49.0, school_name="示例教学点")
    report(make, office, measures(school(1), point))
    client.sign_in(office)

    page = client.get_page("/schools")
    own = client.get_page("/schools/9900000002")

    row = cells(page, "[aria-label='不参与资源配置评估的学校']")[0]
    assert row == ["示例教学点", "教学点", "49", "教学点在校生不足 50 人 规程 数据采集范围"]
    assert own.h1.text == "示例教学点不参与资源配置评估：教学点在校生不足 50 人。"


def test_school_page_shows_the_split_of_a_combined_school(
    client: PageClient, make: Factory, office: Member
) -> None:
    combined = school(
        1,
        school_kind="九年一贯制",
        students_junior=1000.0,
        teachers_above_degree_junior=60.0,
        backbone_teachers_junior=12.0,
        pe_art_teachers_junior=10.0,
        multimedia_rooms=42.0,
    )
    report(make, office, measures(combined))
    client.sign_in(office)

    page = client.get_page("/schools/9900000001")

    junior = cells(page, "[aria-label='初中各项指标']")[6]
    assert junior[0] == "R7 网络多媒体教室数"
    assert junior[1] == "2.20"
    assert junior[7] == "网络多媒体教室间数 42 间 × 初中占比 ÷ 在校生 1,000 人 × 100"
    assert "初中占比＝1.1×1000 ÷（1×1000 + 1.1×1000）" in page.text


def test_school_page_names_what_it_lacks_and_the_clause(
    client: PageClient, make: Factory, office: Member
) -> None:
    report(make, office, measures(school(1, multimedia_rooms=10.0)))
    client.sign_in(office)

    page = client.get_page("/schools/9900000001")

    assert (
        page.h1.text
        == "小学 7 项中 6 项达标，网络多媒体教室数为标准的 43.5%，低于 85% 的底线，未通过学校判定。"
    )
    assert cells(page, "[aria-label='小学各项指标']")[6] == [
        "R7 网络多媒体教室数", "1.00", "", "2.3 间/百生", "43.5", "13 间", "未达标",
        "网络多媒体教室间数 10 间 ÷ 在校生 1,000 人 × 100", "教督〔2017〕6号 第六条第七项",
    ]  # fmt: skip


def test_school_page_logs_changes_newest_first(client: PageClient, make: Factory, office: Member) -> None:
    from datetime import timedelta

    report(make, office, measures(school(1)))
    report(make, office, measures(school(1, multimedia_rooms=25.0)), at=make.now + timedelta(days=1))
    client.sign_in(office)

    page = client.get_page("/schools/9900000001")

    log = [row[1:4] for row in cells(page, "[aria-label='改动记录']")]
    assert log == [["网络多媒体教室间数(间)", "24", "25"], ["首次填报 12 项", "", ""]]


def test_school_of_another_county_is_not_found(client: PageClient, make: Factory, office: Member) -> None:
    report(make, make.member(make.county()), measures(school(2)))
    report(make, office, measures(school(1)))
    client.sign_in(office)

    client.get_page("/schools/9900000002", status=404)
    page = client.get_page("/schools")

    assert "示例第2小学" not in page.text
