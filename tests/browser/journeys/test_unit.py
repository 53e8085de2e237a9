"""责任单位: what is owed, filled in and saved at once with its evidence; then the papers that came in."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.journeys.errands import OWED, title_of
from tests.browser.journeys.walker import Walker

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("databases", ["sqlite"], indirect=True),
]


def test_unit_reports_with_evidence_and_asks_for_close_out(walker: Walker, tmp_path: Path) -> None:
    walker.sits_down("jia-education")
    _fills_in_its_row(walker, tmp_path / "核对表.txt")
    walker.follows(walker.named(title_of(OWED, walker.look)))
    walker.told("申请销号")
    walker.passes("督办单", "通报", "工作日历")


def _fills_in_its_row(walker: Walker, evidence: Path) -> None:
    evidence.write_text(f"（示例）核对表{walker.look.no}", encoding="utf-8")
    row = walker.page.locator("tbody.owed", has_text=title_of(OWED, walker.look))
    row.locator("[data-cell=percent]").fill("100")
    row.locator("[data-cell=note]").fill("已逐件核对")
    row.locator("[data-cell=files]").set_input_files(evidence)
    row.locator("[data-cell=close]").check()
    walker.does(walker.button("保存"))
    expect(row).to_contain_text(walker.say("待核实"))
