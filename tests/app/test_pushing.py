"""A template sent down by an overseer: to which counties, what they get, and whom it does not concern."""

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask

from app.models.audit import AuditEntry, PlatformEntry
from plans.acceptance import accept_draft
from plans.base import County
from plans.corrections.parts import Part
from plans.models import KeptDraft
from plans.pushing import push_template
from tests.app.oversight_scene import OTHER_PREFECTURE, PREFECTURE, REGION
from tests.conftest import NOW
from tests.factories import Factory
from tests.pages import PageClient
from tests.queries import count_queries

PAGE = "/oversight/templates/to-2029"


@pytest.fixture
def county(make: Factory) -> int:
    for code, name in ((REGION, "示例区"), (PREFECTURE, "甲市（示例）"), (OTHER_PREFECTURE, "乙市（示例）")):
        make.region(code, name)
    make.county("乙县（示例）", code="990201")
    make.county("外县（示例）", code="980101")
    return make.county("甲县（示例）", code="990101")


def overseer(app: Flask, make: Factory, *codes: str) -> PageClient:
    client = PageClient(app)
    client.sign_in(make.overseer(*codes))
    return client


def preview(client: PageClient, *places: str, lock: str = "") -> BeautifulSoup:
    asked = [f"place={place}" for place in places] + ([f"lock={lock}"] if lock else [])
    return client.get_page(f"{PAGE}/preview?{'&'.join(asked)}")


def push(client: PageClient, *places: str, lock: str = "", status: int = 200) -> BeautifulSoup:
    return client.post_page(f"{PAGE}/push", {"place": list(places), "lock": [lock] if lock else []}, status)


def effects(page: BeautifulSoup) -> dict[str, str]:
    return {
        row.th.find(string=True): row.select("td")[-1].get_text(" ") for row in page.select("#effects tr")
    }


def drafts(make: Factory, code: str) -> list[tuple[str, list[str], str | None]]:
    with make.session() as session:
        county_id = session.scalars(sa.select(County.id).where(County.code == code)).one()
        session.rollback()
    with make.session(county_id) as session:
        kept = session.scalars(sa.select(KeptDraft))
        return [(draft.source_sha256, draft.locked_parts, draft.locked_by) for draft in kept]


def test_only_counties_below_are_offered(app: Flask, make: Factory, county: int) -> None:
    region = overseer(app, make, REGION).get_page(PAGE)
    prefecture = overseer(app, make, PREFECTURE).get_page(PAGE)

    assert [box["value"] for box in region.select("[name=place]")] == [
        REGION,
        PREFECTURE,
        "990101",
        OTHER_PREFECTURE,
        "990201",
    ]
    assert [box["value"] for box in prefecture.select("[name=place]")] == [PREFECTURE, "990101"]
    assert "外县" not in region.text
    assert [box["value"] for box in region.select("[name=lock]")] == [part.value for part in Part]


def test_part_that_a_template_lacks_cannot_be_locked(app: Flask, make: Factory, county: int) -> None:
    page = overseer(app, make, REGION).get_page("/oversight/templates/to-2032")

    assert {"indicators", "duties"} & {box["value"] for box in page.select("[name=lock]")} == set()


def test_template_goes_to_the_chosen_place_with_its_locks(app: Flask, make: Factory, county: int) -> None:
    page = push(overseer(app, make, REGION), PREFECTURE, lock="goals")

    assert drafts(make, "990101") == [("template:to-2029", ["goals"], "示例区")]
    assert drafts(make, "990201") == []
    assert page.select_one(".message-green").text == "已下发：甲县（示例）。"


def test_nobody_sends_to_counties_of_others(app: Flask, make: Factory, county: int) -> None:
    push(overseer(app, make, PREFECTURE), "990101", "990201", "980101", REGION)

    assert drafts(make, "990101") != []
    assert (drafts(make, "990201"), drafts(make, "980101")) == ([], [])


def test_preview_shows_no_county_of_others_and_writes_nothing(app: Flask, make: Factory, county: int) -> None:
    page = preview(overseer(app, make, PREFECTURE), REGION, "990201", "980101", "000000")

    assert list(effects(page)) == ["甲县（示例）"]
    assert drafts(make, "990101") == []


def test_who_is_of_a_county_finds_none_of_it(app: Flask, make: Factory, county: int) -> None:
    client = PageClient(app)
    client.sign_in(make.member(county))

    client.get_page(PAGE, 404)
    push(client, "990101", status=404)

    assert drafts(make, "990101") == []


def test_nothing_chosen_is_said_and_what_was_ticked_stays(app: Flask, make: Factory, county: int) -> None:
    page = overseer(app, make, REGION).get_page(f"{PAGE}/preview?lock=goals", 422)

    assert page.select_one(".message-red").text == "还没有选择县（市、区），请勾选后再预览。"
    assert [box["value"] for box in page.select("[name=lock][checked]")] == ["goals"]


