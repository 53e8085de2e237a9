"""What scoring says follows the reader's language on pages and stays Chinese in rows."""

import re

import numpy as np
import pytest
import sqlalchemy as sa
from flask import Flask

from app.assessments.runs import assess_year
from app.models import AssessmentItem
from app.returns.store import save_measures
from tests.app.county_data import measures, report, school
from tests.factories import Factory, Member
from tests.pages import PageClient

ON_SQLITE = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
DATA = "测试"  # the source that ``report`` names
CHINESE = re.compile("[\u4e00-\u9fff]")
GIVEN = measures(
    school(1, school_name="First"),
    school(2, school_name="Second", multimedia_rooms=10.0, largest_class_primary=60.0),
    county={"special_students": 10.0, "special_funds_wan": 1.0},
    music=50.0,
)
PATHS = (
    "/indicators",
    "/indicators/R7/primary",
    "/schools",
    "/schools/9900000002",
    "/items/G3",
    "/items/G5",
    "/items/V1",
    "/explain/R7",
    "/explain/G7",
    "/explain/G5",
    "/explain/R7?school=9900000002",
    "/gaps",
    "/ledgers/unmet",
    "/help",
)


@pytest.fixture
def office(make: Factory) -> Member:
    return make.member(make.county("County A"))


@ON_SQLITE
@pytest.mark.parametrize("path", PATHS)
def test_page_has_no_chinese_but_data(client: PageClient, make: Factory, office: Member, path: str) -> None:
    report(make, office, GIVEN)
    client.sign_in(office)
    client.http.set_cookie("language", "en")

    main = client.get_page(path).main

    words = " ".join(main.stripped_strings)
    for data in (DATA, office.actor.name):
        words = words.replace(data, "")
    assert CHINESE.findall(words) == []


@ON_SQLITE
def test_reader_of_english_leaves_chinese_in_the_rows(app: Flask, make: Factory, office: Member) -> None:
    cookie = {"Cookie": "language=en"}
    with app.test_request_context(headers=cookie), make.session(office.actor.county_id) as session:
        save_measures(session, office.actor, year=2026, measures=GIVEN, source="test", at=make.now)
        assess_year(session, office.actor, year=2026, at=make.now)
        reasons = dict(session.execute(sa.select(AssessmentItem.code, AssessmentItem.reason)).all())

    assert reasons["R7"].startswith("小学 1/2 校达到 2.3，均值 1.70 间/百生，差异系数 0.412≤0.50；")
    assert [
        code for code, reason in reasons.items() if re.search("[a-z]{5}", reason.replace("Second", ""))
    ] == []


@ON_SQLITE
def test_gaps_of_data_are_told_in_english(client: PageClient, make: Factory, office: Member) -> None:
    report(make, office, measures(school(1, multimedia_rooms=np.nan)))
    client.sign_in(office)
    client.http.set_cookie("language", "en")

    words = client.get_page("/indicators").main.text

    assert "the CV cannot be computed for lack of data" in words
    assert not CHINESE.search(words.replace(school(1)["school_name"], ""))
