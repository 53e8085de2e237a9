"""axe-core on the page that is open, and what it found in a form that can be read."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}


def findings(page: Page) -> list[str]:
    """Violations of WCAG 2.2 A and AA, one line an element: rule, weight, where."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}) {'; '.join(node['target'])}: {node['html'][:120]}"
        for rule in found
        for node in rule["nodes"][:3]
    ]
