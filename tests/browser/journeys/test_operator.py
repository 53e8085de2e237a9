"""平台管理员: the counties, a new one with its first person, the clockwork, messages not sent, the log."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.cast import OPERATOR
from tests.browser.journeys.walker import Walker

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("databases", ["sqlite"], indirect=True),
]


def test_operator_founds_a_county_and_looks_after_the_service(walker: Walker) -> None:
    walker.sits_down(OPERATOR)
    walker.follows(walker.page.locator("main tbody a").first)
    walker.chooses("县（市、区）")
    _founds_a_county(walker)
    _looks_after_the_service(walker)


def _founds_a_county(walker: Walker) -> None:
    walker.follows(walker.link("新建县"))
    page = walker.page
    page.fill("#code", f"98010{walker.look.no}")
    page.fill("#name", f"第{walker.look.no}新县（示例）")
    page.fill("#horizon_year", "2032")
    page.fill("#person", "王主任")
    walker.follows(walker.button("新建并生成邀请链接"))
    expect(page.locator("#link")).to_have_value(re.compile("/invitations/"))


def _looks_after_the_service(walker: Walker) -> None:
    walker.chooses("运行情况")
    walker.page.select_option("select[name=state]", "failed")
    walker.follows(walker.button("筛选"))
    walker.chooses("平台日志")
    walker.follows(walker.page.locator("main tbody a").first)
