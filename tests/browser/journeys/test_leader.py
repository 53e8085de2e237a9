"""领导小组: where the county stands, why, what is red, what is to be decided."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.journeys.errands import ASKED, LATE, title_of
from tests.browser.journeys.walker import Walker

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("databases", ["sqlite"], indirect=True),
]


def test_leader_reads_decides_and_urges(walker: Walker) -> None:
    walker.sits_down("jia-leader")
    _goes_from_the_verdict_to_its_working(walker)
    _answers_a_wish(walker)
    _urges_what_is_late(walker)
    walker.passes("差距", "目标", "挂图作战")


def _goes_from_the_verdict_to_its_working(walker: Walker) -> None:
    first = walker.card("拖住全县的指标").locator("tbody a").first
    code = first.inner_text().split()[0]
    walker.follows(first)
    expect(walker.page).to_have_url(re.compile(f"/{code}(/|$)"))
    walker.chooses("总览")
    walker.follows(walker.link("学校综合评估"))


def _answers_a_wish(walker: Walker) -> None:
    walker.opens("/decisions")
    wish = walker.page.locator("tr", has_text=title_of(ASKED, walker.look))
    walker.follows(wish.get_by_role("button", name=walker.say("同意")))
    walker.opens("/decisions")
    expect(wish).to_have_count(0)


def _urges_what_is_late(walker: Walker) -> None:
    walker.chooses("总览")
    walker.follows(walker.card("红灯任务").locator("thead ~ tbody a").first)
    walker.chooses("任务台账")
    walker.follows(walker.named(title_of(LATE, walker.look)))
    walker.acts("/acts/urge", note="请本周内报送")
    walker.told("催办")
