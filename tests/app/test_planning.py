"""The plan in the browser: upload, preview, acceptance, the plan page; all without JavaScript."""

from io import BytesIO

import pytest
import time_machine
from docx import Document
from flask import Flask

from plans.actors import Role
from plans.models import Evidence, KeptDraft, Plan
from tests.conftest import NOW
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.plans.drafts import draft, measure
from tests.queries import count_queries

PLAN_TEXT = """甲县创建义务教育优质均衡发展县实施方案
一、工作目标
到2029年，全县各项指标达到标准。
（一）布局更合理。学校布局与人口相适应。
二、工作措施
（一）办好学校
1.改善校舍。新建和改造一批校舍。
责任单位：县教育局、住建局
2.配齐教师。按编制补充教师。
责任单位：县人社局、教育局
三、实施步骤
（一）启动阶段：2026年12月前
1.成立专班。
（二）验收阶段：2027年1月至2029年9月
1.2029年9月前，接受评估。
"""


@pytest.fixture(autouse=True)
def _fixed_clock() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def office(make: Factory, client: PageClient) -> Member:
    member = make.member(make.county())
    client.sign_in(member)
    return member


def word_file() -> bytes:
    document, content = Document(), BytesIO()
    for line in PLAN_TEXT.splitlines():
        document.add_paragraph(line)
    document.save(content)
    return content.getvalue()


def upload(client: PageClient, content: bytes, name: str = "实施方案.docx", status: int = 200):
    return client.post_page("/plan/new", {"document": (BytesIO(content), name)}, status)


def kept(make: Factory, county: int, **changes: object) -> int:
    with make.session(county) as session:
        row = KeptDraft(
            source_sha256="b" * 64,
            source_name="方案.docx",
            body=draft(**changes),
            read_at=NOW,
            read_by="示例",
        )
        session.add(row)
        session.flush()
        return row.id


def test_county_without_plan_is_told_what_to_do(client: PageClient, office: Member) -> None:
    page = client.get_page("/plan")

    assert page.h2.text == "还没有实施方案"
    assert page.select_one("main a.btn-primary")["href"] == "/plan/new"


def test_uploaded_word_file_is_previewed_and_accepted(
    client: PageClient, make: Factory, office: Member
) -> None:
    preview = upload(client, word_file())
    accept = preview.select_one("form[action$='/accept']")["action"]
    plan = client.post_page(accept, {})

    assert preview.h1.text.startswith("读到 2 项措施、0 项指标任务、0 条单位职责、2 个阶段；有 ")
    assert [row.text for row in preview.select("#measures .measure-cell summary")] == ["改善校舍", "配齐教师"]
    assert plan.h1.text == "方案 2 项措施都还没有交办任务。"
    assert [cell.text.split() for cell in plan.select("#measures td[data-label='牵头']")] == [
        ["县教育局", "暂定"],
        ["县人社局", "暂定"],
    ]
    with make.session(office.actor.county_id) as session:
        assert [(p.title, p.source_name) for p in session.query(Plan)] == [
            ("甲县创建义务教育优质均衡发展县实施方案", "实施方案.docx")
        ]


def test_text_file_is_read_too(client: PageClient, office: Member) -> None:
    preview = upload(client, PLAN_TEXT.encode("gb18030"), "方案.txt")

    assert len(preview.select("#measures .measure-cell summary")) == 2


def test_same_document_again_leads_to_its_plan(client: PageClient, make: Factory, office: Member) -> None:
    content = word_file()
    accept = upload(client, content).select_one("form[action$='/accept']")["action"]
    client.post_page(accept, {})

    twice = client.post_page(accept, {})
    again = upload(client, content, "另存的名字.docx")

    for page in (twice, again):
        assert "未重复建立" in page.select_one("#messages").text
        assert page.h1.text == "方案 2 项措施都还没有交办任务。"
    with make.session(office.actor.county_id) as session:
        assert session.query(Plan).count() == 1


def test_document_read_again_before_acceptance_replaces_its_draft(
    client: PageClient, make: Factory, office: Member
) -> None:
    content = word_file()
    first = upload(client, content).select_one("form[action$='/accept']")["action"]

    second = upload(client, content, "另存的名字.docx").select_one("form[action$='/accept']")["action"]

    assert second == first
    with make.session(office.actor.county_id) as session:
        assert (session.query(KeptDraft).count(), session.query(Evidence).count()) == (1, 1)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版.doc", "旧版 .doc"),
        (b"MZ\0\0", "程序.docx", "不是可读取的 Word 文件"),
        (b"", "空.docx", "没有文字"),
    ],
)
def test_unreadable_file_is_refused_on_the_form(
    client: PageClient, office: Member, content: bytes, name: str, words: str
) -> None:
    page = upload(client, content, name, 422)

    assert words in page.select_one("#document-hint").text


