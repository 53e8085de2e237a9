"""Files served as they are: nothing inline, icons there, vendored files whole, enough contrast."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "app" / "templates"
CSS = ROOT / "static" / "css"
TOKEN = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")


def test_templates_hold_no_inline_style_or_handler() -> None:
    inline = re.compile(r"\s(style|on[a-z]+)=[\"']|<style")

    assert [path.name for path in TEMPLATES.rglob("*.html") if inline.search(path.read_text())] == []


def test_every_icon_named_in_a_template_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'symbol id="([\w-]+)"', (ROOT / "static/img/icons.svg").read_text()))
    sources = "\n".join(path.read_text() for path in TEMPLATES.rglob("*.html"))

    assert set(re.findall(r'\bicon\("([\w-]+)"\)', sources)) - sprite == set()


def test_vendored_files_are_those_of_the_readme() -> None:
    folder = ROOT / "static" / "vendor"
    listed = re.findall(
        r"^\| `([^`]+)`.*`([0-9a-f]{64})` \|$", (folder / "README.md").read_text(), re.MULTILINE
    )
    assets = {path for path in folder.rglob("*") if path.suffix in (".js", ".css")}

    assert [name for name, digest in listed if sha256(folder / name) != digest] == []
    assert assets - {folder / name for name, _ in listed} == set()


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("word", "ground"),
    [
        ("ink", "ground"),
        ("ink-soft", "ground"),
        ("ink-soft", "sunken"),
        ("ink-soft", "hover"),
        ("blue", "ground"),
        ("blue", "blue-pale"),
        ("on-blue", "blue"),
        ("red-word", "surface"),
        ("green-word", "green-pale"),
        ("amber-word", "amber-pale"),
        ("red-word", "red-pale"),
        ("grey-word", "grey-pale"),
    ],
)
def test_words_keep_enough_contrast(word: str, ground: str) -> None:
    tokens = dict(TOKEN.findall((CSS / "tokens.css").read_text()))

    assert contrast(tokens[word], tokens[ground]) >= 4.5


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_colours_stand_in_the_tokens_only() -> None:
    coloured = [
        path.name
        for path in CSS.glob("*.css")
        if path.name not in ("tokens.css", "dark.css", "print.css")
        and re.search(r"#[0-9a-f]{3,6}\b", path.read_text())
    ]

    assert coloured == []
