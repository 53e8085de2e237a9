"""A real Chromium over a real server with the demo in it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from playwright.sync_api import Page
from werkzeug.serving import make_server

from app.clock import now
from app.factory import create_app
from tests.conftest import close_database, settings_in

CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "headless": True,
    "args": [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ],
}
DESK, PHONE = (1366, 768), (375, 812)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    return {**browser_type_launch_args, **CHROMIUM}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    width, height = DESK
    return {
        **browser_context_args,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": {"width": width, "height": height},
    }


@pytest.fixture(scope="session")
def demo_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application with the demo loaded, shared by all browser tests of one worker."""
    from app.demo.setup import load_demo

    app = create_app({**settings_in(tmp_path_factory.mktemp("demo")), "WTF_CSRF_ENABLED": True})
    with app.app_context():
        upgrade()
        load_demo(now())
    yield app
    with app.app_context():
        close_database()


@pytest.fixture(scope="session")
def base_url(demo_app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, demo_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(5)
    server.server_close()


@pytest.fixture
def sign_in(page: Page, base_url: str):
    """Sign in as one of the demo's accounts."""
    from app.demo.people import PASSWORD

    def _sign_in(login: str) -> Page:
        page.context.clear_cookies()
        page.goto("/sign-in")
        page.fill("#login", login)
        page.fill("#password", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    return _sign_in


@pytest.fixture
def keep_picture(page: Page, request: pytest.FixtureRequest):
    """Keep a screenshot under test-artifacts/, to be looked at."""
    folder = Path(request.config.rootpath) / "test-artifacts"
    folder.mkdir(exist_ok=True)

    def _keep(name: str, full: bool = False) -> None:
        page.screenshot(path=folder / f"{name}.png", full_page=full)

    return _keep
