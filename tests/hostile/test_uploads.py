"""Files that hide, climb, explode or lie: refused in words at each door, and nothing of them stays."""

import io
from collections import Counter
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from app.models import ReturnChange
from plans.models import Evidence, KeptDraft
from tests.app.task_scene import task_scene
from tests.factories import Factory
from tests.hostile.count import counted, told
from tests.hostile.inputs import huge_picture, uploads

KEPT = (Evidence, KeptDraft, ReturnChange)
ROOT = Path(__file__).resolve().parents[2]


def test_no_file_of_a_stranger_is_taken(app: Flask, make: Factory) -> None:
    scene = task_scene(app, make)
    office, unit = scene.as_(scene.office), scene.as_(scene.unit)
    files = f"t{scene.task_id}-files"
    doors = {
        "/plan/new": (office, {}, "document"),
        "/returns": (office, {"year": "2025"}, "workbook"),
        scene.path("/progress"): (unit, scene.report(1, "50", "进展"), files),
    }
    answers = {
        (door, what): client.http.post(
            door,
            data={**fields, field: (io.BytesIO(content), name)},
            content_type="multipart/form-data",
        ).status_code
        for door, (client, fields, field) in doors.items()
        for what, (name, content) in uploads().items()
    }

    assert Counter(status // 100 for status in answers.values()) == {4: 3 * len(uploads())}
    with make.session(scene.county) as session:
        kept = {row: session.scalar(sa.select(sa.func.count()).select_from(row)) for row in KEPT}
    assert kept == dict.fromkeys(KEPT, 0)


def test_picture_of_fifty_megabytes_is_refused_in_words(app: Flask, make: Factory) -> None:
    scene = task_scene(app, make)
    doors = {"/plan/new": scene.office, "/returns": scene.office, scene.path("/progress"): scene.unit}
    # Written out, as the client of the tests would leave a file of its own open.
    head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\n'
    body = head + huge_picture() + b"\r\n--x--\r\n"

    answers = [
        scene.as_(who).http.post(door, data=body, content_type="multipart/form-data; boundary=x")
        for door, who in doors.items()
    ]

    assert [answer.status_code for answer in answers] == [413] * 3
    assert all("文件太大" in answer.text for answer in answers)


def test_list_of_the_document_is_what_is_tried() -> None:
    text = (ROOT / "docs" / "security.md").read_text("utf-8")

    assert told() in text
    assert min(counted().values()) >= 5