def test_upload_without_file_is_refused_on_the_form(client: PageClient, office: Member) -> None:
    page = client.post_page("/plan/new", {}, 422)

    assert page.select_one("#document-hint").text == "请选择实施方案文件。"


def test_draft_with_nothing_in_it_cannot_be_accepted(
    client: PageClient, make: Factory, office: Member
) -> None:
    row = kept(make, office.actor.county_id, groups=[], indicators=[])

    page = client.post_page(f"/plan/drafts/{row}/accept", {}, 409)

    assert "不能建立方案" in page.text


@pytest.mark.parametrize("role", [Role.UNIT, Role.SUPERVISOR, Role.SCHOOL, Role.OVERSEER])
def test_only_office_and_leader_upload_and_accept(client: PageClient, make: Factory, role: Role) -> None:
    county = make.county()
    row = kept(make, county)
    client.sign_in(make.member(county, role))

    client.get_page("/plan/new", 403)
    client.post_page("/plan/new", {"document": (BytesIO(word_file()), "方案.docx")}, 403)
    client.get_page(f"/plan/drafts/{row}", 403)
    client.post_page(f"/plan/drafts/{row}/accept", {}, 403)
    with make.session(county) as session:
        assert session.query(Plan).count() == 0


def test_draft_and_plan_of_another_county_are_not_found(
    client: PageClient, make: Factory, office: Member
) -> None:
    elsewhere = make.county()
    row, plan = kept(make, elsewhere), make.plan(elsewhere)

    client.get_page(f"/plan/drafts/{row}", 404)
    client.post_page(f"/plan/drafts/{row}/accept", {}, 404)
    client.get_page(f"/plans/{plan}", 404)
    with make.session(elsewhere) as session:
        assert session.query(Plan).count() == 1


def test_plan_page_shows_parts_gaps_and_source_paragraphs(
    client: PageClient, make: Factory, office: Member
) -> None:
    row = kept(make, office.actor.county_id)

    page = client.post_page(f"/plan/drafts/{row}/accept", {})

    assert [line.text for line in page.select("#measures .facts")] == ["第 12 段", "第 15 段"]
    assert "没有读到工作目标" in page.select_one("#gaps").text
    assert {"启动阶段", "验收阶段"} <= set(page.get_text("|").split("|"))
    assert page.select_one("a[href^='/tasks/new?measure=']").text == "交办"


def test_plan_page_of_a_unit_offers_no_acts(client: PageClient, make: Factory) -> None:
    county = make.county()
    make.plan(county)
    client.sign_in(make.member(county, Role.UNIT, make.unit(county)))

    page = client.get_page("/plan")

    assert page.select("main a.btn-primary, a[href^='/tasks/new']") == []


def test_plan_page_names_measures_without_units(client: PageClient, make: Factory, office: Member) -> None:
    groups = [{"title": "任务", "measures": [measure(1, "改善校舍", []), measure(2, "配齐教师", [])]}]
    row = kept(make, office.actor.county_id, groups=groups, units=[], duties=[], indicators=[])

    page = client.post_page(f"/plan/drafts/{row}/accept", {})

    assert page.h1.text == "方案 2 项措施都还没有交办任务；2 项措施没有责任单位。"
    assert [cell.text.strip() for cell in page.select("#measures td[data-label='牵头']")] == ["未定", "未定"]


@pytest.mark.parametrize("measures", [1, 30])
def test_plan_page_takes_the_same_statements_for_any_length(
    app: Flask, client: PageClient, make: Factory, office: Member, measures: int
) -> None:
    many = [measure(n, f"措施{n}", ["县教育局", "县住建局"]) for n in range(1, measures + 1)]
    row = kept(make, office.actor.county_id, groups=[{"title": "任务", "measures": many}])
    client.post_page(f"/plan/drafts/{row}/accept", {})

    with count_queries(app) as sent:
        page = client.get_page("/plan")

    assert len(page.select("#measures tbody tr:not(.group)")) == measures
    assert len(sent) == 34
