"""Static files under addresses that change with them, so that browsers keep them for ever.

``url_for("static", filename=…)`` puts the mark of all files before the name. The mark is part of the path, so
that a script that imports its neighbour stays among files of one release.
"""

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response

KEPT = f"public, max-age={365 * 24 * 3600}, immutable"
_MARKED = re.compile(r"at-([0-9a-f]{12})/(.+)")


def init_app(app: Flask, folder: Path) -> None:
    """Serve ``folder`` as the app's static files and mark the addresses of all of them."""
    app.static_folder = str(folder)
    mark = mark_of(folder)

    def _mark(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values["filename"] = f"at-{mark}/{values['filename']}"

    def _serve(filename: str) -> Response:
        told, name = _parted(filename)
        response = app.send_static_file(name)
        response.direct_passthrough = False
        response.make_sequence()  # so that it can be compressed
        if told == mark:
            response.headers["Cache-Control"] = KEPT
        return response

    app.url_defaults(_mark)
    app.add_url_rule("/static/<path:filename>", "static", _serve)


@cache
def mark_of(folder: Path) -> str:
    """Twelve hex digits that change when any file or name in the folder does."""
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        total.update(f"{path.relative_to(folder)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:12]


def _parted(filename: str) -> tuple[str, str]:
    found = _MARKED.fullmatch(filename)
    return (found[1], found[2]) if found else ("", filename)
