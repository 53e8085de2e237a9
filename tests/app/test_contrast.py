"""Colours of both themes: every word can be read on every ground that it stands on, by computing it."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static" / "css"
LIGHT = "tokens.css"
COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
WORD = re.compile(r"(?<![\w-])color: var\(--([\w-]+)\)")
GROUND = re.compile(r"background(?:-color)?: var\(--([\w-]+)\)")
RULE = re.compile(r"\{([^{}]*)\}")
LITERAL = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(|: (?:white|black)\b")
PLAIN = ("surface", "ground", "sunken", "hover")  # grounds on which anything may stand
WORDS = ("ink", "ink-soft", "blue", "blue-dark", "green-word", "amber-word", "red-word", "grey-word")
TONES = ("green", "amber", "red", "grey")
PALE = tuple((f"{tone}-word", f"{tone}-pale") for tone in TONES)
ON_BLUE = (("on-blue", "blue"), ("on-blue", "blue-dark"))
PLACED = (*PALE, *((word, "blue-pale") for word in ("blue", "ink", "ink-soft")), *ON_BLUE)
IN_CHARTS = (("amber", "surface"), ("limit", "surface"))  # names at the ends of lines
SHAPES = tuple((tone, ground) for tone in TONES for ground in ("surface", f"{tone}-pale"))
TEXT, SHAPE = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
DEEPEST_HEAT = 0.42  # share of the bar's colour in the deepest ground of the heat map


def colours(theme: str) -> dict[str, str]:
    light = dict(COLOUR.findall((CSS / LIGHT).read_text("utf-8")))
    return light | dict(COLOUR.findall((CSS / theme).read_text("utf-8")))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    pairs = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("theme", [LIGHT, "dark.css"])
def test_every_word_can_be_read_on_its_ground(theme: str) -> None:
    known = colours(theme)
    pairs = [*((word, ground) for word in WORDS for ground in PLAIN), *PLACED, *IN_CHARTS]

    told = {pair: round(contrast(known[pair[0]], known[pair[1]]), 2) for pair in pairs}

    assert {pair: ratio for pair, ratio in told.items() if ratio < TEXT} == {}
    heat = mixed(known["bar"], known["surface"], DEEPEST_HEAT)
    assert contrast(known["ink"], heat) >= TEXT


@pytest.mark.parametrize("theme", [LIGHT, "dark.css"])
def test_every_shape_of_a_status_can_be_seen(theme: str) -> None:
    known = colours(theme)

    told = {pair: round(contrast(known[pair[0]], known[pair[1]]), 2) for pair in SHAPES}

    assert {pair: ratio for pair, ratio in told.items() if ratio < SHAPE} == {}


def test_the_dark_theme_has_every_colour() -> None:
    dark = dict(COLOUR.findall((CSS / "dark.css").read_text("utf-8")))

    assert len(dark) >= 30
    assert sorted(dark) == sorted(colours(LIGHT))


def test_sheets_use_no_colour_but_the_tokens() -> None:
    sheets = [path for path in sorted(CSS.glob("*.css")) if path.name not in (LIGHT, "dark.css", "print.css")]
    found = [f"{path.name}: {text}" for path in sheets for text in LITERAL.findall(_on_screen(path))]

    assert found == [], "name a colour of tokens.css, so that the dark theme has it too"


def test_words_and_grounds_of_the_sheets_are_among_those_computed() -> None:
    rules = [body for path in sorted(CSS.glob("*.css")) for body in RULE.findall(path.read_text("utf-8"))]
    placed = [(set(WORD.findall(body)), set(GROUND.findall(body))) for body in rules]
    words = set().union(*(found for found, _grounds in placed))
    both = {(word, ground) for found, grounds in placed for word in found for ground in grounds}

    assert words <= {*WORDS, "on-blue"}
    assert {pair for pair in both if pair[1] not in PLAIN} <= set(PLACED)


def _on_screen(path: Path) -> str:
    """A sheet without what holds on paper only."""
    return re.sub(r"@media print \{.*?\n\}", "", path.read_text("utf-8"), flags=re.DOTALL)
