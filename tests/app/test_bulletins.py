"""Bulletins in the browser: drafted from what is so, edited, published, read, withdrawn; who sees what."""

from datetime import date, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from plans.actors import Role
from plans.base import new_id
from plans.models import Bulletin, BulletinReading, Measure, MeasureUnit, Milestone, Task
from tests.app.task_scene import Scene, fields_of, task_scene
from tests.conftest import NOW
from tests.factories import Factory, Member
from tests.queries import count_queries

NEW = "/bulletins/new"


@pytest.fixture(autouse=True)
def _fixed_clock() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene(app: Flask, make: Factory) -> Scene:
    return task_scene(app, make)


def write(scene: Scene, **given: str) -> str:
    """Draft a bulletin, with a second click; its address."""
    client = scene.as_(scene.office)
    form = fields_of(client.get_page(NEW), NEW) | given
    client.post_page(NEW, form)
    client.post_page(NEW, form)
    return f"/bulletins/{form['bulletin_id']}"


def publish(scene: Scene, path: str, status: int = 200, who: Member | None = None) -> BeautifulSoup:
    return scene.as_(who or scene.office).post_page(f"{path}/publish", {"seen_version": 1}, status)


def text_of(page: BeautifulSoup) -> list[str]:
    return page.select_one("#text").text.strip().splitlines()


def test_text_tells_what_is_so_with_units_in_the_order_of_the_plan(scene: Scene, make: Factory) -> None:
    first, today = make.unit(scene.county, "县委编办"), NOW.date()
    late = make.task(scene.county, unit_id=first, plan_id=scene.plan_id, title="调剂编制")
    with make.session(scene.county) as session:
        measure = Measure(id=new_id(), plan_id=scene.plan_id, no=1, group_title="", title="措施", text="")
        measure.units = [MeasureUnit(unit_id=first, no=1), MeasureUnit(unit_id=scene.unit_id, no=2)]
        # The education bureau is later by far and stands second all the same.
        for task_id, days in ((late, 3), (scene.task_id, 30)):
            session.query(Task).filter_by(id=task_id).one().due_on = today - timedelta(days=days)
        keys = {"plan_id": scene.plan_id, "phase_id": None}
        stones = [
            Milestone(**keys, due_on=date(2026, 10, 30), achieved_on=date(2026, 11, 2), text="建成台账"),
            Milestone(**keys, due_on=date(2026, 11, 20), text="章程备案。"),
            Milestone(**keys, due_on=date(2026, 11, 18), claimed_on=date(2026, 11, 18), text="编入集团"),
            Milestone(**keys, due_on=date(2026, 12, 31), text="设备达标"),
            Milestone(**keys, due_on=date(2027, 9, 30), text="通过复核"),
        ]
        session.add_all([measure, *stones])

    lines = text_of(scene.as_(scene.office).get_page(NEW))

    assert lines == [
        "一、总体进展",
        "截至2026年11月22日，全县共交办任务2项，其中待签收2项。逾期2项，30天内到期0项。"
        "本期（2026年10月1日至2026年11月22日）销号0项。",
        "二、逾期任务",
        "县委编办：调剂编制（时限2026年11月19日，逾期3天）。",
        "县教育局：补齐音乐教室（时限2026年10月23日，逾期30天）。",
        "三、近期到期任务",
        "30天内没有任务到期。",
        "四、里程碑",
        "本期达成：建成台账（2026年11月2日）。",
        "已申报达成、待督导室确认：编入集团（2026年11月18日）。",
        "已过时限尚未达成：章程备案（2026年11月20日）。",
        "今后90天内到期：设备达标（2026年12月31日）。",
        "五、指标变化",
        "目前还没有评估结果。",
    ]


def test_text_of_a_county_without_work_says_so(app: Flask, make: Factory) -> None:
    scene = task_scene(app, make)

    page = scene.as_(make.member(make.county())).get_page(NEW)

    assert text_of(page)[1] == "目前还没有交办任务。"


