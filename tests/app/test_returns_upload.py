"""Uploading workbooks in the browser."""

import io
from collections.abc import Iterator

import numpy as np
import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from app.models import Assessment, SchoolReturn
from plans.actors import Role
from scoring.measures import Measures
from tests.app.county_data import measures, report, school, workbook
from tests.conftest import NOW
from tests.factories import Factory, Member
from tests.pages import PageClient

YEAR = "2026"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def office(make: Factory) -> Member:
    return make.member(make.county())


def form(content: io.BytesIO, year: str = YEAR, name: str = "学校数据.xlsx") -> dict[str, object]:
    return {"year": year, "workbook": (content, name)}


def full(*schools: dict[str, object]) -> Measures:
    """Figures with every column, so that nothing is doubtful."""
    return measures(*schools, county={"special_students": 30.0})


def n_rows(make: Factory, member: Member, model: type) -> int:
    with make.session(member.actor.county_id) as session:
        return session.scalar(sa.select(sa.func.count()).select_from(model))


def test_upload_saves_assesses_and_leads_to_results(
    client: PageClient, make: Factory, office: Member
) -> None:
    client.sign_in(office)

    page = client.post_page("/returns", form(workbook(full(school(1), school(2)))))

    assert page.h1.text.startswith("32 项指标中 9 项达标、9 项待定、14 项缺数据；小学 2 所中 2 所通过")
    assert "已保存 2026 年度数据：2 所学校" in page.select_one("#messages").text
    assert (n_rows(make, office, SchoolReturn), n_rows(make, office, Assessment)) == (2, 1)


def test_same_upload_again_says_that_nothing_changed(
    client: PageClient, make: Factory, office: Member
) -> None:
    client.sign_in(office)
    client.post_page("/returns", form(workbook(full(school(1)))))

    page = client.post_page("/returns", form(workbook(full(school(1)))))

    assert "没有改动" in page.select_one("#messages").text
    assert n_rows(make, office, Assessment) == 1


def test_upload_with_problems_lists_place_and_reason_and_saves_nothing(
    client: PageClient, make: Factory, office: Member
) -> None:
    client.sign_in(office)

    page = client.post_page("/returns", form(workbook(full(school(1, multimedia_rooms=-3.0)))), status=422)

    cells = [cell.text.strip() for cell in page.select(".problems tbody tr")[0].select("td")]
    assert cells[1:4] == ["学校", "2", "网络多媒体教室间数(间)"]
    assert cells[4].startswith("不能为负数")
    assert n_rows(make, office, SchoolReturn) == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的"),
        (b"school_code,students\n1,2\n", "不是 Excel 工作簿"),
        (b"PK\x03\x04 broken", "文件已损坏"),
    ],
)
def test_file_that_is_no_workbook_is_refused_in_words(
    client: PageClient, office: Member, content: bytes, words: str
) -> None:
    client.sign_in(office)

    page = client.post_page("/returns", form(io.BytesIO(content)), status=422)

    assert words in page.select_one(".problems").text


def test_upload_without_file_is_refused(client: PageClient, office: Member) -> None:
    client.sign_in(office)

    page = client.post_page("/returns", {"year": YEAR}, status=422)

    assert page.select_one("#workbook-error").text == "请先选择填好的工作簿。"


@pytest.mark.parametrize("year", ["2016", "2999", "abc", ""])
def test_upload_for_a_year_out_of_range_is_refused(
    client: PageClient, make: Factory, office: Member, year: str
) -> None:
    client.sign_in(office)

    page = client.post_page("/returns", form(workbook(full(school(1))), year), status=422)

    assert page.select_one("#year-error") is not None
    assert n_rows(make, office, SchoolReturn) == 0


def test_file_beyond_the_limit_is_refused_in_words(app: Flask, client: PageClient, office: Member) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1000
    client.sign_in(office)

    page = client.post_page("/returns", form(io.BytesIO(b"PK" + bytes(5000))), status=413)

    assert "文件太大" in page.text


