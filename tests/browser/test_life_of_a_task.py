"""A whole life of a task in the browser, looking at what each role sees at each step."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app.clock import today
from tests.browser.people import desk, enter

Keep = Callable[[Page, str], None]
TITLE = "补齐三所学校的音乐教室"
REASON = "缺第三所学校的验收单"
EDUCATION, FINANCE = "县教育局", "县财政局"
FIRST_DAY, WANTED_DAY, LAST_DAY = (today() + timedelta(days=days) for days in (45, 90, 150))


@dataclass
class Walk:
    """One browser in which people take turns."""

    page: Page
    site: str
    folder: Path
    keep: Keep
    path: str = ""

    def turn(self, login: str, path: str) -> Page:
        """Another person sits down and opens a page."""
        enter(self.page, self.site, login)
        self.page.goto(self.site + path)
        return self.page

    def at_task(self, login: str) -> Page:
        return self.turn(login, self.path)

    def row(self, login: str) -> Locator:
        """The task in what the person's unit owes."""
        return self.turn(login, "/tasks").locator("tbody.owed", has_text=TITLE)

    def ledger(self, login: str) -> Locator:
        """The task in the ledger."""
        return self.turn(login, "/tasks?list=all").locator("#ledger tbody tr", has_text=TITLE)

    def act(self, act: str, **typed: str) -> None:
        """One of the acts offered on the page of the task."""
        panel = self.page.locator(f"details:has(form[action$='/acts/{act}'])")
        panel.locator("summary").click()
        for name, value in typed.items():
            box = panel.locator(f"[name={act}-{name}]")
            if name == "lead_unit_id":
                box.select_option(label=value)
            else:
                box.fill(value)
        panel.locator("form button").click()
        self.page.wait_for_load_state()

    def hand_in(self, note: str, file_name: str) -> None:
        """Fill in the row of 我的任务 with a file and the wish for close-out, and save."""
        row = self.row("jia-education")
        evidence = self.folder / file_name
        evidence.write_text(f"（示例）{note}", encoding="utf-8")
        row.locator("[data-cell=percent]").fill("100")
        row.locator("[data-cell=note]").fill(note)
        row.locator("[data-cell=files]").set_input_files(evidence)
        row.locator("[data-cell=close]").check()
        self.page.keyboard.press("Control+Enter")
        expect(self.page.locator("#my-tasks > .message")).to_have_text("已保存 1 项。")
        expect(self.page.locator("tbody.owed", has_text=TITLE)).to_contain_text("待核实")

    def verify(self, button: str, note: str) -> None:
        page = self.turn("jia-supervisor", "/tasks?state=submitted")
        page.get_by_role("link", name=TITLE).click()
        page.locator("#note").fill(note)
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.locator(".story li").first).to_contain_text(button)


@pytest.fixture
def walk(browser: Browser, site: str, tmp_path: Path, keep_picture: Keep) -> Iterator[Walk]:
    with desk(browser) as page:
        yield Walk(page, site, tmp_path, keep_picture)


@pytest.mark.browser
@pytest.mark.slow
def test_task_lives_from_assignment_to_its_second_close_out(walk: Walk) -> None:
    _assign_sign_decline_reassign(walk)
    _report_and_extend(walk)
    _submit_return_submit_close(walk)
    _reopen_and_close(walk)

    story = walk.at_task("jia-leader").locator(".story li b").all_inner_texts()
    assert [re.split("[，到]", deed)[0] for deed in reversed(story)] == [
        "交办", "签收", "退办", "重新交办", "签收", "反馈进展 40%", "申请延期", "同意延期",
        "反馈进展 100%", "申请销号", "退回", "反馈进展 100%", "申请销号", "核实销号",
        "反弹重开", "反馈进展 100%", "申请销号", "核实销号",
    ]  # fmt: skip
    walk.keep(walk.page, "life-story")


def _assign_sign_decline_reassign(walk: Walk) -> None:
    page = walk.turn("jia-leader", "/tasks/new")
    page.fill("#title", TITLE)
    page.select_option("#lead_unit_id", label=FINANCE)
    page.fill("#due_on", FIRST_DAY.isoformat())
    page.get_by_role("button", name="交办").click()
    expect(page.locator("h1")).to_have_text(TITLE)
    walk.path = page.url.removeprefix(walk.site)

    expect(walk.row("jia-finance")).to_contain_text("待签收，填报即签收")
    walk.at_task("jia-finance").get_by_role("button", name="签收").click()
    expect(walk.page.locator(".kv")).to_contain_text("办理中")
    walk.act("decline", note="属教育部门职责")
    expect(walk.page.locator(".kv")).to_contain_text("退办")
    expect(walk.row("jia-finance")).to_have_count(0)

    expect(walk.ledger("jia-office")).to_contain_text("退办")
    walk.page.get_by_role("link", name=TITLE).click()
    walk.act("reassign", lead_unit_id=EDUCATION, note="改由教育局办")
    expect(walk.page.locator(".basis")).to_contain_text(f"{EDUCATION}牵头")
    walk.keep(walk.page, "life-reassigned")


def _report_and_extend(walk: Walk) -> None:
    row = walk.row("jia-education")
    row.locator("[data-cell=percent]").fill("40")
    row.locator("[data-cell=note]").fill("两所已开工")
    walk.page.keyboard.press("Control+Enter")
    expect(walk.page.locator("#my-tasks > .message")).to_have_text("已保存 1 项。")

    walk.at_task("jia-education")
    walk.act("ask", due_on=WANTED_DAY.isoformat(), note="设备晚到")
    page = walk.at_task("jia-leader")
    expect(page.locator(".message-amber")).to_contain_text(
        f"申请延期到{WANTED_DAY:%Y}年{WANTED_DAY.month}月{WANTED_DAY.day}日：设备晚到"
    )
    walk.keep(page, "life-extension-asked")
    walk.act("grant")

    for look, login in _those_who_see(walk):
        expect(look(login).locator(".under", has_text="原定")).to_be_visible()
    walk.keep(walk.page, "life-extended")


def _those_who_see(walk: Walk) -> list[tuple[Callable[[str], Locator], str]]:
    return [(walk.ledger, "jia-leader"), (walk.ledger, "jia-supervisor"), (walk.row, "jia-education")]


def _submit_return_submit_close(walk: Walk) -> None:
    walk.hand_in("三所都完工", "验收单.txt")
    expect(walk.ledger("jia-leader")).to_contain_text("待核实")
    walk.verify("退回", REASON)
    demand = walk.row("jia-education").locator(".owed-demand")
    expect(demand).to_contain_text(f"退回 {REASON}")
    walk.keep(walk.page, "life-returned")

    walk.hand_in("补了第三所的验收单", "第三所验收单.txt")
    walk.verify("核实销号", "属实")
    expect(walk.row("jia-education")).to_have_count(0)
    for login in ("jia-leader", "jia-office", "jia-education", "jia-supervisor"):
        expect(walk.ledger(login)).to_contain_text("已销号")


def _reopen_and_close(walk: Walk) -> None:
    walk.at_task("jia-office")
    walk.act("reopen", due_on=LAST_DAY.isoformat(), note="一所教室被挪用")
    expect(walk.ledger("jia-supervisor")).to_contain_text("办理中")
    row = walk.row("jia-education")
    expect(row.locator(".owed-demand")).to_contain_text("一所教室被挪用")
    expect(row.locator("[data-cell=percent]")).to_have_value("0")

    walk.hand_in("已腾退", "腾退照片说明.txt")
    walk.verify("核实销号", "已复核")
    expect(walk.ledger("jia-leader")).to_contain_text("已销号")
