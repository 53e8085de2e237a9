"""The pages of results: conclusion first, every figure with its standard, its working and its clause."""

from datetime import timedelta

import numpy as np
import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app.assessments.queries import latest
from app.dates import moment_words
from app.models.assessments import VersionMove
from app.versions.commands import move_version
from tests.app.county_data import measures, report, school
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.queries import count_queries


@pytest.fixture
def office(make: Factory) -> Member:
    return make.member(make.county())


def cells(page: BeautifulSoup, selector: str) -> list[list[str]]:
    rows = page.select(f"{selector} tbody tr")
    return [[" ".join(cell.text.split()) for cell in row.select("th, td")] for row in rows]


def header(client: PageClient) -> str:
    """What paper says behind the county's name."""
    return str(client.get_page("/tasks").select_one(".print-header").text.split(" · ", 1)[1])


def test_pages_without_data_lead_to_the_upload(client: PageClient, office: Member) -> None:
    client.sign_in(office)

    for path in ("/indicators", "/schools", "/indicators/R1/primary", "/schools/9900000001"):
        page = client.get_page(path)
        assert page.select_one(".empty-state a")["href"] == "/returns"


def test_paper_names_county_year_and_version(client: PageClient, make: Factory, office: Member) -> None:
    report(make, office, measures(school(1)), year=2025)
    report(make, office, measures(school(1)))
    frozen_at = make.now + timedelta(days=1)
    with make.session(office.actor.county_id) as session:
        version_id = latest(session, 2025).id
        move_version(
            session, office.actor, assessment_id=version_id, move=VersionMove.FREEZE, note="", at=frozen_at
        )
    client.sign_in(office)

    newest = header(client)
    client.http.get("/years/2025")
    before = header(client)

    assert newest == f"2026 年度 · 草稿（{moment_words(make.now)} 评估）"
    assert before == f"2025 年度 · 上报版（{moment_words(frozen_at)} 冻结）"


def test_paper_without_data_says_so(client: PageClient, office: Member) -> None:
    client.sign_in(office)

    assert header(client) == "尚无数据"


def test_indicators_open_with_the_conclusion(client: PageClient, make: Factory, office: Member) -> None:
    report(make, office, measures(school(1), school(2, multimedia_rooms=10.0)))
    client.sign_in(office)

    page = client.get_page("/indicators")

    assert page.h1.text == (
        "32 项指标中 8 项达标、1 项未达标、9 项待定、14 项缺数据；"
        "小学 2 所中 1 所通过学校判定；7 个差异系数中 7 个在限值内。"
    )
    seventh = cells(page, ".ledger")[7]
    assert seventh == [
        "R7 网络多媒体教室数", "1.70", "", "2.3", "间/百生", "0.412 ≤ 0.50", "1 / 2", "1", "未达标",
        "教督〔2017〕6号 第六条第七项",
    ]  # fmt: skip


def test_indicators_stand_in_four_groups_and_the_vetoes(
    client: PageClient, make: Factory, office: Member
) -> None:
    report(make, office, measures(school(1, multimedia_rooms=10.0)))
    client.sign_in(office)

    page = client.get_page("/indicators")

    names = ("资源配置", "政府保障", "教育质量", "社会认可度", "否决事项")
    assert {name: len(cells(page, f"[aria-label='{name}']")) for name in names} == {
        "资源配置": 7,
        "政府保障": 15,
        "教育质量": 9,
        "社会认可度": 1,
        "否决事项": 6,
    }
    row = [" ".join(cell.text.split()) for cell in page.select("#R7 th, #R7 td")]
    assert row[:5] == ["R7 每百名学生拥有网络多媒体教室数", "未达标", "1 间/百生", "≥ 2.3 间/百生", "1"]
    assert page.select_one("#G4 a")["href"] == "/items/G4"


def test_spread_over_the_limit_is_named_in_the_conclusion(
    client: PageClient, make: Factory, office: Member
) -> None:
    report(make, office, measures(school(1, multimedia_rooms=100.0), school(2, multimedia_rooms=23.0)))
    client.sign_in(office)

    page = client.get_page("/indicators")

    assert "7 个差异系数中 6 个在限值内，超限的是 R7 网络多媒体教室数（小学）" in page.h1.text
    assert cells(page, ".ledger")[7][5] == "0.626 > 0.50"


def test_zero_missing_and_not_applicable_look_different(
    client: PageClient, make: Factory, office: Member
) -> None:
    given = school(1, school_kind="九年一贯制", students_junior=300.0, backbone_teachers_primary=0.0)
    report(make, office, measures({**given, "multimedia_rooms": np.nan}, school(2)))
    client.sign_in(office)

    page = client.get_page("/schools/9900000001")

    rows = {row[0]: row for row in reversed(cells(page, ".ledger"))}  # the first of a name: years stand below
    assert rows["县级及以上骨干教师数 人"][1:] == ["0", "未填"]
    assert rows["网络多媒体教室间数 间"][1:] == ["未填"]
    assert rows["R7 网络多媒体教室数"][1] == "缺数据"


