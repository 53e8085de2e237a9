"""Pages in the language that the person chose."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask, render_template_string
from flask_babel import gettext
from openpyxl import load_workbook

from app.auth.errors import CountySuspended, TooManyAttempts
from app.dates import day_words, month_day_words
from app.extensions import db
from plans.errors import NotFound
from plans.words import _, listed
from plans.words import day_words as day_words_kept
from tests.architecture.english import misplaced
from tests.audit.log import platform_entries
from tests.auth.people import account_of, send_login
from tests.factories import Factory
from tests.pages import PageClient

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 9, 30)
DAWN = datetime(2026, 9, 30, tzinfo=UTC)
CHINESE = re.compile(r"[\u3400-\u9fff]")
ON_SQLITE = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


@ON_SQLITE
def test_choice_turns_the_page_to_english_and_back(app: Flask) -> None:
    http = app.test_client()
    assert '<html lang="zh-CN"' in http.get("/sign-in").text

    sent = http.post("/language", data={"language": "en", "next": "/sign-in?next=/tasks"})
    assert (sent.status_code, sent.location) == (303, "/sign-in?next=/tasks")
    page = http.get("/sign-in").text
    assert '<html lang="en"' in page
    assert "Password" in page
    assert "密码" not in page

    http.post("/language", data={"language": "zh-CN", "next": "/sign-in"})
    assert "密码" in http.get("/sign-in").text


@ON_SQLITE
@pytest.mark.parametrize("cookie", ["", "xx", "zh_Hant_TW", "../en", "e" * 500])
def test_unknown_language_is_chinese(app: Flask, cookie: str) -> None:
    http = app.test_client()
    http.set_cookie("language", cookie)

    assert '<html lang="zh-CN"' in http.get("/sign-in").text


@ON_SQLITE
def test_choice_leads_to_no_other_site(app: Flask) -> None:
    sent = app.test_client().post("/language", data={"language": "fr", "next": "//elsewhere.example"})

    assert sent.location == "/"
    assert "Set-Cookie" not in sent.headers


def test_account_carries_the_choice_to_another_browser(app: Flask, client: PageClient, make: Factory) -> None:
    member, other = (make.member(make.county(name)) for name in ("甲县（示例）", "乙县（示例）"))
    client.sign_in(member)
    client.http.post("/language", data={"language": "en", "next": "/"})
    assert (account_of(make, member).language, account_of(make, other).language) == ("en", None)

    elsewhere = app.test_client()
    send_login(elsewhere, member.login)
    assert '<html lang="en"' in elsewhere.get("/account").text
    elsewhere.post("/sign-out")
    send_login(elsewhere, other.login)  # has chosen nothing: the browser's choice stays
    assert '<html lang="en"' in elsewhere.get("/account").text
    assert account_of(make, other).language is None


@ON_SQLITE
def test_choosing_a_language_is_no_entry_of_the_log(client: PageClient, make: Factory) -> None:
    client.sign_in(make.member(make.county("甲县（示例）")))
    before = len(platform_entries(make))

    client.http.post("/language", data={"language": "en", "next": "/"})

    assert len(platform_entries(make)) == before


@ON_SQLITE
def test_dates_follow_the_language(app: Flask) -> None:
    with app.test_request_context(headers={"Cookie": "language=en"}):
        assert (day_words(date(2026, 9, 30)), month_day_words(date(2026, 10, 1))) == ("30 Sep 2026", "1 Oct")
    with app.test_request_context():
        assert day_words(date(2026, 9, 30)) == "2026年9月30日"
        assert month_day_words(date(2026, 10, 1)) == "10月1日"


def test_english_names_the_values_of_the_chinese() -> None:
    assert misplaced() == []


@ON_SQLITE
def test_a_text_is_shown_in_english_and_kept_in_chinese(app: Flask) -> None:
    text = _(
        "%(by)s于%(day)s：%(acts)s", by="县教育局", day=day_words_kept(DAY), acts=listed([_("交办"), "甲"])
    )
    kept = "县教育局于2026年9月30日：交办、甲"

    with app.test_request_context(headers={"Cookie": "language=en"}):
        shown = [str(text), f"{text}", render_template_string("{{ text }}", text=text)]
        written = [json.loads(json.dumps(text)), db.session.scalar(sa.select(sa.bindparam("text", text)))]
        assert str(_("交办")) == gettext("交办") != "交办"
    assert all("30 Sep 2026" in words and "交办" not in words for words in shown)
    assert (written, text) == ([kept, kept], kept)


def test_plans_and_scoring_carry_the_same_words() -> None:
    assert (ROOT / "plans/words.py").read_text() == (ROOT / "scoring/words.py").read_text()


def test_reader_of_english_takes_chinese_tables(client: PageClient, make: Factory) -> None:
    county = make.county("甲县（示例）")
    client.sign_in(make.member(county))
    client.http.set_cookie("language", "en")

    sent = client.http.get("/members/roster.xlsx")
    words = [str(cell.value) for row in load_workbook(BytesIO(sent.data)).active.iter_rows() for cell in row]
    assert '<html lang="en"' in client.http.get("/account").text
    assert ("姓名" in words, "Name" in words) == (True, False)


@ON_SQLITE
def test_refusals_follow_the_reader(app: Flask) -> None:
    late = TooManyAttempts(DAWN + timedelta(seconds=90), DAWN)
    refusals = [CountySuspended("甲县"), NotFound(_("材料")), late]

    with app.test_request_context(headers={"Cookie": "language=en"}):
        shown = [str(refusal) for refusal in refusals]
    assert [CHINESE.findall(words.replace("甲县", "")) for words in shown] == [[], [], []]
    assert "甲县" in shown[0]
    assert str(late) == "尝试次数过多，请 90 秒后再试。"
