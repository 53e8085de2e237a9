"""The frame and the shared macros: what every screen is built of."""

import re
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask, render_template, render_template_string
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired

from app.frame import Frame, Link
from plans.states import TaskState
from scoring.errors import Problem
from tests.pages import check_page

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "app" / "templates"
SHARED = sorted((TEMPLATES / "shared").glob("*.html"))
CSS = ROOT / "static" / "css"
TOKEN = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
MACRO = re.compile(r"{%-? macro (\w+)\(")

FRAME = Frame(
    search_url="/search",
    messages_url="/messages",
    county="甲县",
    counties=[Link("甲县", "/a", active=True), Link("乙县", "/b")],
    year="2025 年度",
    years=[Link("2025 年度", "/y", active=True)],
    menu=[Link("总览", "/", active=True), Link("任务台账", "/tasks", badge="78")],
    user_name="示例同志",
    role_name="领导小组",
    version="优质均衡 2017 版",
    unread=6,
)


class SampleForm(FlaskForm):
    """One field of each kind that the forms of this application use."""

    title = StringField("任务名称", [DataRequired()], description="一句话写清做什么。")
    unit = SelectField("牵头单位", choices=[SelectChoice("1", "县教育局")])
    amount = IntegerField("数量")
    stage = RadioField("学段", choices=[SelectChoice("primary", "小学"), SelectChoice("junior", "初中")])
    yearly = BooleanField("每年都要完成")


@pytest.fixture
def gallery(app: Flask) -> BeautifulSoup:
    """The page that shows every macro."""
    with app.test_request_context():
        html = render_template(
            "shared/gallery.html",
            frame=FRAME,
            form=SampleForm(),
            sample_day=date(2027, 8, 31),
            planned_day=date(2026, 12, 31),
            sample_option={"series": [{"type": "line", "data": [1, None]}]},
            sample_problems=[
                Problem("学校", 7, "小学在校生数", "不是数字。"),
                Problem("县级", None, None, "没有这张表。", severity="warning"),
            ],
        )
    return BeautifulSoup(html, "html.parser")


def draw(app: Flask, macro: str, source: str, /, **context: object) -> BeautifulSoup:
    """One macro call as it stands in a template."""
    file = next(path for path in SHARED if f"macro {macro}(" in path.read_text())
    with app.test_request_context():
        head = f'{{% from "shared/{file.name}" import {macro} %}}'
        return BeautifulSoup(render_template_string(head + source, **context), "html.parser")


def text(part: Tag) -> str:
    return part.get_text(" ", strip=True)


def test_gallery_is_a_sound_page(gallery: BeautifulSoup) -> None:
    check_page(gallery)


def test_gallery_or_frame_uses_every_macro() -> None:
    sources = "\n".join(path.read_text() for path in TEMPLATES.rglob("*.html"))
    macros = {name for path in SHARED for name in MACRO.findall(path.read_text())}

    unused = {name for name in macros if len(re.findall(rf"[{{( ]{name}\(", sources)) < 3}

    assert unused == set()  # once in its comment, once where it is defined, once where it is called


def test_every_macro_tells_its_arguments_before_its_definition() -> None:
    silent = [
        f"{path.name}: {found.group(1)}"
        for path in SHARED
        for found in MACRO.finditer(path.read_text())
        if not re.search(rf"{{#[^#]*\b{found.group(1)}\([^#]*#}}\s*$", path.read_text()[: found.start()])
    ]

    assert silent == []


def test_frame_names_county_year_place_and_person(gallery: BeautifulSoup) -> None:
    assert gallery.html["lang"].startswith("zh")
    assert gallery.title.text == "样式 · 甲县 · 优均台账"
    assert [text(link) for link in gallery.select(".sidemenu a[aria-current=page]")] == ["总览"]
    assert [text(link) for link in gallery.select(".drop-panel a[aria-current=true]")] == ["甲县"]
    assert text(gallery.select_one(".print-header")) == "甲县 · 2025 年度 · 优质均衡 2017 版"
    assert text(gallery.select_one("#unread .count")) == "6 条未读"


def test_frame_offers_no_switch_when_there_is_nothing_to_switch(gallery: BeautifulSoup) -> None:
    switches = [text(summary) for summary in gallery.select(".topbar > .drop-box:not(.fold) > summary")]

    assert switches == ["切换县： 甲县"]
    assert text(gallery.select_one(".switch-only")) == "2025 年度"


def test_frame_before_sign_in_has_no_menu(app: Flask) -> None:
    with app.test_request_context():
        page = BeautifulSoup(render_template("errors/404.html"), "html.parser")

    assert page.select("nav, .search, .print-header") == []
    check_page(page)


@pytest.mark.parametrize("name", sorted(path.stem for path in (TEMPLATES / "errors").glob("[3-9r]*.html")))
@pytest.mark.parametrize("frame", [None, FRAME], ids=["signed out", "signed in"])
def test_error_page_says_what_happened_and_what_to_do(app: Flask, name: str, frame: Frame | None) -> None:
    with app.test_request_context():
        page = BeautifulSoup(render_template(f"errors/{name}.html", frame=frame), "html.parser")

    check_page(page)
    assert len(page.select("main h1")) == 1
    assert text(page.select_one("[data-refusal]")).endswith("。")
    assert text(page.select_one("main a.btn")) == "回到首页"


def test_error_page_prefers_the_message_of_the_refusal(app: Flask) -> None:
    with app.test_request_context():
        page = BeautifulSoup(render_template("errors/403.html", message="只有督导室能核实。"), "html.parser")

    assert text(page.select_one("[data-refusal]")) == "只有督导室能核实。"


