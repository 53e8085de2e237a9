"""Templates: marked for translation, without inline code, without raw HTML."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.architecture.source import ROOT, name_of

FOLDER = ROOT / "app" / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.*"))
CHINESE = re.compile(r"[\u3400-\u9fff]")
MARKERS = {"_", "_n", "gettext", "ngettext", "pgettext", "npgettext"}
INLINE = re.compile(
    r"""\sstyle=|<style|\son[a-z]+=|javascript:|<script(?![^>]*(\ssrc=|type="application/json"))"""
)
CRUMBS = re.compile(r"{% block crumbs %}.*crumbs\(\[")
RAW = re.compile(r"\|\s*safe\b|\bautoescape\s+false|Markup\(")
# What the menus lead to. Every other page says by breadcrumbs below which of them it stands.
MAIN_PAGES = {
    *("admin/index", "admin/running", "assessments/indicators", "assessments/nothing_yet"),
    *("assessments/schools", "audit/index", "auth/account", "basic/index", "basic/nothing_yet"),
    *("bulletins/index", "dashboard/home", "gaps/index", "ledgers/ledger", "messages/index"),
    *("oversight/index", "oversight/templates", "people/members", "people/roles", "planning/ledger"),
    *(
        "my_school/home",
        "planning/my_tasks",
        "planning/no_plan",
        "planning/plan",
        "returns/index",
        "supervision/desk",
    ),
    *("targets/index", "tenant/index", "versions/index", "work/calendar", "work/notices", "work/wall"),
}
OUTSIDE = {"auth/sign_in", "auth/code", "errors/page", "people/invitation", "people/invitation_gone"}


def test_there_are_templates() -> None:
    assert TEMPLATES


def test_chinese_text_is_marked_for_translation() -> None:
    wrong = [
        f"{name_of(path)}:{line} {text.strip()[:40]}"
        for path in TEMPLATES
        for line, text in unmarked(path.read_text("utf-8"))
    ]

    assert wrong == [], 'write {{ _("…") }}'


def test_nothing_is_inline() -> None:
    assert _lines_with(INLINE) == [], "the content security policy stops it; use static/css and static/js"


def test_nothing_is_drawn_raw() -> None:
    assert _lines_with(RAW) == [], "let Jinja escape; write the tags in the template"


def test_every_page_below_a_main_page_has_breadcrumbs() -> None:
    sources = {str(path.relative_to(FOLDER).with_suffix("")): path.read_text("utf-8") for path in TEMPLATES}
    pages = {name for name, source in sources.items() if 'extends "base.html"' in source}

    bare = {name for name in pages if not CRUMBS.search(sources[name])}

    assert bare == MAIN_PAGES | OUTSIDE


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>学校</p>", ["<p>学校</p>"]),
        ('<p>{{ _("学校") }}</p>', []),
        ('{{ shown("学校") }}', ["学校"]),
        ('{{ _("%(n)s 所", n="学校") }}', ["学校"]),
        ('{{ ngettext("一所", "%(num)s 所", 3) }}', []),
        ("{% trans %}学校{% endtrans %}", []),
        ("{# 学校 #}", []),
        ('<p title="学校"></p>', ['<p title="学校"></p>']),
    ],
)
def test_unmarked_text_is_found(source: str, found: list[str]) -> None:
    assert [text for _line, text in unmarked(source)] == found


def unmarked(source: str) -> list[tuple[int, str]]:
    """Line and text of every Chinese string of a template that no marker of translation holds."""
    tree = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True).parse(source)
    marked = {id(text) for call in tree.find_all(nodes.Call) for text in _marked(call)}
    texts = [*tree.find_all(nodes.TemplateData), *_constants(tree)]
    found = [
        (node.lineno, text)
        for node in texts
        if id(node) not in marked
        and CHINESE.search(text := node.data if isinstance(node, nodes.TemplateData) else node.value)
    ]
    return sorted(found)


def _marked(call: nodes.Call) -> list[nodes.Node]:
    is_marker = isinstance(call.node, nodes.Name) and call.node.name in MARKERS
    return call.args if is_marker else []


def _constants(tree: nodes.Template) -> Iterator[nodes.Const]:
    return (node for node in tree.find_all(nodes.Const) if isinstance(node.value, str))


def _lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name_of(path)}:{number} {line.strip()[:60]}"
        for path in TEMPLATES
        for number, line in enumerate(_without_comments(path).splitlines(), 1)
        if pattern.search(line)
    ]


def _without_comments(path: Path) -> str:
    # Line breaks stay, so that the numbers are right.
    return re.sub(
        r"\{#.*?#\}", lambda found: "\n" * found[0].count("\n"), path.read_text("utf-8"), flags=re.DOTALL
    )
