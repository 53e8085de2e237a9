"""What cannot be undone asks first: it unfolds with its consequence (`act`) or has a question of its own."""

import re

import pytest

from tests.architecture.source import ROOT, name_of
from tests.architecture.test_routes import SNAPSHOT

TEMPLATES = {name_of(path): path.read_text("utf-8") for path in (ROOT / "app" / "templates").rglob("*.html")}
ASKS = re.compile(r"""\bact\(url_for|data[-_]confirm|hx[-_]confirm""")
ENDS = re.compile(
    r"(?:^|_)(?:end|ends|drop|forget|remove|revoke|withdraw|discard|erase|suspend|stop|merge|reset|publish)(?:_|$)"
)
WITHOUT_SUCH_A_NAME = {  # no verb tells of these
    "admin.ask",
    "auth.sign_member_out",
    "items.sign_one",
    "messages.make_feed",
    "milestones.act",
    "oversight.decide_version",
    "people.hand_over_items",
    "revising.approve",
    "tenant.reset_reminders",
    "versions.make_move",
    "work.move_notice",
}


def final_acts() -> list[str]:
    posts = [line.split()[2] for line in SNAPSHOT.read_text("utf-8").splitlines() if line.startswith("POST ")]
    named = [endpoint for endpoint in posts if ENDS.search(endpoint.split(".")[1])]
    assert set(posts) >= WITHOUT_SUCH_A_NAME
    return sorted({*named, *WITHOUT_SUCH_A_NAME})


def test_many_acts_are_final() -> None:
    assert len(final_acts()) > 25


@pytest.mark.parametrize("endpoint", final_acts())
def test_final_act_asks_first(endpoint: str) -> None:
    asked = re.compile(rf"""url_for\(["']{re.escape(endpoint)}["']""")
    lines = [
        (f"{name}:{number}", line)
        for name, text in TEMPLATES.items()
        for number, line in enumerate(text.splitlines(), 1)
        if asked.search(line)
        and not re.search(r"post_form\(.*main\[0\]", line)  # its buttons ask, one by one
    ]

    assert lines, f"no page offers {endpoint}"
    assert [place for place, line in lines if not ASKS.search(line)] == []
