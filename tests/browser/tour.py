"""A tour of the pages that links lead to: one page of each route."""

from collections import deque
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

ROUTES = Path(__file__).parents[1] / "architecture" / "routes.txt"
LINKS = "links => links.map(link => link.getAttribute('href') || link.getAttribute('xlink:href'))"


def routes() -> list[tuple[str, str, str]]:
    """Method, rule and endpoint of every route."""
    lines = (line.split(" ") for line in ROUTES.read_text("utf-8").splitlines())
    return [(method, rule, endpoint) for method, rule, endpoint in lines]


_MAP = Map([Rule(rule, endpoint=endpoint) for method, rule, endpoint in routes() if method == "GET"]).bind("")


def endpoint_of(path: str) -> str | None:
    """The route behind an address of the site; None for other addresses."""
    try:
        return str(_MAP.match(urlsplit(path).path, method="GET")[0])
    except HTTPException:
        return None


def plain(wanted: set[str]) -> list[str]:
    """Addresses of the wanted routes that need no key."""
    return [
        rule
        for method, rule, endpoint in routes()
        if endpoint in wanted and method == "GET" and "<" not in rule
    ]


def tour(page: Page, site: str, home: str, wanted: set[str]) -> Iterator[str]:
    """Open a page of each wanted route that a link leads to, from home on; yields the route that is open."""
    waiting, seen = deque([home, *plain(wanted)]), set[str]()
    while waiting:
        path = waiting.popleft()
        endpoint = endpoint_of(path)
        if endpoint is None or endpoint in seen or endpoint not in wanted:
            continue
        seen.add(endpoint)
        page.goto(site + path)
        yield endpoint
        waiting.extend(_links(page, site))


def _links(page: Page, site: str) -> Iterator[str]:
    """Addresses within the site that the page names."""
    for link in page.eval_on_selector_all("a", LINKS):
        address = urljoin(page.url, link or "")
        if address.startswith(f"{site}/"):
            yield address.removeprefix(site)