def test_indicator_page_shows_each_school_with_its_gap(
    client: PageClient, make: Factory, office: Member
) -> None:
    report(
        make, office, measures(school(1), school(2, multimedia_rooms=20.0), school(3, multimedia_rooms=10.5))
    )
    client.sign_in(office)

    page = client.get_page("/indicators/R7/primary")

    assert page.h1.text == (
        "小学网络多媒体教室数：3 所中 1 所达到标准，全县均值 1.82 间/百生，差异系数 0.312，不超过限值 0.50。"
    )
    assert cells(page, "#values") == [
        ["示例第3小学", "1,000", "10.50", "1.05", "", "45.7", "13 间", "未达标"],
        ["示例第2小学", "1,000", "20", "2.00", "", "87.0", "3 间", "接近"],
        ["示例第1小学", "1,000", "24", "2.40", "", "104.3", "0", "达标"],
    ]


def test_indicator_page_sorts_both_ways_with_missing_last(
    client: PageClient, make: Factory, office: Member
) -> None:
    report(
        make,
        office,
        measures(school(1, multimedia_rooms=np.nan), school(2, multimedia_rooms=30.0), school(3)),
    )
    client.sign_in(office)

    up = client.get_page("/indicators/R7/primary?sort=value")
    down = client.get_page("/indicators/R7/primary?sort=value&down=1")
    odd = client.get_page("/indicators/R7/primary?sort=__class__&down=1")

    names = ["示例第3小学", "示例第2小学", "示例第1小学"]
    assert [row[0] for row in cells(up, "#values")] == names
    assert [row[0] for row in cells(down, "#values")] == [names[1], names[0], names[2]]
    assert [row[0] for row in cells(odd, "#values")] == names


def test_table_of_the_spread_can_be_checked_by_hand(
    client: PageClient, make: Factory, office: Member
) -> None:
    report(
        make,
        office,
        measures(
            school(1, multimedia_rooms=20.0), school(2, students_primary=3000.0, multimedia_rooms=120.0)
        ),
    )
    client.sign_in(office)

    page = client.get_page("/indicators/R7/primary")

    # mean 140 ÷ 4000 × 100 = 3.5; S² = ¼·1.5² + ¾·0.5² = 0.75; CV = 0.8660 ÷ 3.5 = 0.2474
    table = cells(page, "[aria-label='逐校核算表']")
    assert table[0][1:9] == ["1,000", "20", "2.0000", "-1.5000", "2.2500", "0.25000", "0.56250", "75.0"]
    assert table[1][1:9] == ["3,000", "120", "4.0000", "0.5000", "0.2500", "0.75000", "0.18750", "25.0"]
    assert table[2][1:4] + table[2][7:8] == ["4,000", "140", "3.5000", "0.75000"]
    assert "0.2474" in page.select_one(".working").text


def test_value_that_rounding_would_pass_is_flagged(client: PageClient, make: Factory, office: Member) -> None:
    # 2.2955 prints 2.30 and misses 2.3
    report(make, office, measures(school(1, multimedia_rooms=22.955)))
    client.sign_in(office)

    page = client.get_page("/indicators/R7/primary")

    assert page.select_one(".message-amber").text == (
        "示例第1小学的值 2.2955 印成 2.30，拿印出的数与 2.3 比会得出相反结论；判定用未舍入的数。"
    )
    assert cells(page, "#values")[0][-1] == "接近 临界"


@pytest.mark.parametrize("path", ["/indicators/R99/primary", "/indicators/R1/junior", "/indicators/R1/x"])
def test_indicator_that_is_not_assessed_is_not_found(
    client: PageClient, make: Factory, office: Member, path: str
) -> None:
    report(make, office, measures(school(1)))
    client.sign_in(office)

    client.get_page(path, status=404)


def test_chosen_year_is_the_one_shown(client: PageClient, make: Factory, office: Member) -> None:
    report(make, office, measures(school(1)), year=2025)
    report(make, office, measures(school(1), school(2)), year=2026)
    client.sign_in(office)
    client.http.get("/years/2025")

    page = client.get_page("/indicators")

    assert "小学 1 所中 1 所" in page.h1.text
    assert page.select_one(".basis").text.startswith("2025 年度草稿")


@pytest.mark.parametrize("n_schools", [1, 3])
@pytest.mark.parametrize(
    ("path", "expected"),
    [("/indicators", 9), ("/indicators/R1/primary", 10), ("/schools", 8), ("/schools/9900000001", 11)],
)
def test_pages_take_a_constant_number_of_queries(
    app: Flask, client: PageClient, make: Factory, office: Member, n_schools: int, path: str, expected: int
) -> None:
    report(make, office, measures(*(school(n) for n in range(1, n_schools + 1))))
    client.sign_in(office)

    with count_queries(app) as sent:
        client.get_page(path)

    assert len(sent) == expected
