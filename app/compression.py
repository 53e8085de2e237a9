"""Answers of text leave compressed where the browser takes it."""

import gzip
import io
import secrets
from functools import lru_cache

from flask import Flask, Response, request

LEAST_BYTES = 1024  # a shorter answer fits into one packet anyhow
_TEXT = ("text/", "application/json", "application/javascript", "image/svg+xml")


def init_app(app: Flask) -> None:
    """Compress what is text; downloads of office files are compressed already."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if not _is_worth_it(response):
        return response
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings.quality("gzip"):
        return response
    plain = response.get_data()
    response.set_data(_pack_file(plain) if request.endpoint == "static" else _pack_page(plain))
    response.content_encoding = "gzip"
    etag, _is_weak = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)  # the same content, in other bytes
    return response


def _is_worth_it(response: Response) -> bool:
    return (
        response.status_code == 200
        and not response.direct_passthrough
        and not response.is_streamed
        and not response.content_encoding
        and (response.mimetype or "").startswith(_TEXT)
        and len(response.get_data()) >= LEAST_BYTES
    )


@lru_cache(maxsize=64)
def _pack_file(plain: bytes) -> bytes:
    return gzip.compress(plain, compresslevel=9, mtime=0)


def _pack_page(plain: bytes) -> bytes:
    """With a name of random length in its head: the length of a page must not tell what is in it (BREACH)."""
    packed = io.BytesIO()
    name = "x" * secrets.randbelow(100)
    with gzip.GzipFile(name, "wb", compresslevel=6, fileobj=packed, mtime=0) as file:
        file.write(plain)
    return packed.getvalue()
