"""What an area does every day must go on working under the guard."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.auth.accounts import memberships_of
from app.auth.presence import current_presence
from app.extensions import db
from app.models import Membership
from app.tenancy import OtherCounty, enter_county
from plans.actors import Role
from plans.base import County, new_id
from plans.models import Phase, Plan, Task, TaskEvent, TaskIndicator, Unit
from tests.factories import Factory
from tests.pages import PageClient
from tests.tenancy.conftest import OWN_UNIT, Scene


def test_new_row_is_stamped_with_the_county(scene: Scene) -> None:
    unit = Unit(name="县财政局", aliases=[])

    scene.session.add(unit)
    scene.session.commit()

    assert unit.county_id == scene.own.county_id


def test_children_are_stamped_with_their_parent(scene: Scene) -> None:
    plan = scene.session.scalars(sa.select(Plan)).one()

    plan.phases = [Phase(no=1, title="启动阶段"), Phase(no=2, title="攻坚阶段")]
    scene.session.commit()

    assert [(phase.county_id, phase.title) for phase in plan.phases] == [
        (scene.own.county_id, "启动阶段"),
        (scene.own.county_id, "攻坚阶段"),
    ]


def test_changed_row_is_saved_and_read_anew(scene: Scene) -> None:
    unit = scene.session.scalars(sa.select(Unit)).one()

    unit.name = "甲县教育和体育局"
    scene.session.commit()
    scene.session.refresh(unit)

    assert unit.name == "甲县教育和体育局"


def test_relationship_is_refreshed_alone(scene: Scene) -> None:
    task = scene.session.scalars(sa.select(Task)).first()

    scene.session.refresh(task, ["lead_unit", "events"])

    assert (task.lead_unit.name, len(task.events)) == (OWN_UNIT, 1)


def test_child_taken_from_its_parent_is_deleted(scene: Scene) -> None:
    task = scene.session.scalars(sa.select(Task)).first()
    task.indicators = [TaskIndicator(code="R1"), TaskIndicator(code="R2")]
    scene.session.commit()

    del task.indicators[0]
    scene.session.commit()

    assert scene.session.scalars(sa.select(TaskIndicator.code)).all() == ["R2"]


def test_deleted_row_takes_its_children_along(scene: Scene) -> None:
    task = scene.session.scalars(sa.select(Task)).first()

    scene.session.delete(task)
    scene.session.commit()

    assert scene.session.scalar(sa.select(sa.func.count(Task.id))) == 1
    assert scene.session.scalar(sa.select(sa.func.count(TaskEvent.id))) == 1


def test_bulk_insert_is_stamped(scene: Scene) -> None:
    rows = [{"id": new_id(), "name": name, "aliases": []} for name in ("县财政局", "县人社局")]

    scene.session.execute(sa.insert(Unit), rows)
    scene.session.commit()

    names = sa.select(Unit.county_id, Unit.name).where(Unit.name != OWN_UNIT).order_by(Unit.name)
    assert scene.session.execute(names).all() == [
        (scene.own.county_id, "县人社局"),
        (scene.own.county_id, "县财政局"),
    ]


def test_bulk_insert_gives_rows_back(scene: Scene) -> None:
    rows = [{"name": "县财政局", "aliases": []}, {"name": "县人社局", "aliases": []}]

    units = scene.session.scalars(sa.insert(Unit).returning(Unit), rows).all()

    assert [(unit.county_id, unit.name) for unit in units] == [
        (scene.own.county_id, "县财政局"),
        (scene.own.county_id, "县人社局"),
    ]


def test_bulk_update_by_key_is_stamped(scene: Scene) -> None:
    scene.session.execute(sa.update(Unit), [{"id": scene.own.unit_id, "name": "甲县教体局"}])
    scene.session.commit()

    assert scene.session.scalars(sa.select(Unit.name)).all() == ["甲县教体局"]


def test_many_rows_are_flushed_together(scene: Scene) -> None:
    scene.session.add_all([Unit(name=f"第{number}单位", aliases=[]) for number in range(50)])
    scene.session.commit()

    assert scene.session.scalar(sa.select(sa.func.count(Unit.id))) == 51


def test_savepoint_can_be_rolled_back(scene: Scene) -> None:
    with scene.session.begin_nested() as savepoint:
        scene.session.add(Unit(name="暂存单位", aliases=[]))
        scene.session.flush()
        savepoint.rollback()
    scene.session.commit()

    assert scene.session.scalars(sa.select(Unit.name)).all() == [OWN_UNIT]


def test_merge_of_an_own_row_updates_it(scene: Scene) -> None:
    key = {"county_id": scene.own.county_id, "id": scene.own.unit_id}

    scene.session.merge(Unit(**key, name="甲县教体局", aliases=[]))
    scene.session.commit()

    assert scene.session.scalars(sa.select(Unit.name)).all() == ["甲县教体局"]


def test_global_tables_need_no_county(scene: Scene) -> None:
    db.session.remove()

    assert db.session.scalar(sa.select(sa.func.count(County.id))) == 2
    assert db.session.execute(sa.text("select 1")).scalar() == 1


def test_county_can_be_entered_again(scene: Scene) -> None:
    enter_county(scene.session, scene.own.county_id)

    assert scene.session.info["county_id"] == scene.own.county_id


def test_failed_flush_leaves_a_usable_session(scene: Scene) -> None:
    scene.session.add(Unit(county_id=scene.other.county_id, name="外县单位", aliases=[]))
    with pytest.raises(OtherCounty):
        scene.session.flush()
    scene.session.rollback()

    scene.session.add(Unit(name="县财政局", aliases=[]))
    scene.session.commit()

    assert scene.session.scalar(sa.select(sa.func.count(Unit.id))) == 2


def test_roles_in_two_counties_survive_a_commit(app: Flask, make: Factory) -> None:
    member, second = make.member(make.county()), make.county()
    with make.session(second) as session:
        session.add(Membership(account_id=member.actor.user_id, role=Role.LEADER))

    with app.app_context():
        choices = memberships_of(db.session(), member.actor.user_id)
        enter_county(db.session(), member.actor.county_id)
        db.session.commit()

        roles = [(membership.county_id, membership.role) for membership, _county in choices]

    assert roles == [(member.actor.county_id, Role.OFFICE), (second, Role.LEADER)]


def test_person_of_two_counties_sees_the_chosen_one(client: PageClient, make: Factory) -> None:
    member, second = make.member(make.county("第一示例县")), make.county("第二示例县")
    with make.session(second) as session:
        membership = Membership(id=new_id(), account_id=member.actor.user_id, role=Role.LEADER)
        session.add(membership)
        chosen = membership.id
    client.sign_in(member)

    with client.http as http:
        http.get(f"/counties/{chosen}")
        http.get("/tasks")

        assert current_presence().county.name == "第二示例县"
