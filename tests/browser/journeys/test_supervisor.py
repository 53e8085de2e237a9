"""督导室: what is sound is closed out, what is poor goes back; then statements, milestones, notices."""

import pytest
from playwright.sync_api import expect

from tests.browser.journeys.errands import POOR, SOUND, title_of
from tests.browser.journeys.walker import Walker

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("databases", ["sqlite"], indirect=True),
]


def test_supervisor_closes_out_and_returns(walker: Walker) -> None:
    walker.sits_down("jia-supervisor")
    _verifies(walker, SOUND, "核实销号", "属实")
    _verifies(walker, POOR, "退回", "缺一所学校的报告")
    walker.chooses("总览")
    walker.follows(walker.card("佐证类指标待签署").locator("tbody a").first)
    walker.chooses("总览")
    walker.follows(walker.card("里程碑待确认、错过").locator("tbody a").first)
    walker.passes("督办单")


def _verifies(walker: Walker, errand: str, verdict: str, words: str) -> None:
    walker.chooses("总览")
    walker.follows(walker.card("待核实").locator(".card-more a"))
    walker.follows(walker.named(title_of(errand, walker.look)))
    walker.page.locator("#note").fill(words)
    walker.does(walker.button(verdict))
    walker.told(verdict)
    expect(walker.page.locator(".story li").first).to_contain_text(words)
