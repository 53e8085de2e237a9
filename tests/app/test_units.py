"""The units and their tasks."""

import time_machine
from flask import Flask

from plans.base import new_id
from plans.models import Measure, MeasureUnit
from tests.app.task_scene import task_scene
from tests.conftest import NOW
from tests.factories import Factory


def test_units_stand_in_the_order_of_the_plan_and_hold_only_the_own_county(app: Flask, make: Factory) -> None:
    scene, elsewhere = task_scene(app, make), make.county()
    make.task(elsewhere, unit_id=make.unit(elsewhere, "别县教育局"))
    second = make.unit(scene.county, "县财政局")
    for unit_id in (second, second):
        make.task(scene.county, unit_id=unit_id, plan_id=scene.plan_id)
    with make.session(scene.county) as session:
        measure = Measure(id=new_id(), plan_id=scene.plan_id, no=1, group_title="", title="措施", text="")
        measure.units = [MeasureUnit(unit_id=second, no=1), MeasureUnit(unit_id=scene.unit_id, no=2)]
        session.add(measure)

    with time_machine.travel(NOW, tick=False):
        page = scene.as_(scene.office).get_page("/units")

    rows = [[cell.text for cell in row("td")] for row in page.select("tbody tr")]
    assert rows == [
        ["县财政局", "2", "0", "0", "2", "0", "2", "0"],
        ["县教育局", "1", "0", "0", "1", "0", "1", "0"],
    ]
