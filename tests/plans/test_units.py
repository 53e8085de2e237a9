"""The order in which units are offered."""

import sqlalchemy as sa

from plans.acceptance import accept_draft
from plans.base import new_id
from plans.models import Unit
from plans.units import in_plan_order, plan_order
from tests.conftest import NOW
from tests.factories import Factory
from tests.plans.drafts import draft, measure
from tests.plans.scene import Scene


def accept(scene: Scene, digit: str, *measures: list[str]) -> None:
    group = {
        "title": "任务",
        "measures": [measure(no, "建校", units) for no, units in enumerate(measures, 1)],
    }
    wanted = draft(groups=[group], duties=[], indicators=[])
    accept_draft(
        scene.session, scene.office, draft=wanted, source_sha256=digit * 64, source_name="方案.docx", at=NOW
    )
    scene.session.commit()


def test_units_stand_as_the_newest_plan_names_them_then_as_older_ones_then_by_name(scene: Scene) -> None:
    scene.session.add_all([Unit(id=new_id(), name=name, aliases=[]) for name in ("乡镇二", "乡镇一")])
    accept(scene, "a", ["县残联", "县政府办"])
    accept(scene, "b", ["县委办", "县教育局"], ["县政府办", "县委办"])

    units = scene.session.scalars(in_plan_order(sa.select(Unit))).all()
    named = [unit.name for unit in units if unit.id in plan_order(scene.session)]

    assert named == ["县委办", "县教育局", "县政府办", "县残联"]
    assert [unit.id for unit in units][: len(named)] == list(plan_order(scene.session))
    rest = [unit.name for unit in units[len(named) :]]
    assert rest == sorted(rest)
    assert {"乡镇一", "乡镇二"} <= set(rest)


def test_plans_of_another_county_give_no_order(scene: Scene, make: Factory) -> None:
    accept(scene, "a", ["县教育局", "县政府办"])
    elsewhere = make.county("乙县（示例）")
    with make.session(elsewhere) as session:
        session.add_all([Unit(id=new_id(), name=name, aliases=[]) for name in ("县教育局", "县政府办")])
    with make.session(elsewhere) as session:
        names = [unit.name for unit in session.scalars(in_plan_order(sa.select(Unit)))]

    assert names == ["县政府办", "县教育局"]
