"""Texts that count: 1 task, 3 tasks. Chinese has one form; English takes both from the catalogue."""

from flask import Flask
from flask_babel import ngettext

from app.printing import printed


def init_app(app: Flask) -> None:
    """Offer the marker to templates."""
    app.jinja_env.globals["_n"] = counted


def counted(text: str, /, **values: object) -> str:
    """A text in the form that its first value asks for, which is a number of things.

    >>> counted("%(county)s有 %(n)s 所学校", n=1204, county="甲县")
    '甲县有 1,204 所学校'
    """
    name, count = next(iter(values.items()))
    if not isinstance(count, int):
        raise TypeError(f"{name}={count!r} is first in {text!r}, so it must be a number of things")
    return ngettext(text, text, count, **values | {name: printed(count, 0)})
