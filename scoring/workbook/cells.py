"""Cells → text or figures. A blank is missing; what isn't plainly a figure is refused, never guessed."""

import datetime as dt
import re
import unicodedata
from typing import Any

from scoring.elements import Element, plain

# Figures stored as text are common in exports: plain digits, full-width or with thousands commas, are taken.
_FIGURE = re.compile(r"[-+]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")


class NotInCell(ValueError):
    """A cell that doesn't hold what its column needs; the message is in Chinese."""


def figure(cell: Any) -> float:
    """A figure; blank is NaN.

    >>> figure("１,234.5"), figure(""), figure(7)
    (1234.5, nan, 7.0)
    """
    if isinstance(cell, (bool, dt.date, dt.time, dt.timedelta)):
        raise NotInCell(f"应为数值，填报的是{'逻辑值' if isinstance(cell, bool) else '日期或时间'}")
    if isinstance(cell, (int, float)):
        return float(cell)
    text = unicodedata.normalize("NFKC", str(cell or "")).strip()
    if not text:
        return float("nan")
    if not _FIGURE.fullmatch(text):
        raise NotInCell(f"应为数值，填报的是文字“{_short(text)}”")
    return float(text.replace(",", ""))


def words(cell: Any) -> str:
    """Text; a whole number is written without a decimal point (codes typed as numbers).

    >>> words(2165000123.0), words(" 甲校 "), words(None)
    ('2165000123', '甲校', '')
    """
    if isinstance(cell, (bool, dt.date, dt.time, dt.timedelta)):
        raise NotInCell(f"应为文字，填报的是{'逻辑值' if isinstance(cell, bool) else '日期或时间'}")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell if cell is not None else "").strip()


def choice(cell: Any, element: Element) -> str:
    """The stored form of a choice; blank is empty."""
    given = words(cell)
    forms = {plain(form): stored for form, stored in element.choices.items()}
    if given and plain(given) not in forms:
        allowed = "、".join(dict.fromkeys(element.choices))
        raise NotInCell(f"只能填 {allowed}，填报的是“{_short(given)}”")
    return forms.get(plain(given), "")


def of_element(cell: Any, element: Element) -> Any:
    """The cell as its element stores it. Raises NotInCell."""
    if element.kind == "choice":
        return choice(cell, element)
    return figure(cell) if element.is_number else words(cell)


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"
