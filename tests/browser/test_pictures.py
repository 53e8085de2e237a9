"""What is drawn can be taken along: pictures with everything in them, figures that no spreadsheet runs."""

from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as NothingHappened

from tests.browser.palette import dots_of
from tests.browser.people import desk, enter

# Drawn for good: as wide as its place, type loaded, clear of the bar above, the page no longer moving.
DRAWN = """async () => {
  const canvas = document.querySelector("#spread-plot .chart-canvas");
  const chart = window.echarts?.getInstanceByDom(canvas);
  if (!chart || chart.getWidth() !== canvas.clientWidth) return false;
  await document.fonts.ready;
  canvas.scrollIntoView({ block: "center" });
  const frame = () => new Promise(requestAnimationFrame), top = () => canvas.getBoundingClientRect().top;
  const before = top();
  await frame();
  await frame();
  return top() === before && chart.getZr().storage.getDisplayList(true).length > 0;
}"""
# Where the chart itself finds its first school when asked.
FIRST_SYMBOL = """() => {
  const canvas = document.querySelector("#spread-plot .chart-canvas");
  const chart = echarts.getInstanceByDom(canvas), first = chart.getOption().series[0].data[0];
  const [x, y] = chart.convertToPixel("grid", first.value), box = canvas.getBoundingClientRect();
  const under = document.elementFromPoint(box.left + x, box.top + y);
  if (!canvas.contains(under)) throw new Error(`covered by ${under?.className}`);
  if (!chart.getZr().handler.findHover(x, y).target) throw new Error("nothing is drawn there");
  return [box.left + x, box.top + y];
}"""


def click_first_symbol(page: Page, leads_to: str, tries: int = 3) -> None:
    """Clicks again when nothing happens, as a person would: a chart may move under the mouse."""
    for _ in range(tries):
        page.wait_for_function(DRAWN)
        page.mouse.click(*page.evaluate(FIRST_SYMBOL))
        with suppress(NothingHappened):
            return page.wait_for_url(leads_to, wait_until="commit", timeout=10_000)
    raise AssertionError(f"{tries} clicks led nowhere: {page.url}")


def saved(page: Page, button: str) -> bytes:
    with page.expect_download() as waiting:
        page.click(button)
    return Path(waiting.value.path()).read_bytes()


def look(page: Page, button: str) -> tuple[int, int, float]:
    """Width, height and the share of what is not ground."""
    dots = dots_of(page, saved(page, button))
    height, width = dots.shape[:2]
    return width, height, float((dots.sum(axis=2) < 600).mean())


def box(page: Page, selector: str) -> tuple[int, int]:
    found = page.locator(selector).first.bounding_box()
    assert found
    return round(2 * found["width"]), round(2 * found["height"])


@pytest.mark.browser
@pytest.mark.slow
def test_pictures_and_figures_are_saved_whole(browser: Browser, site: str) -> None:
    with desk(browser) as page:
        enter(page, site, "jia-leader")
        drawn = {}
        for name, path, card, what in (
            ("plot", "/indicators/R2/junior", "#spread-plot ", "#spread-plot .chart-canvas"),
            ("heat", "/schools", ".page-tools ", "#schools table"),
            ("line", "/milestones", ".page-head ", ".time-line svg"),
            ("wall", "/wall", ".page-head ", ".wall-table"),
        ):
            page.goto(f"{site}{path}")
            page.wait_for_load_state("networkidle")
            *size, ink = look(page, f"{card}[data-save=png]")
            drawn[name] = abs(size[0] - box(page, what)[0]) + abs(size[1] - box(page, what)[1]), ink
        page.goto(f"{site}/indicators/R2/junior")
        page.evaluate("document.querySelector('#spread-parts tbody td').textContent = '=1+1，\"甲\"'")
        written = saved(page, "#spread-parts [data-save=csv]").decode("utf-8").split("\r\n")

    assert {name: off <= 4 and 0.005 < ink < 0.5 for name, (off, ink) in drawn.items()} == {
        "plot": True,
        "heat": True,
        "line": True,
        "wall": True,
    }, drawn
    assert written[0] == '\ufeff"学校","值（人/百生）","比均值","占 S²（%）"'
    assert written[1].startswith('"\'=1+1，""甲""",')
    assert len(written) == 9


@pytest.mark.browser
@pytest.mark.slow
def test_bubble_leads_to_the_working_of_its_school(browser: Browser, site: str) -> None:
    with desk(browser) as page:
        enter(page, site, "jia-leader")
        page.goto(f"{site}/indicators/R2/junior")
        click_first_symbol(page, "**/explain/R2?school=*")
        place = page.locator("main .card h2").first.inner_text()

    assert "甲县南塘乡九年一贯制学校" in place
