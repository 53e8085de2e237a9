"""我的任务 as a sheet in a browser: keys, cells from Excel, files on a row, refusals that lose nothing."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.people import desk, enter

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Keep = Callable[[Page, str], None]

PASTE = """(cell, {text, html}) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  if (html) data.setData("text/html", html);
  cell.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""
FILES = """(target, {event, files}) => {
  const data = new DataTransfer();
  for (const [name, content] of files) data.items.add(new File([content], name, {lastModified: 1}));
  const kind = event === "paste" ? ClipboardEvent : DragEvent;
  const carried = event === "paste" ? {clipboardData: data} : {dataTransfer: data};
  return !target.dispatchEvent(new kind(event, {...carried, bubbles: true, cancelable: true}));
}"""
# The same with files of so many bytes.
SIZES = FILES.replace("[content]", "[new Uint8Array(content)]")


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """The table of the demo's 县教育局."""
    with desk(browser) as page:
        enter(page, site, "jia-education")
        page.goto(f"{site}/tasks")
        yield page


def cells(page: Page, kind: str) -> Locator:
    return page.locator(f"[data-cell={kind}]")


def values(page: Page, kind: str, n: int) -> list[str]:
    return [cells(page, kind).nth(i).input_value() for i in range(n)]


def paste(cell: Locator, text: str, html: str = "") -> None:
    cell.focus()
    cell.evaluate(PASTE, {"text": text, "html": html})


def said(page: Page) -> Locator:
    return page.locator("[data-said]")


def test_keys_go_along_rows_and_columns_and_save(page: Page) -> None:
    cells(page, "percent").nth(0).focus()
    page.keyboard.press("Tab")
    expect(cells(page, "note").nth(0)).to_be_focused()
    page.keyboard.type("第一行")
    page.keyboard.press("Enter")
    expect(cells(page, "note").nth(1)).to_be_focused()
    page.keyboard.type("上行")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("下行")
    page.keyboard.press("ArrowUp")
    expect(cells(page, "note").nth(1)).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    expect(cells(page, "note").nth(0)).to_be_focused()
    cells(page, "percent").nth(0).focus()
    page.keyboard.press("ArrowDown")
    expect(cells(page, "percent").nth(1)).to_be_focused()
    page.keyboard.type("95")  # the cell's old value was selected

    page.keyboard.press("Control+Enter")

    expect(page.locator("#my-tasks > .message")).to_have_text("已保存 2 项。")
    expect(cells(page, "note").nth(0)).to_have_attribute("placeholder", "上次：第一行")
    expect(cells(page, "note").nth(1)).to_have_attribute("placeholder", re.compile("上次：上行\\s下行"))
    expect(cells(page, "percent").nth(1)).to_have_value("95")
    expect(cells(page, "percent").nth(1)).to_be_focused()


def test_enter_that_chooses_a_word_of_an_input_method_does_not_move(page: Page) -> None:
    cells(page, "note").nth(0).focus()

    cells(page, "note").nth(0).dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(cells(page, "note").nth(0)).to_be_focused()
    cells(page, "note").nth(0).dispatch_event("keydown", {"key": "Enter"})

    expect(cells(page, "note").nth(1)).to_be_focused()


def test_block_from_excel_fills_three_rows_and_is_undone_at_once(page: Page, keep_picture: Keep) -> None:
    before = values(page, "percent", 4)

    paste(cells(page, "percent").nth(0), '72%\t已开工\r\n0.72\t"两行\n的话"\r\n100\t完工\r\n')

    assert values(page, "percent", 4) == ["72", "0.72", "100", before[3]]
    assert values(page, "note", 4) == ["已开工", "两行\n的话", "完工", ""]
    expect(said(page)).to_have_text("已填入 6 格，1 格有误，已标红（进展填 0 至 100 的整数）。")
    expect(cells(page, "percent").nth(1)).to_have_attribute("aria-invalid", "true")
    keep_picture(page, "my-tasks-pasted")

    page.keyboard.press("Control+z")

    assert values(page, "percent", 4) == before
    assert values(page, "note", 4) == ["", "", "", ""]
    expect(said(page)).to_have_text("已撤销粘贴，恢复 6 格")
    assert cells(page, "percent").nth(1).get_attribute("aria-invalid") is None


