"""What a new plan begins from, and what of a draft is accepted."""

from datetime import datetime
from io import BytesIO

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from plans.base import County
from plans.calendar import ZONE
from plans.models import Plan
from plans.origins import start_from_template
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


def test_day_of_a_draft_is_the_one_in_china(client: PageClient, make: Factory, office: Member) -> None:
    early = datetime(2026, 11, 22, 2, tzinfo=ZONE)  # the evening before by UTC
    with make.session(office.actor.county_id) as session:
        start_from_template(session, office.actor, name="to-2032", at=early)

    page = client.get_page("/plan/new")

    assert page.select_one("tbody time").text == "2026年11月22日"


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

    assert "本次操作没有生效" in page.select_one(".message-red").text
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


def test_preview_shows_days_and_numbers_that_were_read(
    client: PageClient, make: Factory, office: Member
) -> None:
    words = (
        "示例县义务教育优质均衡发展实施方案\n一、工作目标\n到2029年，巩固率达到96%以上。\n二、重点任务\n"
        "（一）配置\n1.配齐教室。2028年底前，每百名学生拥有多媒体教室小学2.3间以上。每学期自查。\n2.建校。"
    )

    page = client.post_page("/plan/new", {"document": (BytesIO(words.encode()), "方案.txt")})

    rows = [row.select("td") for row in page.select("#measures tbody tr[id]")]
    assert [row[2].text for row in rows] == ["2028-12-31、每学期", "—"]
    assert rows[0][1].select_one(".under").text == "读出目标：R7 小学≥2.3间（2028年）"
    assert page.select_one("#goals .under").text == "读出目标：Q1 ≥96%（2029年）"


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
    assert "早于全县目标年" not in done.output
    assert (done.exit_code, "未下发：000000" in done.output) == (1, True)
    assert [cell.text for cell in page.select("tbody td")[:3]] == [
        "义务教育优质均衡发展推进方案（2022—2032年）",
        "上级下发",
        "工作目标、阶段",
    ]


@pytest.mark.parametrize(("year", "is_warned"), [(2029, False), (2030, True)])
def test_operator_and_office_are_warned_of_a_template_that_ends_too_early(
    app: Flask, make: Factory, client: PageClient, year: int, is_warned: bool
) -> None:
    make.county("甲县", code="990101", horizon_year=year)
    with make.session() as session:
        county = session.scalars(sa.select(County.id)).one()
    client.sign_in(make.member(county))

    done = app.test_cli_runner().invoke(args=["plans", "push", "to-2029", "--county", "990101"])
    start = client.get_page("/plan/new")
    preview = client.post_page("/plan/new/template", {"template": "to-2029"})

    words = f"到2029年为止，早于全县目标年{year}年，{year}年没有安排。"
    said = [f"甲县：请注意，模板{words}" in done.output, f"模板{words}" in start.text]
    assert [*said, f"草稿{words}" in preview.text] == [is_warned] * 3


def test_what_came_from_above_is_told_and_its_locks_hold(
    app: Flask, make: Factory, client: PageClient
) -> None:
    make.region("990000", "示例区")
    county = make.county("甲县", code="990101")
    above = PageClient(app)
    above.sign_in(make.overseer("990000"))
    office = make.member(county)
    client.sign_in(office)

    above.post_page("/oversight/templates/to-2029/push", {"place": ["990000"], "lock": ["goals", "measures"]})

    waiting = client.get_page("/plan").select_one(".message")
    draft = waiting.a["href"]
    preview = client.get_page(draft)
    form = client.get_page(f"{draft}/rows/goals/goals-1/edit")
    refused = client.post_page(f"{draft}/rows/goals/goals-1", sent(form, text="另定"), 422)
    plan = client.post_page(f"{draft}/accept", sent_accept(preview))
    edit = client.get_page(plan.select_one("#measures a[href*='/parts/measure/']")["href"])
    title = "县域义务教育优质均衡发展创建实施方案（到2029年）"
    assert waiting.text.startswith(f"示例区下发了方案草稿《{title}》，锁定：工作目标、措施。")
    assert "工作目标、措施由示例区统一下发并锁定" in preview.text
    assert "由示例区统一下发并锁定，本县不能改动。如需调整，请报示例区修订后重新下发。" in refused.text
    assert "示例区下发，锁定：工作目标、措施" in plan.select_one(".basis").text
    assert "下发了方案草稿" not in plan.text
    assert edit.select("[name=title]") == []


def test_unknown_part_cannot_be_locked(app: Flask) -> None:
    done = app.test_cli_runner().invoke(
        args=["plans", "push", "to-2032", "--county", "000000", "--lock", "colours"]
    )

    assert (done.exit_code, "没有 colours 这样的部分" in done.output) == (2, True)
