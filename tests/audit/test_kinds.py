"""Every kind of entry that the log promises is written, each by the road that leads to it."""

import pytest
from flask import Flask

from app.admin.counties import resume, suspend
from app.audit.doers import Doer
from app.audit.words import ACTS
from app.models.assessments import VersionMove
from app.models.audit import Act
from plans.actors import Role
from plans.base import County
from tests.app.oversight_scene import Above, above_scene
from tests.audit.log import check, entries
from tests.factories import Factory
from tests.tenant.test_settings import GIVEN


@pytest.fixture
def scene(app: Flask, make: Factory) -> Above:
    return above_scene(app, make)


def test_every_kind_of_entry_is_written(scene: Above, make: Factory) -> None:
    last = entries(make, scene.county)[-1].no

    _use_every_road(scene, make)

    written = [entry.act for entry in entries(make, scene.county) if entry.no > last]
    assert set(written) == set(Act) - {Act.PRUNE}  # pruning: test_keeping.py
    assert check(make, scene.county).fault is None


def _use_every_road(scene: Above, make: Factory) -> None:
    """Sign-ins, data, roles, verdicts, exports, settings, reads from above, a lock and its end."""
    office = scene.as_(scene.office)
    make.unit(scene.county)
    make.member(scene.county, Role.LEADER)
    office.post_page("/settings", {**GIVEN, "soon_days": "15"})
    office.http.get("/tasks.xlsx")
    office.http.post("/sign-out")
    office.http.post("/sign-in", data={"login": scene.office.login, "password": "wrong"})
    scene.move(VersionMove.FREEZE)
    scene.as_(scene.prefecture).post_page("/oversight/counties/990101/enter", {})
    scene.move(VersionMove.SUBMIT)
    with make.session(scene.county) as session:
        county = session.get_one(County, scene.county)
        suspend(session, Doer(who="平台"), county, at=make.now)
        session.flush()
        resume(session, Doer(who="平台"), county)


def test_locking_and_unlocking_have_kinds_of_their_own(scene: Above, make: Factory) -> None:
    for move, note in ((VersionMove.FREEZE, ""), (VersionMove.SUBMIT, ""), (VersionMove.RECALL, "数据有误")):
        scene.move(move, note)
    with make.session(scene.county) as session:
        county = session.get_one(County, scene.county)
        suspend(session, Doer(who="平台"), county, at=make.now)
        session.flush()
        resume(session, Doer(who="平台"), county)

    told = [(entry.thing.partition(":")[0], entry.act) for entry in entries(make, scene.county)]

    assert [act for thing, act in told if thing == "assessment_move"] == [Act.LOCK, Act.VERDICT, Act.UNLOCK]
    assert [act for thing, act in told if thing == "county"][-4:].count(Act.UNLOCK) >= 1
    assert (str(ACTS[Act.LOCK]), str(ACTS[Act.UNLOCK])) == ("锁定", "解锁")