def test_text_is_written_anew_for_other_days_and_nothing_is_saved(scene: Scene) -> None:
    client = scene.as_(scene.office)
    form = fields_of(client.get_page(NEW), NEW) | {"title": "我的标题", "starts_on": "2026-11-01", "text": ""}

    page = client.post_page(NEW, form | {"rewrite": "1"})

    assert page.select_one("#title")["value"] == "我的标题"
    assert "本期（2026年11月1日至2026年11月22日）" in text_of(page)[1]
    assert client.get_page("/bulletins").select("td.cell-main") == []


def test_edited_text_is_what_is_published_under_the_next_number(scene: Scene) -> None:
    path = write(scene, title="第四季度通报", text="一、总体\n进展平稳。")

    page = publish(scene, path)

    assert page.select_one(".document-title").text == "第四季度通报"
    assert [part.text for part in page.select(".document-body > *")] == ["一、总体", "进展平稳。"]
    assert page.select_one(".document-number span").text == "通报〔2026〕1号"
    rows = [[cell.text for cell in row("td")] for row in page.select(".document tbody tr")]
    assert rows == [["县教育局", "1", "0", "0"]]
    listed = scene.as_(scene.office).get_page("/bulletins")
    assert len(listed.select("td.cell-main")) == 1


def test_draft_is_revised_and_thrown_away_and_one_that_is_out_is_not(scene: Scene) -> None:
    path, client = write(scene), scene.as_(scene.office)
    form = fields_of(client.get_page(f"{path}/edit"), f"{path}/edit") | {"text": "改过的正文。"}
    client.post_page(f"{path}/edit", form)

    stale = client.post_page(f"{path}/edit", form | {"text": "另一个正文。"}, 422)
    over = client.post_page(f"{path}/edit", fields_of(stale, f"{path}/edit"))
    client.post_page(f"{path}/publish", {"seen_version": 3})

    assert stale.select_one(".message-red .story-words").text == "改过的正文。"
    assert over.select_one(".document-body").text.strip() == "另一个正文。"
    client.get_page(f"{path}/edit", 409)
    client.post_page(f"{path}/edit", form, 409)
    client.post_page(f"{path}/discard", {"seen_version": 4}, 409)
    other = write(scene)
    client.post_page(f"{other}/discard", {"seen_version": 1})
    client.get_page(other, 404)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"text": ""}, "请填写正文。"),
        ({"title": ""}, "请填写标题。"),
        ({"starts_on": "2026-11-23"}, "通报期间的结束日期早于开始日期"),
    ],
)
def test_bulletin_that_cannot_be_saved_keeps_what_was_typed(
    scene: Scene, given: dict[str, str], told: str
) -> None:
    client = scene.as_(scene.office)
    form = fields_of(client.get_page(NEW), NEW) | {"title": "标题", "text": "正文"} | given

    page = client.post_page(NEW, form, 422)

    assert told in page.select_one("main").text
    assert fields_of(page, NEW)["title"] == form["title"]


def test_next_bulletin_begins_the_day_after_the_last_one(scene: Scene) -> None:
    publish(scene, write(scene, starts_on="2026-10-01", ends_on="2026-10-31"))

    page = scene.as_(scene.office).get_page(NEW)

    days = [page.select_one(f"#{name}")["value"] for name in ("starts_on", "ends_on")]
    assert days == ["2026-11-01", "2026-11-22"]


