"""Word's automatic numbers, which stand in no paragraph's text.

A paragraph names a list (``numId``) and a level, itself or through its style; the definition of the list
holds the format.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from plans.reading.numerals import to_chinese

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_HEAVENLY_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MAX_LEVEL = 8


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def _pick(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


_LETTERS = _pick("abcdefghijklmnopqrstuvwxyz")
_FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "ideographDigital",
            "japaneseCounting",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
        ),
        to_chinese,
    ),
    "decimalZero": lambda number: f"{number:02}",
    "decimalEnclosedCircle": _pick(_CIRCLED),
    "decimalEnclosedCircleChinese": _pick(_CIRCLED),
    "ideographTraditional": _pick(_HEAVENLY_STEMS),
    "lowerLetter": _LETTERS,
    "upperLetter": lambda number: _LETTERS(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered."""

    start: int
    number_format: str
    pattern: str  # such as "（%1）" or "%1.%2"
    is_legal: bool  # all numbers of the label in digits


class Numbering:
    """Walks the lists of one document; labels must be asked for in the order of the paragraphs."""

    def __init__(self, numbering: Any | None, styles: Any | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, str] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._style_levels: dict[str, tuple[str | None, int]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._started: set[tuple[str, int]] = set()
        if numbering is not None:
            self._read_lists(numbering)
        self._styles = (
            {style.get(W + "styleId"): style for style in styles.iter(W + "style")}
            if styles is not None
            else {}
        )

    def label(self, paragraph: Any) -> str:
        """The printed number of a ``w:p`` element; empty when it has none or a bullet."""
        list_id, level = self._place(paragraph)
        abstract = self._lists.get(list_id or "")
        levels = self._abstract.get(abstract or "", {})
        if list_id is None or abstract is None or level not in levels:
            return ""
        self._count(list_id, abstract, level)
        return self._print(abstract, level)

    def _read_lists(self, numbering: Any) -> None:
        for abstract in numbering.iter(W + "abstractNum"):
            key = abstract.get(W + "abstractNumId")
            self._abstract[key] = {_int(lvl.get(W + "ilvl")): _level(lvl) for lvl in abstract.iter(W + "lvl")}
            for lvl in abstract.iter(W + "lvl"):
                for style in _values(lvl, "pStyle"):
                    self._style_levels[style] = (None, _int(lvl.get(W + "ilvl")))
        for number in numbering.iter(W + "num"):
            list_id = number.get(W + "numId")
            self._lists[list_id] = next(_values(number, "abstractNumId"), "")
            self._read_restarts(list_id, number)

    def _read_restarts(self, list_id: str, number: Any) -> None:
        for override in number.iter(W + "lvlOverride"):
            for start in _values(override, "startOverride"):
                self._restarts[list_id, _int(override.get(W + "ilvl"))] = _int(start)

    def _place(self, paragraph: Any) -> tuple[str | None, int]:
        """List and level of a paragraph: its own, or its style's or those of a style underneath."""
        style: str | None = None
        properties = paragraph.find(W + "pPr")
        if properties is not None:
            list_id, level = _own_place(properties)
            if list_id is not None:
                return list_id, level or 0
            style = next(_values(properties, "pStyle"), None)
        return self._style_place(style)

    def _style_place(self, style: str | None) -> tuple[str | None, int]:
        seen: set[str] = set()
        while style and style not in seen and style in self._styles:
            seen.add(style)
            properties = self._styles[style].find(W + "pPr")
            list_id, level = _own_place(properties) if properties is not None else (None, None)
            if list_id is not None:
                linked = self._style_levels.get(style, (None, 0))[1]
                return list_id, linked if level is None else level
            style = next(_values(self._styles[style], "basedOn"), None)
        return None, 0

    def _count(self, list_id: str, abstract: str, level: int) -> None:
        counts = self._counts[abstract]
        restart = self._restarts.get((list_id, level))
        if restart is not None and (list_id, level) not in self._started:
            counts[level] = restart
        else:
            counts[level] = counts[level] + 1 if level in counts else self._abstract[abstract][level].start
        self._started.add((list_id, level))
        for deeper in range(level + 1, _MAX_LEVEL + 1):
            counts.pop(deeper, None)

    def _print(self, abstract: str, level: int) -> str:
        levels, counts = self._abstract[abstract], self._counts[abstract]
        if levels[level].number_format in {"bullet", "none"}:
            return ""
        label = levels[level].pattern
        for index, shown in levels.items():
            number_format = "decimal" if levels[level].is_legal else shown.number_format
            number = counts.get(index, shown.start)
            label = label.replace(f"%{index + 1}", _FORMATS.get(number_format, str)(number))
        # "1.1" needs a space behind it, or "1.1" and "2 classrooms" would run together.
        return label + " " if label[-1:].isdigit() else label


def _level(lvl: Any) -> Level:
    return Level(
        start=_int(next(_values(lvl, "start"), "1")),
        number_format=next(_values(lvl, "numFmt"), "decimal"),
        pattern=next(_values(lvl, "lvlText"), ""),
        is_legal=lvl.find(W + "isLgl") is not None,
    )


def _own_place(properties: Any) -> tuple[str | None, int | None]:
    number = properties.find(W + "numPr")
    if number is None:
        return None, None
    level = next(_values(number, "ilvl"), None)
    return next(_values(number, "numId"), None), None if level is None else _int(level)


def _values(element: Any, name: str) -> Iterator[str]:
    """``w:val`` of the children of that name."""
    return (child.get(W + "val") or "" for child in element.findall(W + name))


def _int(text: str | None) -> int:
    digits = (text or "0").strip()
    return int(digits) if digits.isdecimal() and len(digits) < 6 else 0