def test_overwriting_is_shown_first_and_saved_only_when_confirmed(
    client: PageClient, make: Factory, office: Member
) -> None:
    report(make, office, full(school(1), school(2)))
    client.sign_in(office)

    preview = client.post_page("/returns", form(workbook(full(school(1, multimedia_rooms=30.0)))))
    before = n_rows(make, office, Assessment), _rooms_of_first(make, office)
    action = preview.select_one("form[action*='/uploads/']")["action"]
    result = client.post_page(action, {"name": "学校数据.xlsx"})

    row = [cell.text for cell in preview.select("table tbody tr")[0].select("td")][:4]
    assert row == ["示例第1小学", "网络多媒体教室间数(间)", "24", "30"]
    assert "示例第2小学" in preview.select_one(".message-amber").text
    assert before == (1, 24)
    assert _rooms_of_first(make, office) == 30
    assert "改动 1 项" in result.select_one("#messages").text


def test_confirmation_sent_twice_finds_nothing_left(
    client: PageClient, make: Factory, office: Member
) -> None:
    report(make, office, full(school(1)))
    client.sign_in(office)
    preview = client.post_page("/returns", form(workbook(full(school(1, multimedia_rooms=30.0)))))
    action = preview.select_one("form[action*='/uploads/']")["action"]
    client.post_page(action, {"name": "a.xlsx"})

    page = client.post_page(action, {"name": "a.xlsx"}, status=404)

    assert "待确认的工作簿" in page.text


def test_workbook_put_aside_by_another_county_cannot_be_confirmed(
    client: PageClient, make: Factory, office: Member
) -> None:
    other = make.member(make.county())
    report(make, other, full(school(1)))
    client.sign_in(other)
    preview = client.post_page("/returns", form(workbook(full(school(1, multimedia_rooms=30.0)))))
    action = preview.select_one("form[action*='/uploads/']")["action"]
    client.http.post("/sign-out")
    client.sign_in(office)

    client.post_page(action, {"name": "a.xlsx"}, status=404)

    assert n_rows(make, office, SchoolReturn) == 0
    assert _rooms_of_first(make, other) == 24


def test_token_that_climbs_out_of_the_folder_is_not_found(client: PageClient, office: Member) -> None:
    client.sign_in(office)

    client.post_page("/returns/2026/uploads/..", {"name": "a.xlsx"}, status=404)


def test_doubtful_figure_is_shown_before_it_is_saved(
    client: PageClient, make: Factory, office: Member
) -> None:
    client.sign_in(office)

    page = client.post_page("/returns", form(workbook(full(school(1, students_primary=np.nan)))))

    assert "未填" in page.select_one(".problems").text
    assert n_rows(make, office, SchoolReturn) == 0


@pytest.mark.parametrize("role", [Role.UNIT, Role.SUPERVISOR, Role.SCHOOL])
def test_others_see_the_page_but_may_not_upload(
    client: PageClient, make: Factory, office: Member, role: Role
) -> None:
    report(make, office, full(school(1)))
    client.sign_in(make.member(office.actor.county_id, role))

    page = client.get_page("/returns")
    client.post_page("/returns", form(workbook(full(school(2)))), status=403)

    assert page.select("input[type=file]") == []
    assert n_rows(make, office, SchoolReturn) == 1


def test_county_whose_standard_is_unknown_gets_a_sentence(
    client: PageClient, make: Factory, office: Member
) -> None:
    from plans.base import County

    with make.session() as session:
        session.get(County, office.actor.county_id).standard = "quality-1999"
    client.sign_in(office)

    page = client.post_page("/returns", form(workbook(full(school(1)))), status=422)

    assert "没有标准 quality-1999" in page.select_one("#workbook-error").text


def test_htmx_upload_gets_the_part_or_a_redirect(client: PageClient, office: Member) -> None:
    client.sign_in(office)
    htmx = {"HX-Request": "true"}

    refused = client.http.post("/returns", data=form(io.BytesIO(b"x")), headers=htmx)
    taken = client.http.post("/returns", data=form(workbook(full(school(1)))), headers=htmx)

    assert refused.status_code == 422
    assert refused.text.lstrip().startswith('<div id="returns">')
    assert (taken.status_code, taken.headers["HX-Redirect"]) == (204, "/indicators")


def _rooms_of_first(make: Factory, member: Member) -> int:
    with make.session(member.actor.county_id) as session:
        rows = session.scalars(sa.select(SchoolReturn)).all()
        return next(r.values["multimedia_rooms"] for r in rows if r.values["school_name"] == "示例第1小学")
