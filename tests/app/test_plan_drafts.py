"""Correcting a draft in the browser, with and without htmx."""

from io import BytesIO

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from plans.actors import Role
from plans.pushing import push_template
from tests.app.draft_forms import ROW, kept, sent
from tests.app.test_planning import PLAN_TEXT
from tests.conftest import NOW
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.plans.drafts import measure
from tests.queries import count_queries

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _fixed_clock() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def office(make: Factory, client: PageClient) -> Member:
    member = make.member(make.county())
    client.sign_in(member)
    return member


def test_rows_show_the_words_that_they_were_read_from(client: PageClient, office: Member) -> None:
    page = client.post_page("/plan/new", {"document": (BytesIO(PLAN_TEXT.encode()), "方案.txt")})

    assert [text.text for text in page.select("#measures .source-text")] == [
        "1.改善校舍。新建和改造一批校舍。",
        "2.配齐教师。按编制补充教师。",
    ]


def test_row_is_corrected_without_script(client: PageClient, make: Factory, office: Member) -> None:
    row = kept(make, office.actor.county_id)
    form = client.get_page(f"{ROW.format(row)}/edit")

    page = client.post_page(ROW.format(row), sent(form, title="改造校舍", lead="县住建局", support="教育局"))

    cells = [cell.get_text(" ", strip=True) for cell in page.select("#measures-1 td")]
    assert cells == [
        "1",
        "改造校舍 改善校舍的内容",
        "—",
        "县住建局",
        "县教育局",
        "第 12 段 1.改善校舍。原来的话 已更正",
        "更正",
    ]
    log = page.select_one("#corrections tbody tr").get_text("|", strip=True)
    assert log == (
        f"2026年11月22日 09:00|{office.actor.name}|更正措施 改造校舍|"
        "标题：改善校舍 → 改造校舍；牵头单位：空 → 县住建局；配合单位：空 → 县教育局；"
        "责任单位：县教育局、县住建局 → 县住建局、县教育局"
    )


def test_row_is_corrected_in_place(client: PageClient, make: Factory, office: Member) -> None:
    row = kept(make, office.actor.county_id)
    form = BeautifulSoup(client.http.get(f"{ROW.format(row)}/edit", headers=HTMX).text, "html.parser")

    answer = client.http.post(ROW.format(row), data=sent(form, title="改造校舍"), headers=HTMX)

    part = BeautifulSoup(answer.text, "html.parser")
    assert form.select_one("tr")["id"] == "measures-1"
    assert part.select_one("tr#measures-1 summary").text == "改造校舍"
    assert [element["id"] for element in part.select("[hx-swap-oob]")] == [
        "draft-state",
        "units",
        "draft-log",
    ]
    assert part.select_one("input[name=version]")["value"] == "2"


def test_row_can_be_left_alone_again(client: PageClient, make: Factory, office: Member) -> None:
    row = kept(make, office.actor.county_id)

    answer = client.http.get(ROW.format(row), headers=HTMX)

    assert BeautifulSoup(answer.text, "html.parser").select_one("tr#measures-1 summary").text == "改善校舍"


def test_bad_value_is_refused_on_its_field(client: PageClient, make: Factory, office: Member) -> None:
    row = kept(make, office.actor.county_id)
    path = f"/plan/drafts/{row}/rows/phases/phases-1"
    form = client.get_page(f"{path}/edit")

    page = client.post_page(path, sent(form, start="2026年", steps="成立专班\n印发方案"), 422)

    assert page.select_one("#phases-1-start-error").text == "时间应写作 2027-09 或 2027-09-30。"
    assert page.select_one("[name=steps]").text.split() == ["成立专班", "印发方案"]


def test_second_person_sees_what_the_first_wrote_beside_the_own_words(
    client: PageClient, make: Factory, office: Member
) -> None:
    row = kept(make, office.actor.county_id)
    form = client.get_page(f"{ROW.format(row)}/edit")
    client.post_page(ROW.format(row), sent(form, title="改造校舍"))

    page = client.post_page(ROW.format(row), sent(form, title="新建校舍"), 422)

    assert office.actor.name in page.select_one(".field-error").text
    assert "改造校舍" in page.select_one(".now").text
    assert page.select_one("[name=title]")["value"] == "新建校舍"
    again = client.post_page(ROW.format(row), sent(page))
    assert again.select_one("#measures-1 summary").text == "新建校舍"


