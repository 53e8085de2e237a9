"""Entering a county from above: noted, reading only, within the oversight, and left again."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.models import AuditEntry, Oversight, PlatformEntry
from tests.app.oversight_scene import REGION, Above, above_scene
from tests.factories import Factory


@pytest.fixture
def scene(app: Flask, make: Factory) -> Above:
    return above_scene(app, make)


def test_entering_is_noted_and_only_looks(scene: Above, make: Factory) -> None:
    client = scene.as_(scene.prefecture)

    page = client.post_page("/oversight/counties/990101/enter", {})

    assert "正在只读查看甲县（示例）" in page.text
    with make.session(scene.county) as session:
        noted = session.scalars(sa.select(AuditEntry).where(AuditEntry.thing == "county:990101")).one()
        who = scene.prefecture.actor.user_id
        assert (noted.account_id, noted.act, noted.role) == (who, "read", "overseer")
    client.get_page("/schools")
    assert "返回所辖县" in client.get_page("/versions").text


def test_entered_county_is_left_by_going_back(scene: Above) -> None:
    client = scene.as_(scene.prefecture)
    client.post_page("/oversight/counties/990101/enter", {})

    client.get_page("/oversight")

    assert client.http.get("/schools").location == "/oversight"


@pytest.mark.parametrize("code", ["990201", "980101", "990100", "x"])
def test_county_outside_is_not_entered(scene: Above, make: Factory, code: str) -> None:
    make.county("乙县（示例）", code="990201")
    make.county("丙县（示例）", code="980101")
    client = scene.as_(scene.prefecture)

    page = client.post_page(f"/oversight/counties/{code}/enter", {}, 404)

    assert "乙县" not in page.text
    assert client.http.get("/schools").location == "/oversight"


def test_entered_county_is_closed_when_the_oversight_ends(scene: Above, make: Factory) -> None:
    client = scene.as_(scene.prefecture)
    client.post_page("/oversight/counties/990101/enter", {})
    with make.session() as session:
        mine = sa.select(Oversight).where(Oversight.account_id == scene.prefecture.actor.user_id)
        session.scalars(mine).one().is_active = False

    client.get_page("/schools", 403)


def test_overseer_changes_the_own_password_though_in_no_county(scene: Above) -> None:
    client = scene.as_(scene.prefecture)

    assert client.get_page("/account")
    assert client.get_page("/account/password")


def test_person_with_a_part_in_a_county_finds_the_board_in_the_menu(scene: Above, make: Factory) -> None:
    with make.session() as session:
        both = Oversight(account_id=scene.office.actor.user_id, region_code=REGION, since=make.now)
        session.add(both)
    client = scene.as_(scene.office)

    page = client.get_page("/versions")

    assert page.select_one(".topbar-end a[href='/oversight']")


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/returns", {"year": "2026"}),
        ("/members", {"name": "某", "role": "leader"}),
        ("/tasks/views", {"name": "我的"}),
        ("/basic", {}),
    ],
)
def test_forms_of_an_entered_county_change_nothing(scene: Above, path: str, data: dict[str, str]) -> None:
    client = scene.as_(scene.prefecture)
    client.post_page("/oversight/counties/990101/enter", {})
    before = scene.n_members(), scene.state()

    answer = client.http.post(path, data=data)

    assert answer.status_code in (403, 404, 405, 409, 422), answer.status_code
    assert (scene.n_members(), scene.state()) == before


def test_what_is_read_and_taken_above_the_counties_is_noted(scene: Above, make: Factory) -> None:
    standing = scene.hand_up()
    client = scene.as_(scene.prefecture)

    for path in ("/oversight?show=silent", f"/oversight/standings/{standing}", "/oversight.xlsx?sort=missed"):
        assert client.http.get(path).status_code == 200

    with make.session() as session:
        taken = session.scalars(
            sa.select(PlatformEntry)
            .where(PlatformEntry.thing.startswith("/oversight"))
            .order_by(PlatformEntry.no)
        ).all()
        who = scene.prefecture.actor.user_id
        told = [(one.account_id, one.role, one.act, one.thing, one.after) for one in taken]
        assert told[-3:] == [
            (who, "overseer", "read", "/oversight", {"show": "silent"}),
            (who, "overseer", "read", f"/oversight/standings/{standing}", None),
            (who, "overseer", "export", "/oversight.xlsx", {"sort": "missed"}),
        ]
        assert taken[-1].title.endswith(".xlsx")
