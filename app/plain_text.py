"""What a request says is text; PostgreSQL keeps no text with the character NUL, and nobody types it."""

from collections.abc import Iterator

from flask import Flask, abort, request

NUL = "\x00"


def init_app(app: Flask) -> None:
    """Refuse a request with such a character in address, fields or names of files."""
    app.before_request(_refuse)


def _refuse() -> None:
    if any(NUL in text for text in _texts()):
        abort(400)


def _texts() -> Iterator[str]:
    yield request.path
    for fields in (request.args, request.form):
        for name, value in fields.items(multi=True):
            yield from (name, value)
    for name, file in request.files.items(multi=True):
        yield from (name, file.filename or "")