def test_row_is_added_deleted_and_restored(client: PageClient, make: Factory, office: Member) -> None:
    row = kept(make, office.actor.county_id)
    rows = f"/plan/drafts/{row}/rows"
    new = client.get_page(f"{rows}/duties/new")

    added = client.post_page(f"{rows}/duties", sent(new, units="县财政局", text="安排经费"))
    form = client.get_page(f"{ROW.format(row)}/edit")
    deleted = client.post_page(f"{ROW.format(row)}/delete", sent(form))
    restored = client.post_page(f"{ROW.format(row)}/restore", {})

    assert "县财政局" in added.select_one("#duties-2").text
    assert deleted.select_one("#measures-1") is None
    assert "改善校舍" in deleted.select_one("#removed").text
    assert restored.select_one("#measures-1 summary").text == "改善校舍"


def test_unit_is_renamed_merged_and_removed(client: PageClient, make: Factory, office: Member) -> None:
    row = kept(make, office.actor.county_id)
    units = f"/plan/drafts/{row}/units"
    client.get_page(f"{units}/edit?name=县教育局")

    client.post_page(
        units, {"act": "rename", "name": "县教育局", "new_name": "县教体局", "aliases": "教育局"}
    )
    client.post_page(units, {"act": "merge", "name": "县住建局", "into": "县教体局"})
    page = client.post_page(units, {"act": "remove", "name": "县人社局"})

    assert [line.select_one("td").text for line in page.select("#units tbody tr")] == ["县教体局"]
    assert page.select("#units tbody td")[1].text == "教育局、县教育局、县住建局"


def test_name_of_another_unit_is_refused_on_the_form(
    client: PageClient, make: Factory, office: Member
) -> None:
    row = kept(make, office.actor.county_id)

    page = client.post_page(
        f"/plan/drafts/{row}/units", {"act": "rename", "name": "县教育局", "new_name": "县住建局"}, 422
    )

    assert page.select_one("#new_name-error").text == "“县住建局”已是县住建局的名称，请改用“并入”。"


def test_unit_is_merged_into_none_by_a_stray_click(client: PageClient, make: Factory, office: Member) -> None:
    row = kept(make, office.actor.county_id)
    form = client.get_page(f"/plan/drafts/{row}/units/edit?name=县教育局")
    first = form.select_one("[name=into] option")["value"]

    page = client.post_page(
        f"/plan/drafts/{row}/units", {"act": "merge", "name": "县教育局", "into": first}, 422
    )

    assert page.select_one("#into-error").text == "请选择要并入的单位。"


def test_gap_of_the_document_is_settled(client: PageClient, make: Factory, office: Member) -> None:
    gap = {"kind": "table_unread", "where": "表2", "message": "表2的表头无法识别，未读入，请核对。"}
    row = kept(make, office.actor.county_id, gaps=[gap])

    page = client.post_page(f"/plan/drafts/{row}/gaps/settle", {"where": "表2", "message": gap["message"]})

    assert "表2的表头" not in page.select_one("#draft-state").text


def test_locked_words_are_shown_and_refused(client: PageClient, make: Factory, office: Member) -> None:
    row = kept(make, office.actor.county_id, locked=("measures",))
    form = client.get_page(f"{ROW.format(row)}/edit")
    preview = client.get_page(f"/plan/drafts/{row}")

    page = client.post_page(ROW.format(row), sent(form, title="改造校舍"), 422)
    taken = client.post_page(ROW.format(row), sent(form, lead="县住建局"))

    assert [field["name"] for field in form.select(".row-fields [name]")] == ["lead", "support"]
    assert preview.select("#measures .card-more") == []
    assert "由地区教育局统一下发并锁定" in page.select_one(".field-error").text
    assert "县住建局" in taken.select_one("#measures-1").text


