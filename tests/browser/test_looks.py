"""What a person chooses holds: theme, type, language, shortcuts; help opens in place, paper is light."""

from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Cookie, Locator, Page, expect

from app.demo.people import PASSWORD
from tests.architecture.english import english
from tests.browser.palette import dots_of
from tests.browser.people import desk, enter

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("databases", ["sqlite"], indirect=True),
]
GROUND = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
TYPE_PX = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
ENGLISH = english()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with desk(browser) as page:
        yield page


@pytest.fixture(scope="module")
def leader_cookies(browser: Browser, shared_site: str) -> list[Cookie]:
    """What keeps the leader signed in."""
    with desk(browser) as page:
        enter(page, shared_site, "jia-leader")
        return page.context.cookies()


@pytest.fixture
def leader(page: Page, leader_cookies: list[Cookie], shared_site: str) -> Page:
    """The leader at the overview."""
    page.context.add_cookies(leader_cookies)
    page.goto(f"{shared_site}/")
    return page


def sign_in(page: Page, login: str) -> None:
    """Sign in where one is, keeping what the browser keeps."""
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda address: "/sign-in" not in address)


def choose(page: Page, name: str, value: str) -> None:
    """Press a choice of the menu at the end of the top bar."""
    page.locator(".topbar-end > .drop > summary").last.click()
    with page.expect_navigation():
        page.locator(f".topbar-end button[name={name}][value={value}]").click()


def is_dark(page: Page) -> bool:
    return sum(page.evaluate(GROUND)) < 3 * 64


def sheet(page: Page) -> Locator:
    return page.locator("dialog#keys")


def by_day_and_night(page: Page) -> tuple[bool, bool]:
    """Is the page dark on a light system, and on a dark one?"""
    seen = []
    for system in ("light", "dark"):
        page.emulate_media(color_scheme=system)
        seen.append(is_dark(page))
    return seen[0], seen[1]


def test_theme_stays_after_signing_in_and_anew(page: Page, shared_site: str) -> None:
    page.goto(f"{shared_site}/sign-in")
    assert by_day_and_night(page) == (False, True)

    choose(page, "theme", "dark")
    sign_in(page, "jia-leader")
    page.reload()
    assert by_day_and_night(page) == (True, True)

    choose(page, "theme", "light")
    page.reload()
    assert by_day_and_night(page) == (False, False)

    choose(page, "theme", "system")
    assert by_day_and_night(page) == (False, True)


def test_large_type_stays_after_signing_in_and_anew(page: Page, shared_site: str) -> None:
    page.goto(f"{shared_site}/sign-in")
    before = page.evaluate(TYPE_PX)
    choose(page, "size", "large")
    sign_in(page, "jia-leader")
    page.reload()
    large = page.evaluate(TYPE_PX)
    choose(page, "size", "normal")

    assert (before, large, page.evaluate(TYPE_PX)) == (16, 20, 16)


def test_language_stays_in_the_browser_and_with_the_person(browser: Browser, shared_site: str) -> None:
    with desk(browser) as page:
        enter(page, shared_site, "jia-finance")
        choose(page, "language", "en")
        page.reload()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        page.locator(".topbar-end > .drop > summary").last.click()
        page.get_by_role("button", name=ENGLISH["退出登录"][0]).click()
        expect(page.locator("main button[type=submit]")).to_have_text(ENGLISH["登录"][0])
    with desk(browser) as elsewhere:
        enter(elsewhere, shared_site, "jia-finance")
        expect(elsewhere.locator("html")).to_have_attribute("lang", "en")


def test_dark_page_prints_dark_ink_on_white_paper(leader: Page) -> None:
    choose(leader, "theme", "dark")
    leader.wait_for_load_state("networkidle")
    on_screen = _brightness(leader)
    leader.emulate_media(media="print")
    leader.evaluate("dispatchEvent(new Event('beforeprint'))")
    leader.wait_for_timeout(300)  # charts are drawn again
    on_paper = _brightness(leader)

    assert (on_screen > 240).mean() < 0.1
    assert (on_paper > 240).mean() > 0.8
    assert 0.005 < (on_paper < 96).mean() < 0.15


def _brightness(page: Page) -> np.ndarray:
    return dots_of(page, page.screenshot(animations="disabled", caret="initial")).mean(axis=2)


def test_question_mark_shows_the_shortcuts_of_this_persons_menu(leader: Page) -> None:
    keys = leader.locator(".sidemenu [data-key]")
    menu = keys.evaluate_all("links => links.map(a => [a.dataset.key, a.firstChild.textContent])")
    leader.keyboard.press("?")
    expect(sheet(leader)).to_be_visible()

    told = leader.locator("dialog#keys dl").last.locator("div")
    assert told.evaluate_all("rows => rows.map(row => [...row.children].map(cell => cell.innerText))") == menu
    assert len(menu) > 5
    leader.keyboard.press("g")
    leader.keyboard.press(menu[1][0])
    expect(sheet(leader)).to_be_visible()  # an open dialog keeps the keys to itself
    leader.keyboard.press("Escape")
    expect(sheet(leader)).to_be_hidden()


def test_letters_lead_to_places_and_to_the_search(leader: Page) -> None:
    key, address = leader.locator(".sidemenu [data-key]:not([aria-current])").first.evaluate(
        "link => [link.dataset.key, link.href]"
    )
    leader.keyboard.press("g")
    with leader.expect_navigation():
        leader.keyboard.press(key)
    assert leader.url == address

    leader.keyboard.press("/")
    expect(leader.locator("[data-search]")).to_be_focused()
    leader.keyboard.type(f"?/g{key}")
    assert leader.locator("[data-search]").input_value() == f"?/g{key}"
    expect(sheet(leader)).to_be_hidden()
    assert leader.url == address


def test_shortcuts_switched_off_do_nothing_and_say_so(leader: Page) -> None:
    choose(leader, "keys", "off")
    leader.keyboard.press("?")
    leader.keyboard.press("/")
    expect(sheet(leader)).to_be_hidden()
    expect(leader.locator("[data-search]")).not_to_be_focused()

    leader.locator(".topbar-end > .drop > summary").last.click()
    leader.click("[data-opens=keys]")
    expect(sheet(leader)).to_contain_text("快捷键已关闭")


def test_help_opens_over_the_page_and_gives_the_place_back(leader: Page, shared_site: str) -> None:
    leader.goto(f"{shared_site}/indicators/R2/junior")
    mark = leader.locator("a.help-mark").first
    mark.focus()
    leader.keyboard.press("Enter")
    expect(leader.locator("dialog#help")).to_be_visible()
    expect(leader.locator("#help-title")).not_to_be_empty()
    leader.keyboard.press("Escape")

    expect(leader.locator("dialog#help")).to_be_hidden()
    expect(mark).to_be_focused()
    assert leader.url.endswith("/indicators/R2/junior")


def test_help_is_a_page_where_no_script_runs(browser: Browser, shared_site: str) -> None:
    with desk(browser, with_script=False) as page:
        enter(page, shared_site, "jia-leader")
        page.goto(f"{shared_site}/indicators/R2/junior")
        page.locator("a.help-mark").first.click()

        assert "/help/" in page.url
        expect(page.locator("main h1, main h2").first).to_be_visible()
