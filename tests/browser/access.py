"""What keeps people out of a page: findings of axe-core, and a page wider than its window."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page

OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
    "preload": False,
}
FITS = "() => document.documentElement.scrollWidth <= innerWidth"


def findings(page: Page) -> list[str]:
    """Violations of WCAG 2.2 A and AA, one line an element: rule, weight, where."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}) {'; '.join(node['target'])}: {node['html'][:120]}"
        for rule in found
        for node in rule["nodes"][:3]
    ]


def too_wide(page: Page, *widths: int) -> list[str]:
    """Widths of the window at which the page would have to be moved sideways; the window is put back."""
    before = page.viewport_size
    wide = [f"wider than {width}" for width in widths if not _fits(page, width)]
    page.set_viewport_size(before)
    return wide


def _fits(page: Page, width: int) -> bool:
    page.set_viewport_size({"width": width, "height": 768})
    try:
        page.wait_for_function(FITS, timeout=1000)  # charts follow a moment later
    except Error:
        return False
    return True
