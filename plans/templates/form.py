"""The form of a template file as data: tables of keys, lists of one kind, and checks of single values."""

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from plans.templates.errors import BadTemplate

Check: TypeAlias = Callable[[Any], str | None]  # what is wrong with a value, or None
Form: TypeAlias = "Check | list[Form] | dict[str, Form]"

_DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")


def check_form(place: str, value: Any, form: Form) -> None:
    """Refuse a value that does not fit its form: every key of a table is needed, no other is allowed.

    Raises BadTemplate naming the place.

    >>> check_form("a.yaml", {"title": "甲", "units": []}, {"title": text, "units": [text]})
    """
    if isinstance(form, dict):
        _check_table(place, value, form)
    elif isinstance(form, list):
        _check_list(place, value, form[0])
    elif problem := form(value):
        raise BadTemplate(place, problem)


def _check_table(place: str, value: Any, form: dict[str, Form]) -> None:
    if not isinstance(value, dict):
        raise BadTemplate(place, "应为键值表")
    if unknown := [key for key in value if key not in form]:
        raise BadTemplate(place, f"未知的键 {'、'.join(unknown)}")
    if missing := [key for key in form if key not in value]:
        raise BadTemplate(place, f"缺少 {'、'.join(missing)}")
    for key, part in form.items():
        check_form(f"{place} › {key}", value[key], part)


def _check_list(place: str, value: Any, form: Form) -> None:
    if not isinstance(value, list):
        raise BadTemplate(place, "应为列表")
    for number, item in enumerate(value, start=1):
        check_form(f"{place} › 第{number}项", item, form)


def text(value: Any) -> str | None:
    """Words, not empty."""
    return None if isinstance(value, str) and value else "应为文字"


def note(value: Any) -> str | None:
    """Words, may be empty."""
    return None if isinstance(value, str) else "应为文字"


def whole(value: Any) -> str | None:
    """A whole number."""
    return None if isinstance(value, int) else "应为整数"


def percent(value: Any) -> str | None:
    """A whole number of 0 to 100."""
    return None if isinstance(value, int) and 0 <= value <= 100 else "应为0到100的整数"


def decimal(value: Any) -> str | None:
    """A decimal number in quotes, so that it stays exact.

    >>> decimal("4.2"), decimal(4)
    (None, '应为加引号的数')
    """
    try:
        return None if isinstance(value, str) and Decimal(value).is_finite() else "应为加引号的数"
    except InvalidOperation:
        return "应为加引号的数"


def day(value: Any) -> str | None:
    """A month or a day of the calendar, ``YYYY-MM`` or ``YYYY-MM-DD``.

    >>> day("2027-09"), day("2027-13"), day("2027-02-30")
    (None, '应为 YYYY-MM 或 YYYY-MM-DD', '应为 YYYY-MM 或 YYYY-MM-DD')
    """
    problem = "应为 YYYY-MM 或 YYYY-MM-DD"
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return problem
    try:
        datetime.fromisoformat(value if len(value) > len("YYYY-MM") else f"{value}-01")
    except ValueError:
        return problem
    return None


def one_of(*choices: str) -> Check:
    """One of the words given."""
    return lambda value: None if value in choices else f"应为 {'、'.join(choices)} 之一"


def nullable(check: Check) -> Check:
    """The check, or nothing at all."""
    return lambda value: None if value is None else check(value)
