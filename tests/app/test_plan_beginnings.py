"""What a new plan begins from, and what of a draft is accepted."""

from io import BytesIO

import pytest
import time_machine
from flask import Flask

from plans.base import County
from plans.models import Plan
from tests.app.draft_forms import ROW, kept, sent, sent_accept
from tests.app.test_planning import PLAN_TEXT
from tests.conftest import NOW
from tests.factories import Factory, Member
from tests.pages import PageClient


@pytest.fixture(autouse=True)
def _fixed_clock() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def office(make: Factory, client: PageClient) -> Member:
    member = make.member(make.county())
    client.sign_in(member)
    return member


def test_corrections_are_what_is_accepted(client: PageClient, make: Factory, office: Member) -> None:
    row = kept(make, office.actor.county_id)
    form = client.get_page(f"{ROW.format(row)}/edit")
    preview = client.post_page(ROW.format(row), sent(form, title="改造校舍"))
    accept = sent_accept(preview)

    for _click in range(2):
        page = client.post_page(f"/plan/drafts/{row}/accept", accept)

    assert page.select_one("#measures summary").text == "改造校舍"
    with make.session(office.actor.county_id) as session:
        assert session.query(Plan).count() == 1


def test_draft_that_changed_since_it_was_shown_is_shown_again(
    client: PageClient, make: Factory, office: Member
) -> None:
    row = kept(make, office.actor.county_id)
    accept = sent_accept(client.get_page(f"/plan/drafts/{row}"))
    form = client.get_page(f"{ROW.format(row)}/edit")
    client.post_page(ROW.format(row), sent(form, title="改造校舍"))

    page = client.post_page(f"/plan/drafts/{row}/accept", accept, 422)

    assert "方案没有建立" in page.select_one(".message-red").text
    with make.session(office.actor.county_id) as session:
        assert session.query(Plan).count() == 0


def test_document_read_again_keeps_its_corrections(client: PageClient, make: Factory, office: Member) -> None:
    upload = {"document": (BytesIO(PLAN_TEXT.encode()), "方案.txt")}
    first = client.post_page("/plan/new", upload)
    path = first.select_one("form[action$='/accept']")["action"].removesuffix("/accept")
    form = client.get_page(f"{path}/rows/measures/measures-1/edit")
    client.post_page(f"{path}/rows/measures/measures-1", sent(form, title="改造校舍"))

    again = client.post_page("/plan/new", {"document": (BytesIO(PLAN_TEXT.encode()), "方案.txt")})

    assert again.select_one("#measures-1 summary").text == "改造校舍"


def test_plan_begins_from_a_template(client: PageClient, make: Factory, office: Member) -> None:
    start = client.get_page("/plan/new")
    preview = client.post_page("/plan/new/template", {"template": "to-2032"})
    waiting = client.get_page("/plan/new")

    assert [field["value"] for field in start.select("[name=template]")] == ["to-2029", "to-2032"]
    assert len(preview.select("#measures tbody tr[id]")) == 26
    assert waiting.select_one("td.cell-main").text == "义务教育优质均衡发展推进方案（2022—2032年）"


def test_plan_begins_from_the_last_one_and_takes_its_tasks(
    client: PageClient, make: Factory, office: Member
) -> None:
    county = office.actor.county_id
    client.post_page(f"/plan/drafts/{kept(make, county)}/accept", {})
    with make.session(county) as session:
        plan = session.query(Plan).one()
        plan_id, measure_id = plan.id, plan.measures[0].id
    make.task(county, unit_id=make.unit(county), plan_id=plan_id, measure_id=measure_id)

    preview = client.post_page(f"/plans/{plan_id}/next", {})
    page = client.post_page(preview.select_one("form[action$='/accept']")["action"], {})

    assert page.h1.text.startswith("方案 2 项措施已交办 1 项")
    assert page.select_one(".card-note a")["href"] == f"/plans/{plan_id}"


def test_region_pushes_a_template_to_its_counties(app: Flask, make: Factory, client: PageClient) -> None:
    county = make.county("甲县")
    office = make.member(county)
    with make.session() as session:
        code = session.get_one(County, county).code

    done = app.test_cli_runner().invoke(
        args=["plans", "push", "to-2032", "--county", code, "--county", "000000", "--lock", "goals,phases"]
    )

    client.sign_in(office)
    page = client.get_page("/plan/new")
    assert "甲县：已下发" in done.output
    assert (done.exit_code, "未下发：000000" in done.output) == (1, True)
    assert [cell.text for cell in page.select("tbody td")[:3]] == [
        "义务教育优质均衡发展推进方案（2022—2032年）",
        "上级下发",
        "工作目标、阶段",
    ]


def test_unknown_part_cannot_be_locked(app: Flask) -> None:
    done = app.test_cli_runner().invoke(
        args=["plans", "push", "to-2032", "--county", "000000", "--lock", "colours"]
    )

    assert (done.exit_code, "没有 colours 这样的部分" in done.output) == (2, True)