def test_undo_button_leaves_what_was_typed_since(page: Page) -> None:
    paste(cells(page, "note").nth(0), "甲\n乙\n", "<table><tr><td>甲</td></tr><tr><td>乙</td></tr></table>")
    cells(page, "note").nth(1).fill("自己写的")

    page.get_by_role("button", name="撤销粘贴").click()

    assert values(page, "note", 2) == ["", "自己写的"]
    expect(said(page)).to_have_text("已撤销粘贴，恢复 1 格")


def test_cells_beyond_the_table_are_told_and_empty_ones_wipe_nothing_out(page: Page) -> None:
    last = cells(page, "percent").count() - 1
    cells(page, "note").nth(last).fill("原有的话")

    paste(cells(page, "percent").nth(last), "60\t\t多余\n70\t再下一行\n")

    assert (cells(page, "percent").nth(last).input_value(), cells(page, "note").nth(last).input_value()) == (
        "60",
        "原有的话",
    )
    expect(said(page)).to_have_text("已填入 1 格，3 格超出表格，没有填入。")


def test_paragraphs_of_one_text_do_not_run_into_other_tasks(page: Page) -> None:
    paste(cells(page, "note").nth(0), "第一段\n第二段")

    assert cells(page, "note").nth(1).input_value() == ""
    expect(said(page)).to_have_text("")


def test_files_dropped_and_pasted_on_a_row_are_saved_with_it(page: Page, keep_picture: Keep) -> None:
    row = page.locator("[data-row]").nth(1)
    title = row.locator(".owed-title a").inner_text()
    files = [["验收单.txt", "验收单（示例）"], ["会议纪要.txt", "纪要（示例）"]]
    row.locator(".owed-title").evaluate(FILES, {"event": "dragover", "files": files})
    expect(row).to_have_class(re.compile("owed-over"))
    row.locator(".owed-title").evaluate(FILES, {"event": "drop", "files": files})
    expect(row.locator("[data-list] li")).to_have_count(2)
    expect(row).not_to_have_class(re.compile("owed-over"))
    row.locator("textarea").evaluate(FILES, {"event": "paste", "files": [["照片说明.txt", "照片"]]})
    row.locator("[data-list] li", has_text="会议纪要").get_by_role("button").click()
    expect(row.locator("[data-list] li > span")).to_have_text(["验收单.txt", "照片说明.txt"])
    expect(said(page)).to_have_text("这一项已选 2 份材料，保存时上传")
    keep_picture(page, "my-tasks-files")

    page.keyboard.press("Control+Enter")

    expect(page.locator("#my-tasks > .message")).to_have_text("已保存 1 项。")
    page.get_by_role("link", name=title).click()
    expect(page.locator(".story li").first).to_contain_text("验收单.txt")
    expect(page.locator(".story li").first).to_contain_text("照片说明.txt")


def test_file_dropped_beside_the_table_does_not_leave_the_page(page: Page) -> None:
    cells(page, "note").nth(0).fill("写了一半")

    taken = page.locator("h1").evaluate(FILES, {"event": "drop", "files": [["验收单.txt", "x"]]})

    assert taken is True
    assert page.locator("[data-list] li").count() == 0
    expect(cells(page, "note").nth(0)).to_have_value("写了一半")


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [
        ("程序.exe", 10, "不收“程序.exe”这种文件"),
        ("大图.png", 21 << 20, "“大图.png”超过 20 MB"),
    ],
)
def test_file_that_cannot_be_taken_is_told_at_once(page: Page, name: str, size: int, words: str) -> None:
    row = page.locator("[data-row]").first

    row.evaluate(SIZES, {"event": "drop", "files": [[name, size]]})

    expect(said(page)).to_contain_text(words)
    expect(row.locator("[data-list] .over")).to_have_text(name)


