"""Small choices of a person that the browser keeps, as they hold before signing in too."""

from flask import Response, request

YEAR_S = 365 * 24 * 3600


def keep_choice(answer: Response, name: str, value: str) -> None:
    """Have the browser keep a choice for a year; no script needs to read it."""
    answer.set_cookie(name, value, max_age=YEAR_S, samesite="Lax", httponly=True, secure=request.is_secure)
