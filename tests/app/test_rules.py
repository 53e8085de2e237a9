"""Rules that a county may choose: relaxations with proof and dates, open questions, variants, own targets."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app.assessments.items import ItemLine, item_lines
from app.assessments.queries import latest
from app.models import RelaxationSwitch
from plans.actors import Role
from tests.app.county_data import measures, report, school
from tests.app.task_scene import a_file
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.queries import count_queries

LARGE = {"students_primary": 2100.0, "built_year": 2005.0}
IN_TIME = {"starts_on": "2022-01-01", "ends_on": "2022-10-31"}
LATE = {"starts_on": "2026-01-01", "ends_on": "2026-12-31"}


@pytest.fixture
def office(make: Factory) -> Member:
    member = make.member(make.county())
    county = {"special_students": 100.0, "special_funds_wan": 65.0}
    county |= {"junior_graduates": 96.0, "junior_intake": 100.0, "junior_deaths": 0.0}
    county |= {"junior_transfer_in": 0.0, "junior_transfer_out": 0.0}
    report(make, member, measures(school(1, **LARGE), county=county), year=2026)
    return member


def item(make: Factory, member: Member, code: str) -> ItemLine:
    with make.session(member.actor.county_id) as session:
        return next(one for one in item_lines(session, latest(session, 2026)) if one.code == code)


def relax(client: PageClient, status: int = 200, code: str = "G4-built", **fields: Any) -> BeautifulSoup:
    sent = {"code": code, **LATE, "reason": "上级批复沿用", "files": a_file(), **fields}
    return client.post_page("/rules/relaxations", {k: v for k, v in sent.items() if v is not None}, status)


def test_no_relaxation_is_on_unless_switched_on(client: PageClient, make: Factory, office: Member) -> None:
    client.sign_in(office)

    page = client.get_page("/rules")

    assert {pill.text.strip() for pill in page.select("#relaxations .pill")} == {"未启用"}
    assert (item(make, office, "G4").verdict, item(make, office, "G4").relaxed) == ("not_met", [])


def test_relaxation_is_named_in_the_result_that_it_changed(
    client: PageClient, make: Factory, office: Member
) -> None:
    client.sign_in(office)

    page = relax(client)

    line = item(make, office, "G4")
    assert (line.verdict, line.relaxed) == ("met", ["G4-built"])
    assert "启用放宽条款 G4-built" in line.reason
    assert "理由：上级批复沿用" in line.reason
    assert "G4 学校规模：未达标 → 达标" in page.select_one("#G4-built").text
    assert "启用放宽条款 G4-built" in client.get_page("/indicators").select_one(".basis").text


def test_relaxation_after_its_end_needs_a_reason(client: PageClient, make: Factory, office: Member) -> None:
    client.sign_in(office)

    page = relax(client, 422, reason=" ")

    assert (
        "适用期为 2019-10-01 至 2022-10-31，超出部分须写明沿用的理由。"
        in page.select_one(".message-red").text
    )
    assert item(make, office, "G4").verdict == "not_met"


def test_relaxation_within_its_dates_needs_no_reason(
    client: PageClient, make: Factory, office: Member
) -> None:
    client.sign_in(office)

    relax(client, **IN_TIME, reason="")

    with make.session(office.actor.county_id) as session:
        assert [row.code for row in session.query(RelaxationSwitch)] == ["G4-built"]
    assert item(make, office, "G4").verdict == "not_met", "its days are over in 2026"


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"files": None}, "须至少附一份佐证材料"),
        ({"ends_on": "2025-12-31"}, "结束日期早于开始日期"),
        ({"code": "R5-grounds"}, "只对经证明的学校适用"),
        ({"schools": "外县小学"}, "找不到学校：外县小学"),
    ],
)
def test_relaxation_that_is_not_proved_is_refused(
    client: PageClient, make: Factory, office: Member, fields: dict[str, Any], refusal: str
) -> None:
    client.sign_in(office)

    page = relax(client, 422, **fields)

    assert refusal in page.select_one(".message-red").text
    with make.session(office.actor.county_id) as session:
        assert session.query(RelaxationSwitch).count() == 0


def test_same_relaxation_twice_for_the_same_days_is_refused(client: PageClient, office: Member) -> None:
    client.sign_in(office)
    relax(client)

    page = relax(client, 422)

    assert "在该时段已经启用" in page.select_one(".message-red").text


def test_relaxation_switched_off_counts_no_more_and_stays_as_history(
    client: PageClient, make: Factory, office: Member
) -> None:
    client.sign_in(office)
    relax(client)
    with make.session(office.actor.county_id) as session:
        switch_id = session.query(RelaxationSwitch).one().id

    refused = client.post_page(f"/rules/relaxations/{switch_id}/off", {"reason": ""}, 422)
    page = client.post_page(f"/rules/relaxations/{switch_id}/off", {"reason": "分流完成"})

    assert "停用放宽条款须写明理由。" in refused.text
    assert item(make, office, "G4").verdict == "not_met"
    assert "停用：分流完成" in page.select_one("#G4-built").text
    assert [event.text for event in page.select(".story b") if "放宽条款" in event.text] == [
        "放宽条款 G4-built",
        "放宽条款 G4-built",
    ]


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.UNIT, Role.SCHOOL, Role.OVERSEER])
def test_only_office_and_leader_change_rules(
    make: Factory, client: PageClient, office: Member, role: Role
) -> None:
    client.sign_in(make.member(office.actor.county_id, role))

    relax(client, 403)
    client.post_page("/rules/variant", {"variant": "region-7000"}, 403)
    client.post_page("/rules/settings/G3", {"G3-choice": "sum"}, 403)
    client.post_page(
        "/rules/targets", {"place": "Q1|net_intake|at_least|", "limit": "97", "source": "x"}, 403
    )

    assert client.get_page("/rules").select("form[action^='/rules']") == []


def test_choice_of_an_open_rule_is_shown_in_the_result(
    client: PageClient, make: Factory, office: Member
) -> None:
    client.sign_in(office)
    before = item(make, office, "Q1").settings

    page = client.post_page("/rules/settings/Q1", {"Q1-choice": "graduates_adjusted"})

    assert (before, item(make, office, "Q1").settings) == ({"Q1": "net_intake"}, {"Q1": "graduates_adjusted"})
    chosen = page.select_one("input[name='Q1-choice'][checked]")
    assert chosen["value"] == "graduates_adjusted"
    assert "（默认）" in page.select_one("#settings").text


def test_unknown_choice_is_not_found(client: PageClient, office: Member) -> None:
    client.sign_in(office)

    client.post_page("/rules/settings/Q1", {"Q1-choice": "anything"}, 404)
    client.post_page("/rules/variant", {"variant": "../../etc/passwd"}, 404)


def test_variant_of_the_region_tightens_the_standard(
    client: PageClient, make: Factory, office: Member
) -> None:
    client.sign_in(office)
    before = (item(make, office, "G7").verdict, item(make, office, "G7").requirement)

    client.post_page("/rules/variant", {"variant": "region-7000"})

    line = item(make, office, "G7")
    assert before == ("met", "≥ 6,000 元")
    assert (line.verdict, line.requirement) == ("not_met", "≥ 7,000 元")
    assert "示例区" in line.clause


def test_variant_switches_on_a_veto(client: PageClient, make: Factory, office: Member) -> None:
    client.sign_in(office)

    client.post_page("/rules/variant", {"variant": "region-8000"})

    assert item(make, office, "V7").verdict == "pending"


def test_target_of_the_county_tightens(client: PageClient, make: Factory, office: Member) -> None:
    client.sign_in(office)
    before = item(make, office, "Q1").verdict

    client.post_page(
        "/rules/targets", {"place": "Q1|net_intake|at_least|", "limit": "97", "source": "县实施方案"}
    )

    line = item(make, office, "Q1")
    assert (before, line.verdict, line.requirement) == ("met", "not_met", "≥ 97%")
    assert "本县目标（县实施方案）" in line.clause


def test_target_holds_whichever_form_of_the_rule_is_chosen(
    client: PageClient, make: Factory, office: Member
) -> None:
    client.sign_in(office)
    client.post_page(
        "/rules/targets", {"place": "Q1|net_intake|at_least|", "limit": "97", "source": "县实施方案"}
    )

    client.post_page("/rules/settings/Q1", {"Q1-choice": "graduates_adjusted"})

    assert item(make, office, "Q1").requirement == "≥ 97%"


def test_target_that_loosens_is_refused_with_both_values(
    client: PageClient, make: Factory, office: Member
) -> None:
    client.sign_in(office)

    page = client.post_page(
        "/rules/targets", {"place": "Q1|net_intake|at_least|", "limit": "94", "source": "县实施方案"}, 422
    )

    assert "上级标准 95，本级 94，不得放宽" in page.select_one(".field-error").text
    assert item(make, office, "Q1").requirement == "≥ 95%"


def test_target_overtaken_by_the_region_is_shown_as_a_conflict(
    client: PageClient, make: Factory, office: Member
) -> None:
    client.sign_in(office)
    client.post_page("/rules/targets", {"place": "G7||at_least|", "limit": "6500", "source": "县实施方案"})

    page = client.post_page("/rules/variant", {"variant": "region-7000"})

    assert "上级标准 7000，本级 6500，不得放宽" in page.select_one("#targets").text
    assert item(make, office, "G7").requirement == "≥ 7,000 元"


@pytest.mark.parametrize("limit", ["很多", "nan", "1e999999"])
def test_target_that_is_no_number_is_refused(client: PageClient, office: Member, limit: str) -> None:
    client.sign_in(office)

    page = client.post_page(
        "/rules/targets", {"place": "Q1|net_intake|at_least|", "limit": limit, "source": "县实施方案"}, 422
    )

    assert "目标值须为数字" in page.select_one(".field-error").text


def test_other_county_sees_and_keeps_its_own_rules(
    client: PageClient, make: Factory, office: Member, app: Flask
) -> None:
    client.sign_in(office)
    relax(client, reason="只属于本县的理由")
    other, theirs = make.member(make.county()), PageClient(app)
    report(make, other, measures(school(1, **LARGE)), year=2026)
    theirs.sign_in(other)
    with make.session(office.actor.county_id) as session:
        switch_id = session.query(RelaxationSwitch).one().id

    page = theirs.get_page("/rules")
    theirs.post_page(f"/rules/relaxations/{switch_id}/off", {"reason": "试探"}, 404)

    assert "只属于本县的理由" not in page.text
    assert item(make, other, "G4").verdict == "not_met"
    assert item(make, office, "G4").verdict == "met"


def test_rules_page_asks_the_same_number_of_queries_for_one_and_three_targets(
    client: PageClient, make: Factory, office: Member, app: Flask
) -> None:
    client.sign_in(office)
    numbers = []
    for places in (["Q1|net_intake|at_least|"], ["G7||at_least|", "S1||at_least|"]):
        for place in places:
            client.post_page("/rules/targets", {"place": place, "limit": "9000", "source": "县实施方案"})
        with count_queries(app) as sent:
            client.get_page("/rules")
        numbers.append(len(sent))

    assert numbers == [12, 12]
