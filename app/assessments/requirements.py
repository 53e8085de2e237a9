"""What a part of an item asks for, and what was found, in short words. Pure functions."""

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from app.printing import printed
from app.punctuation import listed
from scoring.elements import STAGE_LABELS
from scoring.items import Part
from scoring.words import _ as marked

SIGNS = {"at_least": "≥", "at_most": "≤", "below": "<"}
ROOMS = "special_rooms"  # the formula whose need differs from school to school
_WHOLE = ("人", "间", "元", "份")
_ROMAN = {"1": "Ⅰ", "2": "Ⅱ", "3": "Ⅲ", "4": "Ⅳ"}


def requirement_of(part: Part, limit: float | None = None) -> str:
    """What a part asks for; ``limit`` chooses one where there are several.

    >>> from scoring.loader import load_standard
    >>> items = {item.code: item for item in load_standard("quality-2017").items}
    >>> requirement_of(items["G9"].parts[0]), requirement_of(items["G4"].parts[0], 2500)
    ('≥ 100%', '≤ 2,500 人')
    >>> requirement_of(items["G5"].parts[0])
    '小学 ≤ 45 人、初中 ≤ 50 人'
    """
    named = {
        "attested": _("结论、佐证、签署"),
        "veto": _("无此情形"),
        ROOMS: _("每 12 班 1 间"),
        "small_school_funds": _("按 100 人核定"),
        "monitored_level": _("每科不低于 %(level)s级", level=_ROMAN.get(_only(part), "")),
    }
    if part.formula in named:
        return named[part.formula]
    if limit is not None:
        return f"{SIGNS[part.sense]} {_amount(limit, part.unit)}"
    return _several(part)


def at_least_words(limit: float, unit: str) -> str:
    """A floor in words.

    >>> at_least_words(7.5, "㎡/生")
    '≥ 7.5 ㎡/生'
    """
    return f"{SIGNS['at_least']} {limit:,g} {marked(unit)}"


def figure_words(value: object, unit: str, part: Part | None) -> str:
    """A figure with its unit; a word as it is; "" where there is none.

    >>> figure_words(84.916, "%", None), figure_words(2919.0, "人", None), figure_words(None, "%", None)
    ('84.9%', '2,919 人', '')
    """
    if isinstance(value, str):
        return value
    if not isinstance(value, (int, float)) or math.isnan(value):
        return ""
    return _amount(value, unit, part.decimals if part else None)


def worst_of(failing: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The failing school whose figure is furthest from its limit; None if no school has both in numbers."""
    known = [one for one in failing if _is_number(one["figure"]) and one["limit"]]
    return max(known, key=lambda one: abs(one["figure"] / one["limit"] - 1), default=None)


def shortage(failing: Sequence[Mapping[str, Any]]) -> tuple[float, float] | None:
    """What the failing schools have, and what they need; None without numbers."""
    known = [one for one in failing if _is_number(one["figure"]) and one["limit"]]
    return (sum(one["figure"] for one in known), sum(one["limit"] for one in known)) if known else None


def _several(part: Part) -> str:
    by_words: dict[str, list[str]] = {}
    for key, limit in part.limits.items():
        by_words.setdefault(f"{SIGNS[part.sense]} {_amount(limit, part.unit)}", []).append(key)
    if len(by_words) == 1:
        return next(iter(by_words))
    return listed(f"{_keys(keys)} {words}" for words, keys in by_words.items())


def _keys(keys: Sequence[str]) -> str:
    return "/".join(str(STAGE_LABELS.get(key, marked(key))) for key in keys)


def _amount(value: float | Decimal, unit: str, decimals: int | None = None) -> str:
    unit = marked(unit)  # kept rows have it as Chinese
    places = (1 if unit == "%" else 2) if decimals is None else decimals
    if isinstance(value, Decimal) or value == int(value):
        text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,.0f}"
    else:
        text = printed(value, places if unit not in _WHOLE else 0)
    return f"{text}{unit}" if unit == "%" else f"{text} {unit}".strip()


def _only(part: Part) -> str:
    return str(part.limits.get("", ""))


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
