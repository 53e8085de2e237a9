"""原定 beside 现定: approval, changes with reasons, milestones reached."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from plans.acceptance import accept_draft
from plans.actors import Actor, Person, Role
from plans.errors import ActNotAllowed, ReasonMissing
from plans.models import Measure, Milestone, Phase, Plan, PlanBaseline, PlanPart
from plans.revisions import (
    MeasureTerms,
    MilestoneTerms,
    PhaseTerms,
    approve_plan,
    change_measure,
    change_milestone,
    change_phase,
    plan_changes,
    plan_differences,
)
from plans.work_errors import EndsBeforeStart, StalePlan, WordsMissing
from tests.conftest import NOW
from tests.factories import Factory
from tests.plans.drafts import draft
from tests.plans.scene import Scene


@pytest.fixture
def plan(scene: Scene) -> Plan:
    return accept_draft(
        scene.session, scene.office, draft=draft(), source_sha256="a" * 64, source_name="方案.docx", at=NOW
    )


def approve(scene: Scene, plan: Plan, actor: Actor | None = None) -> PlanBaseline:
    leader = actor or replace(scene.office, role=Role.LEADER)
    return approve_plan(scene.session, leader, plan_id=plan.id, note="第3次会议通过", at=NOW)


def measure_terms(measure: Measure, **changes: object) -> MeasureTerms:
    given = {
        "title": measure.title,
        "text": measure.text,
        "stated_due_on": measure.stated_due_on,
        "lead_unit_id": measure.lead.id,
        "support_unit_ids": [unit.id for unit in measure.supports],
    }
    return MeasureTerms(**{**given, **changes})


def change(
    scene: Scene, measure: Measure, reason: str = "机构调整", seen: int | None = None, **changes: object
) -> Measure:
    return change_measure(
        scene.session,
        scene.office,
        measure_id=measure.id,
        terms=measure_terms(measure, **changes),
        seen_version=measure.version if seen is None else seen,
        reason=reason,
        at=NOW,
    )


def test_change_before_approval_needs_no_reason_and_is_recorded(scene: Scene, plan: Plan) -> None:
    changed = change(scene, plan.measures[0], "", stated_due_on=date(2027, 1, 31))

    assert (changed.stated_due_on, changed.due_on) == (date(2027, 1, 31), date(2027, 1, 29))
    assert [(c.field, c.before, c.after) for c in plan_changes(scene.session, plan.id)] == [
        ("stated_due_on", "", "2027-01-31")
    ]
    assert plan_differences(scene.session, plan) == []


def test_change_after_approval_needs_a_reason_and_shows_what_was_approved(scene: Scene, plan: Plan) -> None:
    approve(scene, plan)
    measure = plan.measures[0]
    lead, support = measure.lead, measure.supports[0]
    with pytest.raises(ReasonMissing):
        change(scene, measure, " ", weight=2)

    change(scene, measure, lead_unit_id=support.id, support_unit_ids=[lead.id], person=Person("示例同志"))

    assert [(d.part, d.title, d.field, d.before, d.now) for d in plan_differences(scene.session, plan)] == [
        (PlanPart.MEASURE, "改善校舍", "lead", "县教育局", "县住建局"),
        (PlanPart.MEASURE, "改善校舍", "supports", "县住建局", "县教育局"),
        (PlanPart.MEASURE, "改善校舍", "person", "", "示例同志"),
    ]
    assert {c.reason for c in plan_changes(scene.session, plan.id)} == {"机构调整"}


def test_what_is_changed_back_is_no_difference_and_both_changes_stay(scene: Scene, plan: Plan) -> None:
    approve(scene, plan)
    change(scene, plan.measures[0], weight=5)
    change(scene, plan.measures[0], "恢复原定", weight=1)

    assert plan_differences(scene.session, plan) == []
    assert len(plan_changes(scene.session, plan.id)) == 2


def test_save_without_any_change_is_not_recorded(scene: Scene, plan: Plan) -> None:
    change(scene, plan.measures[0])

    assert plan_changes(scene.session, plan.id) == []


def test_change_of_units_alone_makes_an_older_form_stale(scene: Scene, plan: Plan) -> None:
    measure = plan.measures[0]
    seen = measure.version
    change(scene, measure, support_unit_ids=[])

    with pytest.raises(StalePlan):
        change(scene, measure, seen=seen, title="别的名称")

    assert measure.title == "改善校舍"


def test_plan_is_approved_by_the_leading_group_once_unless_changed(scene: Scene, plan: Plan) -> None:
    with pytest.raises(ActNotAllowed):
        approve(scene, plan, scene.office)
    first, again = approve(scene, plan), approve(scene, plan)
    change(scene, plan.measures[0], weight=2)
    later = approve(scene, plan)

    assert (first is again, first.no, later.no) == (True, 1, 2)
    assert (plan.approved_at, plan_differences(scene.session, plan)) == (NOW, [])


def test_phase_and_milestone_change(scene: Scene, plan: Plan) -> None:
    approve(scene, plan)
    phase, stone = plan.phases[1], plan.milestones[0]

    _change_phase(scene, phase, PhaseTerms("迎检阶段", date(2027, 9, 1), date(2029, 10, 31), 2))
    _change_milestone(scene, stone, MilestoneTerms("完成自评", date(2028, 12, 31), "自评报告印发"))

    assert stone.due_on == date(2028, 12, 29)
    assert [(d.part, d.field, d.before, d.now) for d in plan_differences(scene.session, plan)] == [
        (PlanPart.PHASE, "title", "验收阶段", "迎检阶段"),
        (PlanPart.PHASE, "ends_on", "2029-09-30", "2029-10-31"),
        (PlanPart.PHASE, "weight", "1", "2"),
        (PlanPart.MILESTONE, "criteria", "", "自评报告印发"),
        (PlanPart.MILESTONE, "stated_due_on", "2028-02-29", "2028-12-31"),
    ]


def test_impossible_phase_and_empty_words_are_refused(scene: Scene, plan: Plan) -> None:
    with pytest.raises(EndsBeforeStart):
        _change_phase(scene, plan.phases[1], PhaseTerms("阶段", date(2028, 1, 2), date(2028, 1, 1)))
    with pytest.raises(WordsMissing):
        _change_milestone(scene, plan.milestones[0], MilestoneTerms(" ", date(2028, 1, 2)))


def test_plan_of_another_county_is_not_found(scene: Scene, make: Factory) -> None:
    elsewhere = make.plan(make.county())

    assert _plan_titles(scene.session) == ["示例实施方案"]
    assert plan_changes(scene.session, elsewhere) == []


def _plan_titles(session: Session) -> list[str]:
    return [plan.title for plan in session.query(Plan)]


def _change_phase(scene: Scene, phase: Phase, terms: PhaseTerms) -> None:
    change_phase(
        scene.session,
        scene.office,
        phase_id=phase.id,
        terms=terms,
        seen_version=phase.version,
        reason="计划调整",
        at=NOW,
    )


def _change_milestone(scene: Scene, stone: Milestone, terms: MilestoneTerms) -> None:
    change_milestone(
        scene.session,
        scene.office,
        milestone_id=stone.id,
        terms=terms,
        seen_version=stone.version,
        reason="计划调整",
        at=NOW,
    )