def test_reading_is_confirmed_once_and_told_unit_by_unit(scene: Scene, make: Factory) -> None:
    other_id = make.unit(scene.county, "县财政局")
    make.member(scene.county, Role.UNIT, other_id)
    path = write(scene)
    publish(scene, path)
    before = scene.as_(scene.unit).get_page("/bulletins").select_one("h1").text

    unit = scene.as_(scene.unit)
    unit.post_page(f"{path}/read", {})
    page = unit.post_page(f"{path}/read", {})
    told = scene.as_(scene.office).get_page(path)

    assert (before, unit.get_page("/bulletins").select_one("h1").text) == (
        "有 1 期通报未签阅。",
        "通报都已签阅。",
    )
    assert "县财政局" not in page.select_one("main").text  # who else has read it is not a unit's business
    rows = [[cell.text for cell in row("td")] for row in told.select(".stack tbody tr")]
    assert sorted(rows) == [["县教育局", "2026年11月22日 09:00"], ["县财政局", "未签阅"]]
    with make.session(scene.county) as session:
        assert session.query(BulletinReading).count() == 1


@pytest.mark.parametrize("role", [Role.OVERSEER, Role.SCHOOL])
def test_reading_is_for_those_who_take_part_in_the_work(scene: Scene, role: Role) -> None:
    path, reader = write(scene), scene.make.member(scene.county, role)
    publish(scene, path)

    page = scene.as_(reader).get_page(path)
    scene.as_(reader).post_page(f"{path}/read", {}, 403)

    assert page.select(f"form[action='{path}/read']") == []


def test_withdrawn_bulletin_keeps_number_and_words_with_the_reason(scene: Scene) -> None:
    path = write(scene, text="有误的正文。")
    publish(scene, path)
    client = scene.as_(scene.office)

    client.post_page(f"{path}/withdraw", {"reason": " "}, 422)
    client.post_page(f"{path}/withdraw", {"reason": "附表有误，另发一期"})
    client.post_page(f"{path}/withdraw", {"reason": "再撤一次"}, 409)
    page = scene.as_(scene.unit).get_page(path)

    assert "附表有误，另发一期" in page.select_one(".message-amber").text
    assert page.select_one(".document-body").text.strip() == "有误的正文。"
    assert page.select(f"form[action='{path}/read']") == []
    assert scene.as_(scene.unit).get_page("/bulletins").select_one("h1").text == "通报都已签阅。"


def test_draft_is_neither_read_nor_withdrawn(scene: Scene) -> None:
    path, client = write(scene), scene.as_(scene.office)

    client.post_page(f"{path}/read", {}, 409)
    client.post_page(f"{path}/withdraw", {"reason": "不要了"}, 409)

    with scene.make.session(scene.county) as session:
        assert session.query(Bulletin).one().withdrawn_at is None


def test_draft_is_seen_by_those_who_write_and_nothing_by_another_county(scene: Scene, make: Factory) -> None:
    path, stranger = write(scene, title="本县通报"), make.member(make.county())

    for who in (scene.unit, scene.supervisor, stranger):
        scene.as_(who).get_page(path, 404)
        assert "本县通报" not in scene.as_(who).get_page("/bulletins").text
    publish(scene, path)

    scene.as_(scene.unit).get_page(path)
    scene.as_(scene.supervisor).get_page(path)
    scene.as_(stranger).get_page(path, 404)


def test_writing_is_for_leader_and_office(scene: Scene) -> None:
    path = write(scene)

    for who in (scene.supervisor, scene.unit):
        scene.as_(who).get_page(NEW, 403)
        scene.as_(who).post_page(NEW, {}, 403)
        publish(scene, path, 403, who)
        scene.as_(who).post_page(f"{path}/withdraw", {"reason": "不妥"}, 403)


@pytest.mark.parametrize("rows", [1, 3])
def test_bulletins_take_the_same_statements_for_any_length(app: Flask, scene: Scene, rows: int) -> None:
    for number in range(rows):
        path = write(scene, title=f"通报{number}")
        publish(scene, path)
        scene.as_(scene.unit).post_page(f"{path}/read", {})
    client = scene.as_(scene.office)

    with count_queries(app) as sent:
        page = client.get_page("/bulletins")

    assert (len(page.select("td.cell-main")), len(sent)) == (rows, 8)
