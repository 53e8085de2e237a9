"""docs/security.md keeps its word: each test it names exists, and no chapter is passed over."""

import ast
import re

from tests.architecture.source import ROOT, nodes

TEXT = (ROOT / "docs" / "security.md").read_text("utf-8")
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")
STATES = {"met", "partly", "not met", "does not apply"}
# GB/T 22239-2019, 8.1.4, in its order.
ITEMS = (
    "身份鉴别",
    "访问控制",
    "安全审计",
    "入侵防范",
    "恶意代码防范",
    "可信验证",
    "数据完整性",
    "数据保密性",
    "备份恢复",
    "剩余信息保护",
    "个人信息保护",
)


def test_every_test_named_exists() -> None:
    missing = [f"{path}::{name}" for path, name in NAMED.findall(TEXT) if name not in _tests_in(path)]

    assert missing == [], "a test was renamed or went: say what shows it now, or that it is not met"


def test_every_row_has_a_state_and_words() -> None:
    wrong = [row[0] for row in _rows() if len(row) != 4 or row[1] not in STATES or not row[2]]

    assert wrong == []


def test_what_is_met_is_shown_and_what_is_missing_is_said() -> None:
    unshown = [row[0] for row in _rows() if row[1] in ("met", "partly") and not NAMED.search(row[3])]
    unsaid = [row[0] for row in _rows() if row[1] == "partly" and not re.search("Missing:|; no ", row[2])]

    assert (unshown, unsaid) == ([], [])


def test_no_chapter_and_no_item_is_left_out() -> None:
    subjects = [row[0] for row in _rows()]

    chapters = {int(found) for subject in subjects for found in re.findall(r"\bV(\d+)", subject)}
    assert chapters == set(range(1, 18))
    assert {item for item in ITEMS if not any(subject.startswith(item) for subject in subjects)} == set()


def _rows() -> list[list[str]]:
    lines = [line for line in TEXT.splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in rows if row[1] != "state"]


def _tests_in(path: str) -> set[str]:
    file = ROOT / "tests" / path
    found = nodes(file, ast.FunctionDef) if file.exists() else ()
    return {node.name for node in found if node.name.startswith("test_")}
