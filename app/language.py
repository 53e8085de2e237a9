"""The language a person reads in: chosen in the account menu, kept by the browser, Chinese unless chosen."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Blueprint, Flask, Response, has_request_context, redirect, request
from flask_babel import get_locale

from app.auth.addresses import own_address
from app.auth.presence import open_to_all
from app.extensions import babel

LANGUAGES = {"zh-CN": "中文", "en": "English"}
COOKIE = "language"
YEAR_S = 365 * 24 * 3600
CATALOGUE = Path(__file__).parent / "translations" / "en" / "LC_MESSAGES" / "messages.po"

bp = Blueprint("language", __name__)


def init_app(app: Flask) -> None:
    """Translate by the person's choice; a catalogue that has changed is compiled first."""
    compile_catalogue(CATALOGUE)
    babel.init_app(app, locale_selector=_chosen)
    app.context_processor(lambda: {"lang": current_language(), "languages": LANGUAGES})
    app.register_blueprint(bp)


@bp.post("/language")
@open_to_all  # chosen before signing in too
def choose() -> Response:
    answer = redirect(own_address(request.form.get("next")), 303)
    wanted = request.form.get("language", "")
    if wanted in LANGUAGES:
        secure = request.is_secure
        answer.set_cookie(COOKIE, wanted, max_age=YEAR_S, samesite="Lax", httponly=True, secure=secure)
    return answer  # type: ignore[return-value]


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


def _chosen() -> str | None:
    if not has_request_context():
        return None  # commands and what is sent at night: Chinese
    wanted = request.cookies.get(COOKIE)
    return wanted.replace("-", "_") if wanted in LANGUAGES else None
