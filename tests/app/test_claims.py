"""Figures of a report recomputed on the page."""

import pytest

from app.claims.reading import checked_lines, line_of
from scoring.claims import Claim
from tests.app.county_data import measures, report, school
from tests.factories import Factory
from tests.pages import PageClient

PRINTED = """
年交流率 | 5 | 百分比 | 332 6744 | ≥5 | 达到
残疾儿童入学率\t84.9\t百分比\t152 179
教辅人员 | 436 | 相减 | 7148 6744
"""


def test_lines_agree_are_rounded_or_do_not_follow() -> None:
    found = [(line.label, line.finding.outcome.value) for line in checked_lines(PRINTED)]

    assert found == [
        ("年交流率", "rounding_only"),
        ("残疾儿童入学率", "agrees"),
        ("教辅人员", "does_not_follow"),
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("甲 | 5 | 开方 | 25", "算法“开方”不认识"),
        ("甲 | 5 | 百分比 | 1 0", "分母为 0"),
        ("甲 | 五 | 原数 | 5", "不是数值"),
        ("甲 | 5 | 百分比 | 5", "需要 2 个数，给了 1 个"),
        ("甲 | 5 | 原数 | 5 | 五以上", "须写作"),
        ("甲 | 5 | 原数 | 5 | ≥5 | 差不多", "结论只能填达到或未达到"),
        ("甲", "算法“”不认识"),
    ],
)
def test_line_that_cannot_be_recomputed_says_why(line: str, problem: str) -> None:
    (found,) = checked_lines(line)

    assert found.finding is None
    assert problem in found.problem


def test_line_reads_back_to_its_claim() -> None:
    claim = Claim("年交流率", "4.92", "percent", ("332", "6744"), "at_least", "5")

    (found,) = checked_lines(line_of(claim))

    assert found.finding.claim == claim


def test_page_shows_both_values(client: PageClient, make: Factory) -> None:
    client.sign_in(make.member(make.county()))

    page = client.post_page("/claims", {"claims": PRINTED})

    assert page.h1.text == "核对 3 个数字，1 个不能由所列数据得出。"
    cells = [
        [cell.text.strip() for cell in row.find_all("td")[:3]] for row in page.select("#findings tbody tr")
    ]
    assert cells == [
        ["5", "4.92", "仅取整之差"],
        ["84.9", "84.916", "一致"],
        ["436", "404.00", "不能由其数据得出"],
    ]


def test_own_figures_fill_the_sheet(client: PageClient, make: Factory) -> None:
    office = make.member(make.county())
    report(make, office, measures(school(), county={"exchange_teachers": 134, "teachers_total": 1606}))
    stranger = make.member(make.county())
    client.sign_in(office)

    own = client.get_page("/claims?own=1")
    client.sign_in(stranger)
    others = client.get_page("/claims?own=1")

    assert own.select_one("#claims").text.strip() == "C14 年交流率\t8.34\t百分比\t134 1606\t≥5"
    assert others.select_one("#claims").text.strip() == ""
