"""People from a workbook: the form out, problems by cell, a look, then the links; hostile files refused."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from app.models import School
from plans.base import new_id
from tests.app.people_scene import People, people_scene
from tests.app.task_scene import a_file
from tests.factories import Factory
from tests.pages import PageClient

ROLE_WORDS = "应为领导小组、创建办、责任单位、学校填报员、督导室之一"
HEAD = ["姓名", "角色", "责任单位", "学校标识码"]


@pytest.fixture
def people(make: Factory) -> People:
    scene = people_scene(make)
    with make.session(scene.county) as session:
        session.add(School(id=new_id(), code="9900000001", name="甲县第一小学", kind="小学"))
    return scene


def book(*rows: list[object], head: list[str] = HEAD, sheet: str = "人员") -> bytes:
    import openpyxl

    made = openpyxl.Workbook()
    made.active.title = sheet
    for row in (head, *rows):
        made.active.append(row)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def send(client: PageClient, content: bytes, status: int = 200):
    return client.post_page("/members/roster", {"workbook": a_file("名单.xlsx", content)}, status)


def problems(page) -> list[tuple[str, str, str]]:
    return [
        (row.select("td")[2].text, row.select("td")[3].text, row.select_one(".cell-main").text)
        for row in page.select(".problems tbody tr")
    ]


def test_form_names_the_columns_and_offers_roles_and_units(client: PageClient, people: People) -> None:
    client.sign_in(people.office)

    content = client.http.get("/members/roster.xlsx").data

    made = load_workbook(io.BytesIO(content))
    assert [cell.value for cell in made["人员"][1]] == HEAD
    offered = [[cell.value for cell in column if cell.value] for column in made["选项"].columns]
    assert offered == [["领导小组", "创建办", "责任单位", "学校填报员", "督导室"], ["县教育局"]]


def test_people_are_looked_at_and_then_invited(client: PageClient, people: People) -> None:
    client.sign_in(people.office)
    filled = book(
        ["甲同志", "领导小组", None, None],
        ["乙同志", "责任单位", "县教育局", None],
        ["丙同志", "学校填报员", None, 9900000001],
    )

    preview = send(client, filled)
    before = people.events()
    page = client.post_page(preview.select_one(".content form")["action"], {})

    rows = [[cell.text for cell in row.select("th, td")] for row in preview.select("tbody tr")]
    assert rows == [
        ["2", "甲同志", "领导小组", "—"],
        ["3", "乙同志", "责任单位", "县教育局"],
        ["4", "丙同志", "学校填报员", "甲县第一小学"],
    ]
    assert before == []
    assert people.events() == [("invite", "甲同志"), ("invite", "乙同志"), ("invite", "丙同志")]
    links = [field["value"].removeprefix("http://localhost") for field in page.select(".link-to-copy")]
    assert len(set(links)) == 3
    assert "9900000001" in PageClient(client.http.application).get_page(links[2]).text


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ([None, "领导小组", None, None], ("2", "姓名", "未填")),
        (["甲" * 61, "领导小组", None, None], ("2", "姓名", "不像姓名，请核对（最多 60 字）")),
        (["甲", "局长", None, None], ("2", "角色", ROLE_WORDS)),
        (
            ["甲", "上级督导", None, None],
            ("2", "角色", ROLE_WORDS),
        ),
        (["甲", "责任单位", None, None], ("2", "责任单位", "未填，责任单位人员须填")),
        (["甲", "责任单位", "乙县教育局", None], ("2", "责任单位", "本县没有这个单位")),
        (["甲", "学校填报员", None, "9900000009"], ("2", "学校标识码", "本县没有这所学校")),
        (["甲", "领导小组", "县教育局", None], ("2", "责任单位", "该角色不分单位，请留空")),
        (["甲", "领导小组", None, "9900000001"], ("2", "学校标识码", "该角色不分学校，请留空")),
    ],
)
def test_wrong_cell_is_named_and_nobody_is_invited(
    client: PageClient, people: People, make: Factory, row: list[object], expected: tuple[str, str, str]
) -> None:
    make.unit(make.county(), "乙县教育局")
    client.sign_in(people.office)

    page = send(client, book(row), 422)

    assert problems(page) == [expected]
    assert people.events() == []


def test_all_problems_are_told_at_once(client: PageClient, people: People) -> None:
    client.sign_in(people.office)

    page = send(client, book(["甲", "局长"], [None, "领导小组"], ["乙", "领导小组"], ["乙", "领导小组"]), 422)

    assert [(row, column) for row, column, _words in problems(page)] == [
        ("2", "角色"),
        ("3", "姓名"),
        ("5", "姓名"),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (book(["甲", "领导小组"], sheet="名单"), "缺少此工作表"),
        (book(["甲", "x", "密码1"], head=["姓名", "角色", "密码"]), "未知的列"),
        (book(["甲"], head=["姓名"]), "缺少这一列"),
        (book(), "名单里没有人"),
        (book(*[[f"甲{n}", "领导小组"] for n in range(501)]), "一次最多 500 人"),
        (b"", "文件是空的"),
        (b"%PDF-1.7", "不是 Excel 工作簿"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧格式"),
        (b"PK\x03\x04broken", "已损坏"),
    ],
    ids=["sheet", "password column", "no role", "nobody", "too many", "empty", "pdf", "xls", "broken"],
)
def test_unfit_file_is_refused_with_words(
    client: PageClient, people: People, content: bytes, words: str
) -> None:
    client.sign_in(people.office)

    page = send(client, content, 422)

    assert words in page.select_one(".problems").text
    assert people.events() == []


@pytest.mark.parametrize(
    ("part", "content", "words"),
    [
        ("xl/vbaProject.bin", b"macro", "含有宏"),
        ("xl/evil.xml", b'<!DOCTYPE x [<!ENTITY y "z">]><x>&y;</x>', "外部实体"),
        ("xl/bomb.xml", b"0" * 30_000_000, "压缩比异常"),
    ],
    ids=["macro", "entities", "bomb"],
)
def test_hostile_file_is_refused_with_words(
    client: PageClient, people: People, part: str, content: bytes, words: str
) -> None:
    client.sign_in(people.office)
    target = io.BytesIO(book(["甲", "领导小组"]))
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(part, content)

    page = send(client, target.getvalue(), 422)

    assert words in page.select_one(".problems").text


def test_name_that_looks_like_a_formula_or_markup_stays_a_name(client: PageClient, people: People) -> None:
    client.sign_in(people.office)
    made = book(["<b>甲</b>", "领导小组"])

    preview = send(client, made)

    assert preview.select_one("tbody th").text == "<b>甲</b>"


@pytest.mark.parametrize("token", ["0" * 64, "..%2F..%2Fledger.sqlite", "x"])
def test_made_up_preview_is_not_found(client: PageClient, people: People, token: str) -> None:
    client.sign_in(people.office)

    client.post_page(f"/members/roster/{token}", {}, 404)

    assert people.events() == []


def test_preview_of_another_county_is_not_found(client: PageClient, people: People, make: Factory) -> None:
    client.sign_in(people.office)
    action = send(client, book(["甲", "领导小组"])).select_one(".content form")["action"]
    client.sign_in(make.member(make.county()))

    client.post_page(action, {}, 404)

    assert people.events() == []
