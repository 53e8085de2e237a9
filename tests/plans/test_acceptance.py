"""A draft becomes rows, once."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from plans.acceptance import accept_draft
from plans.actors import Actor, Role
from plans.errors import ActNotAllowed, NothingToAccept, PlanAlreadyAccepted
from plans.models import Plan, Unit
from tests.conftest import NOW
from tests.factories import Factory
from tests.plans.drafts import draft, measure


@pytest.fixture
def office(make: Factory) -> Actor:
    return make.member(make.county()).actor


def accept(session: Session, actor: Actor, sha256: str = "a" * 64, **changes: object) -> Plan:
    return accept_draft(
        session,
        actor,
        draft=draft(**changes),
        source_sha256=sha256,
        source_name="实施方案.docx",
        at=NOW,
    )


def test_accepted_plan_holds_everything_in_order(make: Factory, office: Actor) -> None:
    with make.session(office.county_id) as session:
        plan = accept(session, office)

        assert (plan.title, plan.document_no, plan.horizon_year) == (
            "甲县实施方案",
            "甲政办发〔2026〕1号",
            2029,
        )
        assert [(p.title, p.starts_on, p.ends_on, p.steps) for p in plan.phases] == [
            ("启动阶段", None, date(2026, 12, 31), ["成立专班"]),
            ("验收阶段", date(2027, 9, 1), date(2029, 9, 30), []),
        ]
        assert [(m.no, m.group_title, m.title, m.source_paragraph) for m in plan.measures] == [
            (1, "办学条件", "改善校舍", 12),
            (2, "教师队伍", "配齐教师", 15),
        ]
        assert [(s.due_on, s.text) for s in plan.milestones] == [(date(2028, 2, 29), "完成自评")]
        assert [
            (d.code, d.indicator_code, [link.unit.name for link in d.units]) for d in plan.indicator_duties
        ] == [("B1", "R1", ["县人社局", "县教育局"])]
        assert [(d.unit_names, d.text) for d in plan.unit_duties] == [(["县教育局"], "统筹创建工作")]
        assert plan.gaps == [{"kind": "no_goals", "where": "全文", "message": "没有读到工作目标"}]


def test_first_unit_leads_by_assumption_unless_written(make: Factory, office: Actor) -> None:
    written = measure(2, "配齐教师", ["县人社局", "县教育局"], lead=["县教育局"])
    groups = [{"title": "任务", "measures": [measure(1, "改善校舍", ["县住建局", "县教育局"]), written]}]

    with make.session(office.county_id) as session:
        plan = accept(session, office, groups=groups)

        assert [
            (m.lead.name, m.lead_is_assumed, [unit.name for unit in m.supports]) for m in plan.measures
        ] == [("县住建局", True, ["县教育局"]), ("县教育局", False, ["县人社局"])]


def test_measures_numbered_anew_in_each_group_keep_their_order(make: Factory, office: Actor) -> None:
    groups = [
        {"title": "甲", "measures": [measure(1, "一", []), measure(2, "二", [])]},
        {"title": "乙", "measures": [measure(1, "三", []), measure(None, "四", [])]},
    ]

    with make.session(office.county_id) as session:
        plan = accept(session, office, groups=groups)

        assert [(m.no, m.title) for m in plan.measures] == [(1, "一"), (2, "二"), (3, "三"), (4, "四")]
        assert [(m.lead, m.lead_is_assumed) for m in plan.measures] == [(None, False)] * 4


def test_units_are_found_again_by_name_or_alias(make: Factory, office: Actor) -> None:
    known = make.unit(office.county_id, "县编办")
    units = [{"name": "县委编办", "aliases": ["县编办", "编委办"]}, {"name": "县教育局", "aliases": []}]
    groups = [{"title": "任务", "measures": [measure(1, "核编", ["县委编办", "县编办", "县教育局"])]}]

    with make.session(office.county_id) as session:
        plan = accept(session, office, units=units, groups=groups, indicators=[], duties=[])
        found = [
            (unit.id == known, unit.name, unit.aliases) for unit in session.query(Unit).order_by(Unit.id)
        ]
        linked = [link.unit.name for link in plan.measures[0].units]

    assert found == [(True, "县编办", ["县委编办", "编委办"]), (False, "县教育局", [])]
    assert linked == ["县编办", "县教育局"]


def test_units_of_another_county_are_not_reused(make: Factory, office: Actor) -> None:
    elsewhere = make.unit(make.county(), "县教育局")

    with make.session(office.county_id) as session:
        plan = accept(session, office)

        assert elsewhere not in {link.unit_id for m in plan.measures for link in m.units}


def test_same_document_makes_no_second_plan(make: Factory, office: Actor) -> None:
    with make.session(office.county_id) as session:
        accept(session, office)

    with make.session(office.county_id) as session:
        with pytest.raises(PlanAlreadyAccepted) as refusal:
            accept(session, office)
        n_plans = session.query(Plan).count()

    assert str(refusal.value) == "该文件已导入为《甲县实施方案》，未重复建立。"
    assert n_plans == 1


def test_two_counties_may_accept_the_same_document(make: Factory, office: Actor) -> None:
    other = make.member(make.county()).actor

    for actor in (office, other):
        with make.session(actor.county_id) as session:
            accept(session, actor)
            assert session.query(Plan).count() == 1


@pytest.mark.parametrize("role", [Role.UNIT, Role.SUPERVISOR, Role.SCHOOL, Role.OVERSEER])
def test_only_leader_and_office_accept(make: Factory, role: Role) -> None:
    actor = make.member(make.county(), role).actor

    with make.session(actor.county_id) as session, pytest.raises(ActNotAllowed):
        accept(session, actor)


def test_draft_without_measures_and_indicators_is_refused(make: Factory, office: Actor) -> None:
    with make.session(office.county_id) as session, pytest.raises(NothingToAccept):
        accept(session, office, groups=[{"title": "空", "measures": []}], indicators=[])


def test_title_longer_than_its_column_is_cut_and_kept_whole_in_the_text(make: Factory, office: Actor) -> None:
    long_title = "改" * 201
    groups = [{"title": "任务", "measures": [measure(1, long_title, [])]}]

    with make.session(office.county_id) as session:
        found = accept(session, office, groups=groups).measures[0]

        assert (found.title, found.text) == ("改" * 199 + "…", f"{long_title}\n改善校舍的内容")
