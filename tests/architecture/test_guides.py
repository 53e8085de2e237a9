"""The guides do not rot: what they link to, show and name is there."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[2]
GUIDES = sorted((ROOT / "docs" / "guide").glob("*.md"))
PAGES = [ROOT / "README.md", *GUIDES]
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
NAMED = re.compile("“([^”]+)”")
PICTURE_BYTES = 150_000
SOURCES = (("app", "*.html"), ("app", "*.py"), ("plans", "*.py"), ("scoring", "*.py"))
# What is quoted and is no text of the program: a way of typing.
NOT_OURS = {"@姓名"}


def links(page: Path) -> list[Path]:
    """Files that a page links to or shows, wherever they should be."""
    found = LINK.findall(page.read_text(encoding="utf-8"))
    return [(page.parent / unquote(one)).resolve() for one in found if "://" not in one]


def names(page: Path) -> set[str]:
    """What a page quotes: menus, buttons, headings of the application."""
    text = page.read_text(encoding="utf-8")
    chinese = text[text.index("## 使用说明") :] if page.name == "README.md" and page not in GUIDES else text
    return set(NAMED.findall(chinese)) - NOT_OURS


@cache
def program() -> str:
    files = (one for folder, kind in SOURCES for one in sorted((ROOT / folder).rglob(kind)))
    return "\n".join(one.read_text(encoding="utf-8") for one in files)


def is_text(name: str) -> bool:
    """Whether a text of the program is just this."""
    return any(f"{quote}{name}{quote}" in program() for quote in "\"'")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_of_a_guide_exist(page: Path) -> None:
    assert [one for one in links(page) if not one.exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_guide_names_is_a_text_of_the_program(page: Path) -> None:
    assert sorted(name for name in names(page) if not is_text(name)) == []


def test_index_lists_every_guide() -> None:
    index = ROOT / "docs" / "guide" / "README.md"

    assert {one for one in links(index) if one.suffix == ".md"} == set(GUIDES) - {index}


def test_every_picture_is_shown_and_light() -> None:
    pictures = set((ROOT / "docs" / "img").glob("*.png"))

    assert pictures == {one for page in PAGES for one in links(page) if one.suffix == ".png"}
    assert [one.name for one in pictures if one.stat().st_size > PICTURE_BYTES] == []


@pytest.mark.browser
def test_every_picture_can_be_taken_again() -> None:
    from tests.browser.pictures import PICTURES

    assert {one.stem for one in (ROOT / "docs" / "img").glob("*.png")} == {one.name for one in PICTURES}


def test_a_name_that_is_nowhere_is_noticed() -> None:
    assert is_text("任务台账")
    assert not is_text("任务台帐")
    assert not is_text("务台")
