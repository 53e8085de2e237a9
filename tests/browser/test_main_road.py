"""The whole road once, as its people walk it: data in, verdicts; plan in, tasks; evidence, close-out."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from app.clock import today
from app.demo.sample import sample_workbook
from tests.browser.conftest import DESK, PHONE
from tests.browser.people import desk, enter
from tests.plans.reading import sample

Keep = Callable[[Page, str], None]


@pytest.fixture(params=["htmx", "without-script"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A desk browser, once with scripts and once without."""
    with desk(browser, with_script=request.param == "htmx") as page:
        yield page


def filled_workbook(path: Path, spoil: bool = False) -> Path:
    """The demo county's last year as a workbook; spoiled: a word where a number belongs."""
    stream = io.BytesIO()
    sample_workbook(stream)
    book = load_workbook(stream)
    if spoil:
        sheet = book["学校"]
        column = next(cell.column for cell in sheet[1] if str(cell.value).startswith("小学在校生数"))
        sheet.cell(3, column).value = "约三百"
    book.save(path)
    return path


@pytest.mark.browser
@pytest.mark.slow
def test_county_walks_from_workbook_and_plan_to_close_out(
    page: Page, site: str, tmp_path: Path, keep_picture: Keep
) -> None:
    _upload_data(page, site, tmp_path, keep_picture)
    _read_the_verdict(page, site, keep_picture)
    _adopt_plan(page, site, tmp_path, keep_picture)
    title = "补齐三所学校的音乐教室"
    _assign(page, site, title, keep_picture)
    _report(page, site, title, tmp_path, keep_picture)
    _send_back_and_close(page, site, title, tmp_path, keep_picture)


def _upload_data(page: Page, site: str, folder: Path, keep: Keep) -> None:
    enter(page, site, "jia-office")
    page.goto(f"{site}/returns")
    page.select_option("#year", "2026")
    page.set_input_files("#workbook", filled_workbook(folder / "spoiled.xlsx", spoil=True))
    page.get_by_role("button", name="上传并检查").click()
    expect(page.locator(".problems")).to_contain_text("约三百")
    keep(page, "returns-problems")

    page.select_option("#year", "2026")
    page.set_input_files("#workbook", filled_workbook(folder / "filled.xlsx"))
    page.get_by_role("button", name="上传并检查").click()
    page.wait_for_url("**/indicators")
    expect(page.locator("main")).to_contain_text("2026")


def _read_the_verdict(page: Page, site: str, keep: Keep) -> None:
    page.goto(f"{site}/")
    expect(page.locator("h1")).to_contain_text("还差")
    expect(page.locator("main")).to_contain_text(re.compile(r"26\s*/ 30 达标"))
    keep(page, "leader")
    page.goto(f"{site}/indicators")
    keep(page, "indicators")
    page.get_by_role("link", name=re.compile("体育运动场馆面积")).first.click()
    expect(page.locator("main")).to_contain_text("甲县第一小学")
    keep(page, "indicator")


def _adopt_plan(page: Page, site: str, folder: Path, keep: Keep) -> None:
    document = folder / "plan.docx"
    document.write_bytes(sample.as_word())
    page.goto(f"{site}/plan/new")
    page.set_input_files("#document", document)
    page.get_by_role("button", name="上传并预览").click()
    expect(page.get_by_role("button", name="确认建立方案")).to_be_visible()
    keep(page, "plan-draft")
    page.get_by_role("button", name="确认建立方案").click()
    expect(page.locator("h1")).to_contain_text("措施")
    keep(page, "plan")


def _assign(page: Page, site: str, title: str, keep: Keep) -> None:
    page.goto(f"{site}/tasks/new")
    page.fill("#title", title)
    page.select_option("#lead_unit_id", label="县教育局")
    page.fill("#due_on", (today() + timedelta(days=45)).isoformat())
    keep(page, "task-new")
    page.get_by_role("button", name="交办").click()
    expect(page.locator("main")).to_contain_text(title)


def _report(page: Page, site: str, title: str, folder: Path, keep: Keep) -> None:
    enter(page, site, "jia-education")
    keep(page, "my-tasks")
    page.get_by_role("link", name=title).first.click()
    _hand_in(page, folder / "first.txt", "两所学校已完成，第三所正在装修。", 70)
    keep(page, "task-unit")


def _hand_in(page: Page, evidence: Path, words: str, percent: int) -> None:
    evidence.write_text(f"验收单（示例）：{words}", encoding="utf-8")
    page.locator("input[type=number]").fill(str(percent))
    page.locator(".report textarea").fill(words)
    page.set_input_files("input[type=file]", evidence)
    page.get_by_label("申请销号").check()
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#task")).to_contain_text("等待督导室核实")


def _send_back_and_close(page: Page, site: str, title: str, folder: Path, keep: Keep) -> None:
    enter(page, site, "jia-supervisor")
    page.goto(f"{site}/tasks?state=submitted")
    page.get_by_role("link", name=title).click()
    page.locator("#note").fill("缺第三所学校的验收单。")
    page.get_by_role("button", name="退回").click()
    expect(page.locator("#task")).to_contain_text("缺第三所学校的验收单。")
    address = page.url

    enter(page, site, "jia-education")
    page.goto(address)
    _hand_in(page, folder / "second.txt", "三所学校全部完成。", 100)

    enter(page, site, "jia-supervisor")
    page.goto(address)
    page.get_by_role("button", name="核实销号").click()
    expect(page.locator("#task")).to_contain_text("已销号")
    keep(page, "task-closed")


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(
    "login", ["jia-leader", "jia-office", "jia-education", "jia-supervisor", "yi-office"]
)
def test_pages_fit_a_phone_and_the_desk(browser: Browser, site: str, login: str, keep_picture: Keep) -> None:
    for width, height in (DESK, PHONE):
        context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": height})
        page = context.new_page()
        enter(page, site, login)

        for path in ("/", "/indicators", "/schools", "/plan", "/tasks", "/returns"):
            page.goto(site + path)
            keep_picture(page, f"{login}{path.replace('/', '-')}-{width}")
            overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert (path, overflow <= 0) == (path, True)
        context.close()
