"""Values of a rulebook file, each refused with the file and the place if it isn't what it should be."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from scoring.errors import BadRulebook


def place_of(row: Any) -> str:
    """Code of a row for messages; empty if it has none."""
    return str(row.get("code", "")) if isinstance(row, Mapping) else ""


def number(file: str, place: str, text: Any) -> Decimal:
    """A quoted number. Raises BadRulebook."""
    if not isinstance(text, str):
        raise BadRulebook(file, place, f"数值 {text} 须加引号")
    try:
        return Decimal(text)
    except InvalidOperation as problem:
        raise BadRulebook(file, place, f"{text} 不是数值") from problem


def count(file: str, place: str, given: Any) -> int:
    """A positive integer. Raises BadRulebook."""
    if not isinstance(given, int) or given <= 0:
        raise BadRulebook(file, place, f"{given} 不是正整数")
    return given


def day(file: str, place: str, text: Any) -> date:
    """A quoted date. Raises BadRulebook."""
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError) as problem:
        raise BadRulebook(file, place, f'{text} 不是日期（应为 "2017-04-19" 的形式）') from problem


def yes(file: str, place: str, text: Any) -> bool:
    """A quoted "yes" or "no". Raises BadRulebook."""
    if text not in ("yes", "no"):
        raise BadRulebook(file, place, f'{text} 须为 "yes" 或 "no"')
    return bool(text == "yes")


def refuse_doubles(file: str, codes: Iterable[str]) -> None:
    """Raises BadRulebook naming the codes that occur twice."""
    given = list(codes)
    doubles = sorted({code for code in given if given.count(code) > 1})
    if doubles:
        raise BadRulebook(file, "、".join(doubles), "重复的代码")
