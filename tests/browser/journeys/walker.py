"""A person who walks through pages, each of which is looked at on arrival."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.access import findings, too_wide
from tests.browser.journeys.looks import Look
from tests.browser.people import enter

TO_THE_END = "() => scrollTo(0, document.body.scrollHeight)"


class Walker:
    """One person in one browser: opens, follows and presses by the words on the page."""

    def __init__(self, page: Page, site: str, look: Look) -> None:
        self.page, self.site, self.look = page, site, look
        self.say = look.say
        self.seen: set[str] = set()
        self.found: dict[str, list[str]] = {}

    def sits_down(self, login: str) -> None:
        """Sign in, and look at the page that comes first."""
        enter(self.page, self.site, login)
        self.page.context.add_cookies(self.look.cookies(self.site))
        self.page.reload()
        expect(self.page.locator("html")).to_have_attribute("lang", self.look.language)
        self.looks()

    def opens(self, path: str) -> None:
        self.page.goto(self.site + path)
        self.arrives()

    def follows(self, link: Locator) -> None:
        """Click what leads to another page."""
        with self.page.expect_navigation():
            link.click()
        self.arrives()

    def chooses(self, entry: str) -> None:
        """Follow an entry of the main menu, which a narrow window folds up."""
        menu = self.page.locator(".topbar .fold" if self.look.is_narrow else ".sidemenu")
        if self.look.is_narrow:
            menu.locator("summary").click()
        self.follows(menu.get_by_role("link", name=re.compile(f"^{re.escape(self.say(entry))}")))

    def passes(self, *entries: str) -> None:
        """Look at the pages of several entries of the menu."""
        for entry in entries:
            self.chooses(entry)

    def link(self, text: str, **values: object) -> Locator:
        """The link of the page's content with a text of the interface."""
        return self.page.locator("main").get_by_role("link", name=self.say(text, **values)).first

    def named(self, name: str) -> Locator:
        """The link of the page's content with a name out of the data."""
        return self.page.locator("main").get_by_role("link", name=name).first

    def card(self, heading: str) -> Locator:
        """A card by its heading."""
        titled = self.page.get_by_role("heading", name=self.say(heading), exact=True)
        return self.page.locator(".card", has=titled)

    def button(self, text: str, **values: object) -> Locator:
        return (
            self.page.locator("main").get_by_role("button", name=self.say(text, **values), exact=True).first
        )

    def acts(self, action: str, **typed: str) -> None:
        """Open one of the small forms of a page by the end of its address, fill it in and send it."""
        panel = self.page.locator(f"details:has(form[action$='{action}'])")
        panel.locator("summary").click()
        for name, value in typed.items():
            self._fills(panel.locator(f"[name$={name}]"), value)
        with self.page.expect_navigation():
            panel.locator("form button").click()
        self.looks()

    def _fills(self, box: Locator, value: str) -> None:
        """Type into a box, or choose from a list by the words shown."""
        if box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(label=value)
        else:
            box.fill(value)

    def does(self, button: Locator) -> None:
        """Press what changes the page in its place."""
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            button.click()
        self.page.wait_for_load_state("networkidle")
        self.looks()

    def takes(self, link: Locator) -> str:
        """Download a file; returns its name."""
        with self.page.expect_download() as waiting:
            link.click()
        assert waiting.value.failure() is None
        return waiting.value.suggested_filename

    def sees(self, text: str, **values: object) -> None:
        """A text of the interface stands in the page's content."""
        expect(self.page.locator("main")).to_contain_text(self.say(text, **values))

    def told(self, deed: str) -> None:
        """The newest line of a task's story is a deed."""
        expect(self.page.locator(".story li").first).to_contain_text(self.say(deed))

    def arrives(self) -> None:
        """Look at a page, once on this walk."""
        if self.page.url not in self.seen:
            self.looks()

    def looks(self) -> None:
        """Keep what would keep somebody out of the page that is open."""
        self.seen.add(self.page.url)
        self.page.wait_for_load_state()
        if self.look.is_narrow:
            self.page.evaluate(TO_THE_END)  # a bar that stays in sight covers nothing there
        told = findings(self.page) + too_wide(self.page, self.look.window[0])
        if told:
            self.found.setdefault(self.page.url.removeprefix(self.site), []).extend(told)
