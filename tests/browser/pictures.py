"""Take the pictures of docs/img anew: ``python -m tests.browser.pictures [NAME…]``, all without a name.

They show the demo as it stands on one fixed day, so that taking them again changes only what has changed.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import time_machine
from flask_migrate import upgrade
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.conftest import CHROMIUM, DESK, PHONE, serve
from tests.browser.palette import in_few_colours
from tests.browser.people import enter
from tests.conftest import close_database, open_app
from tests.databases import Database, SqliteDatabases

FOLDER = Path(__file__).parents[2] / "docs" / "img"
DAY = datetime(2026, 11, 26, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass(frozen=True)
class Picture:
    """One page as one person sees it; ``follow`` is the text of the link to go on by."""

    name: str
    login: str
    path: str
    follow: str = ""
    is_phone: bool = False


PICTURES = (
    Picture("leader", "jia-leader", "/"),
    Picture("indicators", "jia-leader", "/indicators"),
    Picture("spread", "jia-leader", "/indicators/R2/junior"),
    Picture("heat-map", "jia-leader", "/schools"),
    Picture("gaps", "jia-office", "/gaps"),
    Picture("plan", "jia-office", "/plan"),
    Picture("ledger", "jia-office", "/tasks"),
    Picture("task", "jia-supervisor", "/tasks", follow="落实本学年教师交流轮岗"),
    Picture("wall", "jia-office", "/wall"),
    Picture("returns", "jia-school", "/returns"),
    Picture("reminders", "jia-office", "/reminders/ahead"),
    Picture("counties", "qu-overseer", "/oversight"),
    Picture("my-tasks", "jia-education", "/"),
    Picture("supervision", "jia-supervisor", "/"),
    Picture("school", "jia-school", "/schools", follow="甲县第一小学"),
    Picture("leader-phone", "jia-leader", "/", is_phone=True),
    Picture("my-tasks-phone", "jia-education", "/", is_phone=True),
)


def main(names: list[str]) -> None:
    """Build the demo, serve it and take the pictures named."""
    wanted = [one for one in PICTURES if not names or one.name in names]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with time_machine.travel(DAY, tick=False), demo_site() as site, chromium() as browser:
        for one in wanted:
            content = in_few_colours(browser, take(browser, site, one))
            (FOLDER / f"{one.name}.png").write_bytes(content)
            sys.stdout.write(f"{one.name}.png {len(content) // 1000} KB\n")


@contextmanager
def demo_site() -> Iterator[str]:
    """Address of a server over a demo of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        database = SqliteDatabases().empty(Path(folder))
        load(Path(folder), database)
        with serve(Path(folder), database) as site:
            yield site


def load(folder: Path, database: Database) -> None:
    """The demo as ``flask prepare`` makes it."""
    from app.demo.setup import load_demo
    from app.jobs.counties import for_each_county
    from app.jobs.nightly import nightly

    with open_app(folder, database).app_context():
        upgrade()
        load_demo(DAY)
        for_each_county(nightly, at=DAY)
        close_database()


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        yield browser
        browser.close()


def take(browser: Browser, site: str, one: Picture) -> bytes:
    """The picture as PNG: what the screen shows without scrolling."""
    width, height = PHONE if one.is_phone else DESK
    context = browser.new_context(
        locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": width, "height": height}
    )
    content = _look(context, site, one)
    context.close()
    return content


def _look(context: BrowserContext, site: str, one: Picture) -> bytes:
    page = context.new_page()
    enter(page, site, one.login)
    page.goto(f"{site}{one.path}", wait_until="networkidle")
    if one.follow:
        page.locator("main a", has_text=one.follow).first.click()
        page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    return page.screenshot(animations="disabled")


if __name__ == "__main__":
    main(sys.argv[1:])
