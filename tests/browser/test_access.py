"""WCAG 2.2 AA on the pages of every part: axe-core, width and zoom, and the way of the keyboard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.access import findings, too_wide
from tests.browser.cast import OPERATOR
from tests.browser.conftest import PHONE
from tests.browser.people import desk, enter
from tests.browser.tour import routes, tour

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("databases", ["sqlite"], indirect=True),
]
ZOOMED = 683  # a desk screen at 200 %
FILES = (".xlsx", ".zip", ".docx", ".svg", "<path:filename>", "/evidence/<int:evidence_id>")
ANSWERS = {  # no pages: they lead elsewhere, or are read by programs
    "auth.choose_county",
    "auth.choose_year",
    "auth.link_provider",
    "auth.provider_back",
    "auth.provider_begin",
    "jobs.healthz",
    "messages.feed",
    "oversight.preview_push",
}
UNTOUCHED = {  # the demo has none of these: read where a test makes one
    "auth.account_provider",  # needs a provider of identities
    "auth.code",
    "messages.channel",
    "messages.open_message",
    "people.invitation",
    "planning.draft",
    "planning.draft_row",
    "planning.edit_row",
    "planning.edit_unit",
    "planning.new_row",
    "revising.units",
    "work.edit_notice",
}
PAGES = {
    endpoint for method, rule, endpoint in routes() if method == "GET" and not rule.endswith(FILES)
} - ANSWERS
OFFICE_HAS_NOT = {"supervision.index", "auth.sign_in", "planning.new_part", "dashboard.overview"}

PLACE = """() => {
  const here = document.activeElement, look = getComputedStyle(here);
  return {
    what: here.outerHTML.slice(0, 200),
    is_marked: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
  };
}"""


def of_area(*areas: str) -> set[str]:
    return {endpoint for endpoint in PAGES if endpoint.split(".")[0] in areas}


OWN = {  # what looks otherwise to this part, or is this part's alone
    "jia-office": PAGES - UNTOUCHED - OFFICE_HAS_NOT - of_area("admin", "my_school", "oversight"),
    "jia-leader": {"dashboard.home", "dashboard.decide", "planning.task", "planning.plan"},
    "jia-supervisor": {"supervision.index", "dashboard.overview", "items.item", "planning.task"},
    "jia-education": {"planning.tasks", "planning.task", "planning.new_part", "work.notices"},
    "jia-school": {"assessments.schools", "assessments.school", "returns.index"} | of_area("my_school"),
    "qu-overseer": of_area("oversight"),
    OPERATOR: of_area("admin"),
}
HOMES = {
    "jia-education": "/tasks",
    "jia-school": "/my-school",
    "jia-supervisor": "/supervision",
    "qu-overseer": "/oversight",
    OPERATOR: "/platform",
}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with desk(browser) as page:
        yield page


@pytest.mark.parametrize("login", OWN)
def test_pages_of_every_part_keep_nobody_out(page: Page, shared_site: str, login: str) -> None:
    enter(page, shared_site, login)

    opened, found = set(), {}
    for endpoint in tour(page, shared_site, HOMES.get(login, "/"), wanted=OWN[login]):
        opened.add(endpoint)
        if told := findings(page) + too_wide(page, ZOOMED, PHONE[0]):
            found[f"{endpoint} {page.url}"] = told

    assert found == {}
    assert opened == OWN[login], "no link leads there in the demo"


def test_sign_in_keeps_nobody_out(page: Page, shared_site: str) -> None:
    page.goto(f"{shared_site}/sign-in")

    assert findings(page) + too_wide(page, ZOOMED, PHONE[0]) == []


def test_keyboard_skips_the_menu(page: Page, shared_site: str) -> None:
    enter(page, shared_site, "jia-leader")
    page.goto(f"{shared_site}/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)

    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('#content') !== null")


@pytest.mark.parametrize("path", ["/", "/tasks"])
def test_keyboard_shows_where_it_is(page: Page, shared_site: str, path: str) -> None:
    enter(page, shared_site, "jia-office")
    page.goto(shared_site + path)

    places = [_next_place(page) for _press in range(40)]

    assert [place["what"] for place in places if not place["is_marked"]] == []
    assert len({place["what"] for place in places}) > 35, "the focus moves on"


def _next_place(page: Page) -> dict[str, object]:
    page.keyboard.press("Tab")
    return page.evaluate(PLACE)
