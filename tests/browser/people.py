"""Signing in, and a desk browser that complains about what it should not have to see."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, Response

from app.demo.people import PASSWORD
from tests.browser.conftest import DESK


def enter(page: Page, site: str, login: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{site}/sign-in")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda address: "/sign-in" not in address)


@contextmanager
def desk(browser: Browser, *, with_script: bool = True) -> Iterator[Page]:
    """A page of a browser of its own; nothing may be refused by the security policy or break."""
    width, height = DESK
    context = browser.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": width, "height": height},
        java_script_enabled=with_script,
    )
    complaints: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    page.on("response", lambda answer: answer.status >= 400 and complaints.append(_told(answer)))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    # A refused form answers 422, which Chromium writes to the console; anything else is a fault of ours.
    faults = [text for text in complaints if "422" not in text]
    assert not faults, sorted(set(faults))


def _told(answer: Response) -> str:
    return f"{answer.request.method} {answer.url} answered {answer.status}"
