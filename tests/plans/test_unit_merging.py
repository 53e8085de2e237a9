"""Two names of one office become one unit."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.models import Membership
from plans.acceptance import accept_draft
from plans.actors import Actor, Role
from plans.commands import assign_task
from plans.duties import DutyTerms, add_duty
from plans.errors import ActNotAllowed, NotFound, ReasonMissing
from plans.models import DutySupport, IndicatorDutyUnit, MeasureUnit, Plan, Task, TaskSupport, Unit, UnitDuty
from plans.periods import RULES, Every
from plans.revisions import approve_plan, plan_changes
from plans.unit_merging import merge_units
from plans.work_errors import SameUnit
from tests.conftest import NOW
from tests.factories import Factory
from tests.plans.drafts import draft, measure
from tests.plans.scene import Scene


@pytest.fixture
def plan(scene: Scene) -> Plan:
    groups = [
        {
            "title": "任务",
            "measures": [
                measure(1, "建校", ["县教体局", "县住建局"], lead=["县教体局"]),
                measure(2, "育人", ["县教育局", "县教体局"], lead=["县教体局"]),
            ],
        }
    ]
    duties = [{"units": ["县教体局", "县教育局"], "text": "统筹"}]
    wanted = draft(groups=groups, duties=duties, indicators=[])
    made = accept_draft(
        scene.session, scene.office, draft=wanted, source_sha256="a" * 64, source_name="方案.docx", at=NOW
    )
    scene.plan_id = made.id
    return made


def unit(session: Session, name: str) -> Unit:
    return session.scalars(sa.select(Unit).where(Unit.name == name)).one()


def merge(scene: Scene, actor: Actor | None = None, reason: str = "", into: int | None = None) -> Unit:
    return merge_units(
        scene.session,
        actor or scene.office,
        plan_id=scene.plan_id,
        unit_id=unit(scene.session, "县教体局").id,
        into_id=into or unit(scene.session, "县教育局").id,
        reason=reason,
        at=NOW,
    )


def test_measures_and_duties_go_over_once_and_the_lead_stays_a_lead(scene: Scene, plan: Plan) -> None:
    kept = merge(scene)

    links = scene.session.query(MeasureUnit).join(Unit, Unit.id == MeasureUnit.unit_id)
    assert sorted((link.measure_id, link.unit.name, link.is_lead) for link in links) == sorted(
        [
            (plan.measures[0].id, "县教育局", True),
            (plan.measures[0].id, "县住建局", False),
            (plan.measures[1].id, "县教育局", True),
        ]
    )
    assert scene.session.scalars(sa.select(UnitDuty.unit_names)).all() == [["县教育局"]]
    assert scene.session.query(IndicatorDutyUnit).count() == 0
    assert "县教体局" in kept.aliases
    assert scene.session.query(Unit).filter_by(name="县教体局").count() == 0


def test_tasks_supports_and_recurring_duties_go_over_and_nobody_helps_himself(
    scene: Scene, plan: Plan
) -> None:
    double, kept = unit(scene.session, "县教体局"), unit(scene.session, "县教育局")
    task = assign_task(
        scene.session,
        scene.office,
        plan_id=plan.id,
        measure_id=None,
        title="补教室",
        details="",
        lead_unit_id=double.id,
        support_unit_ids=[kept.id],
        indicator_codes=[],
        due_on=NOW.date(),
        at=NOW,
    )
    terms = DutyTerms("调度", "", Every.YEAR, RULES[Every.YEAR], None, kept.id, [double.id])
    add_duty(scene.session, scene.office, plan_id=plan.id, terms=terms, at=NOW)

    merge(scene)

    assert scene.session.get_one(Task, (task.county_id, task.id)).lead_unit_id == kept.id
    assert scene.session.query(TaskSupport).count() == 0
    assert scene.session.query(DutySupport).count() == 0


def test_people_of_the_unit_go_over(scene: Scene, plan: Plan) -> None:
    member = scene.session.query(Membership).filter_by(role=Role.UNIT).one()
    member.unit_id = unit(scene.session, "县教体局").id

    kept = merge(scene)

    assert scene.session.query(Membership).filter_by(role=Role.UNIT).one().unit_id == kept.id


def test_merger_is_a_change_of_the_plan_and_needs_a_reason_once_approved(scene: Scene, plan: Plan) -> None:
    approve_plan(scene.session, _leader(scene), plan_id=plan.id, note="", at=NOW)
    with pytest.raises(ReasonMissing):
        merge(scene)

    merge(scene, reason="同一单位")

    assert [(c.field, c.before, c.after, c.reason) for c in plan_changes(scene.session, plan.id)] == [
        ("units", "县教体局", "并入县教育局", "同一单位")
    ]


def test_unit_is_not_merged_into_itself(scene: Scene, plan: Plan) -> None:
    with pytest.raises(SameUnit):
        merge(scene, into=unit(scene.session, "县教体局").id)


def test_unit_of_another_county_is_not_found_and_keeps_its_rows(make: Factory, scene: Scene) -> None:
    with pytest.raises(NotFound):
        merge_units(
            scene.session,
            scene.office,
            plan_id=scene.plan_id,
            unit_id=scene.unit_id,
            into_id=1,
            reason="",
            at=NOW,
        )


@pytest.mark.parametrize("who", ["unit", "supervisor"])
def test_units_are_merged_by_those_who_plan(scene: Scene, plan: Plan, who: str) -> None:
    with pytest.raises(ActNotAllowed):
        merge(scene, actor=getattr(scene, who))


def _leader(scene: Scene) -> Actor:
    return Actor(1, "组长", scene.office.county_id, Role.LEADER)
