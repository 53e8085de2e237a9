"""One way to answer: a whole page to a browser, a part of it to htmx."""

import json
from typing import Any

from flask import Response, get_flashed_messages, make_response, render_template

from app.extensions import htmx

TONES = {"success": "green", "warning": "amber", "error": "red"}


def show(page: str, part: str | None = None, /, status: int = 200, **context: Any) -> Response:
    """Render ``part`` for an htmx exchange and ``page`` for everything else.

    Boosted links and htmx's history requests want the whole page. Both answers live under one address,
    so caches are told to keep them apart.
    """
    wants_part = bool(htmx) and not htmx.boosted and not htmx.history_restore_request
    template = part if part and wants_part else page
    response = make_response(render_template(template, **context), status)
    response.headers.add("Vary", "HX-Request")
    if template == part:
        _tell_in_the_corner(response)
    return response


def _tell_in_the_corner(response: Response) -> None:
    """Send what was flashed along with a part, which has no place for it."""
    told = get_flashed_messages(with_categories=True)
    if told:
        tone = TONES.get(str(told[-1][0]), "blue")
        note = {"text": "".join(str(flashed[1]) for flashed in told), "tone": tone}
        response.headers["HX-Trigger"] = json.dumps({"toast": note})  # ASCII, as headers are


def go(address: str) -> Response:
    """Send the browser on after an act: a redirect, or htmx's own header for it."""
    if htmx:
        response = make_response("", 204)
        response.headers["HX-Redirect"] = address
        return response
    response = make_response("", 303)
    response.headers["Location"] = address
    return response
