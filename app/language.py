"""The language a person reads in: chosen in the menu, kept by account and browser, Chinese unless chosen.

The browser's cookie decides, as it serves before sign-in too; signing in sets it from the account.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, Response, current_app, has_request_context, request
from flask_babel import get_domain, get_locale, gettext

from app.cookies import keep_choice
from app.dates import day_words
from app.extensions import babel
from app.punctuation import bracketed, listed, quoted
from plans import words as words_of_plans
from scoring import words as words_of_scoring
from scoring.elements import bare

LANGUAGES = {"zh-CN": "中文", "en": "English"}
COOKIE = "language"
CHINESE = "is_in_chinese"
View = TypeVar("View", bound=Callable[..., Any])
CATALOGUE = Path(__file__).parent / "translations" / "en" / "LC_MESSAGES" / "messages.po"


def init_app(app: Flask) -> None:
    """Translate by the person's choice; a catalogue that has changed is compiled first."""
    compile_catalogue(CATALOGUE)
    babel.init_app(app, locale_selector=_chosen)
    app.jinja_env.filters.update(bracketed=bracketed, listed=listed, quoted=quoted)
    app.jinja_env.filters.update(named=words_of_scoring._, bare=bare, shown=shown)
    for words in (words_of_plans, words_of_scoring):
        words.translate_by(gettext, _form, day_words)
    app.context_processor(lambda: {"lang": current_language(), "languages": LANGUAGES})


def shown(data: Any) -> Any:
    """Data with every text in the reader's language, for scripts: JSON would write what is kept."""
    if isinstance(data, dict):
        return {name: shown(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [shown(value) for value in data]
    return str(data) if isinstance(data, str) else data


def in_chinese(view: View) -> View:
    """Declare that a view hands out an official form or table: it is Chinese whoever asks."""
    setattr(view, CHINESE, True)
    return view


def keep_language(language: str, answer: Response) -> Response:
    """Let the browser remember a language."""
    keep_choice(answer, COOKIE, language)
    return answer


def current_language() -> str:
    """The language of this answer as BCP 47: zh-CN or en."""
    return "en" if get_locale().language == "en" else "zh-CN"


def compile_catalogue(source: Path) -> None:
    """Write the binary beside the catalogue, whole or not at all, as several processes start at once."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return
    part = target.with_suffix(f".{os.getpid()}.mo")
    with source.open("rb") as text, part.open("wb") as binary:
        write_mo(binary, read_po(text))
    part.replace(target)


def _form(one: str, many: str, n: int) -> str:
    """The form of a text for a number of things, with its places still open, which ngettext would fill."""
    form: str = get_domain().get_translations().ungettext(one, many, n)
    return form


def _chosen() -> str | None:
    if not has_request_context():
        return None  # commands and what is sent at night: Chinese
    if getattr(current_app.view_functions.get(request.endpoint or ""), CHINESE, False):
        return None
    wanted = request.cookies.get(COOKIE)
    return wanted.replace("-", "_") if wanted in LANGUAGES else None