def test_unknown_template_is_not_found(app: Flask, make: Factory, county: int) -> None:
    overseer(app, make, REGION).get_page("/oversight/templates/to-1999", 404)


def test_sent_twice_is_sent_once(app: Flask, make: Factory, county: int) -> None:
    client = overseer(app, make, REGION)
    push(client, "990101", lock="goals")
    with make.session(county) as session:
        before = session.scalars(sa.select(KeptDraft.version)).all(), _told(session, AuditEntry)

    page = push(client, "990101", lock="goals")

    with make.session(county) as session:
        assert (session.scalars(sa.select(KeptDraft.version)).all(), _told(session, AuditEntry)) == before
    assert effects(page) == {"甲县（示例）": "已下发，该县尚未确认；再次下发没有变化。"}
    assert page.h1.text == "所选 1 个县（市、区）都已下发，等待县里确认。"
    assert page.select(".message") == []
    assert page.select_one(".push-line button") is None


def test_both_logs_tell_who_sent_what(app: Flask, make: Factory, county: int) -> None:
    push(overseer(app, make, REGION), "990101", lock="goals")

    told = {
        "template": "县域义务教育优质均衡发展创建实施方案（到2029年）",
        "locked_parts": "工作目标",
        "locked_by": "示例区",
    }
    with make.session(county) as session:
        for entry in (AuditEntry, PlatformEntry):
            assert _told(session, entry) == [("上级下发方案模板：甲县（示例）", "overseer", told)]


def test_locks_of_a_region_stay_when_a_prefecture_sends(app: Flask, make: Factory, county: int) -> None:
    push(overseer(app, make, REGION), "990101", lock="goals")

    page = push(overseer(app, make, PREFECTURE), "990101", lock="phases")

    assert drafts(make, "990101") == [("template:to-2029", ["goals"], "示例区")]
    assert page.select_one(".message-amber").text == "未下发：甲县（示例），原因见下表。"
    assert effects(page) == {"甲县（示例）": "不下发：已由示例区下发并锁定工作目标，只能由其调整。"}


def test_locks_of_a_prefecture_give_way_to_the_region(app: Flask, make: Factory, county: int) -> None:
    push(overseer(app, make, PREFECTURE), "990101", lock="goals")

    push(overseer(app, make, REGION), "990101", lock="phases")

    assert drafts(make, "990101") == [("template:to-2029", ["phases"], "示例区")]


def test_county_whose_plan_was_made_of_it_gets_nothing(app: Flask, make: Factory, county: int) -> None:
    office = make.member(county).actor
    with make.session(county) as session:
        draft = push_template(session, name="to-2029", locked=[], by="示例区", at=NOW)
        sha256, name = draft.source_sha256, draft.source_name
        accept_draft(session, office, draft=draft.body, source_sha256=sha256, source_name=name, at=NOW)

    page = push(overseer(app, make, REGION), "990101", lock="goals")

    assert effects(page) == {"甲县（示例）": f"不下发：该县已据此建立《{name}》。"}
    assert drafts(make, "990101") == [("template:to-2029", [], "示例区")]


def test_suspended_county_gets_nothing(app: Flask, make: Factory, county: int) -> None:
    with make.session() as session:
        session.get_one(County, county).suspended_at = NOW

    page = push(overseer(app, make, REGION), "990101")

    assert effects(page) == {"甲县（示例）": "不下发：该县已暂停使用。"}
    assert drafts(make, "990101") == []


@pytest.mark.parametrize(("year", "is_warned"), [(2028, False), (2029, False), (2030, True), (2032, True)])
def test_preview_warns_of_a_template_that_ends_too_early(
    app: Flask, make: Factory, county: int, year: int, is_warned: bool
) -> None:
    with make.session() as session:
        session.get_one(County, county).horizon_year = year

    page = preview(overseer(app, make, REGION), "990101", lock="head")

    words = effects(page)["甲县（示例）"]
    assert (f"早于全县目标年{year}年" in words, "不能自行延长" in words) == (is_warned, is_warned)


def test_preview_names_the_plan_in_force(app: Flask, make: Factory, county: int) -> None:
    make.plan(county, "甲县原有方案")

    page = preview(overseer(app, make, REGION), "990101")

    assert "现行方案为《甲县原有方案》，下发的草稿不影响它" in effects(page)["甲县（示例）"]


def test_each_county_costs_three_queries(app: Flask, make: Factory, county: int) -> None:
    client = overseer(app, make, REGION)

    with count_queries(app) as choosing:
        client.get_page(PAGE)
    with count_queries(app) as one:
        preview(client, "990101")
    with count_queries(app) as two:
        preview(client, REGION)

    assert (len(choosing), len(one), len(two) - len(one)) == (8, 11, 3)


def _told(session, entry: type) -> list[tuple[str, str, dict]]:
    rows = session.scalars(sa.select(entry).where(entry.title.like("上级下发%")).order_by(entry.no))
    return [(row.title, row.role, row.after) for row in rows]
