"""What is costly is limited for each person, across all processes."""

from datetime import timedelta
from pathlib import Path

import time_machine
from flask import Flask

from app.limits import UPLOAD_BYTES
from tests.conftest import NOW, close_database, open_app
from tests.databases import Database
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.tenancy.places import Place

BIG = {"note": "大" * UPLOAD_BYTES}


def test_uploads_are_limited_by_person_and_begin_anew(
    app: Flask, client: PageClient, make: Factory, place: Place, office: Member
) -> None:
    app.config["RATE_LIMITS"] = {"upload": (2, 60), "search": (2, 60)}
    other = PageClient(app)
    with time_machine.travel(NOW, tick=False) as clock:
        client.sign_in(office)
        other.sign_in(make.member(place.county_id))

        statuses = [client.http.post("/account/password", data=BIG).status_code for _ in range(3)]
        small = client.http.post("/account/password", data={}).status_code
        others = other.http.post("/account/password", data=BIG).status_code
        refused = client.http.post("/account/password", data=BIG)
        clock.shift(timedelta(seconds=60))
        later = client.http.post("/account/password", data=BIG).status_code

    assert (statuses, small, others, later) == ([422, 422, 429], 422, 422, 422)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert "上传太频繁，请 60 秒后再试。" in refused.text


def test_searches_are_limited(app: Flask, signed_in: PageClient) -> None:
    app.config["RATE_LIMITS"] = {"upload": (2, 60), "search": (2, 60)}

    statuses = [signed_in.http.get("/tasks?q=校").status_code for _ in range(3)]

    assert statuses == [200, 200, 429]
    assert signed_in.http.get("/tasks?q=").status_code == 200


def test_two_processes_count_together(app: Flask, database: Database, tmp_path: Path, office: Member) -> None:
    app.config["RATE_LIMITS"] = {"upload": (1, 60), "search": (1, 60)}
    client = PageClient(app)
    client.sign_in(office)
    second = open_app(tmp_path, database, RATE_LIMITS=app.config["RATE_LIMITS"])
    http = second.test_client()
    http.set_cookie("ledger", client.http.get_cookie("ledger").value)

    assert client.http.get("/tasks?q=校").status_code == 200
    assert http.get("/tasks?q=校").status_code == 429
    with second.app_context():
        close_database()
