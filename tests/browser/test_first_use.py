"""From an empty county, made on the platform's page, to its first verdict and first assigned task."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.clock import today
from tests.browser.access import findings
from tests.browser.cast import add_operator
from tests.browser.people import desk, enter
from tests.databases import Database

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("databases", ["sqlite"], indirect=True),
]
Keep = Callable[[Page, str], None]
NAME, WORDS = "新县（示例）", "山高水长 一路向前 2029"


@pytest.fixture
def operator(database: Database, tmp_path: Path) -> str:
    return add_operator(tmp_path, database)


def test_county_goes_from_nothing_to_its_first_task(
    browser: Browser, operator: str, site: str, tmp_path: Path, keep_picture: Keep
) -> None:
    with desk(browser) as page:
        _found_county(page, site, operator)
        page.goto(f"{site}/start")
        _expect_next(page, 0, "导入学校")
        assert findings(page) == []
        keep_picture(page, "start-empty")

        _import_sample(page, tmp_path)
        page.goto(f"{site}/start")
        _expect_next(page, 3, "建立实施方案")

        _adopt_sample_plan(page, tmp_path)
        page.goto(f"{site}/start")
        _expect_next(page, 4, "交办任务")
        keep_picture(page, "start-plan")

        _assign_first_task(page)
        page.goto(f"{site}/start")
        _expect_next(page, 5, "邀请成员")
        page.get_by_role("link", name="邀请成员").click()
        expect(page.locator("main form").first).to_be_visible()


def _expect_next(page: Page, n_done: int, step: str) -> None:
    expect(page.locator("h1")).to_contain_text(f"已完成 {n_done} / 6 步，下一步是{step}")
    expect(page.locator(".start [aria-current=step] h2")).to_contain_text(step)


def _found_county(page: Page, site: str, operator: str) -> None:
    enter(page, site, operator)
    page.goto(f"{site}/platform/counties/new")
    page.fill("#code", "990188")
    page.fill("#name", NAME)
    page.fill("#horizon_year", "2032")
    page.fill("#person", "王主任")
    page.get_by_role("button", name="新建并生成邀请链接").click()
    link = page.locator("#link").input_value()

    page.context.clear_cookies()
    page.goto(re.sub(r"^https?://[^/]+", site, link))
    page.fill("#login", "wang-zr")
    page.fill("#password", WORDS)
    page.fill("#again", WORDS)
    page.get_by_role("button", name="建立账号并加入").click()
    page.wait_for_url("**/sign-in")
    page.fill("#login", "wang-zr")
    page.fill("#password", WORDS)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda address: "/sign-in" not in address)
    page.get_by_role("link", name="开始使用 ›").click()


def _download(page: Page, name: str, target: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    waiting.value.save_as(target)
    return target


def _import_sample(page: Page, folder: Path) -> None:
    workbook = _download(page, "示例工作簿", folder / "sample.xlsx")
    page.get_by_role("link", name="上传工作簿").click()
    page.set_input_files("#workbook", workbook)
    page.get_by_role("button", name="上传并检查").click()
    page.wait_for_url("**/indicators")
    expect(page.locator("h1")).to_contain_text("32 项指标中")


def _adopt_sample_plan(page: Page, folder: Path) -> None:
    document = _download(page, "示例方案", folder / "plan.docx")
    page.get_by_role("link", name="新建方案").click()
    page.set_input_files("#document", document)
    page.get_by_role("button", name="上传并预览").click()
    page.get_by_role("button", name="确认建立方案").click()
    expect(page.locator("h1")).to_contain_text("措施")


def _assign_first_task(page: Page) -> None:
    page.get_by_role("link", name="新增任务").click()
    page.fill("#title", "补齐三所学校的音乐教室")
    page.select_option("#lead_unit_id", label="县教育局")
    page.fill("#due_on", (today() + timedelta(days=45)).isoformat())
    page.get_by_role("button", name="交办").click()
    expect(page.locator("main")).to_contain_text("补齐三所学校的音乐教室")


def test_help_opens_over_the_page_and_gives_the_focus_back(browser: Browser, site: str) -> None:
    with desk(browser) as page:
        enter(page, site, "jia-leader")
        page.goto(f"{site}/indicators")
        mark = page.get_by_role("link", name="R4 指标说明").first
        mark.focus()
        page.keyboard.press("Enter")

        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("室内体育馆面积没有从中减去")
        assert findings(page) == []
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(mark).to_be_focused()


def test_help_is_a_page_without_script(browser: Browser, site: str) -> None:
    with desk(browser, with_script=False) as page:
        enter(page, site, "jia-leader")
        page.goto(f"{site}/indicators")
        page.get_by_role("link", name="G3 指标说明").first.click()

        expect(page.locator("h1")).to_have_text("G3 音乐、美术专用教室")
