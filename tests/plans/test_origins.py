"""Where drafts come from beside documents: built-in plans, those sent down, and the plan in force."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy.orm import Session

from plans.acceptance import accept_draft
from plans.actors import Actor, Role
from plans.base import new_id
from plans.commands import assign_task
from plans.corrections.commands import correct_row, delete_row, fingerprint
from plans.corrections.errors import LockedByAnother, PartLocked
from plans.corrections.parts import Part, find_row, rows_of
from plans.errors import ActNotAllowed, NotFound, PlanAlreadyAccepted
from plans.models import KeptDraft, Milestone, Plan, PlanTarget, Quantity, RecurringDuty, Target, Task
from plans.origins import start_from_template
from plans.pushing import push_template
from plans.successor import draft_next_version, hand_over
from plans.templates import UnknownTemplate, load_template
from tests.conftest import NOW
from tests.factories import Factory


@dataclass
class County:
    """A county in scope with its office."""

    session: Session
    office: Actor

    def accept(self, draft: KeptDraft) -> Plan:
        plan = accept_draft(
            self.session,
            self.office,
            draft=draft.body,
            source_sha256=draft.source_sha256,
            source_name=draft.source_name,
            at=NOW,
        )
        hand_over(self.session, draft, plan)
        return plan

    def begin(self, name: str = "to-2029") -> KeptDraft:
        return start_from_template(self.session, self.office, name=name, at=NOW)

    def next_version(self, plan: Plan) -> KeptDraft:
        return draft_next_version(self.session, self.office, plan_id=plan.id, at=NOW)

    def task(self, plan: Plan, no: int) -> Task:
        measure = plan.measures[no - 1]
        return assign_task(
            self.session,
            self.office,
            plan_id=plan.id,
            measure_id=measure.id,
            title=measure.title,
            details="",
            lead_unit_id=measure.units[0].unit_id,
            support_unit_ids=[],
            indicator_codes=[],
            due_on=date(2027, 6, 30),
            at=NOW,
        )


@pytest.fixture
def county(make: Factory) -> Iterator[County]:
    county_id = make.county()
    office = make.member(county_id).actor
    with make.session(county_id) as session:
        yield County(session, office)


def test_template_begins_one_draft(county: County) -> None:
    first, again = county.begin(), county.begin()

    assert first is again
    assert first.body["goals"] == load_template("to-2029")["goals"]
    assert [row["key"] for row in rows_of(first.body, Part.PHASES)] == ["phases-1", "phases-2", "phases-3"]


def test_accepted_template_leads_to_its_plan(county: County) -> None:
    plan = county.accept(county.begin())

    assert county.begin() is plan


def test_unknown_template_is_refused(county: County) -> None:
    with pytest.raises(UnknownTemplate):
        county.begin("to-1999")


@pytest.mark.parametrize("role", [Role.UNIT, Role.SUPERVISOR])
def test_only_assigners_begin_a_plan(county: County, role: Role) -> None:
    plan = county.accept(county.begin())
    county.office = Actor(1, "外人", county.office.county_id, role)

    with pytest.raises(ActNotAllowed):
        county.begin()
    with pytest.raises(ActNotAllowed):
        county.next_version(plan)


def test_pushed_template_is_locked_and_goes_back_to_its_words_there(county: County) -> None:
    draft = county.begin()
    for part, values in ((Part.GOALS, {"text": "另一个目标"}), (Part.HEAD, {"title": "本县方案"})):
        key = rows_of(draft.body, part)[0]["key"]
        seen = fingerprint(find_row(draft.body, part, key))
        correct_row(
            county.session,
            county.office,
            draft_id=draft.id,
            part=part,
            key=key,
            values=values,
            seen=seen,
            at=NOW,
        )

    push_template(county.session, name="to-2029", locked=[Part.GOALS], by="地区", at=NOW)

    assert (draft.locked_parts, draft.locked_by) == (["goals"], "地区")
    assert draft.body["goals"] == load_template("to-2029")["goals"]
    assert draft.body["title"] == "本县方案"


def test_template_is_not_pushed_over_an_accepted_plan(county: County) -> None:
    county.accept(county.begin())

    with pytest.raises(PlanAlreadyAccepted):
        push_template(county.session, name="to-2029", locked=[], by="地区", at=NOW)


@pytest.mark.parametrize(("by", "below", "is_refused"), [("市", (), True), ("区", ("市", "地区"), False)])
def test_locks_of_another_give_way_only_where_he_stands_below(
    county: County, by: str, below: tuple[str, ...], is_refused: bool
) -> None:
    draft = push_template(county.session, name="to-2029", locked=[Part.GOALS], by="地区", at=NOW)
    again = {"name": "to-2029", "locked": [Part.PHASES], "by": by, "below": below, "at": NOW}

    if is_refused:
        with pytest.raises(LockedByAnother, match="地区下发并锁定“工作目标”"):
            push_template(county.session, **again)
    else:
        push_template(county.session, **again)

    assert (draft.locked_by, draft.locked_parts) == (("地区", ["goals"]) if is_refused else (by, ["phases"]))


def test_lock_goes_along_to_the_next_version(county: County) -> None:
    plan = county.accept(
        push_template(county.session, name="to-2029", locked=[Part.GOALS], by="地区", at=NOW)
    )

    draft = county.next_version(plan)

    with pytest.raises(PartLocked, match="地区"):
        delete_row(
            county.session,
            county.office,
            draft_id=draft.id,
            part=Part.GOALS,
            key="goals-1",
            seen="",
            at=NOW,
        )


def test_next_version_says_what_the_plan_says(county: County) -> None:
    plan = county.accept(county.begin())

    copy = county.accept(county.next_version(plan))

    def words(one: Plan) -> list[object]:
        return [
            one.title,
            one.goals,
            [(p.title, p.starts_on, p.ends_on, p.steps) for p in one.phases],
            [(m.group_title, m.title, m.text, [u.unit.name for u in m.units]) for m in one.measures],
            [(m.stated_due_on, m.text) for m in one.milestones],
            [(d.indicator_code, d.text, [u.unit.name for u in d.units]) for d in one.indicator_duties],
            [(d.unit_names, d.text) for d in one.unit_duties],
            sorted((t.indicator_code, t.stage or "", t.value, t.year) for t in _of(county, PlanTarget, one)),
            [(d.title, d.every, d.rule) for d in _of(county, RecurringDuty, one)],
        ]

    assert copy.id != plan.id
    assert words(copy) == words(plan)


def test_next_version_is_begun_once_and_leads_to_its_plan(county: County) -> None:
    plan = county.accept(county.begin())
    draft = county.next_version(plan)

    assert county.next_version(plan) is draft
    made = county.accept(draft)
    assert county.next_version(plan) is made


def test_next_version_takes_over_tasks_targets_and_what_was_reached(county: County) -> None:
    plan = county.accept(county.begin())
    kept, dropped = county.task(plan, 2), county.task(plan, 1)
    stone = plan.milestones[0]
    stone.achieved_on, stone.criteria = date(2026, 11, 1), "印发方案"
    county.session.add(
        Target(
            id=new_id(),
            plan_id=plan.id,
            indicator_code="R7",
            stage="primary",
            quantity=Quantity.MEAN,
            baseline_year=2025,
            baseline=2.0,
            horizon_year=2029,
            due=2.3,
            steps={},
        )
    )
    county.session.flush()
    draft = county.next_version(plan)
    seen = fingerprint(find_row(draft.body, Part.MEASURES, "measures-1"))
    delete_row(
        county.session,
        county.office,
        draft_id=draft.id,
        part=Part.MEASURES,
        key="measures-1",
        seen=seen,
        at=NOW,
    )

    made = county.accept(draft)

    assert (kept.plan_id, kept.measure_id) == (made.id, made.measures[0].id)
    assert (dropped.plan_id, dropped.measure_id) == (made.id, None)
    assert [(t.indicator_code, t.due) for t in _of(county, Target, made)] == [("R7", 2.3)]
    heir = county.session.query(Milestone).filter_by(plan_id=made.id, text=stone.text).one()
    assert (heir.achieved_on, heir.criteria) == (date(2026, 11, 1), "印发方案")


def test_plan_of_another_county_has_no_next_version(county: County, make: Factory) -> None:
    elsewhere = make.plan(make.county())

    with pytest.raises(NotFound):
        draft_next_version(county.session, county.office, plan_id=elsewhere, at=NOW)


def _of(county: County, kind: type, plan: Plan) -> list:
    return county.session.query(kind).filter_by(plan_id=plan.id).order_by(kind.id).all()
