"""An accepted draft brings its promised numbers, its deadlines and what comes back."""

from datetime import date
from typing import Any

import pytest

from plans.acceptance import accept_draft
from plans.actors import Actor
from plans.models import Plan, RecurringDuty
from plans.periods import Every
from plans.templates import load_template
from tests.conftest import NOW
from tests.factories import Factory
from tests.plans.drafts import draft, measure


@pytest.fixture
def office(make: Factory) -> Actor:
    return make.member(make.county()).actor


def promised(code: str | None, value: float, stage: str | None = None) -> dict[str, Any]:
    return {
        "indicator_code": code,
        "stage": stage,
        "relation": ">=",
        "value": value,
        "unit": "%",
        "year": 2029,
        "sentence": f"到2029年不低于{value}%",
        "paragraph": 7,
    }


def read(**more: Any) -> dict[str, Any]:
    return {**measure(1, "教师交流", ["县教育局", "县人社局"], lead=["县人社局"]), **more}


def test_promises_keep_their_sentence_and_measures_their_indicators(make: Factory, office: Actor) -> None:
    groups = [{"title": "任务", "measures": [read(targets=[promised("Q1", 96.0), promised(None, 95.0)])]}]
    goals = [{"text": "目标", "paragraph": 3, "targets": [promised("S1", 85.0)]}]
    rows = draft()["indicators"]
    rows[0]["targets"] = [promised(None, 4.2, "primary")]

    with make.session(office.county_id) as session:
        plan = _accept(session, office, draft(groups=groups, goal_sources=goals, indicators=rows))

        assert [
            (t.no, t.measure and t.measure.title, t.indicator_code, t.stage, t.value) for t in plan.targets
        ] == [
            (1, None, "S1", None, 85.0),
            (2, "教师交流", "Q1", None, 96.0),
            (3, "教师交流", None, None, 95.0),
            (4, None, "R1", "primary", 4.2),
        ]
        assert [(t.relation, t.unit, t.year, t.sentence, t.source_paragraph) for t in plan.targets][1] == (
            ">=",
            "%",
            2029,
            "到2029年不低于96.0%",
            7,
        )
        assert [link.code for link in plan.measures[0].indicators] == ["Q1"]


def test_deadlines_are_working_days_and_the_written_day_stays(make: Factory, office: Actor) -> None:
    groups = [{"title": "任务", "measures": [read(due="2027-01"), measure(2, "配齐教师", [])]}]
    milestones = [{"due": "2028-12-31", "text": "完成自评"}]

    with make.session(office.county_id) as session:
        plan = _accept(session, office, draft(groups=groups, milestones=milestones))

        assert [(m.stated_due_on, m.due_on) for m in plan.measures] == [
            (date(2027, 1, 31), date(2027, 1, 29)),
            (None, None),
        ]
        assert [(m.stated_due_on, m.due_on, m.phase.title) for m in plan.milestones] == [
            (date(2028, 12, 31), date(2028, 12, 29), "验收阶段")
        ]


def test_words_that_come_back_become_duties_with_assumed_days(make: Factory, office: Actor) -> None:
    words = read(recurrence=["每学期", "长期"], text="坚持长期抓。每学期自查一次；年终总结。")

    with make.session(office.county_id) as session:
        _accept(session, office, draft(groups=[{"title": "任务", "measures": [words]}]))

        (duty,) = session.query(RecurringDuty)
        assert (duty.title, duty.details, duty.every, duty.is_assumed, len(duty.occurrences)) == (
            "教师交流",
            "每学期自查一次；",
            Every.TERM,
            True,
            12,
        )
        assert (duty.lead_unit.name, [link.unit.name for link in duty.supports]) == ("县人社局", ["县教育局"])


def test_template_brings_its_duties_laid_out_to_2032(make: Factory, office: Actor) -> None:
    with make.session(office.county_id) as session:
        plan = _accept(session, office, load_template("to-2029"))

        duties = session.query(RecurringDuty).order_by(RecurringDuty.no)
        assert [(d.no, d.every, len(d.occurrences), d.is_assumed) for d in duties] == [
            (1, Every.YEAR, 6, False),
            (2, Every.YEAR, 6, False),
            (3, Every.YEAR, 7, False),
            (4, Every.QUARTER, 25, False),
            (5, Every.TERM, 12, False),
            (6, Every.MONTH, 74, False),
        ]
        assert [(t.indicator_code, t.value, t.year) for t in plan.targets][:2] == [
            ("Q1", 95.0, 2029),
            ("G11", 10.0, 2029),
        ]
        assert [link.code for link in plan.measures[3].indicators] == ["Q1"]


def _accept(session: Any, office: Actor, wanted: dict[str, Any]) -> Plan:
    return accept_draft(
        session, office, draft=wanted, source_sha256="a" * 64, source_name="方案.docx", at=NOW
    )
