"""What the leader's page weighs at first sight, and that nothing on it jumps."""

import pytest
from playwright.sync_api import Browser

from tests.browser.people import desk, enter

LEADER_BYTES = 400_000
SHIFT = """
    window.shifted = 0;
    const add = (entry) => { window.shifted += entry.value; };
    const watcher = new PerformanceObserver((list) => list.getEntries().forEach(add));
    watcher.observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.browser
@pytest.mark.slow
def test_first_sight_of_the_leaders_page_is_light_and_still(browser: Browser, site: str) -> None:
    with desk(browser) as page:
        enter(page, site, "jia-leader")
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.clearBrowserCache")
        weights: list[float] = []
        wire.on("Network.loadingFinished", lambda told: weights.append(told["encodedDataLength"]))
        page.add_init_script(SHIFT)

        page.goto(f"{site}/", wait_until="networkidle")

        assert len(weights) > 10
        assert 50_000 < sum(weights) < LEADER_BYTES
        assert page.locator(".leader canvas").count() > 0
        assert page.evaluate("window.shifted") < 0.02
