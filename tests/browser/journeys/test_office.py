"""创建办: hand out a task, chase another, give a third to somebody else, look at what will be reminded of."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from app.clock import today
from tests.browser.journeys.errands import CHASED, DECLINED, title_of
from tests.browser.journeys.walker import Walker

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("databases", ["sqlite"], indirect=True),
]


def test_office_hands_out_chases_and_looks_ahead(walker: Walker) -> None:
    walker.sits_down("jia-office")
    _hands_out(walker)
    _chases(walker)
    _gives_to_another(walker)
    walker.opens("/settings")
    walker.follows(walker.link("未来30天提醒"))
    walker.passes("实施方案", "数据填报", "成员")


def _hands_out(walker: Walker) -> None:
    title = f"配齐实验员第{walker.look.no}批"
    walker.chooses("任务台账")
    walker.follows(walker.link("新增任务"))
    page = walker.page
    page.fill("#title", title)
    page.select_option("#lead_unit_id", label="县教育局")
    page.fill("#due_on", (today() + timedelta(days=45)).isoformat())
    walker.follows(walker.button("交办"))
    expect(page.locator("h1")).to_have_text(title)


def _chases(walker: Walker) -> None:
    walker.chooses("任务台账")
    walker.follows(walker.named(title_of(CHASED, walker.look)))
    walker.acts("/acts/urge", note="请本周内报送")
    walker.told("催办")


def _gives_to_another(walker: Walker) -> None:
    walker.chooses("任务台账")
    walker.follows(walker.named(title_of(DECLINED, walker.look)))
    walker.acts("/acts/reassign", lead_unit_id="县教育局", note="改由教育局办")
    expect(walker.page.locator("h1 + *")).to_contain_text("县教育局")