@pytest.mark.parametrize("role", [Role.UNIT, Role.SUPERVISOR])
def test_only_office_and_leader_correct(client: PageClient, make: Factory, role: Role) -> None:
    county = make.county()
    row, plan = kept(make, county), make.plan(county)
    client.sign_in(make.member(county, role))

    client.get_page(f"{ROW.format(row)}/edit", 403)
    client.post_page(ROW.format(row), {"title": "改造校舍"}, 403)
    client.post_page(f"{ROW.format(row)}/delete", {}, 403)
    client.post_page(f"/plan/drafts/{row}/units", {"act": "remove", "name": "县教育局"}, 403)
    client.post_page("/plan/new/template", {"template": "to-2032"}, 403)
    client.post_page(f"/plans/{plan}/next", {}, 403)


@pytest.mark.parametrize(
    "path", ["rows/measures/measures-9/edit", "rows/other/other-1/edit", "rows/head/new"]
)
def test_row_that_is_not_there_is_not_found(
    client: PageClient, make: Factory, office: Member, path: str
) -> None:
    client.get_page(f"/plan/drafts/{kept(make, office.actor.county_id)}/{path}", 404)


@pytest.mark.parametrize("measures", [1, 30])
def test_preview_takes_the_same_statements_for_any_length(
    app: Flask, client: PageClient, make: Factory, office: Member, measures: int
) -> None:
    many = [measure(n, f"措施{n}", ["县教育局"]) for n in range(1, measures + 1)]
    row = kept(make, office.actor.county_id, groups=[{"title": "任务", "measures": many}])

    with count_queries(app) as statements:
        page = client.get_page(f"/plan/drafts/{row}")

    assert len(page.select("#measures tbody tr[id]")) == measures
    assert len(statements) == 7


def test_draft_of_a_wrong_file_is_thrown_away_and_may_be_read_again(
    client: PageClient, office: Member
) -> None:
    document = {"document": (BytesIO(PLAN_TEXT.encode()), "方案.txt")}
    page = client.post_page("/plan/new", document)
    form = page.select_one("form[action$='/drop']")
    seen = form.select_one("[name=version]")["value"]

    after = client.post_page(form["action"], {"version": seen})
    client.get_page(form["action"].removesuffix("/drop"), 404)
    again = client.post_page("/plan/new", {"document": (BytesIO(PLAN_TEXT.encode()), "方案.txt")})

    assert "草稿已删除" in after.select_one(".message").text
    assert "方案.txt" not in after.main.text
    assert len(again.select("#measures .source-text")) == 2


def test_draft_corrected_meanwhile_is_not_thrown_away(
    client: PageClient, make: Factory, office: Member
) -> None:
    row = kept(make, office.actor.county_id)
    address = ROW.format(row).partition("/rows/")[0]
    seen = client.get_page(address).select_one("form[action$='/drop'] [name=version]")["value"]
    form = client.get_page(f"{ROW.format(row)}/edit")
    client.post_page(ROW.format(row), sent(form, title="改造校舍"))

    page = client.post_page(f"{address}/drop", {"version": seen}, 422)

    assert "改过这份草稿，本次操作没有生效" in page.select_one(".message-red").text
    assert "改造校舍" in client.get_page(address).select_one("#measures").text


def test_draft_handed_down_or_made_a_plan_stays(client: PageClient, make: Factory, office: Member) -> None:
    with make.session(office.actor.county_id) as session:
        sent_down = push_template(session, name="to-2032", locked=[], by="示例区", at=NOW).id
    handed = client.get_page(f"/plan/drafts/{sent_down}")
    page = client.post_page("/plan/new", {"document": (BytesIO(PLAN_TEXT.encode()), "方案.txt")})
    address = page.select_one("form[action$='/accept']")["action"].removesuffix("/accept")
    client.post_page(f"{address}/accept", {"version": page.select_one("[name=version]")["value"]})

    assert handed.select("form[action$='/drop']") == []
    for draft in (f"/plan/drafts/{sent_down}", address):
        client.post_page(f"{draft}/drop", {"version": "1"}, 409)
        client.get_page(draft)
