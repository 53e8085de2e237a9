"""In-place help: every indicator has it, and it stands wherever a code stands."""

from datetime import date

import pytest

from app.helping.texts import STANDARDS, Help, all_help, has_help, texts
from scoring.loader import load_standard
from tests.app.county_data import measures, report, school
from tests.factories import Factory, Member
from tests.pages import PageClient

ON_SQLITE = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
DAY = date(2026, 11, 22)


def every_code() -> list[str]:
    standards = [load_standard(name, DAY) for name in STANDARDS]
    composites = [one.composite.code for one in standards if one.composite]
    return sorted([*composites, *(code for one in standards for code in _codes(one))])


def _codes(standard: object) -> list[str]:
    return [*(one.code for one in standard.indicators), *(one.code for one in standard.items)]


def test_every_indicator_of_both_standards_has_a_text_and_no_other() -> None:
    assert sorted(texts()) == every_code()


def test_thirty_two_vetoes_and_basic_ones_are_counted() -> None:
    groups = {name: len(members) for name, members in all_help(DAY)}

    assert groups == {
        "资源配置": 7,
        "政府保障": 15,
        "教育质量": 9,
        "社会认可度": 1,
        "否决事项": 7,
        "校际均衡": 9,
    }


@pytest.mark.parametrize("code", every_code())
def test_text_is_whole_and_its_own(code: str) -> None:
    text = texts()[code]

    assert min(len(text.what), len(text.how), len(text.source)) >= 10
    assert len(text.mistakes) >= 2
    assert all(one.endswith("。") for one in (text.what, text.how, text.source, *text.mistakes))
    assert [other for other in texts() if other != code and texts()[other].what == text.what] == []


def test_requirements_come_from_the_rulebook() -> None:
    found: dict[str, Help] = {one.code: one for _name, members in all_help(DAY) for one in members}

    assert found["R4"].requirements == (
        "小学 ≥ 4.5 ㎡/生，差异系数 ≤ 0.50",
        "初中 ≥ 5.8 ㎡/生，差异系数 ≤ 0.45",
    )
    assert found["G9"].requirements == ("五年 360 学时培训完成率：≥ 100%",)
    assert found["E"].requirements == ("小学综合差异系数 ≤ 0.65", "初中综合差异系数 ≤ 0.55")
    assert (found["E1"].requirements, found["E1"].clause[:10]) == ((), "教督〔2012〕3号")


def test_unknown_code_has_no_help() -> None:
    assert [has_help(code) for code in ("R1", "R9", "C1", "")] == [True, False, False, False]


@ON_SQLITE
def test_marks_lead_to_help_from_the_pages_that_name_indicators(
    client: PageClient, make: Factory, office: Member
) -> None:
    report(make, office, measures(school(1), school(2, students_primary=2500.0)))
    client.sign_in(office)

    for path, marked in {
        "/indicators": {"R1", "R7", "G1", "Q9", "S1", "V6"},
        "/indicators/R4/primary": {"R4"},
        "/items/G3": {"G3"},
        "/schools/9900000001": {"R1", "R7"},
        "/gaps": {"R4"},
        "/explain/R4": {"R4"},
        "/": {"R4"},
    }.items():
        marks = client.get_page(path).select("a.help-mark")
        assert {mark["href"].rpartition("/")[2] for mark in marks} >= marked, path
        assert {mark["aria-label"] for mark in marks} >= {f"{code} 指标说明" for code in marked}


@ON_SQLITE
def test_help_is_a_page_a_part_of_one_and_a_list(client: PageClient, office: Member) -> None:
    client.sign_in(office)

    page = client.get_page("/help/R4")
    part = client.http.get("/help/R4", headers={"HX-Request": "true"}).text
    listed = client.get_page("/help").select("th a")

    assert page.h1.text == "R4 生均教学及辅助用房面积"
    assert "室内体育馆面积没有从中减去" in page.select_one(".help-page").text
    assert part.lstrip().startswith("<div")
    assert "室内体育馆面积没有从中减去" in part
    assert len(listed) == len(every_code())
    client.get_page("/help/R9", 404)


@pytest.fixture
def office(make: Factory) -> Member:
    return make.member(make.county())
