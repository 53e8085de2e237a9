"""Search: what is found, by whom, and what is said when nothing is."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app.search.hits import Group, Hit, Kind
from app.search.page import shortlist
from app.search.words import wanted_of
from plans.actors import Role
from plans.base import new_id
from plans.models import KeptDraft, Measure, Milestone, Phase, Unit
from tests.app.county_data import measures, report, school
from tests.app.oversight_scene import above_scene
from tests.app.task_scene import Scene, task_scene
from tests.conftest import NOW
from tests.factories import Factory
from tests.queries import count_queries

ON_SQLITE = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


@dataclass
class Shown:
    """What a page of results says."""

    headline: str
    groups: dict[str, list[str]]
    addresses: list[str]


@pytest.fixture
def scene(app: Flask, make: Factory) -> Scene:
    """A county with one of each kind that has 实验 in it, and the same in another county."""
    other = task_scene(app, make)
    _fill(make, other, "别县")
    own = task_scene(app, make)
    _fill(make, own, "本县")
    return own


def _fill(make: Factory, scene: Scene, word: str, n: int = 1) -> None:
    report(make, scene.office, measures(*(school(i + 1, school_name=f"{word}实验小学") for i in range(n))))
    with make.session(scene.county) as session:
        at = {"plan_id": scene.plan_id}
        for no in range(1, n + 1):
            session.add(Unit(id=new_id(), name=f"{word}实验管理站{no}", aliases=["仪器站"]))
            session.add(Phase(id=new_id(), no=no, title=f"{word}实验试点阶段", **at))
            session.add(
                Measure(id=new_id(), no=no, group_title="", title=f"{word}补设备", text="配齐实验仪器", **at)
            )
            session.add(Milestone(id=new_id(), text=f"{word}实验达标", due_on=date(2027, 6, 30), **at))
        draft = {"title": f"{word}实验草稿"}
        session.add(
            KeptDraft(
                id=new_id(),
                source_sha256="1" * 64,
                source_name="实验.docx",
                body=draft,
                read_at=NOW,
                read_by="某",
            )
        )
    for _ in range(n):
        make.task(scene.county, unit_id=scene.unit_id, plan_id=scene.plan_id, title=f"{word}建实验室")


def _asked(typed: str) -> str:
    return "/search?" + urlencode({"q": typed})


def _shown(page: BeautifulSoup) -> Shown:
    links = page.select(".search-hits a")
    return Shown(
        page.h1.text,
        {
            card.h2.text: [link.text for link in card.select(".search-hits a")]
            for card in page.select("main section.card")
        },
        [link["href"] for link in links],
    )


def test_search_finds_each_kind_of_the_own_county_only_and_no_draft(scene: Scene) -> None:
    shown = _shown(scene.as_(scene.office).get_page("/search?q=实验"))

    assert shown.headline == "找到 6 条与“实验”有关的内容。"
    assert shown.groups == {
        "学校": ["本县实验小学"],
        "任务": ["本县建实验室"],
        "单位": ["本县实验管理站1"],
        "实施方案": ["本县实验试点阶段", "本县补设备", "本县实验达标"],
    }


@ON_SQLITE
def test_every_hit_leads_to_a_page(scene: Scene) -> None:
    client = scene.as_(scene.office)
    found = [_shown(client.get_page(f"/search?q={word}")) for word in ("实验", "骨干")]

    pages = [client.get_page(address) for shown in found for address in shown.addresses]

    assert len(pages) == 7
    assert "本县补设备" in pages[4].select_one(found[0].addresses[4].removeprefix("/plan")).text


def test_tasks_and_units_of_others_stay_hidden(scene: Scene) -> None:
    make, own = scene.make, scene.make.unit(scene.county, "县实验办")
    make.task(scene.county, unit_id=own, plan_id=scene.plan_id, title="核对实验仪器")
    unit, reporter = make.member(scene.county, Role.UNIT, own), make.member(scene.county, Role.SCHOOL)

    of_unit = _shown(scene.as_(unit).get_page("/search?q=实验")).groups
    of_school = _shown(scene.as_(reporter).get_page("/search?q=实验")).groups

    assert (of_unit["任务"], of_unit["单位"]) == (["核对实验仪器"], ["县实验办"])
    assert set(of_school) == {
        "学校",
        "实施方案",
    }  # as their lists do


def test_overseer_finds_what_stands_in_the_county_entered(app: Flask, make: Factory) -> None:
    above, elsewhere = above_scene(app, make), task_scene(app, make)
    own = make.task(above.county, unit_id=make.unit(above.county), title="甲县建实验室")
    make.task(elsewhere.county, unit_id=elsewhere.unit_id, title="别县建实验室")
    client = above.as_(above.prefecture)
    outside = client.get_page("/oversight")
    client.post_page("/oversight/counties/990101/enter", {})

    page = client.get_page("/search?q=实验室")

    assert outside.select("[role=search]") == []
    assert _shown(page).addresses == [f"/tasks/{own}"]
    assert not page.select_one("#search").has_attr("hx-get")  # each answer would be noted in the county's log


def test_width_and_case_are_one_and_wildcards_are_letters(scene: Scene) -> None:
    for title in ("Ａ４纸和R4教室", "完成100%", "完成1000"):
        scene.make.task(scene.county, unit_id=scene.unit_id, plan_id=scene.plan_id, title=title)
    client, asked = scene.as_(scene.office), ("Ｒ４", "r4　ａ４", "100%", "0_", "%%", "\\\\", "教室 没有")

    found = {typed: _shown(client.get_page(_asked(typed))).groups.get("任务", []) for typed in asked}

    assert {typed: titles for typed, titles in found.items() if titles} == {
        "Ｒ４": ["Ａ４纸和R4教室"],
        "r4　ａ４": ["Ａ４纸和R4教室"],
        "100%": ["完成100%"],
    }


@ON_SQLITE
def test_what_cannot_be_found_is_answered_in_words(scene: Scene) -> None:
    client = scene.as_(scene.office)
    nothing = "请输入要找的学校、任务、指标、单位或方案内容。"
    asked = {
        "": nothing,
        "　": nothing,
        "校": "“校”太短，请至少输入 2 个字。",
        "没有这件事": "没有找到“没有这件事”。",
    }

    pages = {typed: client.get_page(_asked(typed)).select_one(".empty-state h2").text for typed in asked}
    live = [client.http.get(_asked(typed), headers={"HX-Request": "true"}).text.strip() for typed in asked]

    assert pages == asked
    assert live == ["", "", f"<p>{asked['校']}</p>", f"<p>{asked['没有这件事']}</p>"]


@ON_SQLITE
def test_short_list_holds_eight_of_all_kinds_and_the_way_to_the_rest(scene: Scene) -> None:
    for number in range(12):
        scene.make.task(
            scene.county, unit_id=scene.unit_id, plan_id=scene.plan_id, title=f"实验室第{number}间"
        )

    answer = scene.as_(scene.office).http.get("/search?q=实验", headers={"HX-Request": "true"})

    live = BeautifulSoup(answer.text, "html.parser")
    kinds = [kind.text for kind in live.select("li .search-kind")]
    assert kinds == ["学校", "任务", "任务", "任务", "单位", "实施方案", "实施方案", "实施方案"]
    assert live.select_one(".search-all")["href"] == "/search?q=%E5%AE%9E%E9%AA%8C"
    assert live.select_one(".search-all").text == "全部 18 条 ›"


@ON_SQLITE
def test_one_kind_is_shown_whole(scene: Scene) -> None:
    for number in range(12):
        scene.make.task(
            scene.county, unit_id=scene.unit_id, plan_id=scene.plan_id, title=f"实验室第{number}间"
        )
    client = scene.as_(scene.office)

    near, whole = client.get_page("/search?q=实验室"), client.get_page("/search?q=实验室&kind=tasks")

    assert len(near.select(".search-hits a")) == 10
    assert len(whole.select(".search-hits a")) == 13
    assert [link.text for link in whole.select(".siblings a[aria-current]")] == ["任务 13"]
    assert whole.select_one("#search")["value"] == "实验室"


@ON_SQLITE
def test_indicators_are_found_by_code_and_name_before_and_after_data(make: Factory, scene: Scene) -> None:
    empty = make.member(make.county())

    judged = _shown(scene.as_(scene.office).get_page("/search?q=骨干"))
    by_code = _shown(scene.as_(scene.office).get_page("/search?q=r2"))
    before = _shown(scene.as_(empty).get_page("/search?q=R2"))

    assert judged.groups == {"指标": ["R2 每百名学生拥有县级以上骨干教师数"]}
    assert (judged.addresses, by_code.addresses, before.addresses) == (
        ["/items/R2"],
        ["/items/R2"],
        ["/help/R2"],
    )


@ON_SQLITE
def test_school_that_has_not_reported_leads_to_the_returns(scene: Scene) -> None:
    report(scene.make, scene.office, measures(school(9, school_name="新办小学")), year=2025)

    shown = _shown(scene.as_(scene.office).get_page("/search?q=新办小学"))

    assert (shown.groups, shown.addresses) == ({"学校": ["新办小学"]}, ["/returns"])


@ON_SQLITE
def test_measure_tells_where_its_text_has_the_word(scene: Scene) -> None:
    page = scene.as_(scene.office).get_page("/search?q=仪器")

    notes = [note.text for note in page.select(".search-hits .soft")]
    assert notes == ["资源配置", "仪器站", "措施 1 · 配齐实验仪器"]


@pytest.mark.parametrize("n", [1, 3])
def test_search_asks_as_often_for_many_as_for_one(app: Flask, make: Factory, n: int) -> None:
    scene = task_scene(app, make)
    _fill(make, scene, "本县", n)
    client = scene.as_(scene.office)
    client.get_page("/search?q=实验")

    with count_queries(scene.app) as sent:
        client.get_page("/search?q=实验")

    assert len(sent) == 18, sent


@ON_SQLITE
def test_search_is_limited_in_its_rate(scene: Scene) -> None:
    scene.app.config["RATE_LIMITS"] = {**scene.app.config["RATE_LIMITS"], "search": (1, 60)}
    client = scene.as_(scene.office)
    client.get_page("/search?q=实验")

    client.get_page("/search?q=实验", 429)
    client.get_page("/search")


@pytest.mark.parametrize(
    ("sizes", "most", "left"),
    [((9,), 8, (8,)), ((1, 9), 8, (1, 7)), ((9, 9, 9), 8, (3, 3, 2)), ((2, 0, 1), 8, (2, 1)), ((), 8, ())],
)
def test_short_list_takes_from_each_kind_in_turn(
    sizes: tuple[int, ...], most: int, left: tuple[int, ...]
) -> None:
    kinds = list(Kind)
    groups = [Group(kinds[i], [Hit(str(k), "/") for k in range(n)], n) for i, n in enumerate(sizes)]

    assert tuple(len(group.hits) for group in shortlist(groups, most)) == left


def test_words_are_cut_to_what_a_search_can_bear() -> None:
    wanted = wanted_of("甲乙 " * 40)

    assert (len(wanted.typed), len(wanted.words)) == (60, 8)
    assert wanted_of("a b").is_short is False
    assert wanted_of(chr(0) + "甲").is_short
