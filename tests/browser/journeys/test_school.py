"""学校: its own school's verdict and its working, and the files to report with."""

import pytest
from playwright.sync_api import expect

from app.demo.setup import REPORTING
from tests.browser.journeys.walker import Walker

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("databases", ["sqlite"], indirect=True),
]


def test_school_reads_its_verdict_and_takes_its_files(walker: Walker) -> None:
    walker.sits_down("jia-school")
    walker.chooses("学校")
    walker.follows(walker.named(REPORTING.name))
    expect(walker.page.locator(".crumbs")).to_contain_text(REPORTING.name)
    walker.follows(walker.page.locator("main a[href*='/explain/']").first)

    walker.chooses("数据填报")
    assert walker.takes(walker.link("下载空白模板")).endswith(".xlsx")
    assert walker.takes(walker.link("工作簿")).endswith(".xlsx")
    walker.passes("指标", "任务台账")
