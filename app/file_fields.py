"""Files are taken in the fields made for them; a form that reads words must never meet a file."""

from flask import Flask, abort, request

NAMES = frozenset({"document", "files", "workbook"})


def init_app(app: Flask) -> None:
    """Refuse a request with a file under any other name."""
    app.before_request(_refuse_elsewhere)


def _refuse_elsewhere() -> None:
    if request.method == "POST" and {name.rpartition("-")[2] for name in request.files} - NAMES:
        abort(400)