def test_more_than_one_save_can_carry_is_not_sent(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    for n in range(3):
        files = [[f"图{n}.png", 19 << 20]]
        page.locator("[data-row]").nth(n).evaluate(SIZES, {"event": "drop", "files": files})

    page.keyboard.press("Control+Enter")

    expect(said(page)).to_have_text("这次的材料合计 57 MB，一次最多 48 MB，请分几次保存")
    assert sent == []


def test_refusal_keeps_words_and_asks_before_leaving(page: Page, keep_picture: Keep) -> None:
    cells(page, "percent").nth(0).fill("120")
    cells(page, "note").nth(0).fill("写了很多")
    cells(page, "note").nth(2).fill("这行没有问题")

    page.keyboard.press("Control+Enter")

    expect(page.locator("#my-tasks > .message")).to_have_text("已保存 1 项，1 项没有保存，请看各项的说明。")
    refused = page.locator(".owed-refused")
    expect(refused.locator("[data-cell=percent]")).to_have_value("120")
    expect(refused.locator("[data-cell=percent]")).to_be_focused()
    expect(refused.locator("[data-cell=note]")).to_have_value("写了很多")
    keep_picture(page, "my-tasks-refused")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="全部任务").click()
    expect(page.locator("#ledger")).to_be_visible()
    assert asked == ["beforeunload"]


def test_two_colleagues_on_one_row_the_second_keeps_everything(
    page: Page, browser: Browser, site: str, keep_picture: Keep
) -> None:
    with desk(browser) as other:
        enter(other, site, "jia-education")
        other.goto(f"{site}/tasks")
        cells(other, "note").nth(0).fill("同事写的")
        other.keyboard.press("Control+Enter")
        expect(other.locator("#my-tasks > .message")).to_have_text("已保存 1 项。")
    cells(page, "note").nth(0).fill("我写的")
    cells(page, "note").nth(1).fill("别的一行")

    page.keyboard.press("Control+Enter")

    refused = page.locator(".owed-refused")
    expect(refused.locator(".owed-news")).to_contain_text("同事写的")
    expect(refused.locator("[data-cell=note]")).to_have_value("我写的")
    expect(page.locator("#my-tasks > .message")).to_contain_text("已保存 1 项，1 项没有保存")
    keep_picture(page, "my-tasks-two-at-once")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#my-tasks > .message")).to_have_text("已保存 1 项。")
    expect(page.locator(".owed-refused")).to_have_count(0)


def test_table_works_without_script(browser: Browser, site: str, tmp_path: Path, keep_picture: Keep) -> None:
    evidence = tmp_path / "验收单.txt"
    evidence.write_text("验收单（示例）", encoding="utf-8")
    with desk(browser, with_script=False) as page:
        enter(page, site, "jia-education")
        page.goto(f"{site}/tasks")
        title = page.locator("[data-row] .owed-title a").first.inner_text()
        keep_picture(page, "my-tasks-without-script")
        cells(page, "note").nth(0).fill("写了进展")
        expect(cells(page, "files").nth(0)).to_be_visible()
        cells(page, "files").nth(0).set_input_files(evidence)
        page.get_by_role("button", name="保存").click()

        expect(page.locator("#messages")).to_contain_text("已保存 1 项。")
        page.get_by_role("link", name=title).click()
        expect(page.locator(".story li").first).to_contain_text("验收单.txt")


def test_table_fits_a_phone(page: Page, keep_picture: Keep) -> None:
    width, height = PHONE
    page.set_viewport_size({"width": width, "height": height})

    keep_picture(page, "my-tasks-phone")

    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    middles = page.locator("[data-row]").first.evaluate(
        "row => [...row.querySelectorAll('.owed-percent, .owed-note, .owed-files, .owed-close')]"
        ".map(cell => cell.getBoundingClientRect()).map(({top, bottom}) => (top + bottom) / 2)"
    )
    assert max(middles) - min(middles) < 4, "what is filled in stands in one line under the title"
