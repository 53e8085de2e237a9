"""One site for all walks of a worker, and a walker for each look."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.cast import add_operator
from tests.browser.conftest import Demo, serve
from tests.browser.journeys.errands import hand_out_errands
from tests.browser.journeys.looks import LOOKS
from tests.browser.journeys.walker import Walker
from tests.browser.people import desk
from tests.databases import Databases


@pytest.fixture(scope="session")
def journeys_site(
    databases: Databases, demo: Demo, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A server over a copy of the demo with an operator and every walk's errands."""
    folder = tmp_path_factory.mktemp("journeys")
    shutil.copytree(demo.folder / "files", folder / "files")
    database = databases.copy(demo.database, folder)
    add_operator(folder, database)
    hand_out_errands(folder, database)
    with serve(folder, database) as address:
        yield address
    databases.drop(database)


@pytest.fixture(params=LOOKS, ids=lambda look: look.name)
def walker(browser: Browser, journeys_site: str, request: pytest.FixtureRequest) -> Iterator[Walker]:
    """Somebody at a browser; no page on the way may keep anybody out."""
    with desk(browser) as page:
        width, height = request.param.window
        page.set_viewport_size({"width": width, "height": height})
        walker = Walker(page, journeys_site, request.param)
        yield walker
        assert walker.found == {}
