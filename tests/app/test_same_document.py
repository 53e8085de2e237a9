"""The same plan as a Word file and as text is one document."""

from io import BytesIO

import pytest
import time_machine

from plans.models import Plan
from tests.app.draft_forms import sent_accept
from tests.app.test_planning import PLAN_TEXT, upload, word_file
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


def accept(client: PageClient, preview: object) -> object:
    address = preview.select_one("form[action$='/accept']")["action"]
    return client.post_page(address, sent_accept(preview))


def n_plans(make: Factory, office: Member) -> int:
    with make.session(office.actor.county_id) as session:
        return session.query(Plan).count()


def test_accepted_word_file_uploaded_as_text_leads_to_its_plan(
    client: PageClient, make: Factory, office: Member
) -> None:
    accept(client, upload(client, word_file()))

    page = upload(client, PLAN_TEXT.encode(), "方案.txt")

    assert "未重复建立" in page.select_one("#messages").text
    assert n_plans(make, office) == 1


def test_two_drafts_of_one_plan_make_one_plan(client: PageClient, make: Factory, office: Member) -> None:
    of_word, of_text = upload(client, word_file()), upload(client, PLAN_TEXT.encode(), "方案.txt")

    accept(client, of_word)
    page = accept(client, of_text)

    assert "未重复建立" in page.select_one("#messages").text
    assert n_plans(make, office) == 1


def test_plan_that_says_something_else_is_another_plan(
    client: PageClient, make: Factory, office: Member
) -> None:
    accept(client, upload(client, word_file()))

    page = upload(client, PLAN_TEXT.replace("2029年9月前", "2029年8月前").encode(), "方案.txt")

    assert page.select("form[action$='/accept']")
    accept(client, page)
    assert n_plans(make, office) == 2


def test_same_plan_in_another_county_is_that_countys_own(
    client: PageClient, make: Factory, office: Member
) -> None:
    accept(client, upload(client, word_file()))
    elsewhere = make.member(make.county())
    client.sign_in(elsewhere)

    page = client.post_page("/plan/new", {"document": (BytesIO(PLAN_TEXT.encode()), "方案.txt")})
    accept(client, page)

    assert n_plans(make, elsewhere) == 1
