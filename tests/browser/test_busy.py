"""Long work: what was pressed cannot be pressed twice, keeps its value, and is free again after a refusal."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, Route

SCRIPTS = Path(__file__).resolve().parents[2] / "static"
HTMX = "vendor/htmx-2.0.11/htmx.min.js"
HERE = "http://work.test"
PAGE = f"""<!doctype html><meta charset="utf-8"><title>办理</title>
<script src="{HERE}/{HTMX}"></script><script type="module" src="{HERE}/js/busy.js"></script>
<form method="post" action="/run"><button name="year" value="2026">评估</button></form>
<form hx-post="/part" hx-swap="none"><button>上传并检查</button></form>
<a href="/ahead" data-work>未来30天提醒</a>"""


PRESSED_TWICE = """pressed => new Promise((told) => {
  pressed.click();
  pressed.click();
  setTimeout(() => told([document.body.className, pressed.ariaBusy, pressed.disabled]), 30);
})"""


class Server:
    """Answers pages and scripts, keeps what is posted waiting until it is let go."""

    def __init__(self, page: Page) -> None:
        self.held: list[Route] = []
        page.route(f"{HERE}/**", self._answer)
        page.goto(f"{HERE}/")

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(f"{HERE}/")
        if path.endswith(".js"):
            route.fulfill(path=SCRIPTS / path)
        elif path:
            self.held.append(route)
            if path != "part":
                route.fulfill(status=204)  # an answer that leaves the page where it is
        else:
            route.fulfill(body=PAGE, content_type="text/html")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def server(page: Page) -> Server:
    return Server(page)


def test_button_of_long_work_is_pressed_once_and_sends_its_value(page: Page, server: Server) -> None:
    button = page.get_by_role("button", name="评估")

    shown = button.evaluate(PRESSED_TWICE)
    page.wait_for_timeout(100)

    assert shown == ["is-working", "true", True]
    assert [parse_qs(route.request.post_data) for route in server.held] == [{"year": ["2026"]}]


def test_part_of_a_page_at_work_is_free_again_after_a_refusal(page: Page, server: Server) -> None:
    button = page.get_by_role("button", name="上传并检查")

    button.click()
    page.wait_for_selector("body.is-working button[aria-busy=true]:disabled", timeout=5000)
    server.held[0].fulfill(status=429, body="")

    page.wait_for_selector("body:not(.is-working) button:not([aria-busy]):not(:disabled)", timeout=5000)
    assert button.is_enabled()


def test_link_to_long_work_shows_it(page: Page, server: Server) -> None:
    shown = page.get_by_role("link").evaluate(PRESSED_TWICE)

    assert shown[:2] == ["is-working", "true"]
