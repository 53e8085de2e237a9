"""What leaves the printer: sheets without a blank one before or behind them."""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.people import desk, enter

PORTRAIT, LANDSCAPE, A3 = (595, 842), (842, 595), (1191, 842)
BOX = re.compile(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]")


def sheets(page: Page) -> list[tuple[int, int]]:
    """Width and height of every sheet in points."""
    printed = page.pdf(prefer_css_page_size=True)
    return [(round(float(wide)), round(float(high))) for wide, high in BOX.findall(printed)]


@pytest.mark.browser
@pytest.mark.slow
def test_papers_begin_on_their_first_sheet(browser: Browser, site: str) -> None:
    with desk(browser) as page:
        enter(page, site, "jia-office")
        page.goto(f"{site}/notices")
        page.locator("main tbody a").last.click()
        page.wait_for_load_state()
        notice = sheets(page)
        page.goto(f"{site}/calendar?month=2026-11")  # six weeks
        calendar = sheets(page)
        page.goto(f"{site}/wall")
        wall = sheets(page)

    assert notice == [PORTRAIT]
    assert calendar == [LANDSCAPE] * 2  # the month, the list by day
    assert set(wall) == {A3}
