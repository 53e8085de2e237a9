"""The page of the plan check."""

import pytest
import time_machine
from flask import Flask

from plans.acceptance import accept_draft
from plans.actors import Role
from tests.conftest import NOW
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.plans.drafts import draft, measure
from tests.queries import count_queries


@pytest.fixture(autouse=True)
def _fixed_clock() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def office(make: Factory, client: PageClient) -> Member:
    member = make.member(make.county())
    client.sign_in(member)
    return member


def accepted(make: Factory, office: Member, **changes: object) -> int:
    with make.session(office.actor.county_id) as session:
        plan = accept_draft(
            session,
            office.actor,
            draft=draft(**changes),
            source_sha256="c" * 64,
            source_name="方案.docx",
            at=NOW,
        )
        return plan.id


def measures(*texts: str, units: tuple[str, ...] = ("县教育局",)) -> list[dict[str, object]]:
    rows = [measure(no, f"措施{no}", list(units)) | {"text": text} for no, text in enumerate(texts, 1)]
    return [{"title": "任务", "measures": rows}]


def test_findings_stand_in_groups_with_place_and_way_out(
    client: PageClient, make: Factory, office: Member
) -> None:
    plan = accepted(make, office, groups=measures("加强管理", units=()), phases=[], milestones=[])

    page = client.get_page(f"/plans/{plan}/check")

    assert page.h1.text == "方案检查发现 5 处，其中 2 处须改。"
    assert [title.text for title in page.select(".card-head h2")] == [
        "措施没有牵头单位",
        "没有完成时限",
        "措施还没有任务",
        "没有可衡量的结果",
        "没有对应指标",
    ]
    [row] = page.select("#no_task tbody tr")
    assert row.select_one("td.cell-main").text == "措施1 措施1"
    assert row.a["href"].startswith("/tasks/new?measure=")
    assert page.select_one("#no_lead tbody a")["href"].startswith(f"/plans/{plan}/parts/measure/")


def test_target_below_the_national_standard_is_named(
    client: PageClient, make: Factory, office: Member
) -> None:
    promise = {"indicator_code": "Q1", "stage": None, "relation": ">=", "unit": "%", "year": 2029}
    low = promise | {"value": 90.0, "sentence": "巩固率达到90%", "paragraph": 12}
    fine = promise | {"value": 95.0, "sentence": "巩固率达到95%", "paragraph": 13}
    groups = measures("巩固率达到90%", "巩固率达到95%")
    groups[0]["measures"][0]["targets"] = [low]
    groups[0]["measures"][1]["targets"] = [fine]
    plan = accepted(make, office, groups=groups)

    page = client.get_page(f"/plans/{plan}/check")

    assert [row.select("td")[2].text for row in page.select("#target_too_low tbody tr")] == [
        "指标Q1目标为90%，低于国家标准（不低于95%）。"
    ]
    assert len(page.select("#targets_conflict tbody tr")) == 1


def test_plan_page_counts_the_findings(client: PageClient, make: Factory, office: Member) -> None:
    plan = accepted(make, office, groups=measures("加强管理", units=()))

    page = client.get_page("/plan")

    assert page.select_one(f"a[href='/plans/{plan}/check']").text == "逐处查看 ›"


def test_unit_reads_the_findings_without_links(client: PageClient, make: Factory) -> None:
    office = make.member(make.county())
    plan = accepted(make, office, groups=measures("加强管理", units=()))
    client.sign_in(make.member(office.actor.county_id, Role.UNIT, make.unit(office.actor.county_id)))

    page = client.get_page(f"/plans/{plan}/check")

    assert page.select("tbody td:last-child a, main form") == []
    assert "指定牵头单位" in page.select_one("#no_lead").text


def test_check_of_another_county_is_not_found(client: PageClient, make: Factory, office: Member) -> None:
    client.get_page(f"/plans/{make.plan(make.county())}/check", 404)


@pytest.mark.parametrize("n", [1, 30])
def test_check_takes_the_same_statements_for_any_length(
    app: Flask, client: PageClient, make: Factory, office: Member, n: int
) -> None:
    plan = accepted(make, office, groups=measures(*["加强管理"] * n))
    for _task in range(min(n, 3)):
        make.task(office.actor.county_id, unit_id=make.unit(office.actor.county_id), plan_id=plan)

    with count_queries(app) as sent:
        page = client.get_page(f"/plans/{plan}/check")

    assert len(page.select("#no_task tbody tr")) == n
    assert len(sent) == 21
