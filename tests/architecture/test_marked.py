"""Chinese that people read on pages is marked, so that it has English; files that keep their own say why."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

CHINESE = re.compile(r"[\u4e00-\u9fff]")
MARKS = {"_", "_l", "_n", "gettext", "ngettext", "lazy_gettext"}
KEPT = {
    "app/demo": "the fictional counties are data",
    "plans/reading": "words that plans in Chinese are recognised by, and what its command prints",
    "plans/__main__.py": "a command for those who keep the program",
    "plans/templates": "what is wrong in our own files, told to who writes them",
    "app/cli.py": "a command",
    "app/admin/platform_cli.py": "a command",
    "app/audit/audit_cli.py": "a command",
    "app/auth/accounts_cli.py": "a command",
    "app/jobs/cli.py": "a command",
    "app/planning/push_cli.py": "a command",
    "app/bulletins": "an official document",
    "app/messages/hooks.py": "the number of a message in a group that reads Chinese",
    "app/messages/smtp.py": "the name of the product as a sender",
    "app/jobs/families.py": "titles of reminders are kept in rows",
    "app/people/roster.py": "a form that is filled in and read again",
    "app/work/notices.py": "the number of an official document",
    "app/assessments/items.py": "names of groups as rulebooks write them",
    "app/assessments/requirements.py": "units as rulebooks write them",
    "app/assessments/workings.py": "units and kinds as rulebooks write them",
    "app/gaps/lines.py": "units as rulebooks write them",
    "app/ledgers/rows.py": "units as rulebooks write them",
    "app/planning/national.py": "a unit as rulebooks write it",
    "app/planning/draft_forms.py": "a unit as plans write it",
    "app/claims": "words that documents are read by",
    "app/targets/forms.py": "a pattern of what is typed",
    "app/tenant/days.py": "a pattern of what is typed",
    "app/tenant/reminder_page.py": "looks for a name in another text",
    "app/auth/password_rules.py": "a pattern of dates",
    "app/auth/second_factor.py": "the name of the product in authenticators",
    "app/dates.py": "the Chinese way of dates, beside the English one",
    "app/language.py": "names of languages are written in themselves",
    "plans/words.py": "the Chinese way of dates",
    "plans/calendar.py": "a name that the library of the calendar gives",
    "plans/checks": "patterns and parts of names in plans",
    "plans/periods.py": "names of periods are kept in rows",
    "plans/reminders/words.py": "looks for words in another text",
}


def unmarked(code: str) -> Iterator[str]:
    """Texts with Chinese that no catalogue sees; what is said to developers does not count."""
    tree = ast.parse(code)
    passed = {id(part) for call in ast.walk(tree) if _is_mark(call) for part in ast.walk(call)}
    passed |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in passed and CHINESE.search(str(node.value)):
            yield str(node.value)


def _is_mark(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in MARKS


def _files(place: str) -> list[Path]:
    path = ROOT / place
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def _keeps_its_own(path: Path) -> bool:
    return any(path.is_relative_to(ROOT / place) for place in KEPT)


def test_looking_finds_what_is_not_marked() -> None:
    code = '"""文档"""\nA = "甲"\nB = _("乙%(n)s", n=f"丙{A}")\ndef f():\n    "文档"\n    return f"丁{A}"\n'

    assert list(unmarked(code)) == ["甲", "丁"]


def test_chinese_in_code_is_marked() -> None:
    found = {
        str(path.relative_to(ROOT)): texts
        for path in [*_files("app"), *_files("plans")]
        if not _keeps_its_own(path) and (texts := list(unmarked(path.read_text())))
    }

    assert found == {}


def test_chinese_in_templates_is_marked() -> None:
    found = {
        path.name: texts
        for path in sorted((ROOT / "app" / "templates").rglob("*.html"))
        if (texts := CHINESE.findall(_bare(path.read_text())))
    }

    assert found == {}


def _bare(template: str) -> str:
    """A template without remarks and marked texts."""
    template = re.sub(r"{#.*?#}", "", template, flags=re.DOTALL)
    return re.sub(r"""\b(?:_n?|ngettext)\((?:\s*,?\s*(?:"[^"]*"|'[^']*'))+""", "", template)


@pytest.mark.parametrize("place", KEPT)
def test_what_keeps_its_own_has_some(place: str) -> None:
    assert any(list(unmarked(path.read_text())) for path in _files(place))
