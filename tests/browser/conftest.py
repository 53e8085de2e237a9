"""A real Chromium over a real server with the demo in it."""

import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask_migrate import upgrade
from playwright.sync_api import Page
from werkzeug.serving import make_server

from app.clock import now
from tests.browser.cast import add_operator
from tests.conftest import close_database, open_app
from tests.databases import Database, Databases

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


@dataclass(frozen=True)
class Demo:
    """The demo in a database, with the folder of its files."""

    folder: Path
    database: Database


@pytest.fixture(scope="session")
def demo(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo, loaded once a worker."""
    from app.demo.setup import load_demo

    folder = tmp_path_factory.mktemp("demo")
    database = databases.empty(folder)
    with open_app(folder, database).app_context():
        upgrade()
        load_demo(now())
        close_database()
    yield Demo(folder, database)
    databases.drop(database)


@pytest.fixture
def database(databases: Databases, demo: Demo, tmp_path: Path) -> Iterator[Database]:
    """The test's own copy of the demo, its files beside it."""
    shutil.copytree(demo.folder / "files", tmp_path / "files")
    copy = databases.copy(demo.database, tmp_path)
    yield copy
    databases.drop(copy)


@pytest.fixture
def site(database: Database, tmp_path: Path) -> Iterator[str]:
    """Address of a server over the test's copy of the demo."""
    with serve(tmp_path, database) as address:
        yield address


@contextmanager
def serve(folder: Path, database: Database) -> Iterator[str]:
    """Address of a server over a database, CSRF checks on."""
    app = open_app(folder, database, WTF_CSRF_ENABLED=True)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(5)
    server.server_close()
    with app.app_context():
        close_database()


@pytest.fixture(scope="module")
def shared_site(databases: Databases, demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server for all tests of a module, over a copy of the demo with an operator."""
    folder = tmp_path_factory.mktemp("shared")
    shutil.copytree(demo.folder / "files", folder / "files")
    database = databases.copy(demo.database, folder)
    add_operator(folder, database)
    with serve(folder, database) as address:
        yield address
    databases.drop(database)


@pytest.fixture
def keep_picture(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Keep a screenshot under test-artifacts/, to be looked at."""
    folder = Path(request.config.rootpath) / "test-artifacts"
    folder.mkdir(exist_ok=True)

    def _keep(page: Page, name: str) -> None:
        is_phone = page.viewport_size["width"] < 500
        # Hiding the caret leaves empty style attributes on the fields, which the security policy refuses.
        page.screenshot(path=folder / f"{name}.png", full_page=is_phone, caret="initial")

    return _keep