@pytest.mark.parametrize(
    ("call", "tone", "word"),
    [
        ("light('yellow')", "amber", "黄灯"),
        ("light('red', '赶不上')", "red", "赶不上"),
        ("verdict('met')", "green", "达标"),
        ("verdict('close')", "amber", "接近"),
        ("verdict('not_met')", "red", "未达标"),
        ("verdict('pending')", "grey", "待定"),
        ("verdict('no_data')", "grey", "缺数据"),
        ("time_status('not_due')", "grey", "未到期"),
        ("time_status('due_soon')", "amber", "临期"),
        ("time_status('overdue')", "red", "逾期"),
        ("time_status('done')", "green", "已完成"),
        ("return_state('returned')", "red", "退回"),
    ],
)
def test_status_is_a_word_with_a_shape(app: Flask, call: str, tone: str, word: str) -> None:
    pill = draw(app, call.split("(")[0], "{{ " + call + " }}").select_one(".pill")

    assert (pill["class"], text(pill)) == (["pill", f"pill-{tone}"], word)
    assert len(pill.select("svg.shape > *")) == 1


def test_shapes_of_the_four_tones_differ(app: Flask) -> None:
    shapes = {
        str(draw(app, "pill", "{{ pill(tone, 'x') }}", tone=tone).select_one("svg > *"))
        for tone in ("green", "amber", "red", "grey")
    }

    assert len(shapes) == 4


@pytest.mark.parametrize("state", list(TaskState))
def test_every_task_state_has_a_word(app: Flask, state: TaskState) -> None:
    assert text(draw(app, "task_state", "{{ task_state(state) }}", state=state)) != ""


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        ("number(0)", "0.00"),
        ("number(none)", "未填"),
        ("number(none, applies=false)", "—"),
        ("number(12818, 0, '人')", "12,818 人"),
        ("percent(88.2)", "88.2%"),
        ("points(-1.5)", "-1.5 百分点"),
        ("points(2)", "+2.0 百分点"),
        ("day(day_)", "2026年9月30日"),
        ("day(none)", "未填"),
        ("month_day(day_)", "9月30日"),
        ("due(day_)", "2026-09-30"),
        ("due(day_, day_)", "2026-09-30"),
        ("due(day_, planned)", "2026-09-30 原定 2026-06-30"),
    ],
)
def test_number_zero_missing_and_not_applicable_look_different(app: Flask, call: str, shown: str) -> None:
    source = "{{ " + call + " }}"

    drawn = draw(app, call.split("(")[0], source, day_=date(2026, 9, 30), planned=date(2026, 6, 30))

    assert text(drawn) == shown


@pytest.mark.parametrize(
    ("call", "value_width", "tick"),
    [
        ("bar(1.0, 1.0)", 60.0, 59.0),
        ("bar(5.0, 1.0)", 120.0, 59.0),
        ("bar(0, 1.0)", 0.0, 59.0),
        ("bar(108, 0, scale=216)", 60.0, -1.0),
        ("bar(0, 0)", 0.0, -1.0),
    ],
)
def test_bar_stays_inside_its_ground_and_marks_the_standard(
    app: Flask, call: str, value_width: float, tick: float
) -> None:
    bar = draw(app, "bar", "{{ " + call + " }}")

    assert float(bar.select_one(".bar-value")["width"]) == value_width
    assert float(bar.select_one(".bar-limit")["x"]) == tick


def test_bar_of_a_missing_value_is_empty_ground(app: Flask) -> None:
    bar = draw(app, "bar", "{{ bar(none, 2.4) }}")

    assert bar.select(".bar-value") == []
    assert bar.svg["aria-label"] == "值 未填，标准 2.4"


def test_progress_without_a_figure_is_not_zero(app: Flask) -> None:
    assert [text(draw(app, "progress", f"{{{{ progress({p}) }}}}")) for p in ("none", "0")] == ["未填", "0%"]


def test_table_without_rows_says_so_across_all_columns(app: Flask) -> None:
    source = "{% call table([{'label': '甲'}, {'label': '乙'}], empty='还没有学校。') %} {% endcall %}"

    cell = draw(app, "table", source).select_one("tbody td")

    assert (cell["colspan"], text(cell)) == ("2", "还没有学校。")


def test_field_points_to_its_hint_and_error(app: Flask) -> None:
    with app.test_request_context():
        form = SampleForm()
    form.title.errors = ["请填写任务名称。"]

    drawn = draw(app, "field", "{{ field(item) }}", item=form.title)

    assert drawn.input["aria-describedby"] == "title-hint title-error"
    assert drawn.input["aria-invalid"] == "true"
    assert text(drawn.select_one("#title-error")) == "请填写任务名称。"


def test_field_without_error_is_not_called_wrong(app: Flask) -> None:
    with app.test_request_context():
        form = SampleForm()

    drawn = draw(app, "field", "{{ field(item) }}", item=form.amount)

    assert not drawn.input.has_attr("aria-invalid")
    assert not drawn.input.has_attr("aria-describedby")


def test_post_form_carries_its_token_and_attributes(app: Flask) -> None:
    form = draw(app, "post_form", "{% call post_form('/x', files=true, hx_target='#y') %}{% endcall %}").form

    assert (form["method"], form["action"], form["hx-target"]) == ("post", "/x", "#y")
    assert form["enctype"] == "multipart/form-data"
    assert form.select_one("input[name=csrf_token]")["value"] != ""


def test_chart_data_cannot_break_out_of_its_script(app: Flask) -> None:
    option = {"title": "</script><b>x"}

    drawn = draw(app, "chart", "{{ chart('c', 't', option, 's', ['a'], [[none]]) }}", option=option)

    assert drawn.select("b") == []
    assert [text(cell) for cell in drawn.select("td")] == ["未填"]
