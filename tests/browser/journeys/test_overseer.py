"""上级督导: the board, one county from its version down to an indicator, and a template sent down."""

import pytest
from playwright.sync_api import expect

from tests.browser.journeys.walker import Walker

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("databases", ["sqlite"], indirect=True),
]


FREE = ((0, 1), (0, 2), (0, 3), (1, 0), (1, 1))  # template and county by look: none of these has it yet


def test_overseer_reads_down_to_an_indicator_and_sends_down(walker: Walker) -> None:
    walker.sits_down("qu-overseer")
    walker.follows(walker.page.locator("#counties th a").first)
    walker.follows(walker.button("只读进入该县"))
    _reads_an_indicator(walker)
    walker.follows(walker.link("返回所辖县"))
    walker.chooses("方案模板")
    _sends_down(walker)


def _reads_an_indicator(walker: Walker) -> None:
    walker.chooses("指标")
    walker.follows(walker.page.locator("main tbody a[href*='/indicators/']").first)
    expect(walker.page.locator("main .message-amber")).to_be_visible()


def _sends_down(walker: Walker) -> None:
    template, county = FREE[walker.look.no - 1]
    walker.follows(walker.page.get_by_role("link", name=walker.say("查看并下发")).nth(template))
    walker.page.locator(".tick-group > .tick input").nth(county).check()
    walker.follows(walker.button("预览"))
    walker.follows(walker.button("向 %(n)s 个县下发", n=1))
    expect(walker.page.locator("main .message-green")).to_be_visible()
