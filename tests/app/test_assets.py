"""What goes over the wire: marked and kept files, compressed text."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask, url_for

from app.assets import mark_of
from tests.factories import Factory
from tests.pages import PageClient

GZIP = {"Accept-Encoding": "gzip"}


def address(app: Flask, name: str) -> str:
    with app.test_request_context():
        return url_for("static", filename=name)


def test_marked_file_is_kept_for_ever(app: Flask) -> None:
    with app.test_client().get(address(app, "js/grid.js")) as answer:
        kept = answer.cache_control

    assert (kept.max_age, kept.public, kept.immutable, kept.no_cache) == (31536000, True, True, None)


@pytest.mark.parametrize("path", ["/static/js/grid.js", "/static/at-0123456789ab/js/grid.js"])
def test_file_without_the_mark_of_today_is_asked_for_again(app: Flask, path: str) -> None:
    with app.test_client().get(path) as answer:
        kept = answer.cache_control

    assert (answer.status_code, kept.max_age, bool(kept.no_cache)) == (200, None, True)


@pytest.mark.parametrize("name", ["../wsgi.py", "at-0123456789ab/../../wsgi.py", "js"])
def test_mark_opens_nothing_outside_the_folder(app: Flask, name: str) -> None:
    assert app.test_client().get(f"/static/at-0123456789ab/{name}").status_code == 404


def test_mark_changes_with_any_file_and_name(tmp_path: Path) -> None:
    marks = set()
    for name, text in (("a.css", "a"), ("a.css", "b"), ("b.css", "b")):
        folder = tmp_path / f"{len(marks)}"
        folder.mkdir()
        (folder / name).write_text(text)
        marks.add(mark_of(folder))

    assert len(marks) == 3


def test_every_asset_of_a_page_carries_the_mark(app: Flask) -> None:
    text = app.test_client().get("/sign-in").text
    addresses = re.findall(r'(?:src|href)="(/static/[^"]+)"', text)

    assert len(addresses) > 5
    assert [a for a in addresses if not a.startswith(f"/static/at-{mark_of(Path(app.static_folder))}/")] == []


def test_text_is_compressed_for_who_takes_it(app: Flask) -> None:
    client, path = app.test_client(), address(app, "vendor/tabler-1.6.1/tabler.min.css")

    with client.get(path, headers=GZIP) as packed, client.get(path) as plain:
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain.data
        assert packed.content_length == len(packed.data) < len(plain.data) / 6
        assert "Content-Encoding" not in plain.headers
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert "Accept-Encoding" in plain.headers["Vary"]


def test_who_refuses_gzip_gets_plain_text(app: Flask) -> None:
    with app.test_client().get("/sign-in", headers={"Accept-Encoding": "gzip;q=0, identity"}) as answer:
        assert "Content-Encoding" not in answer.headers


def test_compressed_file_is_not_sent_twice(app: Flask) -> None:
    client = app.test_client()
    with client.get("/static/js/grid.js", headers=GZIP) as first:
        etag = first.headers["ETag"]

    with client.get("/static/js/grid.js", headers={**GZIP, "If-None-Match": etag}) as again:
        assert (again.status_code, again.data) == (304, b"")


def test_length_of_a_page_does_not_tell_its_content(app: Flask) -> None:
    client = app.test_client()
    client.get("/sign-in")  # the first answer sets the cookie

    lengths = {client.get("/sign-in", headers=GZIP).content_length for _ in range(8)}

    assert len(lengths) > 1


def test_page_of_a_person_is_compressed_and_kept_nowhere(client: PageClient, make: Factory) -> None:
    client.sign_in(make.member(make.county()))

    answer = client.http.get("/", headers=GZIP)

    assert (answer.headers["Content-Encoding"], answer.headers["Cache-Control"]) == ("gzip", "no-store")
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert "<h1" in gzip.decompress(answer.data).decode()


def test_workbook_is_not_compressed_again(client: PageClient, make: Factory) -> None:
    client.sign_in(make.member(make.county()))

    with client.http.get("/returns/template.xlsx", headers=GZIP) as answer:
        assert (answer.status_code, answer.headers.get("Content-Encoding")) == (200, None)
